"""The ruled tables of a text PDF as grids; call it through isolated, as a page may take any time and memory.

pdfplumber finds the ruled cells, and two libraries read each: PDFium, which knows most fonts' Thai, and pdfminer. The
better Thai is taken; a number that they read differently is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.formats.thai_print import brokenness, mended
from connectors.grid import CellValue, Grid

_NUMBER = re.compile(r"[0-9,.()\-\s]*[0-9][0-9,.()\-\s]*")
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass
class _Piece:
    """A table, or as much of it as stands on one page; or lines of text, which have no columns."""

    columns: int
    rows: list[list[CellValue]]
    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)

    def extend(self, piece: _Piece) -> None:
        """Put a piece below this one."""
        self.unreadable |= {(row + len(self.rows), column): text for (row, column), text in piece.unreadable.items()}
        self.rows += piece.rows


def grids(content: bytes, allowance: Allowance) -> list[Grid]:
    """One grid a table with the lines of text above it; tables of as many columns that follow each other are one."""
    tables: list[_Piece] = []
    lines = _Piece(0, [])
    for piece in _pieces(content, allowance):
        if not piece.columns:
            lines.extend(piece)
            continue
        if not tables or tables[-1].columns != piece.columns:
            tables.append(_Piece(piece.columns, []))
        tables[-1].extend(lines)
        tables[-1].extend(piece)
        lines = _Piece(0, [])
    if not tables:
        raise refusals.no_table("ไฟล์ PDF นี้ไม่มีตารางที่มีเส้น", "The PDF holds no ruled table")
    tables[-1].extend(lines)
    return [
        allowance.grid(f"ตาราง {number}", table.rows, unreadable=table.unreadable)
        for number, table in enumerate(tables, 1)
    ]


def _pieces(content: bytes, allowance: Allowance) -> Iterator[_Piece]:
    """Tables and lines of text from top to bottom, page by page."""
    import pdfplumber
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise refusals.password() if error.err_code == _WRONG_PASSWORD else refusals.damaged() from error
    characters = 0
    with pdfplumber.open(BytesIO(content)) as plumber:
        for page, printed in zip(plumber.pages, document, strict=True):
            allowance.check_time()
            characters += len(page.chars)
            yield from _pieces_of(page, printed.get_textpage())
    if not characters:
        raise refusals.no_table("ไฟล์ PDF นี้เป็นภาพสแกน ไม่มีตัวอักษร", "The PDF is a scan without text")


def _pieces_of(page: Any, printed: Any) -> list[_Piece]:
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    rest = page
    for table in tables:
        rest = rest.outside_bbox(table.bbox)
    placed = [(table.bbox[1], _table(page, printed, table)) for table in tables]
    for line in rest.extract_text_lines(return_chars=False):
        box = (line["x0"], line["top"], line["x1"], line["bottom"])
        texts = [text for text in (mended(_text(page, printed, box)), mended(line["text"])) if text]
        placed.append((line["top"], _Piece(0, [[min(texts, key=brokenness, default="")]])))
    return [piece for _, piece in sorted(placed, key=lambda place: place[0])]


def _table(page: Any, printed: Any, table: Any) -> _Piece:
    by_pdfminer = [[mended(cell or "") for cell in row] for row in table.extract()]
    by_pdfium = [[mended(_text(page, printed, cell)) for cell in row.cells] for row in table.rows]
    rows, others = sorted((by_pdfium, by_pdfminer), key=lambda rows: brokenness(" ".join(map(" ".join, rows))))
    unreadable = {
        (place, column): text or other
        for place, (row, other_row) in enumerate(zip(rows, others, strict=True))
        for column, (text, other) in enumerate(zip(row, other_row, strict=True))
        if _differ(text, other)
    }
    return _Piece(len(rows[0]), [list(row) for row in rows], unreadable)


def _differ(text: str, other: str) -> bool:
    """Whether a number was read in two ways; a font that only one of the two can read tells nothing."""
    is_number = _NUMBER.fullmatch(text) or _NUMBER.fullmatch(other)
    return bool(is_number) and "(cid:" not in other and "".join(text.split()) != "".join(other.split())


def _text(page: Any, printed: Any, box: tuple[float, float, float, float] | None) -> str:
    """What PDFium reads in a box; pdfplumber counts it from the top of the page as shown, PDFium on it unturned."""
    if box is None:
        return ""
    left, top, right, bottom = box
    width, height = page.width, page.height
    unturned = {
        0: (left, height - bottom, right, height - top),
        90: (top, left, bottom, right),
        180: (width - right, top, width - left, bottom),
        270: (height - bottom, width - right, height - top, width - left),
    }
    text: str = printed.get_text_bounded(*unturned[page.rotation])
    return text
