"""Wrong cells are named exactly; what is claimed of a table is what its balances prove."""

import os
import random
import subprocess
import sys

import pytest

from expectations.localise import localise
from expectations.localise.slips import slip
from tests.bench.localise import COLUMNS, printed_balances, printed_table, slipped
from tests.expectations.test_localise_brute_force import Balances, Cells, square

SUM = [{"a": 1, "b": 1, "total": -1}]


# What the caller is told.


def test_a_table_that_balances_needs_nothing() -> None:
    found = localise({"a": 1, "b": 2, "total": 3}, SUM)
    assert (found.corrections, found.unique, found.alternatives, found.unsatisfied) == ({}, True, [], [])


def test_one_sum_alone_cannot_tell_which_cell_is_wrong() -> None:
    found = localise({"a": 1, "b": 2, "total": 5}, SUM)
    assert not found.unique
    assert (found.corrections, found.agreed, found.unsatisfied) == ({}, {}, [0])
    assert {frozenset(explanation.items()) for explanation in found.alternatives} == {
        frozenset({("a", 3)}),
        frozenset({("b", 4)}),
        frozenset({("total", 3)}),
    }


def test_fixed_cells_never_change() -> None:
    found = localise({"a": 1, "b": 2, "total": 5}, SUM, fixed=["a", "total"])
    assert (found.unique, found.corrections) == (True, {"b": 4})


def test_no_repair_makes_a_nonnegative_cell_negative() -> None:
    cells = {"a": 1, "b": 4, "total": 2}
    assert {"a": -2} in localise(cells, SUM).alternatives
    found = localise(cells, SUM, nonnegative=cells.keys(), fixed=["total"])
    assert (found.unique, found.corrections) == (True, {"b": 1})


def test_cells_that_share_a_repair_are_unique_only_where_their_values_are() -> None:
    cells = {"a": 3, "b": 4, "total": 0}
    found = localise(cells, SUM, nonnegative=cells.keys(), fixed=["total"])
    assert (found.unique, found.corrections) == (True, {"a": 0, "b": 0})
    found = localise(cells | {"total": 1}, SUM, nonnegative=cells.keys(), fixed=["total"])
    assert not found.unique
    assert sorted(repair["a"] for repair in found.alternatives) == [0, 1]


def test_three_cells_that_share_a_repair_are_gone_through() -> None:
    cells = {"a": 2, "b": 2, "c": 2, "total": 0}
    sums = [{"a": 1, "b": 1, "c": 1, "total": -1}]
    found = localise(cells, sums, nonnegative=cells.keys(), fixed=["total"])
    assert (found.unique, found.corrections) == (True, {"a": 0, "b": 0, "c": 0})
    found = localise(cells | {"total": 1}, sums, nonnegative=cells.keys(), fixed=["total"])
    assert sorted((r["a"], r["b"], r["c"]) for r in found.alternatives) == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


def test_where_values_are_too_many_to_go_through_nothing_is_claimed() -> None:
    found = localise({"a": 1, "b": 1}, [{"a": 1000, "b": 1001}])  # a = b = 0, a = 1001 and b = -1000, ...
    assert (found.unique, found.corrections, found.alternatives, found.unsatisfied) == (False, {}, [], [0])
    found = localise({"a": 1, "b": 1}, [{"a": 2, "b": 3}])
    assert not found.unique
    assert len(found.alternatives) == 100
    assert found.agreed == {}


def test_a_printed_negative_among_nonnegative_cells_is_wrong() -> None:
    cells, balances = square(3, [5, 2, 3, 4])
    found = localise(cells | {"00": -5}, balances, nonnegative=cells.keys())
    assert (found.unique, found.corrections) == (True, {"00": 5})


def test_a_system_without_repair_is_not_found() -> None:
    found = localise({"a": 1, "b": 2, "total": 5}, SUM, fixed=["a", "b", "total"])
    assert (found.unique, found.corrections, found.alternatives, found.unsatisfied) == (False, {}, [], [0])
    found = localise({"a": 1, "b": 0}, [{"a": 3, "b": 6}, {"b": 1}], fixed=["b"], nonnegative=["a"])
    assert (found.unique, found.corrections) == (True, {"a": 0})
    found = localise({"a": 1, "b": 1}, [{"a": 2, "b": 1}], fixed=["b"])
    assert (found.unique, found.corrections, found.alternatives, found.unsatisfied) == (False, {}, [], [0])


