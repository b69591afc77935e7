"""A source is declared in two small files, and a mistake in them is told by file and line."""

from pathlib import Path

import pytest

from connectors.declaration import KINDS, Declaration, bare_heading, declared_sources, layouts_text, read_declaration
from warehouse.vocabulary.records import LABELS, MONEY_OF, Status

SOURCE = """title_th = "รายงานตัวอย่าง"
title_en = "an example"
[columns]
work = "label expected"
project = "text required"
budget = "money required"
"""
COLUMNS = """column,heading,first_year,last_year,note
work,งาน,,,
project,โครงการ,,,
budget,งบประมาณ,,2566,
budget,วงเงิน,2567,,new that year
ignored,หมายเหตุ,,,
"""


def declared(folder: Path, source: str = SOURCE, columns: str = COLUMNS) -> Declaration:
    (folder / "source.toml").write_text(source, encoding="utf-8")
    (folder / "columns.csv").write_text(columns, encoding="utf-8")
    return read_declaration(folder)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("งบประมาณ\nอนุมัติ (บาท)", "งบประมาณอนุมัติ"),
        ("งบประมาณอนุมัติ( หน่วย : บาท )", "งบประมาณอนุมัติ"),
        ("เบิกจ่าย\nบาท", "เบิกจ่าย"),
        ("เบิกจ่าย จำนวนเงิน", "เบิกจ่าย"),
        ("เบิกจ่าย :", "เบิกจ่าย"),
        ("*คงเหลือ*", "คงเหลือ"),
        ("คงเหลือ (6)=(1)+(2)-(3)-(4)-(5)", "คงเหลือ"),
        ("มิติที่ ๑", "มิติที่1"),
        ("ผูกพนั", "ผูกพนั"),
        ("เบิกจ่าย (พันบาท)", "เบิกจ่าย(พันบาท)"),
        ("จํานวนงบประมาณ", "จำนวนงบประมาณ"),
        ("(บาท)", ""),
    ],
)
def test_a_heading_is_compared_without_spaces_and_unit(printed: str, bare: str):
    assert bare_heading(printed) == bare


def test_a_heading_holds_in_its_years_and_in_any_if_the_year_is_unknown(tmp_path: Path):
    source = declared(tmp_path)
    told = {
        (heading, year): found and found.column
        for heading in ("งบประมาณ", "วงเงิน")
        for year in (None, 2566, 2567)
        for found in [source.heading_of(heading, year)]
    }
    assert told == {
        ("งบประมาณ", None): "budget",
        ("งบประมาณ", 2566): "budget",
        ("งบประมาณ", 2567): None,
        ("วงเงิน", None): "budget",
        ("วงเงิน", 2566): None,
        ("วงเงิน", 2567): "budget",
    }
    assert source.changes


def test_a_column_is_named_to_people_by_its_first_heading(tmp_path: Path):
    assert declared(tmp_path).printed_name("budget") == "งบประมาณ"


@pytest.mark.parametrize(
    ("source", "columns", "named"),
    [
        (SOURCE.replace("money", "baht"), COLUMNS, "source.toml: budget"),
        (SOURCE.replace("required", "needed"), COLUMNS, "source.toml: project"),
        (SOURCE.replace("text required", "text"), COLUMNS, "source.toml: project"),
        (SOURCE.replace("money required", "money optional"), COLUMNS, "no column of money is required"),
        (SOURCE.replace("title_en", "title"), COLUMNS, "source.toml: no title_en"),
        (SOURCE, COLUMNS.replace("ignored,", "ignore,"), "columns.csv:6: unknown column 'ignore'"),
        (SOURCE, COLUMNS.replace("project,โครงการ,", "project, (บาท),"), "columns.csv:3: no heading"),
        (SOURCE, COLUMNS.replace("2566", "66x"), "columns.csv:4: not a year"),
        (SOURCE, COLUMNS.replace("2567", "2566"), "declared twice for the same year|$"),
        (SOURCE, COLUMNS + "ignored,งาน,,,\n", "งาน is declared twice"),
        (SOURCE, COLUMNS.replace("column,", "name,"), "columns.csv:1"),
        (SOURCE, COLUMNS.replace("work,งาน,,,\n", ""), "no heading for work"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, source: str, columns: str, named: str):
    if columns == COLUMNS.replace("2567", "2566"):
        assert declared(tmp_path, source, columns)  # two headings of one column may overlap
        return
    with pytest.raises(ValueError, match=named):
        declared(tmp_path, source, columns)


@pytest.mark.parametrize("source", declared_sources(), ids=lambda source: source.source)
def test_every_source_loads_the_columns_that_the_warehouse_keeps(source: Declaration):
    assert set(source.kinds.values()) <= KINDS
    assert tuple(source.of_kind("money")) == MONEY_OF[source.source]
    assert set(source.of_kind("tick")) <= {status.value for status in Status}
    if source.source == "elaas":
        assert tuple(source.of_kind("label", "text")) == LABELS


def test_what_a_reading_depends_on_includes_every_declaration():
    assert all(source.title_th in layouts_text() for source in declared_sources())
    assert "โยกตัด" in layouts_text()
