"""The report as a workbook: typed cells, totals as formulas with their values, every text a text and no formula."""

import io
import math
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.chapters.document import Document
from reports.chapters.report import newest_export
from reports.figure import Figures
from reports.xlsx_sheets import HEAD_ROW, Formula, Sheet, Value, sheets_of
from warehouse.vocabulary.records import ReportFacts

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": "#14506B"},
    "subtitle": {"font_color": "#51616D"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#14506B", "align": "center", "valign": "vcenter"},
    "text": {"border": 1, "border_color": "#C3CED6"},
    "money": {"border": 1, "border_color": "#C3CED6", "num_format": "#,##0.00"},
    "whole": {"border": 1, "border_color": "#C3CED6", "num_format": "#,##0"},
}
_TOTAL = {"bold": True, "bg_color": "#DFE9EE"}
_LINE_HEIGHT = 22.0  # points of one line at 14 points: Thai stacks two marks above a letter
_HIGHEST = 409.0  # more Excel does not take
# Letters to a line for each of a column's width, in the wider fonts that programs show where TH Sarabun is missing
# (Noto Sans Thai): in one line alone, and in one of several, whose last word often goes to the next.
_ALONE, _OF_SEVERAL = 0.7, 0.6
_AMOUNT = 1.5  # of a column's width for each character of an amount, bold and in those fonts


def xlsx_of(facts: ReportFacts, figures: Figures, document: Document) -> bytes:
    """The workbook, the same bytes for the same report. Texts such as =1+1 stay texts."""
    import xlsxwriter  # only when a workbook is made

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    created = newest_export(facts).replace(tzinfo=None)
    book.set_properties({"title": document.title, "author": document.organisation, "created": created})
    looks = _looks(book)
    subtitle = " — ".join([f"{document.organisation} {document.subtitle}", *document.notes])
    for sheet in sheets_of(facts, figures, document):
        _write(book.add_worksheet(sheet.name), sheet, subtitle, looks)
    book.close()
    return content.getvalue()


def _looks(book: Any) -> dict[tuple[str, bool], Any]:
    """Cell formats by what a cell holds and whether it is in a total."""
    font = {"font_name": "TH SarabunPSK", "font_size": 14, "valign": "top", "text_wrap": True}
    return {
        (kind, total): book.add_format(font | look | (_TOTAL if total else {}))
        for kind, look in _LOOKS.items()
        for total in (False, True)
    }


def _write(page: Any, sheet: Sheet, subtitle: str, looks: dict[tuple[str, bool], Any]) -> None:
    named = any(column.title for column in sheet.columns)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW - 1)
    page.freeze_panes(HEAD_ROW if named else HEAD_ROW - 1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, max(column.width, *(_needed(row.cells[place]) for row in sheet.rows), 0))
        if named:
            page.write_string(HEAD_ROW - 1, place, column.title, looks["head", False])
    looks["title", False].set_text_wrap(False)
    looks["subtitle", False].set_text_wrap(False)
    page.write_string(0, 0, sheet.title, looks["title", False])
    page.write_string(1, 0, subtitle, looks["subtitle", False])
    page.set_row(0, 26)
    page.set_row(1, _LINE_HEIGHT)
    if named:
        titles = tuple(column.title for column in sheet.columns)
        page.set_row(HEAD_ROW - 1, max(2 * _LINE_HEIGHT, _height(titles, sheet)))
    for number, row in enumerate(sheet.rows, HEAD_ROW if named else HEAD_ROW - 1):
        page.set_row(number, _height(row.cells, sheet))
        for place, (value, column) in enumerate(zip(row.cells, sheet.columns, strict=True)):
            kind = column.kind if column.kind != "value" else _kind(value)
            _write_cell(page, number, place, value, looks[kind, row.total])


def _needed(value: Value | Formula) -> int:
    """Characters that an amount takes, which a program would else show as ###."""
    amount = value.value if isinstance(value, Formula) else value
    return math.ceil(len(f"{amount:,.2f}") * _AMOUNT) if isinstance(amount, Decimal) else 0


def _kind(value: Value | Formula) -> str:
    return "whole" if isinstance(value, int) else "text" if isinstance(value, str) else "money"


def _write_cell(page: Any, row: int, column: int, value: Value | Formula, look: Any) -> None:
    """Text never as anything but text; money as the exact decimal, which a double holds to fifteen digits."""
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.text, look, value.value)
    else:
        page.write_number(row, column, value, look)


def _height(cells: Sequence[Value | Formula], sheet: Sheet) -> float:
    """Points that the longest text of a row needs in its column: programs do not grow rows for Thai marks."""
    lines = 1
    for value, column in zip(cells, sheet.columns, strict=True):
        if isinstance(value, str) and value:
            width = sum(unicodedata.category(character) != "Mn" for character in value)
            needed = 1 if width <= column.width * _ALONE else math.ceil(width / (column.width * _OF_SEVERAL))
            lines = max(lines, needed)
    return min(lines * _LINE_HEIGHT, _HIGHEST)
