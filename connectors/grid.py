"""The bytes of an export as cells, each knowing its sheet, row and column."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

CellValue = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, page or table: rows of equal length, starting at the officer's A1; a blank cell is "" or None.

    A merged cell holds its value at the top left and blanks elsewhere, as labels printed once do.
    """

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    unreadable: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (row, column) from 0 -> what stands there
    hidden_rows: frozenset[int] = frozenset()  # rows from 0 that the officer cannot see
    is_print: bool = False  # a PDF's: its Thai came through a font

    def text(self, row: int, column: int) -> str:
        """The cell as text, blank if it is empty or outside."""
        value = self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None
        return "" if value is None else str(value)


def column_letter(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
