"""Where a table's heading stands, and which column of the sheet is which."""

from dataclasses import dataclass, field

from connectors.declaration import IGNORED, Declaration, Heading
from connectors.grid import Grid, column_letter
from warehouse.vocabulary.records import Defect

_LEAST_COLUMNS = 3


@dataclass(slots=True)
class FoundHeading:
    """The heading row(s) of one table and what each column of the sheet holds."""

    first_row: int  # of the heading, from 0
    body_row: int  # the first row below it
    places: dict[str, int]  # column -> column of the sheet, from 0
    unknown: dict[int, str] = field(default_factory=dict)  # column of the sheet -> heading that nothing declares
    defects: list[Defect] = field(default_factory=list)


def find_heading(grid: Grid, declaration: Declaration, year: int | None, start: int = 0) -> FoundHeading | None:
    """The first heading at or below a row that knows most of what the source requires; None if there is none."""
    required = declaration.required()
    enough = max(_LEAST_COLUMNS, len(required) // 2 + 1)
    for row in range(start, len(grid.rows)):
        cells = _known_cells(grid, row, declaration, year)
        if len({cell.column for cell in cells.values()} & set(required)) >= enough:
            return _heading_at(grid, row, cells, declaration, year)
    return None


def is_heading(grid: Grid, row: int, declaration: Declaration, year: int | None, found: FoundHeading) -> bool:
    """Whether a row repeats the heading or its second line, as at the top of each printed page."""
    repeated = [found.first_row + line for line in range(found.body_row - found.first_row)]
    printed = [grid.text(row, column).strip() for column in range(len(grid.rows[row]))]
    if any(printed == [grid.text(line, column).strip() for column in range(len(printed))] for line in repeated):
        return True
    return len(_known_cells(grid, row, declaration, year)) >= max(_LEAST_COLUMNS, len(found.places) // 2)


def _known_cells(grid: Grid, row: int, declaration: Declaration, year: int | None) -> dict[int, Heading]:
    cells: dict[int, Heading] = {}
    if float in map(type, grid.rows[row]):  # a heading holds words only
        return cells
    for column, value in enumerate(grid.rows[row]):
        if isinstance(value, str) and value and (heading := declaration.heading_of(value, year)):
            cells[column] = heading
    return cells


def _heading_at(
    grid: Grid, row: int, cells: dict[int, Heading], declaration: Declaration, year: int | None
) -> FoundHeading:
    below = _known_cells(grid, row + 1, declaration, year) if row + 1 < len(grid.rows) else {}
    two_rows = _is_second_row(grid, row + 1, below, cells)
    # Under a heading over several columns (สถานะ) the lower line says what each of them holds.
    meant = {**cells, **below} if two_rows else cells
    found = FoundHeading(row, row + 1 + two_rows, {})
    for column, heading in sorted(meant.items()):
        _place(found, column, heading, declaration)
    for column in range(len(grid.rows[row])):
        text = grid.text(row + 1, column).strip() if two_rows else ""
        text = text or grid.text(row, column).strip()
        if text and column not in meant:
            found.unknown[column] = text
            found.defects.append(_heading_defect("column.unknown", found, column, observed=text))
    for name, presence in declaration.presence.items():
        if presence == "expected" and name not in found.places:
            found.defects.append(Defect("column.missing", column=name, expected=declaration.printed_name(name)))
    return found


def _is_second_row(grid: Grid, row: int, below: dict[int, Heading], above: dict[int, Heading]) -> bool:
    """A second heading line names columns, and has nothing under the headings that stand alone but other headings."""
    if not below:
        return False
    others = [c for c in range(len(grid.rows[row])) if grid.text(row, c).strip() and c not in below]
    return not any(c in above for c in others)


def _place(found: FoundHeading, column: int, heading: Heading, declaration: Declaration) -> None:
    if heading.column == IGNORED:
        return
    if heading.column in found.places:
        found.defects.append(
            _heading_defect(
                "column.twice",
                found,
                column,
                observed=heading.column,
                expected=column_letter(found.places[heading.column]),
            )
        )
        return
    found.places[heading.column] = column
    if heading.doubtful:
        found.defects.append(
            _heading_defect("column.doubtful", found, column, expected=declaration.printed_name(heading.column))
        )


def _heading_defect(
    kind: str, found: FoundHeading, column: int, *, observed: str | None = None, expected: str | None = None
) -> Defect:
    source_row = found.body_row
    return Defect(kind, source_row, None, f"{column_letter(column)}{source_row}", observed, expected)
