"""An old Excel workbook (.xls, BIFF 2 to 8) as grids; call it through isolated, as xlrd trusts what it reads."""

import datetime
import struct
import sys
from typing import Any

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.formats.xls_formulas import Position, uncalculated
from connectors.grid import CellValue, Grid

_FORMULA = "=..."  # what xlrd does not tell of one that was never calculated


def grids(content: bytes, allowance: Allowance) -> list[Grid]:
    """One grid a worksheet, in workbook order."""
    import xlrd

    try:
        book = _opened(content)
        stale = uncalculated(content)
    except xlrd.XLRDError as error:
        raise refusals.password() if "encrypted" in str(error) else refusals.damaged() from error
    sheets = book.sheets()
    stale += [set()] * (len(sheets) - len(stale))
    return [_grid(sheet, book.datemode, allowance, places) for sheet, places in zip(sheets, stale, strict=False)]


def _opened(content: bytes) -> Any:
    """The workbook with its hidden rows, or without them where xlrd trips over its formatting.

    Thai systems wrote cp874 before BIFF 8, whatever code page they name; BIFF 8 is Unicode.
    """
    import xlrd

    options = {"file_contents": content, "encoding_override": "cp874", "ragged_rows": True, "logfile": sys.stderr}
    try:
        return xlrd.open_workbook(formatting_info=True, **options)
    except (AssertionError, LookupError, TypeError, ValueError, struct.error):
        return xlrd.open_workbook(**options)


def _grid(sheet: Any, datemode: int, allowance: Allowance, stale: set[Position]) -> Grid:
    rows: list[list[CellValue]] = [[_value(cell, datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)]
    unreadable = {
        (row, column): str(rows[row][column])
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == 5  # XL_CELL_ERROR
    }
    for row, column in stale:
        if row < len(rows):
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = unreadable[row, column] = _FORMULA
    hidden_rows = frozenset(row for row, shown in sheet.rowinfo_map.items() if shown.hidden and row < len(rows))
    return allowance.grid(sheet.name, rows, sheet.visibility != 0, unreadable, hidden_rows)


def _value(cell: Any, datemode: int) -> CellValue:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return _moment(cell.value, datemode)
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            value: CellValue = cell.value
            return value
    return ""


def _moment(value: float, datemode: int) -> CellValue:
    import xlrd

    try:
        moment: datetime.datetime = xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.XLDateError, OverflowError):  # no date can be so far away: the number as it stands
        return value
    if value < 1:
        return moment.time()
    return moment if value % 1 else moment.date()