def test_each_connected_part_is_told_by_itself() -> None:
    cells = {"a": 1, "b": 2, "total": 5, "x": 7, "y": 7, "z": 9}
    balances = [*SUM, {"x": 1, "y": -1}, {"x": 1, "z": -1}, {"y": 1, "z": -1}]
    found = localise(cells, balances)
    assert (found.unique, found.corrections, found.unsatisfied) == (False, {"z": 7}, [0])
    assert len(found.alternatives) == 3


def test_what_all_alternatives_share_is_told_apart_from_what_is_claimed() -> None:
    cells, balances = scholtus("1452 116 1568 161 0 0 0 411 19979 1842 137")
    found = localise(cells, balances)
    assert (found.unique, found.corrections, found.agreed) == (False, {}, {"x4": 116, "x9": 1979})
    assert [set(explanation) - set(found.agreed) for explanation in found.alternatives] == [{"x5"}, {"x6"}, {"x7"}]


def test_a_balance_over_an_unknown_cell_is_named() -> None:
    with pytest.raises(ValueError, match="'c'"):
        localise({"a": 1}, [{"a": 1, "c": -1}])


@pytest.mark.parametrize(
    ("cells", "likeliest"),
    [
        ({"a": 350, "b": 400, "total": 950}, {"b": 600}),  # 4 and 6 look alike; 3 and 5, 9 and 7 do not
        ({"a": 14_950, "b": 2_300, "total": 18_150}, {"b": 3_200}),  # two digits swapped; no slip for the others
        ({"a": 14_950_000, "b": 3_200, "total": 18_150_000}, {"b": 3_200_000}),  # a thousands group lost
    ],
)
def test_the_likeliest_slip_comes_first(cells: Cells, likeliest: Cells) -> None:
    assert localise(cells, SUM).alternatives[0] == likeliest


def test_two_cells_interchanged_come_before_other_pairs() -> None:
    cells, balances = square(4, [17, 52, 31, 64, 81, 25, 48, 93, 70])
    found = localise(cells | {"10": 81, "11": 64}, balances)
    assert not found.unique
    assert found.alternatives[0] == {"10": 64, "11": 81}
    assert len(found.alternatives) == 4


# Published records: S. Scholtus (2009), Automatic correction of simple typing errors in numerical data with balance
# edits, Statistics Netherlands discussion paper 09046, section 4; the records and what becomes of the first three as in
# the tests of R's deducorrect 1.3.7 (inst/tests/testCorrectTypos.R).


def scholtus(record: str) -> tuple[Cells, Balances]:
    balances: Balances = [
        {"x1": 1, "x2": 1, "x3": -1},
        {"x2": 1, "x4": -1},
        {"x5": 1, "x6": 1, "x7": 1, "x8": -1},
        {"x3": 1, "x8": 1, "x9": -1},
        {"x9": 1, "x10": -1, "x11": -1},
    ]
    return {f"x{number}": int(value) for number, value in enumerate(record.split(), 1)}, balances


@pytest.mark.parametrize(
    ("record", "corrections"),
    [
        ("1452 116 1568 116 323 76 12 411  1979 1842 137", {}),
        ("1452 116 1568 161 323 76 12 411  1979 1842 137", {"x4": 116}),
        ("1452 116 1568 161 323 76 12 411 19979 1842 137", {"x4": 116, "x9": 1979}),
        ("1452 116 1568 161 323 76 12   0 19979 1842 137", {"x4": 116, "x8": 411, "x9": 1979}),
    ],
)
def test_the_records_of_scholtus_are_corrected_as_published(record: str, corrections: Cells) -> None:
    found = localise(*scholtus(record))
    assert (found.unique, found.corrections) == (True, corrections)


# Budget tables.

