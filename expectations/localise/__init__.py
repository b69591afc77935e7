"""WHERE a table is wrong: the fewest cells whose change makes every printed balance hold (Fellegi and Holt 1976).

    part       one connected part of the table: its balances, the exact repairs that a choice of cells allows
    family     repairs that leave some cells a choice of values
    search     every smallest explanation by branching: milliseconds for a few wrong cells
    programme  the same by integer programming, where the search ran out of work
    slips      which explanation a typing or reading slip makes likely

What R's deducorrect and errorlocate do for a record, for a whole table at once and in exact integers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from operator import mul
from typing import Generic

from expectations.localise.family import Cell, Row, UndecidedError
from expectations.localise.part import Part
from expectations.localise.search import OutOfWorkError, Search
from expectations.localise.slips import doubt

# Cuts that the search may look at before the integer programme takes over: about a second.
_WORK = 500_000


@dataclass(frozen=True)
class Localisation(Generic[Cell]):
    """What is wrong with a table, as far as its balances tell; every change is cell → the value that repairs it.

    A part is a set of balances connected by cells that may change; one that is undecided or not found claims nothing.
    """

    corrections: dict[Cell, int]  # of every part with one smallest explanation, proven to be the only one
    unique: bool  # `corrections` is the one smallest explanation of the whole table: no part is left over
    alternatives: list[dict[Cell, int]]  # the smallest explanations of the other parts, likeliest slips first
    unsatisfied: list[int]  # balances still violated after `corrections`: of the parts undecided or not found
    agreed: dict[Cell, int]  # changes that all the alternatives of a part share, where all are listed


def localise(
    cells: Mapping[Cell, int],
    balances: Sequence[Mapping[Cell, int]],
    *,
    fixed: Collection[Cell] = (),
    nonnegative: Collection[Cell] = (),
) -> Localisation[Cell]:
    """The fewest changes after which every balance holds: sum(coefficient * cell) = 0, in integers (satang).

    `fixed` cells never change; `nonnegative` ones are not negative afterwards, printed negative ones included. Of a
    part's alternatives at most 100 are listed. What a fixed amount of search, then of integer programming, cannot
    explain is not found; what they cannot prove is not claimed.
    Raises ValueError where a balance names a cell that is not there.
    """
    residuals = _residuals(cells, balances)
    corrections: dict[Cell, int] = {}
    agreed: dict[Cell, int] = {}
    alternatives: list[dict[Cell, int]] = []
    settled = True
    for part in _parts(cells, balances, residuals, frozenset(fixed), frozenset(nonnegative)):
        explanations = sorted(_smallest(part), key=lambda repair: doubt(cells, repair))
        shared = reduce(_shared, explanations) if part.complete and explanations else {}
        if part.complete and len(explanations) == 1:
            corrections |= shared
        else:
            settled = False
            alternatives += explanations
            agreed |= shared
    unsatisfied = [
        number
        for number, balance in enumerate(balances)
        if residuals[number] + sum(balance[c] * (new - cells[c]) for c, new in corrections.items() if c in balance)
    ]
    return Localisation(corrections, settled and not unsatisfied, alternatives, unsatisfied, agreed)


def _residuals(cells: Mapping[Cell, int], balances: Sequence[Mapping[Cell, int]]) -> list[int]:
    try:
        return [sum(map(mul, balance.values(), map(cells.__getitem__, balance))) for balance in balances]
    except KeyError as error:
        raise ValueError(f"a balance names {error.args[0]!r}, which is not among the cells") from error


def _parts(
    cells: Mapping[Cell, int],
    balances: Sequence[Mapping[Cell, int]],
    residuals: Sequence[int],
    fixed: Set[Cell],
    nonnegative: Set[Cell],
) -> Iterator[Part[Cell]]:
    """Each connected part in which something is wrong."""
    rows: list[Row[Cell]] = [
        ({cell: c for cell, c in balance.items() if c and cell not in fixed}, -residual)
        for balance, residual in zip(balances, residuals, strict=True)
    ]
    negative = [cell for cell in cells if cell in nonnegative and cells[cell] < 0 and cell not in fixed]
    wrong = [set(row) for row, target in rows if target and row] + [{cell} for cell in negative]
    while wrong:
        reached, own, rest = wrong[0], [], rows
        # Once everything wrong is reached, whether the rest connects makes no difference.
        while wrong := [cells_of for cells_of in wrong if reached.isdisjoint(cells_of)]:
            near = [row for row in rest if not reached.isdisjoint(row[0])]
            if not near:
                break
            own += near
            rest = [row for row in rest if reached.isdisjoint(row[0])]
            reached = reached.union(*(row for row, _ in near))
        else:
            own, rest = rows, []
        yield Part(cells, own, nonnegative, [cell for cell in negative if cell in reached])
        rows = rest


def _shared(one: dict[Cell, int], other: dict[Cell, int]) -> dict[Cell, int]:
    return {cell: value for cell, value in one.items() if cell in other and other[cell] == value}


def _smallest(part: Part[Cell]) -> list[dict[Cell, int]]:
    """The smallest explanations of a part; [] where there is none, or none was found."""
    try:
        try:
            return Search(part, _WORK).smallest()
        except OutOfWorkError:
            from expectations.localise.programme import smallest

            return smallest(part)
    except UndecidedError:
        return []
