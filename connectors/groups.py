"""The value rows of a table with their labels, and the groups that these make."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from connectors.sums import Span


@dataclass(slots=True)
class Rows:
    """The value rows of one table, from the top. Labels are one list a level, outermost first."""

    amounts: Sequence[Sequence[int]]  # one list a column, as all below
    names: Sequence[str]
    printed: Sequence[Sequence[str]]  # labels as each row prints them
    filled: Sequence[Sequence[str]]  # labels as they hold for each row
    begins: Sequence[Sequence[int]]  # where the runs of equal labels begin
    headings: Sequence[tuple[str, ...]]  # the bare words above each label column

    def innermost(self, row: int) -> int | None:
        """The innermost level of which a row prints a label; None if it prints none."""
        return next((level for level in reversed(range(len(self.printed))) if self.printed[level][row]), None)

    def start(self, level: int, row: int) -> int:
        """The first row of the group, on a level, that a row stands in."""
        return self.begins[level][bisect_right(self.begins[level], row) - 1]

    def end(self, level: int, row: int) -> int:
        """The row after the last of that group."""
        place = bisect_right(self.begins[level], row)
        return self.begins[level][place] if place < len(self.begins[level]) else len(self.names)

    def ending(self, row: int) -> list[tuple[int, Span]]:
        """Level and rows of each group that ends, or pauses, above a row; the innermost first."""
        levels = reversed(range(len(self.filled))) if row else ()
        return [(level, (self.start(level, row - 1), row)) for level in levels]

    def beginning(self, row: int, line: int) -> list[tuple[int, Span]]:
        """Level and rows of each group that begins between a row and the first line below it; the innermost first."""
        if line == len(self.names):
            return []
        levels = [level for level in range(len(self.filled)) if self.start(level, line) >= row]
        return [(level, (row + 1, self.end(level, line))) for level in reversed(levels)]


def next_rows(skipped: Iterable[int]) -> dict[int, int]:
    """For each of these rows, the first below it that is none of them."""
    following: dict[int, int] = {}
    for row in sorted(skipped, reverse=True):
        following[row] = following.get(row + 1, row + 1)
    return following


def head_of(rows: Rows, row: int, below: Mapping[int, int]) -> tuple[str, Span] | None:
    """Label and rows of the group below a total that is printed first: it bears a label and no name, they go deeper."""
    level, line = rows.innermost(row), below.get(row + 1, row + 1)
    if level is None or line >= (end := rows.end(level, row)):
        return None
    is_deeper = rows.names[line] or any(column[line] for column in rows.printed[level + 1 :])
    return (rows.printed[level][row], (row + 1, end)) if is_deeper else None
