"""Text whose cells are parted by commas, semicolons or tabs: a whole file (CSV, TSV), or tables within a text."""

import csv
from collections import Counter
from io import StringIO
from itertools import islice
from typing import Literal

from connectors.formats import refusals, text_damage
from connectors.formats.allowance import Allowance
from connectors.grid import CellValue, Grid

Rows = list[list[str]]

_DELIMITERS = {"\t": 20, ";": 1, ",": 1, "|": 1}  # prose holds commas, but no tabs
_SAMPLE_LINES = 1000
_LONG_LINE = 10_000
_FEW_LINES = 10  # of text around a table that belong to it, however they are spaced
_FURNITURE_LINES = 5  # that a page break puts into a table


def grids(text: str, allowance: Allowance) -> list[Grid]:
    """One grid for a file of one table; one a table, below the lines just above it, for a text with tabbed tables."""
    text_damage.refuse_lost_letters(text)
    delimiter, width = _delimiter(text)
    rows = _rows(text, delimiter, width, allowance.limits.rows + 1)
    allowance.check_rows(len(rows))
    text_damage.refuse_cut_short(text, rows, width)
    if delimiter == ",":
        text_damage.refuse_parted_amounts(rows, width)
    pieces = _tables(rows) if delimiter == "\t" else [rows]
    found = []
    for number, piece in enumerate(pieces, 1):
        cells: list[list[CellValue]] = [list(row) for row in piece]
        found.append(allowance.grid(f"ตาราง {number}", cells))
    return found


def _delimiter(text: str) -> tuple[str, int]:
    """What parts the cells, and how many cells a row commonly has."""
    parted = (
        line
        for line in StringIO(text, newline=None)
        if len(line) < _LONG_LINE and not _DELIMITERS.keys().isdisjoint(line)
    )
    lines = list(islice(parted, _SAMPLE_LINES))
    best, best_width, most = "", 1, 0
    for delimiter, weight in _DELIMITERS.items():
        # Line by line, so that a stray quote spoils only its own.
        widths = Counter(len(next(csv.reader([line], delimiter=delimiter))) for line in lines if delimiter in line)
        for width, count in widths.items():
            if count > 1 and width > 1 and count * width * weight > most:
                best, best_width, most = delimiter, width, count * width * weight
    if not best:
        raise refusals.no_table("ไฟล์ข้อความนี้ไม่มีตาราง", "The text holds no table")
    return best, best_width


def _rows(text: str, delimiter: str, width: int, most: int) -> Rows:
    try:
        rows = _parsed(text, delimiter, most, csv.QUOTE_MINIMAL)
    except csv.Error:  # a cell of more than 128 KB
        return _unquoted(text, delimiter, most)
    # A stray quote swallows the rows up to the next one.
    if any(cell.count(delimiter) >= width and "\n" in cell for row in rows for cell in row if len(cell) > width):
        return _unquoted(text, delimiter, most)
    return rows


def _unquoted(text: str, delimiter: str, most: int) -> Rows:
    try:
        return _parsed(text, delimiter, most, csv.QUOTE_NONE)
    except csv.Error as error:
        raise refusals.damaged() from error


def _parsed(text: str, delimiter: str, most: int, quoting: Literal[0, 3]) -> Rows:
    return list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting), most))


def _tables(rows: Rows) -> list[Rows]:
    """The tables, each with the lines that belong to it; all that is there where no line has more than tabs."""
    runs = _runs(rows)
    if not runs:
        return [rows]
    ends = [0, *(end for _, end in runs)]
    firsts = [_first_line(rows, above, start) for above, (start, _) in zip(ends, runs, strict=False)]
    last = len(rows) if len(runs) == 1 and _lines(rows[ends[-1] :]) <= _FEW_LINES else ends[-1]
    return [rows[first:end] for first, end in zip(firsts, [*ends[1:-1], last], strict=True)]


def _runs(rows: Rows) -> list[tuple[int, int]]:
    """First row and row after the last of each table: tabbed rows, blank ones and page furniture between them."""
    runs: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        if len(row) < 2 or not any(row):
            continue
        if runs and _continues(rows, runs[-1], place):
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _continues(rows: Rows, run: tuple[int, int], place: int) -> bool:
    between = _lines(rows[run[1] : place])
    return between == 0 or (between <= _FURNITURE_LINES and len(rows[place]) == len(rows[run[1] - 1]))


def _first_line(rows: Rows, above: int, start: int) -> int:
    """Where the text just above a table begins: all of it if it is short, else from the last gap of two lines."""
    if _lines(rows[above:start]) <= _FEW_LINES:
        return above
    first = start
    while first > above and (any(rows[first - 1]) or (first - 1 > above and any(rows[first - 2]))):
        first -= 1
    return first


def _lines(rows: Rows) -> int:
    return sum(1 for row in rows if any(row))
