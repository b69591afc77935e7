"""The table of plan projects."""

from dataclasses import replace

from reports.chapters.document import Chapter, Paragraph, StackedChart, Table
from reports.chapters.plan import plan_chapters
from reports.chapters.report import phrases_of
from reports.figures import figures_of
from reports.sentences import Sentences
from reports.words import words_of
from tests.reports.facts import FACTS, PLAN_PROJECTS
from warehouse.vocabulary.records import ReportFacts, Status


def chapters_of(facts: ReportFacts) -> tuple[Chapter, ...]:
    """The plan's chapters in house words."""
    return plan_chapters(facts, Sentences(figures_of(facts), phrases_of(facts)), words_of(None, ()))


def table_of(facts: ReportFacts) -> Table:
    """The table with ticks."""
    table = chapters_of(facts)[-1].blocks[-1]
    assert isinstance(table, Table)
    return table


def test_each_project_has_one_tick_under_its_status_and_the_counts_stand_below() -> None:
    rows = [[cell.text for cell in row.cells] for row in table_of(FACTS).rows]
    assert [row[5:8].index("✓") for row in rows[:7]] == [0, 0, 0, 1, 0, 1, 1]
    assert rows[-1] == ["รวม 7 รายการ", "55,000.00", "0.00", "4", "3", "0", "", ""]


def test_the_status_heading_spans_its_columns() -> None:
    head = table_of(FACTS).head
    assert [(cell.text, cell.columns, cell.rows) for cell in head[0]][5] == ("สถานะ", 3, 1)
    assert [cell.text for cell in head[1]] == ["รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ"]


def test_a_project_that_is_not_feasible_opens_a_fourth_column() -> None:
    projects = (*PLAN_PROJECTS, replace(PLAN_PROJECTS[0], status=Status.NOT_FEASIBLE, note="ไม่ได้รับงบประมาณ"))
    table = table_of(replace(FACTS, plan_projects=projects))
    assert [cell.text for cell in table.head[1]][-1] == "ไม่สามารถดำเนินการได้"
    assert {sum(cell.columns for cell in row.cells) for row in table.rows} == {len(table.columns)}


def test_dimensions_without_a_project_are_counted_as_nothing() -> None:
    summary = chapters_of(FACTS)[0].blocks[1]
    assert isinstance(summary, Table)
    assert [[cell.text for cell in row.cells] for row in summary.rows][1:] == [
        ["มิติที่ 2", "0", "0", "0", "0", "0.00", "0.00"],
        ["มิติที่ 3", "0", "0", "0", "0", "0.00", "0.00"],
        ["มิติที่ 4", "0", "0", "0", "0", "0.00", "0.00"],
        ["รวมทุกมิติ", "7", "4", "3", "0", "55,000.00", "0.00"],
    ]
    figures = figures_of(FACTS)
    told = [cell for row in summary.rows for cell in row.cells if cell.figure]
    assert {cell.text == figures[cell.figure].printed for cell in told} == {True} and len(told) == 4 * 3 + 1 + 3 + 2


def test_a_plan_without_projects_says_so() -> None:
    (chapter,) = chapters_of(replace(FACTS, plan_projects=()))
    (paragraph,) = chapter.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text[0].text == "ไฟล์ต้นทางไม่มีโครงการ"


def test_the_chart_has_a_bar_a_dimension_that_there_is_and_a_part_a_status() -> None:
    projects = (*PLAN_PROJECTS, replace(PLAN_PROJECTS[0], dimension=3, status=Status.NOT_FEASIBLE))
    chart = chapters_of(replace(FACTS, plan_projects=projects))[0].blocks[2]
    assert isinstance(chart, StackedChart)
    assert chart.series == ("รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ", "ไม่สามารถดำเนินการได้")
    assert [(bar.label, bar.widths, bar.told) for bar in chart.bars] == [
        ("มิติที่ 1", (5714, 4285, 0, 0), "รอรายงาน 4 · อยู่ระหว่างดำเนินการ 3"),
        ("มิติที่ 3", (0, 0, 0, 1428), "ไม่สามารถดำเนินการได้ 1"),
    ]
