"""However a good table is spoilt, it reads the same, or something is told, or it is refused: no other number unsaid."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from connectors.grid import CellValue, Grid
from tests.connectors.good_tables import (
    example_budget,
    example_plan,
    findings,
    is_rejected,
    large_budget,
    large_plan,
    meaning,
)
from tests.connectors.sheets import read, readings, sums
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.money import baht_printed, satang_of
from warehouse.vocabulary.records import MONEY_OF, Reading
from warehouse.vocabulary.thai import to_thai_digits

pytestmark = pytest.mark.slow

Rows = list[list[CellValue]]
TABLES = {
    "example budget": example_budget(),
    "large budget": large_budget(7),
    "flat budget": large_budget(8, labels_in_every_row=True),
    "example plan": example_plan(),
    "large plan": large_plan(7),
}
budgets = st.sampled_from([name for name in TABLES if "budget" in name])
tables = st.sampled_from(list(TABLES))
seeds = st.integers(0, 2**32 - 1).map(random.Random)
judged = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def money_columns(name: str) -> range:
    return range(4, 10) if "budget" in name else range(3, 5)


def body(name: str) -> int:
    """The first row below the heading, from 0."""
    return 5 if name != "large plan" else 4


def value_rows(name: str) -> st.SearchStrategy[int]:
    return st.integers(body(name), len(TABLES[name].rows) - 1)


def lines(name: str) -> st.SearchStrategy[int]:
    """The rows that are no totals, from 0."""
    rows = TABLES[name].rows
    return st.sampled_from([row for row in range(body(name), len(rows)) if not str(rows[row][3]).startswith("รวม")])


def spoilt(name: str, change: Callable[[Rows], object]) -> Grid:
    rows = [list(row) for row in TABLES[name].rows]
    change(rows)
    return replace(TABLES[name], rows=rows)


def totals_of(reading: Reading) -> list[int]:
    return sums(reading, *MONEY_OF[reading.source])


@pytest.mark.parametrize("name", TABLES)
def test_the_good_tables_have_no_fault(name: str):
    assert findings(read(TABLES[name])) == []


# What changes nothing: the same rows and totals, and nothing to tell.


def is_unchanged(name: str, grid: Grid) -> bool:
    reading = read(grid)
    return meaning(reading) == meaning(read(TABLES[name])) and findings(reading) == []


@judged
@given(tables, seeds)
def test_columns_in_another_order_read_the_same(name: str, seed: random.Random):
    # The three columns under one heading of a plan stay together.
    groups = [[place] for place in range(10)] if "budget" in name else [[0], [1], [2], [3], [4], [5, 6, 7], [8]]
    order = [place for group in seed.sample(groups, len(groups)) for place in group]
    first = 4 if "budget" in name else body(name) - 2

    def change(rows: Rows) -> None:
        rows[first:] = [[row[place] for place in order] for row in rows[first:]]

    assert is_unchanged(name, spoilt(name, change))


@judged
@given(tables, st.data())
def test_blank_rows_pages_and_repeated_headings_change_nothing(name: str, data: st.DataObject):
    rows = TABLES[name].rows
    heading = rows[4:5] if "budget" in name else rows[body(name) - 2 : body(name)]
    blank = [""] * len(rows[0])
    pages = [[blank], [["หน้า 2", *blank[1:]]], [["- 3 -", *blank[1:]], *heading], [blank, *rows[: body(name)]]]

    def change(cells: Rows) -> None:
        for _ in range(data.draw(st.integers(1, 3))):
            place = data.draw(st.integers(body(name), len(cells)))
            cells[place:place] = data.draw(st.sampled_from(pages))

    assert is_unchanged(name, spoilt(name, change))


@judged
@given(tables, st.sampled_from(["plain", "printed", "thai"]))
def test_amounts_kept_as_text_are_the_same_amounts(name: str, form: str):
    def written(cell: CellValue) -> CellValue:
        if not isinstance(cell, float):
            return cell
        printed = baht_printed(satang_of(cell))
        return {"plain": f"{cell:.2f}", "printed": printed, "thai": to_thai_digits(printed)}[form]

    def change(rows: Rows) -> None:
        for row in rows[body(name) :]:
            for place in money_columns(name):
                row[place] = written(row[place])

    assert is_unchanged(name, spoilt(name, change))


@judged
@given(tables, st.integers(0, 8), st.integers(0, 3))
def test_a_table_may_stand_anywhere(name: str, down: int, right: int):
    rows = TABLES[name].rows
    blank: Rows = [[""] * (len(rows[0]) + right)] * down
    assert is_unchanged(name, Grid("รายงาน", blank + [[""] * right + row for row in rows]))


def test_labels_printed_once_or_in_every_row_are_the_same_labels():
    once, always = large_budget(9), large_budget(9, labels_in_every_row=True)
    assert meaning(read(once)) == meaning(read(always))


@given(st.permutations(["example budget", "example plan", "ปก"]))
def test_sheets_in_another_order_read_the_same(order: list[str]):
    grids = [TABLES.get(name, Grid(name, [["ปก"]])) for name in order]
    assert [meaning(one) for one in readings(*grids)] == [
        meaning(read(TABLES[name])) for name in ("example budget", "example plan")
    ]


def test_a_hidden_sheet_beside_the_table_changes_nothing():
    spare = replace(large_budget(1), name="สำรอง", hidden=True)
    assert [meaning(one) for one in readings(spare, example_budget())] == [meaning(read(example_budget()))]


# What is refused, or rejects the export.


@judged
@given(tables, st.data())
def test_an_amount_whose_heading_is_renamed_or_gone_refuses_the_table(name: str, data: st.DataObject):
    column = data.draw(st.sampled_from(money_columns(name)))
    words = data.draw(st.sampled_from(["", "ยอดอื่น", "เบิกจ่าย (พันบาท)", "รวม"]))
    heading = 4 if "budget" in name else body(name) - 2
    with pytest.raises(Unreadable, match="no column"):
        read(spoilt(name, lambda rows: rows[heading].__setitem__(column, words)))
    with pytest.raises(Unreadable, match="no column"):
        read(spoilt(name, lambda rows: [row.pop(column) for row in rows]))


@judged
@given(tables, st.data())
def test_a_column_that_stands_there_twice_rejects_the_export(name: str, data: st.DataObject):
    columns = range(10) if "budget" in name else range(5)
    column, at = data.draw(st.sampled_from(columns)), data.draw(st.sampled_from(columns))
    assert is_rejected(read(spoilt(name, lambda rows: [row.insert(at, row[column]) for row in rows])))


@judged
@given(tables, st.sampled_from(["(หน่วย : พันบาท)", "หน่วย: ล้านบาท", "(พันบาท)"]), st.data())
def test_amounts_in_thousands_reject_the_export(name: str, unit: str, data: st.DataObject):
    rows = TABLES[name].rows
    at = data.draw(st.sampled_from([0, 1, len(rows)]))
    assert is_rejected(read(spoilt(name, lambda cells: cells.insert(at, [unit, *[""] * (len(rows[0]) - 1)]))))


@judged
@given(budgets, st.data())
def test_a_line_that_is_gone_rejects_the_export(name: str, data: st.DataObject):
    row = data.draw(lines(name))
    assert is_rejected(read(spoilt(name, lambda rows: rows.pop(row))))


@judged
@given(budgets, st.data())
def test_a_line_that_stands_there_twice_rejects_the_export(name: str, data: st.DataObject):
    row = data.draw(lines(name))
    assert is_rejected(read(spoilt(name, lambda rows: rows.insert(row, list(rows[row])))))


@judged
@given(budgets, st.data())
def test_a_digit_that_is_changed_rejects_the_export(name: str, data: st.DataObject):
    row, column = data.draw(value_rows(name)), data.draw(st.sampled_from(money_columns(name)))
    digits = list(f"{satang_of(TABLES[name].rows[row][column]):03}")  # type: ignore[arg-type]
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([one for one in "0123456789" if one != digits[place]]))
    amount = int("".join(digits)) / 100
    assert is_rejected(read(spoilt(name, lambda rows: rows[row].__setitem__(column, amount))))


@judged
@given(budgets, st.data())
def test_two_amounts_of_a_row_that_changed_places_reject_the_export(name: str, data: st.DataObject):
    row = data.draw(value_rows(name))
    one, other = data.draw(st.sampled_from([(4, 8), (4, 9), (8, 9), (5, 9), (7, 8)]))  # 7, 8 keep the row's identity
    cells = TABLES[name].rows[row]
    assume(cells[one] != cells[other])

    def change(rows: Rows) -> None:
        rows[row][one], rows[row][other] = cells[other], cells[one]

    assert is_rejected(read(spoilt(name, change)))


@judged
@given(tables, st.data(), st.sampled_from([-1, 1]))
def test_a_row_that_slipped_by_a_column_rejects_the_export(name: str, data: st.DataObject, by: int):
    row = data.draw(lines(name))

    def change(rows: Rows) -> None:
        rows[row] = [*rows[row][1:], "", ""] if by < 0 else ["", *rows[row]]
        rows[:] = [cells if place == row else [*cells, ""] for place, cells in enumerate(rows)]

    assert is_rejected(read(spoilt(name, change)))


@judged
@given(tables, st.data(), st.sampled_from(["#REF!", "N/A", "รอผล", "1,23", True]))
def test_an_amount_that_cannot_be_read_rejects_the_export(name: str, data: st.DataObject, broken: CellValue):
    row, column = data.draw(value_rows(name)), data.draw(st.sampled_from(money_columns(name)))
    reading = read(spoilt(name, lambda rows: rows[row].__setitem__(column, broken)))
    assert [one.cell for one in reading.defects if one.kind == "cell.unreadable"] == [
        f"{'ABCDEFGHIJ'[column]}{row + 1}"
    ]
    assert is_rejected(reading)


# What is told.


@judged
@given(tables, st.data())
def test_a_hidden_row_is_counted_and_told(name: str, data: st.DataObject):
    row = data.draw(value_rows(name))
    reading = read(replace(TABLES[name], hidden_rows=frozenset({row})))
    assert meaning(reading) == meaning(read(TABLES[name]))
    assert [(one.rule, one.source_row) for one in findings(reading)] == [("row.hidden", row + 1)]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_on_a_hidden_sheet_is_told(name: str):
    reading = read(replace(TABLES[name], hidden=True))
    assert meaning(reading) == meaning(read(TABLES[name]))
    assert [one.rule for one in findings(reading)] == ["sheet.hidden"]


@judged
@given(budgets, st.integers(0, 2))
def test_a_label_whose_heading_is_renamed_is_told(name: str, column: int):
    reading = read(spoilt(name, lambda rows: rows[4].__setitem__(column, "กลุ่มอื่น")))
    assert {"column.unknown", "column.missing"} <= {one.rule for one in findings(reading)}
    assert totals_of(reading) == totals_of(read(TABLES[name])) or is_rejected(reading)


@settings(judged, max_examples=100)
@given(budgets, st.data())
def test_cells_exchanged_or_blanked_anywhere_give_no_other_number_unsaid(name: str, data: st.DataObject):
    grid = TABLES[name]
    cells = st.tuples(st.integers(0, len(grid.rows) - 1), st.integers(0, len(grid.rows[0]) - 1))
    changes = data.draw(st.lists(st.tuples(cells, cells | st.none()), min_size=1, max_size=4))
    # Two headings that changed places say something else of whole columns: อนุมัติ and โอนเพิ่ม balance either way.
    assume(not any(other and cell[0] == other[0] == 4 for cell, other in changes))

    def change(rows: Rows) -> None:
        for (row, column), other in changes:
            if other is None:
                rows[row][column] = ""
            else:
                rows[row][column], rows[other[0]][other[1]] = rows[other[0]][other[1]], rows[row][column]

    try:
        found = readings(spoilt(name, change))
    except Unreadable:
        return
    for reading in found:
        assert totals_of(reading) == totals_of(read(grid)) or is_rejected(reading)
