"""Where a table's heading stands, and which column of the sheet is which."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.cells import as_text
from connectors.declaration import IGNORED, Declaration, Heading
from connectors.grid import CellValue, Grid, column_letter
from warehouse.vocabulary.records import Defect

_LEAST_COLUMNS = 3
_MOST_LINES = 3

Meanings = Mapping[int, Heading]  # by column of the sheet, from 0


@dataclass(slots=True)
class FoundHeading:
    """The heading of one table, of one line or up to three, and what each column of the sheet holds."""

    first_row: int  # from 0
    body_row: int  # the first row below it
    places: dict[str, int]  # column -> column of the sheet, from 0
    unknown: dict[int, str]  # column of the sheet -> heading that nothing declares
    headed: frozenset[int]  # every column of the sheet that has a heading
    defects: list[Defect]


def find_heading(grid: Grid, row: int, declaration: Declaration, year: int | None) -> FoundHeading:
    """What a heading whose first line is this row means in a fiscal year (any, if that is not known)."""
    meanings, first_row, body_row = _best(grid, row, declaration, year)
    return _found(meanings, _lowest_texts(grid, range(first_row, body_row)), first_row, body_row, declaration)


def is_heading(found: FoundHeading, declaration: Declaration) -> bool:
    """Whether it knows most of what the source requires: then it is this source's, whatever else is missing."""
    required = declaration.required()
    return len(found.places) >= _LEAST_COLUMNS and len(found.places.keys() & set(required)) > len(required) // 2


def _best(grid: Grid, row: int, declaration: Declaration, year: int | None) -> tuple[Meanings, int, int]:
    """What the columns mean, the first row that says so and the row below the last; one row above may say more."""
    meanings, body_row = _downward(grid, row, declaration, year)
    if row > 0 and any(_texts(grid.rows[row - 1][1:])):
        more, end = _downward(grid, row - 1, declaration, year)
        if end == body_row and len(more) > len(meanings):
            return more, row - 1, body_row
    return meanings, row, body_row


def _downward(grid: Grid, row: int, declaration: Declaration, year: int | None) -> tuple[Meanings, int]:
    lines: tuple[tuple[str, ...], ...] = (_texts(grid.rows[row]),)
    meanings = _meanings(lines, declaration, year)
    while len(lines) < _MOST_LINES and row + len(lines) < len(grid.rows):
        below = _texts(grid.rows[row + len(lines)])
        if below in lines or any(map(is_amount, below)):
            break
        deeper = _meanings((*lines, below), declaration, year)
        if not _belongs(below, meanings, deeper):
            break
        lines, meanings = (*lines, below), deeper
    return meanings, row + len(lines)


def _belongs(below: Sequence[str], before: Meanings, with_it: Meanings) -> bool:
    """A further heading line names columns, more than it has strange words under what has a meaning."""
    printed = [column for column, text in enumerate(below) if text]
    named = sum(column in with_it for column in printed)
    strange = sum(column in before and column not in with_it for column in printed)
    return named > strange


def is_amount(text: str) -> bool:
    """Whether a cell begins as amounts do, so that it is surely no heading."""
    return text.lstrip("(-")[:1].isdecimal()


@functools.lru_cache(maxsize=1_000)
def _meanings(lines: tuple[tuple[str, ...], ...], declaration: Declaration, year: int | None) -> Meanings:
    found: dict[int, Heading] = {}  # read by all, changed by none
    for column, stack in enumerate(zip(*_spread(lines), strict=True)):
        if heading := _meaning(stack, declaration, year):
            found[column] = heading
    return found


def _spread(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines with a heading over several columns repeated over each of them: it stands in the first only."""
    spread = [list(line) for line in lines]
    for level, upper in enumerate(spread[:-1]):
        below = [any(line[column] for line in lines[level + 1 :]) for column in range(len(upper))]
        for column in range(1, len(upper)):
            stands_alone = any(line[column] for line in lines[: level + 1])
            if below[column] and below[column - 1] and not stands_alone:
                upper[column] = upper[column - 1]
    return spread


def _meaning(stack: Sequence[str], declaration: Declaration, year: int | None) -> Heading | None:
    """โอน over เพิ่ม means โอนเพิ่ม; under สถานะ each lower line has a meaning of its own."""
    lowest = max((line for line, text in enumerate(stack) if text), default=-1)
    for first in range(lowest + 1):
        if heading := declaration.heading_of("".join(stack[first : lowest + 1]), year):
            return heading
    return None


def _texts(row: Sequence[CellValue]) -> tuple[str, ...]:
    return tuple([as_text(value).strip() for value in row])


def _lowest_texts(grid: Grid, rows: range) -> dict[int, str]:
    lowest: dict[int, str] = {}
    for row in rows:
        lowest |= {column: " ".join(text.split()) for column, text in enumerate(_texts(grid.rows[row])) if text}
    return lowest


def _found(
    meanings: Meanings, texts: dict[int, str], first_row: int, body_row: int, declaration: Declaration
) -> FoundHeading:
    misplaced = _misplaced(meanings, declaration)
    unknown = {column: text for column, text in texts.items() if column not in meanings or column in misplaced}
    found = FoundHeading(first_row, body_row, {}, unknown, frozenset(texts), [])
    for column, heading in sorted(meanings.items()):
        if heading.column != IGNORED and column not in misplaced:
            _place(found, column, heading, texts, declaration)
    for column, text in sorted(unknown.items()):
        _report(found, "column.unknown", column, None, text)
    for name, presence in declaration.presence.items():
        if presence == "expected" and name not in found.places:
            found.defects.append(Defect("column.missing", column=name, expected=declaration.printed_name(name)))
    return found


def _place(found: FoundHeading, column: int, heading: Heading, texts: dict[int, str], declaration: Declaration) -> None:
    name, usual = heading.column, declaration.printed_name(heading.column)
    if name in found.places:
        _report(found, "column.twice", column, name, usual, column_letter(found.places[name]))
        return
    found.places[name] = column
    if heading.doubtful:
        _report(found, "column.doubtful", column, name, texts.get(column), usual)


def _report(
    found: FoundHeading, kind: str, at: int, name: str | None, observed: str | None, expected: str | None = None
) -> None:
    row = found.body_row  # the officer's number of the heading's last line
    found.defects.append(Defect(kind, row, name, f"{column_letter(at)}{row}", observed, expected))


def _misplaced(meanings: Meanings, declaration: Declaration) -> set[int]:
    """Columns under a doubtful heading that do not stand where the declared order puts them."""
    order = {name: place for place, name in enumerate(declaration.kinds)}
    sure = [(order[h.column], column) for column, h in meanings.items() if h.column in order and not h.doubtful]
    return {
        column
        for column, heading in meanings.items()
        if heading.doubtful and any((place < order[heading.column]) != (at < column) for place, at in sure)
    }
