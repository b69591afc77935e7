"""Wrong cells are named exactly, and nothing is claimed that another explanation of the same size could deny."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.localise import localise
from expectations.localise.part import Part
from expectations.localise.programme import smallest
from expectations.localise.search import Search
from expectations.localise.slips import slip
from tests.bench.localise import COLUMNS, printed_balances, printed_table, slipped

Cells = dict[str, int]
Balances = list[dict[str, int]]

SUM = [{"a": 1, "b": 1, "total": -1}]


def residual(cells: Cells, balance: dict[str, int]) -> int:
    return sum(coefficient * cells[cell] for cell, coefficient in balance.items())


# By brute force: every set of cells, every value within reach.


def repairs_of(cells: Cells, balances: Balances, chosen: tuple[str, ...], nonnegative: frozenset[str]) -> Iterator[Cells]:
    """Every way to change all the chosen cells, each by at most the sum of the table, so that every balance holds."""
    reach = sum(map(abs, cells.values())) + 1

    def settle(now: Cells, left: tuple[str, ...]) -> Iterator[Cells]:
        ready = [balance for balance in balances if not any(cell in balance for cell in left)]
        if any(residual(now, balance) for balance in ready):
            return
        if not left:
            yield {cell: now[cell] for cell in chosen}
            return
        lowest = 0 if left[0] in nonnegative else -reach
        for value in range(lowest, reach + 1):
            if value != cells[left[0]]:
                yield from settle(now | {left[0]: value}, left[1:])

    yield from settle(cells, chosen)


def smallest_by_brute_force(
    cells: Cells, balances: Balances, fixed: frozenset[str], nonnegative: frozenset[str]
) -> list[Cells]:
    """Up to two smallest explanations of at most three cells."""
    free = [cell for cell in cells if cell not in fixed]
    negative = {cell for cell in free if cell in nonnegative and cells[cell] < 0}
    violated = [balance for balance in balances if residual(cells, balance)]
    for size in range(4):
        found: list[Cells] = []
        for chosen in combinations(free, size):
            if negative <= set(chosen) and all(any(cell in balance for cell in chosen) for balance in violated):
                found += [repair for repair, _ in zip(repairs_of(cells, balances, chosen, nonnegative), "ab", strict=False)]
            if len(found) > 1:
                break
        if found:
            return found
    return []


def square(side: int, inner: list[int]) -> tuple[Cells, Balances]:
    """A table with row and column sums, all of whose balances hold; the last row and column are the sums."""
    values = iter(inner)
    cells = {f"{r}{c}": next(values) for r in range(side - 1) for c in range(side - 1)}
    last, inside = side - 1, range(side - 1)
    cells |= {f"{r}{last}": sum(cells[f"{r}{c}"] for c in inside) for r in inside}
    cells |= {f"{last}{c}": sum(cells[f"{r}{c}"] for r in inside) for c in range(side)}
    rows = [{f"{r}{c}": 1 if c < last else -1 for c in range(side)} for r in range(side)]
    columns = [{f"{r}{c}": 1 if r < last else -1 for r in range(side)} for c in range(side)]
    return cells, rows + columns


@st.composite
def spoilt_squares(draw: st.DrawFn) -> tuple[Cells, Balances, frozenset[str], frozenset[str]]:
    side = draw(st.integers(3, 4))
    cells, balances = square(side, draw(st.lists(st.integers(0, 3), min_size=9, max_size=9)))
    names = st.sampled_from(sorted(cells))
    spoilt = draw(st.dictionaries(names, st.integers(-2, 12), max_size=3))
    return cells | spoilt, balances, draw(st.frozensets(names, max_size=4)), draw(st.frozensets(names))


@settings(max_examples=150, deadline=None)
@given(spoilt_squares())
def test_unique_is_said_exactly_where_brute_force_finds_one_explanation(
    case: tuple[Cells, Balances, frozenset[str], frozenset[str]],
) -> None:
    cells, balances, fixed, nonnegative = case
    truth = smallest_by_brute_force(cells, balances, fixed, nonnegative)
    found = localise(cells, balances, fixed=fixed, nonnegative=nonnegative)
    if len(truth) == 1:
        assert (found.unique, found.corrections, found.alternatives) == (True, truth[0], [])
    elif truth:
        assert not found.unique
        assert all(explanation.items() >= {}.items() for explanation in found.alternatives)
