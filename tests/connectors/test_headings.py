"""A heading is found wherever it stands and in whatever order, and what it does not say is told."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.declaration import Declaration, declared_sources, read_declaration
from connectors.headings import find_heading
from connectors.read import readings_of
from tests.connectors.sheets import (
    AMOUNTS,
    BUDGET_HEADING,
    BUDGET_TITLE,
    PLAN_HEADING,
    budget,
    kinds,
    line,
    plan,
    project,
    read,
    sheet,
    sums,
)
from tests.connectors.test_declaration import COLUMNS, SOURCE
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.fiscal import FiscalYear
from warehouse.vocabulary.records import MONEY, Reading

ROWS = [line("เบี้ยยังชีพ", 100.0, 40.0, "งบกลาง", "งบกลาง", "เบี้ยยังชีพ"), line("สำรองจ่าย", 50.0, 0.0, "", "", "สำรองจ่าย")]
PROJECTS = [project(1, "โครงการ ก", 1.0, 100.0, 40.0, 1), project(2, "โครงการ ข", 2.0, 50.0, 0.0, 0)]


def understood(reading: Reading) -> tuple[object, ...]:
    """All that a table says, wherever its columns stand."""
    return reading.source, reading.columns | {"source_row": None}, [(t.label, t.amounts) for t in reading.totals]


def test_every_column_is_found_with_its_letter():
    reading = read(budget(*ROWS))
    assert reading.letters == dict(
        zip(("work", "category", "expense_type", "project", *MONEY), "ABCDEFGHIJ", strict=True)
    )
    assert reading.cell("disbursed", 6) == "I6"
    assert kinds(reading) == []


def test_a_heading_over_several_columns_has_its_meanings_in_the_lower_line():
    reading = read(plan(*PROJECTS))
    assert list(reading.letters.values()) == list("ABCDEFGHI")
    assert reading.columns["source_row"] == [5, 6]
    assert kinds(reading) == []


@given(st.permutations(range(10)), st.integers(0, 20))
def test_columns_may_stand_in_any_order_and_the_heading_in_any_row(order: list[int], above: int):
    moved = [[row[place] for place in order] for row in [BUDGET_HEADING, *ROWS]]
    reading = read(sheet([*BUDGET_TITLE, *[[]] * above, *moved]))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert kinds(reading) == []
    assert reading.columns["source_row"] == [6 + above, 7 + above]


def test_a_table_may_begin_in_any_column():
    shifted = [["", "", *row] for row in [BUDGET_HEADING, *ROWS]]
    reading = read(sheet([*BUDGET_TITLE, *shifted]))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert reading.letters["project"] == "F"


@pytest.mark.parametrize(
    "heading",
    [
        [text.replace(" (บาท)", "") for text in BUDGET_HEADING],
        [text.replace(" (", "\n(") for text in BUDGET_HEADING],
        [f"  {text} " for text in BUDGET_HEADING],
        [text.replace("(บาท)", "(หน่วย : บาท)") for text in BUDGET_HEADING],
        ["งาน", "งบรายจ่าย", "หมวด/ประเภทรายจ่าย", "โครงการ/รายการ",
         "งบประมาณตามเทศบัญญัติ", "รับโอน", "โอนออก", "ก่อหนี้ผูกพัน", "ใช้ไป", "งบประมาณคงเหลือ"],
        ["งาน", "งบ", "ประเภท", "โครงการ",
         "งบประมาณ\nอนุ มัติ", "โอน\nเพิ่ม", "โอนลด", "ผูก\nพัน", "เบิก\nจ่าย", "คงเหลือ\nงบประมาณ"],
    ],
)  # fmt: skip
def test_a_heading_is_known_however_it_is_wrapped_and_by_each_of_its_names(heading: list[str]):
    reading = read(budget(*ROWS, heading=heading))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert kinds(reading) == []


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["งบประมาณ", "โอน", "โอน", "ผูกพัน", "เบิกจ่าย", "คงเหลือ"], ["อนุมัติ", "เพิ่ม", "ลด", "", "", "งบประมาณ"]),
        (["งบประมาณ", "โอน", "", "ผูกพัน", "เบิกจ่าย", "คงเหลือ"], ["อนุมัติ", "เพิ่ม", "ลด", "", "", ""]),
        (["ตั้งไว้", "โอนเพิ่ม", "โอนลด", "ผูกพัน", "เบิกจ่าย", "คงเหลือ"], ["(บาท)"] * 6),
        (
            ["งบประมาณอนุมัติ", "โอนงบประมาณ", "", "ผูกพัน", "เบิกจ่าย", "คงเหลือ"],
            ["", "โอนเพิ่ม", "โอนลด", "บาท", "จำนวนเงิน", ""],
        ),
    ],
)
def test_a_heading_may_go_on_in_a_second_row(upper: list[str], lower: list[str]):
    lines = [["งาน", "งบ", "ประเภทรายจ่าย", "โครงการ", *upper], ["", "", "", "", *lower]]
    reading = read(sheet([*BUDGET_TITLE, *lines, *ROWS]))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert kinds(reading) == []
    assert reading.columns["source_row"] == [7, 8]


@pytest.mark.parametrize("source", declared_sources(), ids=lambda source: source.source)
def test_every_declared_heading_of_every_source_means_its_column(source: Declaration):
    usual = {column: names[0] for column, names in source.names.items()}
    for column, names in source.names.items():
        for name in names:
            found = find_heading(sheet([list((usual | {column: name}).values())]), 0, source, None)
            assert found.places == {one: place for place, one in enumerate(usual)}, name
            assert [defect.kind for defect in found.defects] in ([], ["column.doubtful"])


def test_a_heading_may_have_three_rows():
    lines = [
        ["งาน", "งบ", "ประเภทรายจ่าย", "โครงการ", "งบประมาณ", "", "", "ผลการใช้จ่าย", "", "คงเหลือ"],
        ["", "", "", "", "งบประมาณอนุมัติ", "โอน", "", "ผูกพัน", "เบิกจ่าย", ""],
        ["", "", "", "", "(บาท)", "เพิ่ม", "ลด", "(บาท)", "(บาท)", "(บาท)"],
    ]
    reading = read(sheet([*BUDGET_TITLE, *lines, *ROWS]))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert kinds(reading) == []


def test_the_table_of_the_first_e_plannacc_is_read():
    upper = ["ลำดับที่", "ประเภทงาน", "ชื่อโครงการ/กิจกรรม/มาตรการ/แนวปฏิบัติ", "จำนวนงบประมาณ", "", "", "สถานะโครงการ"]
    upper += ["รอบการรายงาน", "ดำเนินการในปีงบประมาณ", "สอดคล้อง (มิติที่)"]
    lower = ["", "", "", "แผนพัฒนาท้องถิ่น", "ตามข้อบัญญัติ/เทศบัญญัติ", "ตามที่เบิกจ่ายจริง", "", "", "", ""]
    rows = [
        [1.0, "โครงการ", "โครงการ ก", 900.0, 500.0, 200.0, "อยู่ระหว่างดำเนินการ", "6 เดือน", 2561.0, "มิติที่ 1"],
        [2.0, "มาตรการ", "มาตรการ ข", 0.0, 0.0, 0.0, "รอรายงานผล", "6 เดือน", 2561.0, "มิติที่ 4"],
    ]
    reading = read(sheet([["ปีงบประมาณ 2561 รอบ 6 เดือน"], upper, lower, *rows]))
    assert (reading.source, kinds(reading)) == ("eplannacc", [])
    assert sums(reading, "budget", "disbursed") == [500_00, 200_00]
    assert reading.columns["dimension"] == [1, 4]
    assert reading.columns["status"] == ["in_progress", "awaiting_report"]


def test_a_row_that_numbers_the_columns_is_no_line():
    for numbers in (
        [float(number) for number in range(1, 11)],
        [f"({number})" for number in range(1, 11)],
        ["", "", "", "", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(1)+(2)-(3)-(4)-(5)"],
        ["๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙", "๑๐"],
    ):
        reading = read(budget(numbers, *ROWS))
        assert understood(reading) == understood(read(budget(*ROWS)))
        assert kinds(reading) == []


@pytest.mark.parametrize("column", AMOUNTS)
def test_a_missing_amount_refuses_the_table_and_is_named(column: str):
    renamed = [text if text != column else "ยอดอื่น" for text in BUDGET_HEADING]
    with pytest.raises(Unreadable) as refused:
        read(budget(*ROWS, heading=renamed))
    assert "ไม่พบคอลัมน์" in refused.value.words.th and column.split(" ")[0] in refused.value.words.th
    assert "ยอดอื่น" in refused.value.words.th and '"รายงาน" row 5' in refused.value.words.en


def test_amounts_in_thousands_under_a_known_word_are_another_column():
    renamed = [text if text != "เบิกจ่าย (บาท)" else "เบิกจ่าย (พันบาท)" for text in BUDGET_HEADING]
    with pytest.raises(Unreadable, match=r"no column เบิกจ่าย \(unknown headings: เบิกจ่าย \(พันบาท\)\)"):
        read(budget(*ROWS, heading=renamed))


def test_a_heading_of_several_lines_is_named_in_one():
    heading = [*BUDGET_HEADING[:8], "เบิกจ่าย\n(บาท)\nณ 31 มี.ค. 66", BUDGET_HEADING[9]]
    with pytest.raises(Unreadable, match=r"unknown headings: เบิกจ่าย \(บาท\) ณ 31 มี.ค. 66\)"):
        read(budget(line("ก", 1.0, 0.0), heading=heading))


def test_a_plan_without_any_status_is_refused():
    with pytest.raises(Unreadable, match="no column สถานะ"):
        read(plan([1.0, "โครงการ ก", 1.0, 100.0, 40.0], heading=[PLAN_HEADING[0][:5]]))


def test_an_expected_column_that_is_missing_and_one_that_nothing_declares_are_told():
    heading = ["งาน", "หมวดงบ", "ประเภทรายจ่าย", *BUDGET_HEADING[3:]]
    reading = read(budget(*ROWS, heading=heading))
    told = [(one.kind, one.cell, one.observed, one.expected) for one in reading.defects]
    assert told == [("column.unknown", "B5", "หมวดงบ", None), ("column.missing", None, None, "งบ")]
    assert reading.columns["category"] == ["", ""]


def test_an_unknown_status_is_told_and_its_ticks_are_not_given_to_another():
    heading = [PLAN_HEADING[0], ["", "", "", "", "", "รอรายงาน", "ดำเนินการแล้วเสร็จ", "เลื่อนไปปีหน้า", ""]]
    reading = read(plan(project(1, "โครงการ ก", 1.0, 100.0, 0.0, 2), heading=heading))
    assert [(one.kind, one.cell, one.observed) for one in reading.defects] == [("column.unknown", "H4", "เลื่อนไปปีหน้า")]
    assert reading.columns["tick_count"] == [0]


def test_two_columns_of_one_meaning_are_told_and_the_first_is_taken():
    reading = read(budget([*ROWS[0], 7.0], [*ROWS[1], 7.0], heading=[*BUDGET_HEADING, "ใช้ไป"]))
    (defect,) = reading.defects
    assert (defect.kind, defect.column, defect.cell, defect.observed, defect.expected) == (
        "column.twice", "disbursed", "K5", "เบิกจ่าย", "I",
    )  # fmt: skip
    assert sums(reading, "disbursed") == [40_00]


def test_a_misread_heading_is_taken_by_its_place_and_always_told():
    heading = [*BUDGET_HEADING[:5], "ไม่เต็ม (บาท)", "โยกตัด (บาท)", *BUDGET_HEADING[7:]]
    reading = read(budget(*ROWS, heading=heading))
    assert [(one.kind, one.cell, one.observed, one.expected) for one in reading.defects] == [
        ("column.doubtful", "F5", "ไม่เต็ม (บาท)", "โอนเพิ่ม"),
        ("column.doubtful", "G5", "โยกตัด (บาท)", "โอนลด"),
    ]


def test_a_misread_heading_in_another_place_is_not_taken():
    heading = [*BUDGET_HEADING[:5], "โอนเพิ่ม", "ผูกพัน", "โยกตัด", *BUDGET_HEADING[8:]]
    with pytest.raises(Unreadable, match=r"no column โอนลด .*โยกตัด"):
        read(budget(*ROWS, heading=heading))


def test_what_is_ignored_is_ignored_knowingly():
    heading = ["ลำดับ", *BUDGET_HEADING, "ร้อยละ", "หมายเหตุ"]
    rows = [[float(number), *row, 40.0, "นาย ก"] for number, row in enumerate(ROWS, start=1)]
    reading = read(budget(*rows, heading=heading))
    assert kinds(reading) == []
    assert understood(reading) == understood(read(budget(*ROWS)))


def test_a_heading_printed_again_on_each_page_is_no_line_and_no_second_table():
    reading = read(budget(ROWS[0], [], *BUDGET_TITLE, BUDGET_HEADING, ROWS[1]))
    assert understood(reading) == understood(read(budget(*ROWS)))
    assert kinds(reading) == []
    again = read(plan(PROJECTS[0], *PLAN_HEADING, PROJECTS[1]))
    assert understood(again) == understood(read(plan(*PROJECTS)))


def test_only_the_lower_line_of_a_heading_may_be_printed_again():
    again = read(plan(PROJECTS[0], PLAN_HEADING[1], PROJECTS[1]))
    assert understood(again) == understood(read(plan(*PROJECTS)))
    assert kinds(again) == []


def test_the_same_heading_means_another_column_in_another_year(tmp_path: Path):
    more = 'spent = "money required"\nleft = "money required"\n'
    changed = "spent,ใช้ไป,,2566,\nspent,วงเงินใช้ไป,2567,,\nbudget,ใช้ไป,2567,,the other way round\nleft,คงเหลือ,,,\n"
    (tmp_path / "source.toml").write_text(SOURCE + more, encoding="utf-8")
    (tmp_path / "columns.csv").write_text(COLUMNS + changed, encoding="utf-8")
    source = read_declaration(tmp_path)

    def said(year: int, *heading: str) -> tuple[object, object]:
        title, headings = [f"ปีงบประมาณ {year}"], ["งาน", "โครงการ", *heading, "คงเหลือ"]
        grid = sheet([title, headings, ["ก", "ข", 5.0, 2.0, 3.0]])
        (reading,) = readings_of([grid], [source])
        assert reading.title.fiscal_year == FiscalYear(year)
        return reading.columns["budget"], reading.columns["spent"]

    assert said(2566, "งบประมาณ", "ใช้ไป") == ([500], [200])
    assert said(2567, "ใช้ไป", "วงเงินใช้ไป") == ([500], [200])
    with pytest.raises(Unreadable, match=r"no column งบประมาณ .*วงเงินใช้ไป"):
        said(2566, "ใช้ไป", "วงเงินใช้ไป")


@given(st.integers(0, 2**32))
def test_a_heading_of_words_that_nobody_declares_is_no_table(seed: int):
    words = [f"หัว{number}" for number in random.Random(seed).sample(range(1000), 10)]
    with pytest.raises(Unreadable, match="no table of a known report"):
        read(budget(*ROWS, heading=words))
