"""The exact search for every smallest explanation of a part, by branching over the cells of its cuts."""

from collections.abc import Iterator
from functools import reduce
from itertools import islice
from operator import or_
from typing import Generic

from expectations.localise.family import Cell
from expectations.localise.part import LISTED, Part, bits_of

# Quick choices tried before the search.
_REHEARSALS = 64


class OutOfWorkError(Exception):
    """The search looked at as many cuts as it may: the same input always stops at the same place."""


class Search(Generic[Cell]):
    """One search over a part; `work` is how many cuts it may look at."""

    def __init__(self, part: Part[Cell], work: int) -> None:
        self._part = part
        self._work = work

    def smallest(self) -> list[dict[Cell, int]]:
        """Every explanation of the smallest size, [] where there is none; raises OutOfWorkError, UndecidedError."""
        self._rehearse()
        size = len(_disjoint(self._part.cuts))
        while not (found := list(islice(self._branch(0, -1, size), LISTED + 1))) and 0 not in self._part.cuts:
            size += 1
        self._part.complete &= len(found) <= LISTED
        return found[:LISTED]

    def _rehearse(self) -> None:
        """Learns cuts from quick choices, often too large, until one repairs the part: the bounds are sharp then."""
        for _ in range(_REHEARSALS):
            chosen = 0
            unmet = self._unmet(chosen, -1)
            if 0 in unmet:
                return
            while unmet:
                chosen |= _most_shared(min(unmet, key=int.bit_count), unmet)[0]
                unmet = [cut for cut in unmet if not cut & chosen]
            self._spend(5 * chosen.bit_count() ** 2)
            if self._part.solved(chosen) is not None:
                return

    def _branch(self, chosen: int, allowed: int, budget: int) -> Iterator[dict[Cell, int]]:
        """The repairs that change the chosen cells and exactly `budget` of the allowed ones."""
        while True:
            unmet = self._unmet(chosen, allowed)
            if not unmet:
                self._spend(5 * chosen.bit_count() ** 2)
                repairs = self._part.repairs(chosen)
                yield from repairs
                if repairs:
                    return
                continue
            # Disjoint cuts need a changed cell each; where they use up the budget, no cell outside them changes.
            disjoint = _disjoint(unmet)
            if 0 in unmet or len(disjoint) > budget:
                return
            inside = reduce(or_, disjoint)
            if len(disjoint) == budget and inside != allowed:
                allowed = inside
                continue
            narrowest = min(unmet, key=int.bit_count)
            if narrowest.bit_count() > 1:
                break
            chosen, allowed, budget = chosen | narrowest, allowed & ~narrowest, budget - 1
        for bit in _most_shared(narrowest, unmet):
            allowed &= ~bit
            yield from self._branch(chosen | bit, allowed, budget - 1)

    def _unmet(self, chosen: int, allowed: int) -> list[int]:
        self._spend(len(self._part.cuts))
        return [cut & allowed for cut in self._part.cuts if not cut & chosen]

    def _spend(self, work: int) -> None:
        self._work -= work
        if self._work < 0:
            raise OutOfWorkError


def _disjoint(cuts: list[int]) -> list[int]:
    """Cuts without a cell in common, as many as a greedy choice finds: those that meet the fewest others first."""
    narrow = sorted(set(cuts), key=int.bit_count)[:64]
    taken, union = [], 0
    for cut in sorted(narrow, key=lambda cut: sum(1 for other in narrow if cut & other)):
        if not cut & union:
            taken.append(cut)
            union |= cut
    return taken


def _most_shared(cut: int, others: list[int]) -> list[int]:
    """The cells of a cut, those in most of the other cuts first."""
    return sorted(bits_of(cut), key=lambda bit: -sum(1 for other in others if other & bit))
