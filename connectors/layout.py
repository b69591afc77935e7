"""A table gives a Reading: leaf rows, printed totals and what could not be taken."""

import re
from collections.abc import Sequence
from itertools import takewhile

from connectors.cells import as_text
from connectors.declaration import Declaration
from connectors.grid import CellValue, column_letter
from connectors.rows import TITLE, body_of
from connectors.tables import LONGEST_LINE, Table, line_of
from connectors.titleblock import read_title_block
from connectors.typed import TypedRows
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import Defect, Reading
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

_FOOT_ROWS = 6
_LARGE = r"(?:สิบ|ร้อย)?(?:พัน|หมื่น|แสน|ล้าน)|10{2,}|1,000(?:,000)?"
_ENGLISH = r"(?i:\b(?:thousands?|millions?)(?: of)? ?(?:baht|THB))"
_OTHER_UNIT = re.compile(  # also on a line of its own, or at the end of one: ล้านบาท; but not in a sentence: 26 ล้านบาท
    rf"หน่วย(?:นับ)?(?: ?เป็น)? ?:? ?\(? ?((?:{_LARGE}) ?(?:บาท)?|สตางค์)|\( ?((?:{_LARGE}) ?บาท) ?\)"
    r"|(?<![ก-๙.])(สตางค์|สต\.)(?= |$)"  # in a column of their own; but not รพ.สต., a hospital
    rf"|(?:^|:|(?<![\d.,]) |(?<=\b25\d\d) )((?:{_LARGE}) ?บาท)\)?$|({_ENGLISH})"
)


def read_table(table: Table) -> Reading:
    """What is understood from a table.

    Raises Unreadable if a required column is missing, naming it and the headings that nothing declares, or if the
    table has no rows.
    """
    grid, heading = table.grid, table.heading
    _refuse_missing_columns(table)
    body = body_of(grid, table.declaration, heading, table.rows(), set(table.title))
    if not body.rows:
        raise _without_rows(table)
    rows = TypedRows(table, body)
    lines = table.title + _foot(table, body.rows[-1] + 1)
    defects = [*heading.defects, *body.defects, *rows.defects(), *_other_units(table, lines)]
    for row in (row + 1 for row in body.rows if row in grid.hidden_rows):
        defects.append(Defect("row.hidden", row, cell=f"{row}:{row}"))
    letters = {column: column_letter(place) for column, place in heading.places.items()}
    title = read_title_block(lines)
    return Reading(
        table.declaration.source, grid.name, title, letters, rows.columns, rows.totals, defects, grid.is_print
    )


def _refuse_missing_columns(table: Table) -> None:
    declaration, heading = table.declaration, table.heading
    missing = [column for column in declaration.required() if column not in heading.places]
    marks = declaration.of_kind("status", "tick")
    if marks and not any(column in heading.places for column in marks):
        missing.append(marks[-1])
    if missing:
        names = ", ".join(declaration.printed_name(column) for column in missing)
        unknown = ", ".join(heading.unknown.values()) or "-"
        raise Unreadable(
            f'แผ่นงาน "{table.grid.name}" แถว {heading.body_row}: ไม่พบคอลัมน์ {names} (หัวคอลัมน์ที่ไม่รู้จัก: {unknown}) '
            "โปรดตรวจหัวตารางหรือส่งออกไฟล์ใหม่",
            f'sheet "{table.grid.name}" row {heading.body_row}: no column {names} (unknown headings: {unknown}); '
            "check the heading row or export the file again",
        )


def _without_rows(table: Table) -> Unreadable:
    name, row = table.grid.name, table.heading.body_row
    return Unreadable(
        f'แผ่นงาน "{name}" แถว {row}: มีหัวตารางแต่ไม่มีรายการ โปรดส่งออกไฟล์ใหม่',
        f'sheet "{name}" row {row}: a heading without any lines below; export the file again',
    )


def _foot(table: Table, first: int) -> list[str]:
    """The lines below a table; where another follows, only those above a blank row and above what may be its title."""
    lines = [line_of(row)[:LONGEST_LINE] for row in table.grid.rows[first : min(first + _FOOT_ROWS, table.end)]]
    if table.end < len(table.grid.rows):
        return list(takewhile(lambda line: line and not TITLE.search(line), lines))
    return [line for line in lines if line]


def _other_units(table: Table, lines: list[str]) -> list[Defect]:
    """What says that the amounts are not in baht: a line above or below, the heading, or the sheet's name."""
    heading = [line_of(row) for row in table.grid.rows[table.heading.first_row : table.heading.body_row]]
    said = map(other_unit_in, [*lines, *heading, table.grid.name])
    return [Defect("unit.not_baht", observed=unit, expected="บาท") for unit in said if unit][:1]


def other_unit_in(line: str) -> str | None:
    """The unit other than baht that a line names; None if it names none."""
    found = _OTHER_UNIT.search(to_arabic_digits(line))
    return found[found.lastindex or 0].strip() if found else None


def other_unit_of_headings(cells: Sequence[CellValue], declaration: Declaration) -> str | None:
    """The unit other than baht for which headings would be known without it; None if they would not."""
    units = []
    for text in (normal_text(as_text(cell)) for cell in cells if isinstance(cell, str) and len(cell) < LONGEST_LINE):
        if (unit := other_unit_in(text)) and declaration.heading_of(_OTHER_UNIT.sub("", text), None):
            units.append(unit)
    return units[0] if len(units) > 1 else None
