"""No claim that going through every cell and every value could deny: the localisation against brute force."""

from collections.abc import Iterator
from itertools import combinations, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.localise import localise, programme
from expectations.localise.part import Part
from expectations.localise.programme import smallest
from expectations.localise.search import Search

pytestmark = pytest.mark.slow

Cells = dict[str, int]
Balances = list[dict[str, int]]
Case = tuple[Cells, Balances, frozenset[str], frozenset[str]]


def residual(cells: Cells, balance: dict[str, int]) -> int:
    return sum(coefficient * cells[cell] for cell, coefficient in balance.items())


def repaired(cells: Cells, balances: Balances, changes: Cells) -> bool:
    return not any(residual(cells | changes, balance) for balance in balances)


def repairs_of(
    cells: Cells, balances: Balances, chosen: tuple[str, ...], nonnegative: frozenset[str]
) -> Iterator[Cells]:
    """Every way to change all the chosen cells, each by no more than the table holds, so that every balance holds."""
    reach = sum(map(abs, cells.values())) + 1

    def settle(now: Cells, left: tuple[str, ...]) -> Iterator[Cells]:
        settled = [balance for balance in balances if not any(cell in balance for cell in left)]
        if not repaired(now, settled, {}):
            return
        if not left:
            yield {cell: now[cell] for cell in chosen}
            return
        for value in range(0 if left[0] in nonnegative else -reach, reach + 1):
            if value != cells[left[0]]:
                yield from settle(now | {left[0]: value}, left[1:])

    yield from settle(cells, chosen)


def smallest_by_brute_force(
    cells: Cells, balances: Balances, fixed: frozenset[str], nonnegative: frozenset[str]
) -> list[list[Cells]]:
    """The smallest sets of cells that explain the table, of each the first two repairs; [] beyond three cells."""
    free = [cell for cell in cells if cell not in fixed]
    negative = {cell for cell in free if cell in nonnegative and cells[cell] < 0}
    violated = [balance for balance in balances if residual(cells, balance)]
    for size in range(4):
        likely = (
            chosen
            for chosen in combinations(free, size)
            if negative.issubset(chosen) and all(any(cell in balance for cell in chosen) for balance in violated)
        )
        sets = [list(islice(repairs_of(cells, balances, chosen, nonnegative), 2)) for chosen in likely]
        if found := [repairs for repairs in sets if repairs]:
            return found
    return []


def square(side: int, inner: list[int]) -> tuple[Cells, Balances]:
    """A table that balances: cells by row and column, the last of each the sums."""
    last, inside = side - 1, range(side - 1)
    values = iter(inner)
    cells = {f"{r}{c}": next(values) for r in inside for c in inside}
    cells |= {f"{r}{last}": sum(cells[f"{r}{c}"] for c in inside) for r in inside}
    cells |= {f"{last}{c}": sum(cells[f"{r}{c}"] for r in inside) for c in range(side)}
    rows = [{f"{r}{c}": 1 if c < last else -1 for c in range(side)} for r in range(side)]
    columns = [{f"{r}{c}": 1 if r < last else -1 for r in range(side)} for c in range(side)]
    return cells, rows + columns


@st.composite
def spoilt_squares(draw: st.DrawFn) -> Case:
    cells, balances = square(draw(st.integers(3, 4)), draw(st.lists(st.integers(0, 3), min_size=9, max_size=9)))
    names = st.sampled_from(sorted(cells))
    spoilt = draw(st.dictionaries(names, st.integers(-2, 12), max_size=3))
    return cells | spoilt, balances, draw(st.frozensets(names, max_size=4)), draw(st.frozensets(names))


@settings(max_examples=250, deadline=None)
@given(spoilt_squares())
def test_unique_is_said_exactly_where_brute_force_finds_one_explanation(
    case: Case,
) -> None:
    cells, balances, fixed, nonnegative = case
    sets = smallest_by_brute_force(cells, balances, fixed, nonnegative - fixed)
    found = localise(cells, balances, fixed=fixed, nonnegative=nonnegative)
    if [len(repairs) for repairs in sets] == [1]:
        assert (found.unique, found.corrections, found.alternatives) == (True, sets[0][0], [])
    elif sets:
        assert not found.unique
        claimed = found.corrections | found.agreed
        assert all(claimed.items() <= repair.items() for repairs in sets for repair in repairs)


@settings(max_examples=150, deadline=None)
@given(spoilt_squares())
def test_alternatives_are_all_smallest_and_all_repair_the_table(
    case: Case,
) -> None:
    cells, balances, _, nonnegative = case
    sets = smallest_by_brute_force(cells, balances, frozenset(), nonnegative)
    found = localise(cells, balances, nonnegative=nonnegative)
    explanations = [found.corrections] if found.unique else found.alternatives
    for explanation in explanations:
        assert repaired(cells, balances, explanation)
        assert all(explanation[cell] != cells[cell] for cell in explanation)
        assert not sets or len(explanation) == len(sets[0][0])
    # A set of cells whose values are determined is one explanation; the others are families, of which some are listed.
    assert all(repairs[0] in explanations for repairs in sets if len(repairs) == 1)


@st.composite
def systems(draw: st.DrawFn) -> Case:
    cells = {name: draw(st.integers(-1, 4)) for name in "abcde"}
    names = st.sampled_from(sorted(cells))
    coefficients = st.dictionaries(names, st.sampled_from((-3, -2, -1, 1, 2)), min_size=1)
    balances = draw(st.lists(coefficients, min_size=1, max_size=3))
    return cells, balances, draw(st.frozensets(names, max_size=2)), draw(st.frozensets(names))


@settings(max_examples=150, deadline=None)
@given(systems())
def test_with_any_coefficients_brute_force_denies_no_claim(case: Case) -> None:
    cells, balances, fixed, nonnegative = case
    found = localise(cells, balances, fixed=fixed, nonnegative=nonnegative)
    if found.unique:
        sets = smallest_by_brute_force(cells, balances, fixed, nonnegative - fixed)
        assert repaired(cells, balances, found.corrections)
        # Brute force goes through values near the printed ones only.
        assert not sets or sets == [[found.corrections]] or len(sets[0][0]) > len(found.corrections)


@settings(max_examples=40, deadline=None)
@given(spoilt_squares())
def test_search_and_integer_programme_find_the_same(
    case: Case,
) -> None:
    cells, balances, _, _ = case
    rows = [(balance, -residual(cells, balance)) for balance in balances]
    searched = Search(Part(cells, rows, frozenset(), []), 100_000).smallest()
    programmed = smallest(Part(cells, rows, frozenset(), []))
    assert sorted(sorted(repair.items()) for repair in searched) == sorted(sorted(r.items()) for r in programmed)


@settings(max_examples=40, deadline=None)
@given(spoilt_squares(), st.integers(0, 20))
def test_where_the_nodes_run_out_nothing_is_claimed(case: Case, nodes: int) -> None:
    cells, balances, _, _ = case
    rows = [(balance, -residual(cells, balance)) for balance in balances]
    whole, part = Part(cells, rows, frozenset(), []), Part(cells, rows, frozenset(), [])
    every = smallest(whole)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(programme, "_NODES", nodes)
        found = smallest(part)
    assert all(one in every for one in found)
    assert not part.complete or found == every
