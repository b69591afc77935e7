"""One request to a portal and the answer to it, whole."""

import email.utils
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote_to_bytes, urlsplit

from connectors.portal.address import shown
from connectors.portal.page import Page, read_page, text_of

_PAGE_KINDS = ("", "text/html", "application/xhtml+xml")
_NAME_IN_UTF8 = re.compile(r"filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)", re.IGNORECASE)
_NAME = re.compile(r'filename\s*=\s*"?([^";]+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One request; its fields may name secrets, its hidden fields are as a page gave them."""

    address: str
    method: Literal["GET", "POST"] = "GET"
    fields: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What came back; address is where it came from in the end."""

    address: str
    status: int
    headers: Mapping[str, str]  # by name in any case
    content: bytes

    def header(self, name: str) -> str:
        """One header, blank if it was not sent."""
        return self.headers.get(name, "")

    @property
    def redirects(self) -> bool:
        """Whether the portal sends us on."""
        return self.status in (301, 302, 303, 307, 308) and bool(self.header("Location"))

    @property
    def failed_for_now(self) -> bool:
        """Whether the same request may do better later."""
        return self.status == 429 or self.status >= 500

    def seconds_to_wait(self) -> float:
        """What Retry-After asks for, a number or a date by the portal's own clock; 0 without it."""
        said = self.header("Retry-After").strip()
        if said.isdecimal():
            return float(said)
        try:
            until, now = (email.utils.parsedate_to_datetime(text) for text in (said, self.header("Date")))
            return max(0.0, (until - now).total_seconds())
        except (TypeError, ValueError):
            return 0.0

    def file_name(self) -> str:
        """The name that the portal gives the file, else the end of its address; never a path."""
        said = text_of(self.header("Content-Disposition").encode("latin-1", "replace"))  # as headers arrive
        name = urlsplit(shown(self.address)).path.rstrip("/")
        if found := _NAME_IN_UTF8.search(said) or _NAME.search(said):
            name = found[1]
        # Many portals write Thai names as in an address.
        name = text_of(unquote_to_bytes(name)) if name.isascii() else name
        name = re.split(r"[/\\]", name)[-1]
        kept = "".join("_" if letter in '<>:"|?*' or not letter.isprintable() else letter for letter in name)
        return kept[-150:].strip(" .") or "report"

    def page(self) -> Page | None:
        """The web page that this is; None for a file, such as a spreadsheet written as HTML and sent as attachment."""
        kind = self.header("Content-Type").partition(";")[0].strip().lower()
        if self.header("Content-Disposition").strip().lower().startswith("attachment"):
            return None
        if kind.endswith("json"):
            return Page()
        starts_with_a_tag = self.content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        return read_page(self.content, self.address) if kind in _PAGE_KINDS and starts_with_a_tag else None
