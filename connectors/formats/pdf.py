"""The ruled tables of a text PDF as grids; call it through isolated, as a page may take any time and memory.

pdfplumber finds the ruled cells, and two libraries read each: PDFium, which knows most fonts' Thai, and pdfminer. The
best Thai of a table is taken; a number that they read differently is unreadable, as is one with the small 1 of a
footnote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.formats.pdf_page import Box, PdfPage
from connectors.formats.pdf_piece import NUMBER, Piece, PrintedCell
from connectors.formats.thai_print import brokenness, mended
from connectors.grid import Grid

_AMOUNT = re.compile(r"\d[.]\d\d")
_LETTER = re.compile("[A-Za-z\u0e01-\u0e2e]")
_LEAST_HEIGHT = 5.0  # points; what is shorter is part of a line or a letter
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD


def grids(content: bytes, allowance: Allowance) -> list[Grid]:
    """One grid a table with the lines of text above it; tables of as many columns that follow each other are one."""
    tables: list[Piece] = []
    lines = Piece(0, [])
    for piece in _pieces(content, allowance):
        if not piece.columns:
            lines.extend(piece)
            continue
        if not tables or tables[-1].columns != piece.columns:
            tables.append(Piece(piece.columns, []))
        if not any(_AMOUNT.search(str(line)) for (line,) in lines.rows):
            tables[-1].take_rest(piece)
        tables[-1].extend(lines)
        tables[-1].extend(piece)
        lines = Piece(0, [])
    if not tables:
        raise refusals.no_table("ไฟล์ PDF นี้ไม่มีตารางที่มีเส้น", "The PDF holds no ruled table")
    tables[-1].extend(lines)
    return [
        allowance.grid(f"ตาราง {number}", table.rows, unreadable=table.unreadable)
        for number, table in enumerate(tables, 1)
    ]


def _pieces(content: bytes, allowance: Allowance) -> Iterator[Piece]:
    """Tables and lines of text from top to bottom, page by page."""
    import pdfplumber
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise refusals.password() if error.err_code == _WRONG_PASSWORD else refusals.damaged() from error
    characters, columns = 0, 0
    with pdfplumber.open(BytesIO(content)) as plumber:
        for page, printed in zip(plumber.pages, document, strict=True):
            allowance.check_time()
            characters += len(page.chars)
            pieces = _pieces_of(page, printed.get_textpage(), columns)
            columns = next((piece.columns for piece in reversed(pieces) if piece.columns), columns)
            yield from pieces
    if not characters:
        raise refusals.no_table("ไฟล์ PDF นี้เป็นภาพสแกน ไม่มีตัวอักษร", "The PDF is a scan without text")


def _pieces_of(page: Any, printed: Any, columns: int) -> list[Piece]:
    """The pieces of one page; one row alone is a table only where it goes on with one of as many columns."""
    found = page.find_tables({"explicit_horizontal_lines": _ends(page)})
    widths = [len(table.rows[0].cells) for table in found]
    tables = [
        table
        for table, width in zip(found, widths, strict=True)
        if width > 1 and (len(table.rows) > 1 or width == columns)
    ]
    rest = page
    for table in tables:
        rest = rest.outside_bbox(table.bbox)
    on_page = PdfPage(page, printed)
    placed = [(table.bbox[1], _table(on_page, table)) for table in tables]
    for line in rest.extract_text_lines(return_chars=False):
        box = on_page.box((line["x0"], line["top"], line["x1"], line["bottom"]))
        texts = [text for text in map(mended, (box.by_pdfium, box.as_drawn(), line["text"])) if text]
        placed.append((line["top"], Piece(0, [[min(texts, key=brokenness, default="")]])))
    return [piece for _, piece in sorted(placed, key=lambda place: place[0])]


def _ends(page: Any) -> Sequence[float]:
    """Where the upright lines of a page begin and end: browsers leave a row open there that they part by the page."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] >= _LEAST_HEIGHT]
    return [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)] if upright else []


def _table(page: PdfPage, table: Any) -> Piece:
    boxes = [[page.box(place) if place else None for place in row.cells] for row in table.rows]
    by_pdfium, by_pdfminer = _texts(boxes, lambda box: box.by_pdfium), _texts(boxes, Box.from_the_left)
    words = min(by_pdfium, _texts(boxes, Box.as_drawn), by_pdfminer, key=_brokenness)
    numbers, others = sorted((by_pdfium, by_pdfminer), key=_brokenness)
    piece = Piece(len(boxes[0]), [])
    for row, cells in enumerate(zip(boxes, words, numbers, others, strict=True)):
        read: list[PrintedCell | None] = []
        for column, (box, word, number, other) in enumerate(zip(*cells, strict=True)):
            is_number = NUMBER.fullmatch(mended(number)) or NUMBER.fullmatch(mended(other))
            if is_number and (_differ(number, other) or (box and box.has_small_letters())):
                piece.unreadable[row, column] = mended(number) or mended(other)
            read.append(PrintedCell(number if is_number else word, box) if box else None)
            if box and not _LETTER.search(word) and box.has_lost_letters():
                piece.unreadable[row, column] = f"{mended(word)} (?)".strip()
        piece.cells.append(read)
        piece.rows.append([mended(cell.text) if cell else "" for cell in read])
    return piece


def _texts(boxes: Sequence[Sequence[Box | None]], read: Callable[[Box], str]) -> list[list[str]]:
    return [[read(box) if box else "" for box in row] for row in boxes]


def _brokenness(texts: Sequence[Sequence[str]]) -> float:
    return brokenness(" ".join(mended(text) for row in texts for text in row))


def _differ(number: str, other: str) -> bool:
    """Whether a number was read in two ways; a font that only one of the two can read tells nothing."""
    return "(cid:" not in other and "".join(number.split()) != "".join(other.split())
