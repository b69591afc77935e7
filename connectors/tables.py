"""Where the tables of our sources stand in a grid, each below the lines that say what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.cells import as_text
from connectors.declaration import Declaration, bare_heading
from connectors.grid import CellValue, Grid
from connectors.headings import FoundHeading, find_heading, is_amount, is_heading
from connectors.rows import numbers_columns
from connectors.titleblock import read_title_block
from warehouse.vocabulary.records import TitleBlock
from warehouse.vocabulary.thai import normal_text

_TITLE_ROWS = 15
_LEAST_KNOWN = 2
_LONGEST_HEADING, LONGEST_LINE = 200, 1_000  # characters


@dataclass(slots=True)
class Table:
    """One table of a source: its heading, the lines above it and the rows that may belong to it."""

    grid: Grid
    declaration: Declaration
    heading: FoundHeading
    title: list[str]  # the nearest block of lines first
    end: int  # the row after the last
    amount: int  # the column of the sheet that holds the first amount
    skipped: set[int] = field(default_factory=set)  # rows of headings printed again, and those that number the columns

    def rows(self) -> Sequence[int]:
        """The rows below the heading, without those that only repeat it."""
        rows = range(self.heading.body_row, self.end)
        return [row for row in rows if row not in self.skipped] if self.skipped else rows

    def has_amount(self, row: int) -> bool:
        """Whether a row has an amount, as lines of a table have and headings never do."""
        cell = self.grid.rows[row][self.amount]
        return type(cell) is float or (isinstance(cell, str) and is_amount(cell))

    def goes_on_in(self, grid: Grid) -> bool:
        """Whether a row of another grid has amounts wherever this table must have them, and words below its name."""
        required, places = set(self.declaration.required()), self.heading.places
        amounts = [places[column] for column in self.declaration.of_kind("money") if column in required]
        words = [places[column] for column in self.declaration.of_kind("text") if column in required]
        for row in range(len(grid.rows)):
            printed = [grid.text(row, place).strip() for place in amounts]
            names = [grid.text(row, place) for place in words]
            has_amounts = any(map(is_amount, printed)) and all(text == "-" or is_amount(text) for text in printed)
            if has_amounts and all(names) and not any(map(is_amount, names)):
                return True
        return False

    def has(self, row: int) -> bool:
        """Whether a row is surely this table's: a line of it, or a heading."""
        return row < self.heading.body_row or row in self.skipped or self.has_amount(row)


def tables_in(grid: Grid, declarations: Sequence[Declaration]) -> list[Table]:
    """Every table of these sources in a grid, from the top; a heading at the top of each page is one table's."""
    tables: list[Table] = []
    row = 0
    while row < len(grid.rows):
        if tables and tables[-1].has_amount(row):
            row += 1
        elif found := _heading_at(grid, row, declarations):
            row = _add(tables, *found, grid)
        else:
            if tables and _repeats_line(tables[-1], row):
                tables[-1].skipped.add(row)
            row += 1
    return tables


def line_of(cells: Sequence[CellValue]) -> str:
    """The words of a row."""
    return " ".join(normal_text(as_text(cell)) for cell in cells if cell not in ("", None))


def _heading_at(grid: Grid, row: int, declarations: Sequence[Declaration]) -> tuple[Declaration, FoundHeading] | None:
    """The source that knows most of the columns, and its heading."""
    words = [
        bare_heading(cell) for cell in grid.rows[row] if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_HEADING
    ]
    fitting = []
    for declaration in declarations:
        if sum(word in declaration.headings for word in words) < _LEAST_KNOWN:
            continue
        heading = find_heading(grid, row, declaration, None)
        is_fitting = is_heading(heading, declaration)
        if declaration.changes and (year := _year_above(grid, row)):
            heading = find_heading(grid, row, declaration, year)
            is_fitting = is_fitting or is_heading(heading, declaration)
        if is_fitting:
            fitting.append((declaration, heading))
    return max(fitting, key=lambda pair: len(pair[1].places), default=None)


def _year_above(grid: Grid, row: int) -> int | None:
    title = read_title_block(_title(grid.rows[max(0, row - _TITLE_ROWS) : row]))
    return title.fiscal_year.year if title.fiscal_year else None


def _add(tables: list[Table], declaration: Declaration, heading: FoundHeading, grid: Grid) -> int:
    """Note a heading as the top of a table, or as printed again within one; gives the row below it."""
    above = range(max(0, heading.first_row - _TITLE_ROWS), heading.first_row)
    of_table = (row for row in reversed(above) if tables and tables[-1].has(row))
    title = _title(grid.rows[next(of_table, above.start - 1) + 1 : heading.first_row])
    if tables and _continues(tables[-1], declaration, heading, title):
        tables[-1].skipped.update(range(heading.first_row, heading.body_row))
    else:
        if tables:
            tables[-1].end = heading.first_row
        amount = min(heading.places[c] for c in declaration.of_kind("money") if c in heading.places)
        tables.append(Table(grid, declaration, heading, title, len(grid.rows), amount))
    if heading.body_row < len(grid.rows) and numbers_columns(grid.rows[heading.body_row]):
        tables[-1].skipped.add(heading.body_row)
    return heading.body_row


def _title(rows: Sequence[Sequence[CellValue]]) -> list[str]:
    """The lines in these rows; of blocks parted by blank rows the lowest first, as it is the table's own."""
    blocks: list[list[str]] = [[]]
    for row in rows:
        if line := line_of(row):
            blocks[-1].append(line[:LONGEST_LINE])
        elif blocks[-1]:
            blocks.append([])
    return [line for block in reversed(blocks) for line in block]


def _continues(table: Table, declaration: Declaration, heading: FoundHeading, title: Sequence[str]) -> bool:
    """Whether a heading is only the top of another page, the columns as they were and no other title above them."""
    if declaration is not table.declaration:
        return False
    is_same_line = table.grid.rows[heading.first_row] == table.grid.rows[table.heading.first_row]
    if not is_same_line and heading.places != table.heading.places:
        return False
    first, again = _identity(read_title_block(table.title)), _identity(read_title_block(title))
    return all(one == other for one, other in zip(first, again, strict=True) if one and other)


def _identity(title: TitleBlock) -> tuple[object, ...]:
    return title.organisation, title.fiscal_year, title.half


def _repeats_line(table: Table, row: int) -> bool:
    lines = range(table.heading.first_row, table.heading.body_row)
    return any(line_of(table.grid.rows[row]) == line_of(table.grid.rows[line]) for line in lines)
