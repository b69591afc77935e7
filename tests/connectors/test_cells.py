"""A cell becomes a typed value or is refused by name."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.cells import as_text, dimension_in, integers_in, money_in, text_in, ticks_in
from connectors.grid import CellValue
from warehouse.vocabulary.money import LARGEST, baht_printed

Reader = Callable[[Sequence[CellValue], Callable[[int, str], None]], list[Any]]


def taken(reader: Reader, *values: CellValue) -> tuple[list[Any], list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    return reader(values, lambda place, text: refused.append((place, text))), refused


@given(st.lists(st.integers(-LARGEST, LARGEST), min_size=1))
def test_numbers_and_the_same_amounts_as_text_are_the_same_money(satang: list[int]):
    assert taken(money_in, *(one / 100 for one in satang)) == (satang, [])
    assert taken(money_in, *(baht_printed(one) for one in satang)) == (satang, [])


@given(st.lists(st.floats() | st.sampled_from([0.005, 1e13, 1e300, 0.1 + 0.2]), max_size=8))
def test_a_number_is_taken_alike_alone_and_in_company(values: list[float]):
    together, refused = taken(money_in, *values)
    alone = [taken(money_in, value, "") for value in values]
    assert together == [one[0][0] for one in alone]
    assert [place for place, _ in refused] == [place for place, one in enumerate(alone) if one[1]]


def test_blanks_and_dashes_are_no_money():
    assert taken(money_in, "", None, "-", " - ", 5.0, 7) == ([0, 0, 0, 0, 500, 700], [])


@pytest.mark.parametrize(
    "wrong",
    [
        "N/A",
        "#REF!",
        "รอผล",
        True,
        datetime.date(2023, 3, 31),
        datetime.time(9),
        float("nan"),
        float("inf"),
        1.005,
        1e15,
    ],
)
def test_what_is_no_money_is_refused_with_what_stands_there(wrong: CellValue):
    assert taken(money_in, 1.0, wrong) == ([100, 0], [(1, str(wrong))])
    assert taken(money_in, wrong, "2") == ([0, 200], [(0, str(wrong))])


def test_text_has_one_spelling_and_whole_numbers_have_no_fraction():
    values = ["จํานวน ", None, "", 3.0, 3.5, 7, datetime.date(2023, 3, 31)]
    assert taken(text_in, *values) == (["จำนวน", "", "", "3", "3.5", "7", "2023-03-31"], [])


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "N/A", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_that_was_pasted_as_text_is_no_label(error: str):
    assert taken(text_in, "ก", error) == (["ก", ""], [(1, error)])


@pytest.mark.parametrize("two", [2.0, 2, "2", "๒", "2.0", "มิติที่ 2", "มิติที่ ๒", "มิติ 2", "สอดคล้อง (มิติที่ 2)", "(2)"])
def test_a_dimension_is_read_however_it_is_written(two: CellValue):
    assert taken(integers_in, two, "") == ([2, None], [])


@pytest.mark.parametrize("wrong", [2.5, "2.5", "สอง", "1,2", "1-4", "-", "มิติที่ 1 และ 2", True, "10,000.00", "✓"])
def test_what_is_no_small_number_is_refused(wrong: CellValue):
    assert taken(integers_in, wrong) == ([None], [(0, str(wrong))])


@pytest.mark.parametrize("tick", [*"✓✔√☑/⁄vVxXü×þP●", "☑\ufe0f", " ✓ ", "✅", "\uf0fc", "\uf050", "1", 1.0, True])
def test_every_mark_that_officers_use_is_a_tick(tick: CellValue):
    assert taken(ticks_in, "", tick) == ([False, True], [])


@pytest.mark.parametrize("blank", ["", None, " ", "-", "–", "☐", "□", "0", 0.0, False])
def test_an_empty_box_is_no_tick(blank: CellValue):
    assert taken(ticks_in, blank) == ([False], [])


@pytest.mark.parametrize("wrong", ["ดำเนินการ", "✓✓", "#REF!", 2.0, "?"])
def test_what_is_neither_a_tick_nor_empty_is_refused(wrong: CellValue):
    assert taken(ticks_in, wrong) == ([False], [(0, str(wrong))])


def test_a_cell_is_shown_as_people_see_it():
    assert [as_text(one) for one in (None, 2566.0, 0.5, "ก", float("inf"))] == ["", "2566", "0.5", "ก", "inf"]


def test_a_line_may_name_a_dimension():
    assert dimension_in("มิติที่ ๒ การบริหารราชการด้วยความโปร่งใส") == "2"
    assert dimension_in("มิติ 4") == "4"
    assert dimension_in("ทุกมิติ") is dimension_in("มิติที่ 25") is None
