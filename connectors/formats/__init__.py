"""Bytes to grids: one module a format, told apart by content, never by name."""

import re
from dataclasses import replace

from connectors.formats import (
    characters,
    delimited,
    html,
    isolated,
    ods,
    refusals,
    spreadsheetml,
    word,
    xlsx,
)
from connectors.formats.allowance import Allowance
from connectors.formats.unpacked import Package
from connectors.grid import Grid
from connectors.limits import Limits

OFFICE_PC = Limits()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")  # written without the OLE file around it
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM....\0\0\0\0|RIFF....WEBP", re.DOTALL)
_SPREADSHEETML = re.compile(r"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_FLAT_ODS = re.compile(r"<office:document\s")
_WORD = "WordDocument".encode("utf-16-le")
_WORKBOOK_STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))


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
        return _read_zip(Package(content, allowance.limits), allowance)
    if content.startswith(_OLE):
        return _read_ole(content, allowance)
    if _BARE_BIFF.match(content):
        return isolated.grids("xls", content, allowance)
    if b"%PDF-" in content[:1024]:
        return [replace(grid, is_print=True) for grid in isolated.grids("pdf", content, allowance)]
    if _PICTURE.match(content):
        raise refusals.no_table("ไฟล์นี้เป็นรูปภาพ", "The file is a picture")
    return _read_text(characters.text_of(content), allowance)


def _read_zip(package: Package, allowance: Allowance) -> list[Grid]:
    if "content.xml" in package.entries:
        return ods.packed_grids(package, allowance)
    if "word/document.xml" in package.entries:
        return word.grids(package, allowance)
    if any(name.endswith("workbook.xml") for name in package.entries):
        return xlsx.grids(package, allowance)
    if any(name.endswith("workbook.bin") for name in package.entries):
        raise refusals.no_table("ไฟล์นี้เป็นสมุดงานไบนารี (.xlsb)", "The file is a binary workbook (.xlsb)")
    raise refusals.no_table("ไฟล์นี้เป็น .zip หรือเอกสารชนิดอื่น", "The file is a .zip, or another kind of document")


def _read_ole(content: bytes, allowance: Allowance) -> list[Grid]:
    if _ENCRYPTED_XLSX in content:
        raise refusals.password()
    if _WORD in content and not any(stream in content for stream in _WORKBOOK_STREAMS):
        raise refusals.no_table("ไฟล์นี้เป็นเอกสาร Word รุ่นเก่า (.doc)", "The file is an old Word document (.doc)")
    return isolated.grids("xls", content, allowance)


def _read_text(text: str, allowance: Allowance) -> list[Grid]:
    if text.startswith(("{\\rtf", "MIME-Version:")):
        raise refusals.no_table("ไฟล์นี้เป็นเอกสาร RTF หรือหน้าเว็บแบบ MHTML", "The file is an RTF document or an MHTML page")
    if _SPREADSHEETML.search(text, 0, 10_000):
        return spreadsheetml.grids(text, allowance)
    if _FLAT_ODS.search(text, 0, 10_000):
        return ods.grids(text, allowance)
    if text.lstrip().startswith("<") or _TABLE.search(text):
        return html.grids(text, allowance)
    return delimited.grids(text, allowance)
