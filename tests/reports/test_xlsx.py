"""The workbook as a program reads it."""

import io
import math
import re
import zipfile
from dataclasses import replace

import pytest
from python_calamine import load_workbook

from reports.chapters.report import report_of
from reports.figures import figures_of
from reports.release import Release
from reports.words import words_of
from reports.xlsx import xlsx_of
from tests.reports.facts import BUDGET_LINES, FACTS, PLAN_PROJECTS, VAST
from warehouse.vocabulary.records import BudgetLine, ReportFacts

HOSTILE = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x","คลิก")',
    "http://evil.example",
    "=cmd|' /C calc'!A0",
)


def made(facts: ReportFacts) -> bytes:
    """The workbook of these facts."""
    figures = figures_of(facts)
    return xlsx_of(facts, figures, report_of(facts, figures, words_of(None, ()), 1, ()))


def sheet_xml(content: bytes, number: int) -> str:
    """A sheet as written, from 1."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode("utf-8")


@pytest.fixture(scope="module")
def content(example: Release) -> bytes:
    """The workbook of the example."""
    return example.files["xlsx"].read_bytes()


def test_it_has_five_sheets_with_frozen_heads(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    assert book.sheet_names == ["งบประมาณ", "แผนป้องกันการทุจริต", "ตัวเลข", "คุณภาพข้อมูล", "แหล่งข้อมูล"]
    assert all('state="frozen"' in sheet_xml(content, number) for number in range(1, 6))


def test_amounts_are_numbers_and_totals_formulas_that_carry_their_value(content: bytes) -> None:
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("งบประมาณ").to_python()
    assert rows[3][4:6] == ["ประกันสังคม", 168000.0]
    assert rows[-1][0] == "รวมทั้งสิ้น"
    assert rows[-1][9] == 3822121.63
    assert "<f>SUBTOTAL(9,J4:J15)</f><v>3822121.63</v>" in sheet_xml(content, 1)
    assert "<f>'งบประมาณ'!J16</f><v>3822121.63</v>" in sheet_xml(content, 3)


def test_every_subtotal_sums_its_own_lines() -> None:
    def line(row: int, work: str, category: str) -> BudgetLine:
        return replace(
            BUDGET_LINES[0], source_row=row, programme="แผนงานทั่วไป", work=work, category=category, approved=row
        )

    lines = (line(6, "งานคลัง", "งบบุคลากร"), line(7, "งานคลัง", "งบลงทุน"), line(8, "งานช่าง", "งบลงทุน"))
    xml = sheet_xml(made(replace(FACTS, budget_lines=lines)), 1)
    assert re.findall(r"<f>SUBTOTAL\(9,(F\d+:F\d+)\)</f><v>([\d.]+)", xml) == [
        ("F4:F4", "0.06"),
        ("F6:F6", "0.07"),
        ("F4:F7", "0.13"),
        ("F9:F9", "0.08"),
        ("F9:F10", "0.08"),
        ("F4:F11", "0.21"),
        ("F4:F12", "0.21"),
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_text_and_no_formula(name: str) -> None:
    facts = replace(FACTS, budget_lines=(replace(BUDGET_LINES[0], project=name),))
    facts = replace(facts, plan_projects=(replace(PLAN_PROJECTS[0], project=name, note=name),))
    content = made(facts)
    book = load_workbook(io.BytesIO(content))
    assert book.get_sheet_by_name("งบประมาณ").to_python()[3][4] == name
    assert book.get_sheet_by_name("แผนป้องกันการทุจริต").to_python()[3][6] == name
    formulas = re.findall(r"<f>(.*?)</f>", sheet_xml(content, 1) + sheet_xml(content, 2))
    assert all(re.fullmatch(r"(SUBTOTAL\(9,|SUM\()[A-Z]\d+:[A-Z]\d+\)", formula) for formula in formulas)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [part for part in archive.namelist() if "sheet" in part and part.endswith(".rels")]  # no link


def test_a_row_is_as_high_as_its_text_is_long_where_another_font_is_shown() -> None:
    letter, column = 0.54 * 14, 46 * 5.25  # points: a letter of Noto Sans Thai, which stands in for TH Sarabun there
    for length in (10, 35, 76, 300, 3000):
        line = replace(BUDGET_LINES[0], project="ก" * length)
        xml = sheet_xml(made(replace(FACTS, budget_lines=(line,))), 1)
        heights = {int(row): float(height) for row, height in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', xml)}
        lines = math.ceil(length * letter / column)
        assert min(19 * lines, 400) <= heights[4] <= 409, length  # more Excel does not take
    assert heights[3] >= 3 * 19  # the head of a narrow column


def test_the_same_facts_give_the_same_bytes(content: bytes) -> None:
    assert made(FACTS) == content


def test_without_rows_there_are_heads_and_no_totals() -> None:
    rows = load_workbook(io.BytesIO(made(replace(FACTS, budget_lines=(), plan_projects=()))))
    assert len(rows.get_sheet_by_name("งบประมาณ").to_python()) == 3


def test_no_amount_is_wider_than_its_column() -> None:
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet_xml(made(VAST), 1))
    approved = next(float(width) for first, last, width in columns if int(first) <= 6 <= int(last))
    bold = 17 * 0.6 * 14 + 5 * 0.3 * 14  # points of 109,999,999,999,998.57 in Noto Sans, where TH Sarabun is missing
    assert approved * 5.25 > bold
