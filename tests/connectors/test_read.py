"""A file gives the tables of the known sources in it, or one clear line that says why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.read import read_export
from tests.connectors.sheets import BUDGET_HEADING, budget, kinds, line, plan, project, readings, sheet, sums, total
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.fiscal import FiscalYear, Half

INBOX = Path(__file__).parents[2] / "examples" / "khlong-saen-saep" / "inbox" / "751NH"
LINES = [line("ก", 100.0, 40.0, "งบกลาง", "งบกลาง", "งบกลาง"), line("ข", 50.0, 0.0)]
PROJECTS = [project(1, "โครงการ ก", 1.0, 100.0, 40.0, 1), project(2, "โครงการ ข", 2.0, 50.0, 0.0, 0)]
COVER = sheet([["เทศบาลตำบลคลองแสนแสบ"], ["ปีงบประมาณ 2566"]], name="ปก")


def test_the_example_of_the_budget_is_read_as_printed():
    (reading,) = read_export((INBOX / "elaas_2566-03-31.xlsx").read_bytes())
    assert (reading.source, reading.sheet, reading.rows, kinds(reading)) == ("elaas", "รายงาน", 11, [])
    assert sums(reading, "approved", "disbursed", "remaining") == [
        8_493_130_00,
        3_842_121_63,
        4_671_008_37,
    ]
    assert [(one.label, one.source_row, one.first, one.last) for one in reading.totals] == [
        ("รวมงบกลาง", 17, 0, 10),
        ("รวมงบกลาง", 18, 0, 10),
    ]
    assert reading.columns["expense_type"][5:7] == ["งบกลาง", "รายจ่ายตามข้อผูกพัน"]
    assert (reading.title.fiscal_year, reading.title.half) == (FiscalYear(2566), Half.FIRST)


def test_the_example_of_the_plan_is_read_as_printed():
    (reading,) = read_export((INBOX / "eplannacc_2566-03-31.xlsx").read_bytes())
    assert (reading.source, reading.rows, kinds(reading)) == ("eplannacc", 7, [])
    assert sums(reading, "budget", "disbursed") == [55_000_00, 0]
    assert reading.columns["status"].count("awaiting_report") == 4
    assert reading.columns["tick_count"] == [1] * 7


def test_the_order_of_the_sheets_changes_nothing():
    one, other = readings(COVER, budget(*LINES), plan(*PROJECTS)), readings(plan(*PROJECTS), budget(*LINES), COVER)
    assert one == other
    assert [reading.source for reading in one] == ["elaas", "eplannacc"]


def test_sheets_that_hold_no_table_are_left_alone():
    (reading,) = readings(COVER, budget(*LINES), sheet([["หมายเหตุ"], [5.0]], name="อื่น ๆ"))
    assert kinds(reading) == []


def test_a_hidden_sheet_counts_only_where_no_visible_one_has_the_table():
    (visible,) = readings(budget(LINES[0], name="เก่า", hidden=True), budget(*LINES))
    assert (visible.rows, kinds(visible)) == (2, [])
    (hidden,) = readings(COVER, budget(*LINES, name="ซ่อน", hidden=True))
    assert [(one.kind, one.observed) for one in hidden.defects] == [("sheet.hidden", "ซ่อน")]
    both = readings(budget(*LINES, hidden=True), plan(*PROJECTS))
    assert [kinds(one) for one in both] == [["sheet.hidden"], []]


def test_one_table_on_two_sheets_is_left_to_people():
    first, second = readings(budget(*LINES, name="ก"), budget(LINES[0], name="ข"))
    assert [(one.kind, one.observed, one.expected) for one in first.defects] == [("table.twice", "ก", "ข")]
    assert [(one.kind, one.observed, one.expected) for one in second.defects] == [("table.twice", "ข", "ก")]
    assert len(readings(*(budget(*LINES, name=name) for name in "กขค"))) == 3


def test_a_table_that_goes_on_in_a_sheet_without_a_heading_is_told():
    rest = sheet([["", "", "", "ข้อความ"], LINES[1]], name="หน้า 2")
    (reading,) = readings(budget(LINES[0]), rest)
    assert [(one.kind, one.observed) for one in reading.defects] == [("table.unread", "หน้า 2")]
    one, other = readings(budget(*LINES), plan(PROJECTS[0]), sheet([PROJECTS[1]], name="หน้า 3"))
    assert (kinds(one), kinds(other)) == ([], ["table.unread"])
    (reading,) = readings(budget(LINES[0]), replace(rest, hidden=True), sheet([[5.0] * 10], name="ตัวเลข"))
    assert kinds(reading) == []


def test_a_summary_beside_the_table_does_not_refuse_the_file():
    heading = [*BUDGET_HEADING[:1], *BUDGET_HEADING[4:]]
    summary = sheet([heading, ["งบกลาง", *total("", *LINES)[4:]]], name="สรุป")
    (reading,) = readings(summary, budget(*LINES))
    assert [(one.kind, one.observed) for one in reading.defects] == [("table.incomplete", "สรุป")]
    with pytest.raises(Unreadable, match="no column โครงการ"):
        readings(summary)
    with pytest.raises(Unreadable, match="no column โครงการ"):
        readings(summary, plan(*PROJECTS))


def test_a_broken_table_on_a_hidden_sheet_refuses_only_a_file_without_any_other():
    template = budget(name="แบบฟอร์ม", hidden=True)
    assert [one.source for one in readings(template, plan(*PROJECTS))] == ["eplannacc"]
    with pytest.raises(Unreadable, match="a heading without any lines"):
        readings(template)


def test_headings_in_another_unit_are_told_as_such():
    heading = [text.replace("(บาท)", "(พันบาท)") for text in BUDGET_HEADING]
    with pytest.raises(Unreadable, match='sheet "รายงาน" row 5: the amounts are in พันบาท'):
        readings(budget(*LINES, heading=heading))


def test_a_file_without_any_known_table_names_what_was_looked_for():
    with pytest.raises(Unreadable) as refused:
        readings(COVER)
    assert "e-LAAS" in refused.value.words.th and "e-PlanNACC" in refused.value.words.th
    assert refused.value.words.en.startswith("no table of a known report")
