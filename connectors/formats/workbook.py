"""What calamine reads, as grids; hand it only bytes whose extents were checked, or it may take the process down."""

from io import BytesIO
from typing import cast

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.grid import CellValue, Grid


def grids(content: bytes, allowance: Allowance) -> list[Grid]:
    """One grid a sheet, in workbook order, empty ones and charts too."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    found = []
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                is_table = sheet.typ == SheetTypeEnum.WorkSheet
                values = book.get_sheet_by_index(index).to_python(skip_empty_area=False) if is_table else []
                rows = cast(list[list[CellValue]], values)  # which may hold None too
                allowance.take(len(rows), len(rows[0]) if rows else 0)
                found.append(Grid(sheet.name, rows, hidden=sheet.visible != SheetVisibleEnum.Visible))
    except PasswordError as error:
        raise refusals.password() from error
    except CalamineError as error:
        raise refusals.damaged() from error
    return found
