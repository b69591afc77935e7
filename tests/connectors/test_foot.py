"""What stands below a table in its columns of amounts is no line of it, and hides none."""

import datetime

import pytest

from tests.connectors.sheets import ALL, PLAN_TITLE, STAFF, Row, budget, kinds, plan, project, read, total

SUM = total("รวมทั้งสิ้น", *ALL)
BLANK: Row = []
SIGNED: list[Row] = [
    ["", "", "", "ลงชื่อ .......... ผู้จัดทำ", "", "", "ลงชื่อ .......... ผู้ตรวจสอบ"],
    ["", "", "", "(นายก)", "", "", "(นางสาวข)"],
    ["", "", "", "", "", "", "5 เมษายน 2566"],
]


@pytest.mark.parametrize(
    "foot",
    [
        [BLANK, *SIGNED],
        [BLANK, BLANK, SIGNED[0], BLANK, *SIGNED[1:]],
        [["", "", "", "", "", "", "ลงชื่อ"], ["", "", "", "", "", "", "ปลัดเทศบาล"]],
        [BLANK, ["ตรวจสอบแล้ว", *[""] * 8, "ถูกต้อง"]],
    ],
)
def test_signatures_that_reach_into_the_amounts_are_no_lines(foot: list[Row]):
    reading = read(budget(*ALL, SUM, foot=foot))
    assert (reading.rows, kinds(reading)) == (len(ALL), [])


def test_signatures_below_the_marks_of_a_plan_are_no_projects():
    rows = [project(1, "โครงการ ก", 1.0, 100.0, 40.0, 1)]
    reading = read(plan(*rows, foot=[BLANK, ["", "ลงชื่อ", "", "", "", "ผู้รายงาน"]]))
    assert (reading.rows, kinds(reading)) == (1, [])


@pytest.mark.parametrize(
    "last",
    [
        ["", "", "", "ค่าไฟฟ้า", "#REF!"],
        ["", "", "", "ค่าไฟฟ้า", "1,23"],
        ["", "", "", "ค่าไฟฟ้า", *["รอผล"] * 6],
        ["", "", "", "ค่าไฟฟ้า", datetime.date(2023, 3, 31)],
    ],
)
def test_a_last_line_whose_amounts_cannot_be_read_is_still_told(last: Row):
    for gap in ([], [BLANK]):
        reading = read(budget(*STAFF, *gap, last))
        assert (reading.rows, set(kinds(reading))) == (3, {"cell.unreadable"})


@pytest.mark.parametrize("words", ["ร้อยละ", "คิดเป็นร้อยละ", "%", "ร้อยละ (%)", "คิดเป็นร้อยละของงบประมาณ"])
def test_percentages_below_the_total_are_no_line(words: str):
    percentages = [100.0, 0.0, 0.0, 10.0, 30.0, 60.0]
    for row in (["", "", "", words, *percentages], [words, "", "", "", *percentages]):
        reading = read(budget(*ALL, SUM, row, foot=[BLANK, *SIGNED]))
        assert (reading.rows, kinds(reading)) == (len(ALL), [])


def test_a_row_that_only_draws_a_line_is_no_line():
    rows = [["1", "โครงการ ก", "1", "100.00", "40.00", "✓"]]
    heading = ["ลำดับ", "โครงการ", "มิติ", "งบประมาณ", "เบิกจ่าย", "รอรายงาน"]
    for rule in (["---", ":---", "---", "---:", "---:", "---"], ["=" * 9] * 6):
        reading = read(plan(rule, *rows, heading=[heading]))
        assert (reading.rows, kinds(reading)) == (1, [])
    assert len(PLAN_TITLE) + 3 == reading.columns["source_row"][0]
