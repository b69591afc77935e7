"""What a table says of itself as a whole."""

import pytest

from tests.connectors.sheets import BUDGET_HEADING, BUDGET_TITLE, Row, budget, kinds, line, plan, project, read, sheet
from warehouse.vocabulary.errors import Unreadable

ROWS = [line("ก", 100.0, 40.0, "งบกลาง", "งบกลาง", "งบกลาง"), line("ข", 50.0, 0.0)]


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("หน่วย : พันบาท", "พันบาท"), ("(หน่วย: ล้านบาท)", "ล้านบาท"), ("(พันบาท)", "พันบาท"),
        ("หน่วย: 1,000 บาท", "1,000 บาท"), ("หน่วย : ๑,๐๐๐ บาท", "1,000 บาท"), ("หน่วยนับ: หมื่นบาท", "หมื่นบาท"),
        ("หน่วยเป็นพันบาท", "พันบาท"), ("หน่วย : สตางค์", "สตางค์"), ("ล้านบาท", "ล้านบาท"), ("จำนวนเงิน : พันบาท", "พันบาท"),
        ("ปีงบประมาณ 2566 พันบาท", "พันบาท"), ("Unit: Million Baht", "Million Baht"),
        ("(in thousands of baht)", "thousands of baht"),
    ],
)  # fmt: skip
def test_amounts_that_are_not_in_baht_are_told_wherever_that_is_said(said: str, unit: str):
    title: list[Row] = [*BUDGET_TITLE, ["", "", said]]
    above = read(sheet([*title, BUDGET_HEADING, *ROWS]))
    below = read(budget(*ROWS, foot=[[], [said]]))
    named = read(budget(*ROWS, name=said))
    for reading in (above, below, named):
        (defect,) = reading.defects
        assert (defect.kind, defect.observed, defect.expected) == ("unit.not_baht", unit, "บาท")


@pytest.mark.parametrize(
    "said",
    [
        "(หน่วย : บาท)",
        "หน่วย: บาท",
        "หน่วยงาน : กองคลัง",
        "งบประมาณ 26 ล้านบาท",
        "งบประมาณ 1.5 ล้านบาท",
        "กองทุนหมู่บ้านละล้านบาท",
        "หน่วย พัฒนาชุมชน",
    ],
)
def test_amounts_in_baht_are_nothing_to_tell(said: str):
    assert kinds(read(sheet([*BUDGET_TITLE, [said], BUDGET_HEADING, *ROWS]))) == []


def test_satang_in_a_column_of_their_own_are_told():
    heading: list[Row] = [
        ["ลำดับ", "โครงการ", "มิติ", "งบประมาณ", "", "เบิกจ่าย", "", "สถานะ"],
        ["", "", "", "บาท", "สต.", "บาท", "สตางค์", ""],
    ]
    rows = [[1.0, "โครงการ ก", 1.0, 500.0, 50.0, 100.0, 25.0, "รอรายงาน"]]
    told = [(one.kind, one.observed) for one in read(plan(*rows, heading=heading)).defects]
    assert ("unit.not_baht", "สต.") in told
    assert kinds(read(budget(*ROWS, foot=[[], ["รพ.สต. บางน้ำเปรี้ยว"]]))) == []


def test_a_heading_without_lines_is_refused():
    for rows in ([], [[]], [["", "", "", "รวมทั้งสิ้น"]]):
        with pytest.raises(Unreadable, match='sheet "รายงาน" row 5: a heading without any lines'):
            read(budget(*rows))


def test_a_table_of_nothing_but_a_total_counts_it_and_tells():
    reading = read(budget(["", "", "", "รวมทั้งสิ้น", *ROWS[0][4:]]))
    assert (reading.rows, reading.totals, kinds(reading)) == (1, [], ["row.total_or_line"])


def test_a_title_in_other_cells_and_dates_in_cells_of_their_own_is_read():
    title: list[Row] = [
        ["", "", "รายงานผลการใช้จ่าย", "", "ปีงบประมาณ", 2566.0],
        ["เทศบาลตำบล", "คลอง", "แสนแสบ", "อำเภอ", "บางน้ำเปรี้ยว", "จังหวัด", "ฉะเชิงเทรา"],
        ["ระหว่างวันที่ 1 ตุลาคม 2565", "ถึงวันที่ 31 มีนาคม 2566"],
        [],
    ]
    reading = read(sheet([*title, BUDGET_HEADING, *ROWS]))
    assert reading.title.organisation == "เทศบาลตำบลคลองแสนแสบ"
    assert (reading.title.district, reading.title.province) == ("บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
    assert (reading.title.fiscal_year.year, reading.title.half) == (2566, 1)  # type: ignore[union-attr]


def test_every_column_of_a_reading_is_as_long_as_it_has_rows():
    for reading in (read(budget(*ROWS)), read(plan(project(1, "โครงการ ก", 1.0, 5.0, 0.0, 0)))):
        assert {len(values) for values in reading.columns.values()} == {reading.rows}
    assert list(reading.columns) == [
        "source_row",
        "number",
        "project",
        "dimension",
        "budget",
        "disbursed",
        "note",
        "status",
        "tick_count",
    ]
