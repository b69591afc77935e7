"""Repairs that leave some cells a choice: the integer points of a small system of inequalities, exactly."""

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)

# Coefficients of the cells that may change, and what their changes must add up to.
Row = tuple[Mapping[Cell, int], int]

# sum(coefficient * change) + constant >= 0
Inequality = tuple[Mapping[Cell, int], int]

# Values tried for one cell before its range counts as too wide to go through.
_WIDTH = 256


class UndecidedError(Exception):
    """The exact answer would take more work than is allowed."""


def repairs_together(
    cells: Mapping[Cell, int], nonnegative: Set[Cell], solved: Mapping[Cell, Row[Cell]], free: Sequence[Cell]
) -> Iterator[dict[Cell, int]]:
    """Every repair (cell → new value) in which free cells take any value and each solved one follows from its row.

    Raises UndecidedError at the end where a range was too wide to go through.
    """
    inequalities: list[Inequality[Cell]] = [({cell: 1}, cells[cell]) for cell in free if cell in nonnegative]
    for cell, (row, target) in solved.items():
        if cell in nonnegative:
            sign = 1 if row[cell] > 0 else -1
            follows = {other: -sign * row[other] for other in free if other in row}
            inequalities.append((follows, sign * (row[cell] * cells[cell] + target)))
    for point in _integer_points(free, inequalities):
        rests = {c: target - sum(row[f] * point[f] for f in free if f in row) for c, (row, target) in solved.items()}
        if all(rest % solved[cell][0][cell] == 0 for cell, rest in rests.items()):
            changes = point | {cell: rest // solved[cell][0][cell] for cell, rest in rests.items()}
            yield {cell: cells[cell] + change for cell, change in changes.items()}


def _integer_points(free: Sequence[Cell], inequalities: list[Inequality[Cell]]) -> Iterator[dict[Cell, int]]:
    if not free:
        if all(constant >= 0 for _, constant in inequalities):
            yield {}
        return
    first, rest = free[0], free[1:]
    low, high = _range(first, rest, inequalities)
    if low is not None:
        tried = range(low, low + _WIDTH if high is None else min(high + 1, low + _WIDTH))
    elif high is not None:
        tried = range(high, high - _WIDTH, -1)
    else:
        tried = range(-_WIDTH, _WIDTH)
    for value in tried:
        held = [(row, constant + row.get(first, 0) * value) for row, constant in inequalities]
        for point in _integer_points(rest, held):
            yield {first: value, **point}
    if low is None or high is None or high - low >= _WIDTH:
        raise UndecidedError


def _range(cell: Cell, others: Sequence[Cell], inequalities: list[Inequality[Cell]]) -> tuple[int | None, int | None]:
    """The lowest and highest change of `cell` over the rational points (Fourier-Motzkin); None where unbounded."""
    for other in others:
        inequalities = _without(other, inequalities)
    lows = [-(constant // row[cell]) for row, constant in inequalities if row.get(cell, 0) > 0]
    highs = [constant // -row[cell] for row, constant in inequalities if row.get(cell, 0) < 0]
    if any(constant < 0 for row, constant in inequalities if not row.get(cell, 0)):
        return 0, -1
    return max(lows, default=None), min(highs, default=None)


def _without(cell: Cell, inequalities: list[Inequality[Cell]]) -> list[Inequality[Cell]]:
    """The inequalities that those with `cell` imply about the other cells."""
    kept = [pair for pair in inequalities if not pair[0].get(cell, 0)]
    rising = [pair for pair in inequalities if pair[0].get(cell, 0) > 0]
    falling = [pair for pair in inequalities if pair[0].get(cell, 0) < 0]
    for rise, rise_constant in rising:
        for fall, fall_constant in falling:
            up, down = -fall[cell], rise[cell]
            row = {other: up * rise.get(other, 0) + down * fall.get(other, 0) for other in [*rise, *fall]}
            kept.append((row, up * rise_constant + down * fall_constant))
    return kept
