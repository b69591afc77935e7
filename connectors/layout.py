"""A grid and a declaration give a Reading: leaf rows, printed totals and what could not be taken."""

import re
from collections.abc import Callable
from typing import Any

from connectors.cells import Column, integers_in, text_in, ticks_in
from connectors.declaration import Declaration
from connectors.grid import Grid, column_letter
from connectors.headings import FoundHeading, find_heading
from connectors.rows import Body, sorted_body
from connectors.statuses import status_named, status_ticked
from connectors.titleblock import read_title_block
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import Defect, Reading, TitleBlock

_TITLE_LINES, _FOOT_LINES = 15, 6
_READ: dict[str, Callable[[Column], list[Any]]] = {"text": text_in, "integer": integers_in, "tick": ticks_in}
_OTHER_UNIT = re.compile(r"หน่วย\s*:?\s*\(?\s*((?:พัน|หมื่น|แสน|ล้าน)บาท)|\(((?:พัน|หมื่น|แสน|ล้าน)บาท)\)")


def read_table(grid: Grid, declaration: Declaration, start: int = 0) -> tuple[Reading, int] | None:
    """The first table of this source at or below a row, and the row after it; None if its heading is nowhere.

    Raises Unreadable if a required column is missing, naming it and the headings that nothing declares.
    """
    heading = find_heading(grid, declaration, None, start)
    if heading is None:
        return None
    above = _lines(grid, max(start, heading.first_row - _TITLE_LINES), heading.first_row)
    if year := read_title_block(above).fiscal_year:
        heading = find_heading(grid, declaration, year.year, start)
    if heading is None:
        return None
    _refuse_missing_columns(grid, declaration, heading)
    defects = list(heading.defects)
    body = sorted_body(grid, declaration, heading, set(above), defects)
    end = heading.body_row + (body.rows[-1] + 1 if body.rows else 0)
    around = above + _lines(grid, end, end + _FOOT_LINES)
    defects += _other_units(around + _lines(grid, heading.first_row, heading.body_row))
    defects += _hidden_rows(grid, heading, body)
    return _reading(grid, declaration, heading, body, read_title_block(around), defects), end


def _lines(grid: Grid, first: int, last: int) -> list[str]:
    rows = grid.rows[first:last]
    return [text for row in rows if (text := " ".join(str(cell) for cell in row if cell not in (None, "")))]


def _refuse_missing_columns(grid: Grid, declaration: Declaration, heading: FoundHeading) -> None:
    missing = ", ".join(declaration.printed_name(c) for c in declaration.required() if c not in heading.places)
    if missing:
        unknown = ", ".join(heading.unknown.values()) or "-"
        raise Unreadable(
            f'แผ่นงาน "{grid.name}" แถว {heading.body_row}: ไม่พบคอลัมน์ {missing} (หัวคอลัมน์ที่ไม่รู้จัก: {unknown}) '
            "โปรดตรวจหัวตารางหรือส่งออกไฟล์ใหม่",
            f'sheet "{grid.name}" row {heading.body_row}: no column {missing} (unknown headings: {unknown}); '
            "check the heading row or export the file again",
        )


def _other_units(lines: list[str]) -> list[Defect]:
    found = (_OTHER_UNIT.search(line) for line in lines)
    return [Defect("unit.not_baht", observed=one[1] or one[2], expected="บาท") for one in found if one][:1]


def _hidden_rows(grid: Grid, heading: FoundHeading, body: Body) -> list[Defect]:
    hidden = [heading.body_row + row + 1 for row in body.rows if heading.body_row + row in grid.hidden_rows]
    return [Defect("row.hidden", source_row=row, cell=f"{row}:{row}") for row in hidden]


def _reading(
    grid: Grid, declaration: Declaration, heading: FoundHeading, body: Body, title: TitleBlock, defects: list[Defect]
) -> Reading:
    letters = {column: column_letter(place) for column, place in heading.places.items()}
    columns: dict[str, list[Any]] = {"source_row": [heading.body_row + body.rows[place] + 1 for place in body.leaves]}
    for column, kind in declaration.kinds.items():
        if kind == "label":
            columns[column] = body.labels.get(column) or [""] * len(body.leaves)
        elif kind == "money":
            amounts = body.amounts[column]
            columns[column] = [amounts[place] for place in body.leaves]
        elif kind == "text" or kind == "integer":
            columns[column] = _typed(kind, column, body, letters, defects)
    if marks := declaration.of_kind("tick", "status"):
        columns |= _statuses(marks, declaration, body, letters, defects)
    return Reading(declaration.source, grid.name, title, letters, columns, body.totals, defects)


def _typed(kind: str, column: str, body: Body, letters: dict[str, str], defects: list[Defect]) -> list[Any]:
    if column not in body.cells:
        return [""] * len(body.leaves)
    cells = body.cells[column]
    values = [cells[body.rows[place]] for place in body.leaves]

    def refuse(leaf: int, observed: str) -> None:
        row = body.first_source_row + body.rows[body.leaves[leaf]]
        defects.append(Defect("cell.unreadable", row, column, f"{letters[column]}{row}", observed, row=leaf))

    return _READ[kind](Column(values, refuse))


def _statuses(
    marks: list[str], declaration: Declaration, body: Body, letters: dict[str, str], defects: list[Defect]
) -> dict[str, list[Any]]:
    """The status of each row and how many marks say so: 1, or the row is a finding."""
    ticks = {
        c: _typed("tick", c, body, letters, defects) for c in marks if c in letters and declaration.kinds[c] == "tick"
    }
    if ticks:
        return status_ticked(ticks, len(body.leaves))
    words = next((_typed("text", c, body, letters, defects) for c in marks if c in letters), [""] * len(body.leaves))
    return status_named(words, declaration)