SEED = """
    168000.00 0.00 0.00 0.00 68984.00 119016.00
    10000.00 0.00 0.00 0.00 3695.00 6305.00
    6198000.00 0.00 0.00 0.00 2755400.00 3442600.00
    1190400.00 0.00 0.00 0.00 532400.00 658000.00
    48000.00 0.00 0.00 0.00 15000.00 33000.00
    109730.00 0.00 0.00 0.00 28350.00 81380.00
    555000.00 0.00 0.00 0.00 383016.60 171983.40
    17000.00 0.00 0.00 0.00 8421.60 8578.40
    47000.00 0.00 0.00 0.00 46854.43 145.57
    50000.00 0.00 0.00 0.00 0.00 50000.00
    100000.00 0.00 0.00 0.00 0.00 100000.00
    8493130.00 0.00 0.00 0.00 3822121.63 4671008.37
    8493130.00 0.00 0.00 0.00 3822121.63 4671008.37
"""


def test_a_budget_page_with_its_total_printed_twice_names_the_one_wrong_cell() -> None:
    rows = [[int(number.replace(".", "")) for number in line.split()] for line in SEED.strip().splitlines()]
    cells = {(r, c): value for r, row in enumerate(rows) for c, value in zip(COLUMNS, row, strict=True)}
    balances = [{(r, column): sign for column, sign in COLUMNS.items()} for r in range(13)]
    balances += [{**{(r, c): 1 for r in range(11)}, (total, c): -1} for total in (11, 12) for c in COLUMNS]
    found = localise(cells, balances)
    assert (found.unique, found.corrections, found.unsatisfied) == (True, {(0, "disbursed"): 4898400}, [])


@pytest.mark.parametrize("wrong", [1, 3, 5, 20])
def test_the_wrong_cells_of_a_table_of_three_hundred_lines_are_repaired(wrong: int) -> None:
    chance = random.Random(wrong)
    true = printed_table(chance)
    spoilt = {name: slipped(true[name], chance) for name in chance.sample(sorted(true), wrong)}
    found = localise(true | spoilt, printed_balances(true), nonnegative=true.keys())
    assert (found.unique, found.corrections) == (True, {name: true[name] for name in spoilt})


def test_a_hopeless_table_is_given_up_without_a_claim() -> None:
    chance = random.Random(7)
    true = printed_table(chance)
    spoilt = {name: slipped(true[name], chance) for name in chance.sample(sorted(true), 200)}
    found = localise(true | spoilt, printed_balances(true))
    assert (found.unique, found.corrections, found.alternatives, found.agreed) == (False, {}, [], {})
    assert len(found.unsatisfied) > 200


# The same input gives the same answer, and a quick one needs no numerical library.


def in_a_new_process(program: str, hash_seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_answer_does_not_depend_on_the_order_of_sets() -> None:
    program = (
        "from expectations.localise import localise\n"
        "from tests.expectations.test_localise import square\n"
        "cells, balances = square(4, [1, 0, 2, 0, 3, 1, 1, 0, 2])\n"
        "print(localise(cells | {'00': 9, '12': 5, '33': 0}, balances, fixed={'01'}, nonnegative=set(cells)))"
    )
    assert in_a_new_process(program, "1") == in_a_new_process(program, "2")


def test_a_few_wrong_cells_are_found_without_loading_scipy() -> None:
    program = (
        "import sys\n"
        "from expectations.localise import localise\n"
        "assert localise({'a': 1, 'b': 2}, [{'a': 1, 'b': -1}], fixed=['b']).unique\n"
        "print('scipy' in sys.modules, 'numpy' in sys.modules)"
    )
    assert in_a_new_process(program, "0") == "False False\n"


@pytest.mark.parametrize(
    ("printed", "true", "kind"),
    [
        (6_898_400, 4_898_400, "look-alike digit"),
        (6_898_400, 2_898_400, "digit changed"),
        (16_100, 11_600, "digits swapped"),
        (19_979, 1_979, "digit doubled"),
        (19_579, 1_979, "digit added"),
        (1_979, 19_279, "digit dropped"),
        (-500, 500, "sign lost"),
        (49_000, 49_000_000, "thousands shifted"),
        (4_898_400, 489_840_000, "thousands shifted"),
        (0, 5, "digit changed"),
        (12_345, 54_321, None),
        (-12, 13, None),
    ],
)
def test_a_slip_has_one_name(printed: int, true: int, kind: str | None) -> None:
    assert slip(printed, true) == kind
