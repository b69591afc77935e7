"""Whatever stands in a sheet, it is read in good order or refused in one clear line."""

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.grid import Grid
from tests.connectors.good_tables import example_budget, example_plan, findings, large_budget
from tests.connectors.sheets import AMOUNTS, BUDGET_HEADING, PLAN_HEADING, readings
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import MONEY_OF, Reading

pytestmark = pytest.mark.slow

WORDS = [
    *(
        "",
        "",
        "",
        None,
        "รวม",
        "รวมทั้งสิ้น",
        "รวมงบกลาง",
        "รวมใจ",
        "ยอดยกมา",
        "งบกลาง",
        "แผนงานการศึกษา",
        "แผนงาน:",
        "มิติที่ ๒",
    ),
    *(
        "หน้า 2",
        "✓",
        "-",
        "#REF!",
        "N/A",
        "๑,๒๓๔.๕๐",
        "(5.00)",
        "1,23",
        "ปีงบประมาณ 2566",
        "รอบ 6 เดือน",
        "(พันบาท)",
        "\u200b",
        "ํา",
    ),
    *(*BUDGET_HEADING, *AMOUNTS, *PLAN_HEADING[0], *PLAN_HEADING[1], "เบิกจ่าย (พันบาท)", "ไม่เต็ม"),
]
YEAR_2566 = datetime.datetime(2566, 3, 31)  # noqa: DTZ001 - cells have no time zone
values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([0.0, 1.0, 2.0, 100.0, 150.0, 0.005, 1e300, float("inf"), float("nan"), -5.0, 7, True, False]),
    st.sampled_from([datetime.date(2023, 3, 31), YEAR_2566, datetime.time(9), datetime.timedelta(1)]),
    st.text(max_size=5),
)
HEADS = [[*BUDGET_HEADING], *([*line] for line in PLAN_HEADING)]
rows = st.lists(
    st.lists(values, min_size=10, max_size=10) | st.sampled_from([[*head, *[""] * (10 - len(head))] for head in HEADS]),
    max_size=14,
)
places = st.tuples(st.integers(0, 14), st.integers(0, 10))
grids = st.builds(
    Grid,
    st.sampled_from(["รายงาน", "แผน", ""]),
    rows,
    st.booleans(),
    st.dictionaries(places, st.sampled_from(["#REF!", "=A1", ""]), max_size=2),
    st.frozensets(st.integers(0, 14), max_size=2),
)


def is_in_order(reading: Reading) -> bool:
    numbers = reading.columns["source_row"]
    money = [value for column in MONEY_OF[reading.source] for value in reading.columns[column]]
    return (
        reading.rows > 0
        and {len(values) for values in reading.columns.values()} == {reading.rows}
        and numbers == sorted(set(numbers))
        and all(type(value) is int for value in money)
        and all(0 <= total.first <= total.last < reading.rows for total in reading.totals)
        and not {total.source_row for total in reading.totals} & set(numbers)
        and all(
            defect.row is None or isinstance(defect.row, str) or defect.row < reading.rows for defect in reading.defects
        )
    )


def is_read_or_refused(found: list[Grid]) -> bool:
    try:
        return all(is_in_order(reading) for reading in readings(*found))
    except Unreadable as cause:
        return "\n" not in cause.words.th + cause.words.en


@settings(max_examples=300, deadline=None)
@given(st.lists(grids, min_size=1, max_size=3))
@example([Grid("ว่าง", [])])
@example([Grid("ว่าง", [[]])])
def test_any_sheets_are_read_in_good_order_or_refused(found: list[Grid]):
    assert is_read_or_refused(found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([example_budget(), example_plan(), large_budget(3)]), st.data())
def test_a_table_with_anything_written_into_it_is_read_in_good_order_or_refused(grid: Grid, data: st.DataObject):
    changed = [list(row) for row in grid.rows]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0, len(changed) - 1))
        changed[row][data.draw(st.integers(0, len(changed[0]) - 1))] = data.draw(values)
    assert is_read_or_refused([Grid(grid.name, changed)])


def test_the_findings_of_such_a_table_can_be_told():
    changed = [list(row) for row in large_budget(3).rows]
    changed[6][4], changed[7][3], changed[11][8], changed[12][9] = "#REF!", "รวมใจ", "1,23", 1e12
    (reading,) = readings(Grid("รายงาน", changed))
    assert {"cell.unreadable", "row.looks_like_total"} <= {finding.rule for finding in findings(reading)}
