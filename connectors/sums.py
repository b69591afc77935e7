"""Running sums over the rows of a table that are lines."""

from collections.abc import Container, Sequence
from operator import add, sub

Span = tuple[int, int]  # the first row, and the row after the last
Amounts = tuple[int, ...]


class Sums:
    """How many lines stand in a span of rows, and what they add up to; `totals` may grow below what was asked for."""

    def __init__(self, amounts: Sequence[Sequence[int]], totals: Container[int]) -> None:
        self._columns = amounts
        self._totals = totals
        self._before: list[Amounts] = [(0,) * (len(amounts) + 1)]  # lines and sums above a row
        self._reached: dict[Amounts, int] = {}  # sums -> the last row above which they are reached

    def amounts_of(self, row: int) -> Amounts:
        """The amounts of one row."""
        return tuple([column[row] for column in self._columns])

    def has_line(self, span: Span) -> bool:
        """Whether any row of a span is a line."""
        first, end = span
        return first < end and (
            first not in self._totals or end - 1 not in self._totals or self.lines_and_sums(span)[0] > 0
        )

    def lines_and_sums(self, span: Span) -> Amounts:
        """How many lines a span has, and their sums."""
        self._extend(span[1])
        return tuple(map(sub, self._before[span[1]], self._before[span[0]]))

    def start_of(self, row: int) -> int | None:
        """Where a span begins that ends above a row and sums it to the last satang; None if there is none."""
        self._extend(row)
        return self._reached.get(tuple(map(sub, self._before[row][1:], self.amounts_of(row))))

    def _extend(self, row: int) -> None:
        while len(self._before) <= row:
            last, sums = len(self._before) - 1, self._before[-1]
            self._reached[sums[1:]] = last
            self._before.append(sums if last in self._totals else tuple(map(add, sums, (1, *self.amounts_of(last)))))
