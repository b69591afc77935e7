"""Bytes to grids: one module a format, told apart by content, never by name."""

import re

from connectors.formats import characters, delimited, html, ods, refusals, spreadsheetml, unpacked, word, xlsx
from connectors.formats.allowance import Allowance
from connectors.grid import Grid
from connectors.limits import Limits

OFFICE_PC = Limits()
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_SPREADSHEETML = re.compile(r"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|div|span|p|form|meta|style|script|b|font|center)\b", re.IGNORECASE)


def grids_of(content: bytes, limits: Limits = OFFICE_PC) -> list[Grid]:
    """The sheets, pages or tables of an export, as the officer sees them, empty ones left out.

    Raises Unreadable, naming the one cause, if there is none.
    """
    if len(content) > limits.bytes:
        raise refusals.too_many_bytes(limits)
    if not content.strip():
        raise refusals.empty()
    grids = [grid for grid in _read(content, Allowance(limits)) if any(any(row) for row in grid.rows)]
    if not grids:
        raise refusals.empty()
    return grids


def _read(content: bytes, allowance: Allowance) -> list[Grid]:
    if content.startswith(b"PK"):
        return _read_zip(content, allowance)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return xls.grids(content, allowance)
    if b"%PDF-" in content[:1024]:
        return pdf.grids(content, allowance)
    if content.startswith(_PICTURES):
        raise refusals.no_table("ไฟล์นี้เป็นรูปภาพ", "The file is a picture")
