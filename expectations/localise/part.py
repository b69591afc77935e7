"""One connected part of a table: its balances, and the exact repairs that a choice of cells allows.

Sets of cells are bit masks. A cut is a set of cells of which every explanation changes at least one: first the cells
of each violated balance, then those of balances implied by several together (Fellegi and Holt 1976), which are
learned whenever a choice of cells turns out not to repair the part.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from math import gcd
from typing import Generic

from expectations.localise.family import Cell, Row, UndecidedError, repairs_together

# More explanations than this are neither gone through nor listed.
LISTED = 100


def bits_of(mask: int) -> list[int]:
    """The single-cell masks of a mask, lowest first."""
    bits = []
    while mask:
        bits.append(mask & -mask)
        mask &= mask - 1
    return bits


class Part(Generic[Cell]):
    """Cells as printed, rows over those that may change, and the cuts known so far."""

    def __init__(
        self, cells: Mapping[Cell, int], rows: Sequence[Row[Cell]], nonnegative: Set[Cell], negative: Iterable[Cell]
    ) -> None:
        self.cells = cells
        self.complete = True
        self._rows = rows
        self._rows_of: dict[Cell, list[int]] = {}
        self._nonnegative = nonnegative
        self._names: list[Cell] = []
        self._bits: dict[Cell, int] = {}
        self.cuts = [self._mask(coefficients) for coefficients, target in rows if target]
        self.cuts += [self._mask([cell]) for cell in negative]

    def everything(self) -> int:
        """The mask of all cells that may change."""
        return self._mask(cell for coefficients, _ in self._rows for cell in coefficients) | self._mask(self._names)

    def solved(self, chosen: int) -> dict[Cell, Row[Cell]] | None:
        """The rows that give the chosen cells when no other changes; None, and cuts learned, where they cannot."""
        names = self._names_in(chosen)
        touched = {number for cell in names for number in self._touching(cell)}
        solved, left = _eliminate([self._rows[number] for number in sorted(touched)], names)
        learned = [self._mask(coefficients) for coefficients, target in left if target]
        if not learned:
            impossible = [row for row in solved.values() if not self._possible(row, names)]
            learned = [self._mask(coefficients) & ~chosen for coefficients, _ in impossible]
        self.cuts += learned
        return None if learned else solved

    def repairs(self, chosen: int) -> list[dict[Cell, int]]:
        """Every repair (cell → new value) that changes the chosen cells alone; where there is none, a cut is learned.

        Of a family of repairs at most LISTED are given and `complete` turns false. Raises UndecidedError.
        """
        solved = self.solved(chosen)
        if solved is None:
            return []
        free = [cell for cell in self._names_in(chosen) if cell not in solved]
        if not free:
            return [{cell: self.cells[cell] + target // row[cell] for cell, (row, target) in solved.items()}]
        found = self._family(free, solved)
        if not found:
            tied = [row for row, _ in solved.values() if not row.keys().isdisjoint(free)]
            self.cuts.append(self._mask(cell for row in tied for cell in row) & ~chosen)
        return found

    def _names_in(self, mask: int) -> list[Cell]:
        return [self._names[bit.bit_length() - 1] for bit in bits_of(mask)]

    def _mask(self, cells: Iterable[Cell]) -> int:
        mask = 0
        for cell in cells:
            bit = self._bits.get(cell)
            if bit is None:
                bit = self._bits[cell] = 1 << len(self._names)
                self._names.append(cell)
            mask |= bit
        return mask

    def _touching(self, cell: Cell) -> list[int]:
        if cell not in self._rows_of:
            self._rows_of[cell] = [number for number, (row, _) in enumerate(self._rows) if cell in row]
        return self._rows_of[cell]

    def _possible(self, row: Row[Cell], chosen: list[Cell]) -> bool:
        """Whether a solved row has an answer in whole satang and, where it gives one cell alone, of a legal sign."""
        coefficients, target = row
        own = [cell for cell in chosen if cell in coefficients]
        if target % gcd(*(coefficients[cell] for cell in own)):
            return False
        value = self.cells[own[0]] + target // coefficients[own[0]]
        return len(own) > 1 or value >= 0 or own[0] not in self._nonnegative

    def _family(self, free: list[Cell], solved: Mapping[Cell, Row[Cell]]) -> list[dict[Cell, int]]:
        """The repairs in which the free cells may take several values."""
        found: list[dict[Cell, int]] = []
        try:
            for repair in repairs_together(self.cells, self._nonnegative, solved, free):
                if len(found) == LISTED:
                    raise UndecidedError
                found.append(repair)
        except UndecidedError:
            if len(found) < 2:
                raise
            self.complete = False
        return found


def _eliminate(rows: list[Row[Cell]], cells: list[Cell]) -> tuple[dict[Cell, Row[Cell]], list[Row[Cell]]]:
    """Gauss-Jordan over integers: the row that gives each cell that has one, and the rows left without these cells."""
    solved: dict[Cell, Row[Cell]] = {}
    left = rows
    for cell in cells:
        holding = [row for row in left if cell in row[0]]
        if not holding:
            continue
        # The shortest row keeps the implied balances short, and so the cuts sharp.
        pivot = min(holding, key=lambda row: len(row[0]))
        left = [_combined(row, pivot, cell) for row in left if row is not pivot]
        solved = {other: _combined(row, pivot, cell) for other, row in solved.items()}
        solved[cell] = pivot
    return solved, left


def _combined(row: Row[Cell], pivot: Row[Cell], cell: Cell) -> Row[Cell]:
    """`row` with `cell` eliminated by means of `pivot`."""
    coefficients, target = row
    if cell not in coefficients:
        return row
    by, by_target = pivot
    shared = gcd(coefficients[cell], by[cell])
    keep, take = by[cell] // shared, coefficients[cell] // shared
    combined = {other: keep * value for other, value in coefficients.items()}
    for other, value in by.items():
        combined[other] = combined.get(other, 0) - take * value
    return {other: value for other, value in combined.items() if value}, keep * target - take * by_target
