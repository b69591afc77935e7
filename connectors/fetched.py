"""What one fetch brought, before anything of it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of one file and where they came from."""

    content: bytes
    file_name: str
    origin: str  # path or address, without secrets
    via: Literal["inbox", "portal", "hand"]
    organisation: str | None = None  # the code that the folder, the file's name or the recipe tells
    version: tuple[str, Mapping[str, str]] | None = None  # a portal's address for it, and the headers that tell it
