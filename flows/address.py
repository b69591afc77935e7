"""Addresses that hold a password: they stand in the environment or in a file of the owner, and settings name where."""

import os
from collections.abc import Mapping
from pathlib import Path

from warehouse.vocabulary.errors import WrongSettings

NAMED = ("env:", "file:")


def address_of(written: str, environment: Mapping[str, str], folder: Path) -> str:
    """What "env:NAME" or "file:PATH" (from the folder) names, empty if it cannot be read; else what is written itself.

    Raises WrongSettings for a file that others may read.
    """
    kind, _, place = written.partition(":")
    if kind == "env":
        return environment.get(place, "")
    if kind == "file":
        path = folder / place
        try:
            if os.name == "posix" and path.stat().st_mode & 0o077:
                raise WrongSettings(
                    f"ไฟล์ความลับ {path} เปิดให้ผู้อื่นอ่านได้ โปรดสั่ง chmod 600",
                    f"the secrets file {path} is open to others; chmod 600 it",
                )
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
    return written
