"""Every row below a heading is knowingly taken for what it is, and every value is used, ignored or told."""

import pytest

from connectors.rows import numbers_columns
from tests.connectors.sheets import (
    BUDGET_HEADING,
    BUDGET_TITLE,
    FIRST,
    PLAN_HEADING,
    budget,
    kinds,
    line,
    plan,
    project,
    read,
    sums,
    total,
)

WORK, OTHER = "บริหารทั่วไป", "ก่อสร้าง"
ROWS = [
    line("ก", 100.0, 40.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"),
    line("ข", 50.0, 0.0),
    line("ค", 9.0, 9.0, OTHER, "งบลงทุน", "ค่าครุภัณฑ์"),
]
PROJECTS = [project(1, "โครงการ ก", 1.0, 100.0, 40.0, 1), project(2, "โครงการ ข", 2.0, 50.0, 0.0, 0)]


def told(*rows: list[object]) -> list[tuple[str, int | None, str | None]]:
    return [(one.kind, one.source_row, one.observed) for one in read(budget(*rows)).defects]


@pytest.mark.parametrize(
    "furniture",
    [
        [], ["หน้า 2"], ["หน้าที่ ๒ จาก ๕"], ["", "", "หน้า 2/5"], ["Page 2 of 5"], ["2/88"], ["- 2 -"], ["-----"], ["(ต่อ)"],
        ["พิมพ์โดย งานการเงิน", "", "วันที่พิมพ์ 10/04/2566"], ["วันที่เรียกรายงาน 10 เมษายน 2566"], ["8."], ["มีต่อ"],
        BUDGET_TITLE[0], [f"{BUDGET_TITLE[2][0]} (ต่อ)"], ["รายงานผลการใช้จ่าย (ต่อ) หน้า 2"], ["(หน่วย : บาท)"],
    ],
)  # fmt: skip
def test_page_furniture_is_no_line_and_nothing_odd(furniture: list[str]):
    reading = read(budget(ROWS[0], furniture, ROWS[1]))
    assert (reading.rows, kinds(reading)) == (2, [])
    assert reading.columns["source_row"] == [FIRST, FIRST + 2]
    assert reading.columns["work"] == [WORK] * 2


def test_a_label_alone_on_its_row_heads_the_rows_below_it():
    bare = [["", "", "", *row[3:]] for row in ROWS]
    reading = read(
        budget(
            [WORK],
            ["", "งบดำเนินงาน"],
            ["", "", "ค่าวัสดุ"],
            bare[0],
            bare[1],
            [OTHER, "งบลงทุน"],
            ["", "", "ค่าครุภัณฑ์"],
            bare[2],
        )
    )
    assert reading.columns["work"] == [WORK, WORK, OTHER]
    assert reading.columns["category"] == ["งบดำเนินงาน", "งบดำเนินงาน", "งบลงทุน"]
    assert reading.columns["expense_type"] == ["ค่าวัสดุ", "ค่าวัสดุ", "ค่าครุภัณฑ์"]
    assert (reading.rows, kinds(reading)) == (3, [])


@pytest.mark.parametrize(
    ("words", "programme"),
    [
        (["แผนงานการศึกษา"], "แผนงานการศึกษา"),
        (["แผนงาน : การศึกษา"], "การศึกษา"),
        (["แผนงาน", "การศึกษา"], "การศึกษา"),
        (["แผนงาน:", "การศึกษา"], "การศึกษา"),
    ],
)
def test_a_programme_without_a_column_stands_on_its_own_row(words: list[str], programme: str):
    reading = read(budget(words, *ROWS))
    assert reading.columns["programme"] == [programme] * 3
    assert reading.columns["work"] == [WORK, WORK, OTHER]
    assert kinds(reading) == []


def test_a_label_over_the_running_number_is_a_label():
    heading = ["ลำดับ", *BUDGET_HEADING]
    reading = read(budget(["แผนงานการศึกษา"], ["", *ROWS[0]], ["งานก่อสร้าง"], ["", *ROWS[1]], heading=heading))
    assert (reading.columns["programme"], reading.columns["work"]) == (["แผนงานการศึกษา"] * 2, [WORK, "งานก่อสร้าง"])
    assert kinds(reading) == []


@pytest.mark.parametrize("beside", [[], [""]], ids=["in the first column", "below the names"])
def test_a_dimension_alone_on_its_row_holds_for_the_projects_below_it(beside: list[str]):
    rows = [
        [*beside, "มิติที่ ๑ การสร้างสังคมที่ไม่ทนต่อการทุจริต"],
        project(1, "ก", "", 5.0, 0.0, 0),
        project(2, "ข", "", 5.0, 0.0, 0),
    ]
    rows += [[*beside, "มิติที่ ๒ การบริหารราชการด้วยความโปร่งใส"], project(3, "ค", "", 5.0, 0.0, 0)]
    reading = read(plan(*rows))
    assert (reading.columns["dimension"], kinds(reading)) == ([1, 1, 2], [])


def test_a_dimension_printed_once_for_each_group_holds_below():
    printed = [1.0, "", "", 2.0, "", 3.0]
    reading = read(plan(*(project(place, f"ก{place}", one, 5.0, 0.0, 0) for place, one in enumerate(printed))))
    assert reading.columns["dimension"] == [1, 1, 1, 2, 2, 3]


def test_a_blank_dimension_among_printed_ones_stays_open():
    printed = [1.0, 1.0, "", 2.0]
    reading = read(plan(*(project(place, f"ก{place}", one, 5.0, 0.0, 0) for place, one in enumerate(printed))))
    assert reading.columns["dimension"] == [1, 1, None, 2]


def test_words_without_amounts_are_told():
    assert told(ROWS[0], ["", "", "", "โครงการที่ไม่มีจำนวนเงิน"], ROWS[1]) == [
        ("row.without_amounts", FIRST + 1, "โครงการที่ไม่มีจำนวนเงิน")
    ]
    assert told(ROWS[0], ["หมายเหตุ", "", "", "", "", "", "ดูหน้าถัดไป"], ROWS[1])[0][0] == "cell.unreadable"


def test_the_labels_of_a_line_without_amounts_still_hold_below_it():
    reading = read(budget(ROWS[0], [OTHER, "งบลงทุน", "", "ยังไม่ทราบ"], ["", "", "ค่าครุภัณฑ์", *ROWS[2][3:]]))
    assert kinds(reading) == ["row.without_amounts"]
    assert reading.columns["work"] == [WORK, OTHER]
    assert reading.columns["category"] == ["งบดำเนินงาน", "งบลงทุน"]


def test_a_line_without_amounts_at_the_end_is_told_and_a_footer_is_not():
    last = ["", "", "", "โครงการสุดท้าย"]
    assert told(*ROWS, last, [], ["", "", "", "(ลงชื่อ) ผู้รายงาน"]) == [("row.without_amounts", FIRST + 3, "โครงการสุดท้าย")]
    assert told(*ROWS, ["หมายเหตุ: ข้อมูลจากระบบ e-LAAS"], ["", "(ลงชื่อ)"]) == []
    assert kinds(read(plan(*PROJECTS, [3.0, "โครงการ ค"]))) == ["row.without_amounts"]


def test_rows_that_only_count_on_are_no_lines():
    assert kinds(read(plan(*PROJECTS, [3.0], [4.0]))) == []
    assert kinds(read(plan(PROJECTS[0], [3.0], PROJECTS[1]))) == []


def test_an_ignored_note_is_never_shown():
    heading = [*BUDGET_HEADING, "หมายเหตุ"]
    reading = read(
        budget(ROWS[0], ["", "", "", "", "", "", "", "", "", "", "นายสมชาย"], [*ROWS[1], "นายสมชาย"], heading=heading)
    )
    assert kinds(reading) == []
    assert "นายสมชาย" not in repr(reading)


def test_a_value_in_a_column_without_a_heading_is_told_once():
    reading = read(budget(ROWS[0], [*ROWS[1], "", "ตรวจแล้ว"], [*ROWS[2], 5.0, "ตรวจแล้ว"]))
    told_of = [(one.kind, one.cell, one.observed) for one in reading.defects]
    assert told_of == [
        ("column.without_heading", f"K{FIRST + 2}", "5"),
        ("column.without_heading", f"L{FIRST + 1}", "ตรวจแล้ว"),
    ]
    assert sums(reading, "approved") == [159_00]


def test_a_row_that_slipped_by_a_column_is_told_in_every_case():
    right = read(budget(ROWS[0], ["", *ROWS[1]], ROWS[2]))
    assert {"cell.unreadable", "column.without_heading"} <= set(kinds(right))
    left = read(budget(ROWS[0], ROWS[1][1:], ROWS[2]))
    assert sums(left, "remaining") != sums(
        read(budget(*ROWS)), "remaining"
    )  # and its identity fails: see the mutations
    assert left.columns["project"][1] == "50"


def test_every_amount_that_cannot_be_read_is_named_by_cell_and_line():
    rows = [list(row) for row in ROWS]
    rows[1][8], rows[2][4] = "#REF!", "N/A"
    reading = read(budget(*rows, total("รวมทั้งสิ้น", *ROWS)))
    told_of = [(one.kind, one.cell, one.column, one.observed, one.row) for one in reading.defects]
    assert told_of == [
        ("cell.unreadable", "E8", "approved", "N/A", 2),
        ("cell.unreadable", "I7", "disbursed", "#REF!", 1),
    ]
    assert reading.columns["disbursed"] == [40_00, 0, 9_00]


def test_what_the_workbook_marks_as_broken_is_refused_once_in_every_kind_of_column():
    grid = plan(*PROJECTS)
    broken = {(4, 1): "#NAME?", (4, 2): "=C4", (4, 3): "=D3*2", (5, 5): "#REF!", (5, 8): "#N/A", (0, 0): "#REF!"}
    for (row, column), text in broken.items():
        grid.rows[row][column] = text
    reading = read(plan(*[row[:9] for row in grid.rows[4:]], unreadable=broken))
    told_of = {(one.kind, one.cell, one.column, one.observed, one.row) for one in reading.defects}
    assert told_of == {
        ("cell.unreadable", "B5", "project", "#NAME?", 0),
        ("cell.unreadable", "C5", "dimension", "=C4", 0),
        ("cell.unreadable", "D5", "budget", "=D3*2", 0),
        ("cell.unreadable", "F6", "awaiting_report", "#REF!", 1),
        ("cell.unreadable", "I6", "note", "#N/A", 1),
        ("row.without_label", "5:5", None, None, 0),
    }
    assert len(reading.defects) == 6
    assert reading.columns["budget"] == [0, 50_00]


def test_a_broken_amount_of_a_total_is_named_by_its_label():
    printed = total("รวมทั้งสิ้น", *ROWS)
    printed[9] = "#VALUE!"
    (defect,) = read(budget(*ROWS, printed)).defects
    assert (defect.kind, defect.cell, defect.row) == ("cell.unreadable", "J9", "รวมทั้งสิ้น")


def test_amounts_may_be_text_in_thai_digits_with_dashes_and_brackets():
    rows = [
        [WORK, "งบดำเนินงาน", "ค่าวัสดุ", "ก", "๑,๐๐๐.๕๐", "-", " - ", "", "400", "600.50"],
        ["", "", "", "ข", "2,000.00", "(500.00)", None, "0", "๐", "1,500.00"],
    ]
    reading = read(budget(*rows, [*total("รวม", *ROWS)[:4], "3,000.50", "(500.00)", "-", "-", "400.00", "2,100.50"]))
    assert kinds(reading) == []
    assert sums(reading, "approved", "transfer_in", "disbursed", "remaining") == [3_000_50, -500_00, 400_00, 2_100_50]
    assert [(one.first, one.last) for one in reading.totals] == [(0, 1)]


def test_hidden_rows_are_counted_and_told():
    reading = read(budget(*ROWS, hidden_rows=frozenset({FIRST, 0})))
    assert [(one.kind, one.source_row) for one in reading.defects] == [("row.hidden", FIRST + 1)]
    assert reading.rows == 3


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ([1.0, 2.0, 3.0, 4.0], True),
        (["(1)", "(2)", "", "(3)", "(4) = (1) + (2)"], True),
        (["", "", 5.0, 6.0, 7.0, 8.0], True),
        ([1.0, 2.0, 3.0], False),
        ([1.0, "ก", 2.0, 3.0, 4.0], False),
        ([1.0, 2.0, 4.0, 5.0], False),
        ([], False),
    ],
)
def test_a_row_that_numbers_columns_counts_on_and_holds_nothing_else(cells: list[object], numbers: bool):
    assert numbers_columns(cells) is numbers


def test_a_plan_with_two_heading_rows_counts_its_rows_as_the_officer_does():
    reading = read(plan([], PROJECTS[0], [], PROJECTS[1]))
    assert reading.columns["source_row"] == [len(PLAN_HEADING) + 4, len(PLAN_HEADING) + 6]
