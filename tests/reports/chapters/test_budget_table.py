"""The table of all budget lines."""

from dataclasses import replace

from reports.chapters.budget_table import budget_table
from reports.chapters.document import Row, Table
from reports.chapters.report import phrases_of
from reports.figures import figures_of
from reports.sentences import Sentences
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS
from warehouse.vocabulary.records import BudgetLine, ReportFacts


def table_of(facts: ReportFacts) -> Table:
    """The table of these facts in house words."""
    return budget_table(facts, Sentences(figures_of(facts), phrases_of(facts)), words_of(None, ()))


def told(row: Row) -> tuple[str, ...]:
    """The kind and texts of a row."""
    return (row.kind, *(cell.text for cell in row.cells))


def test_the_example_has_one_group_with_its_subtotal_and_the_total() -> None:
    rows = [told(row) for row in table_of(FACTS).rows]
    assert rows[0] == ("group", "งบกลาง")
    assert rows[1] == (
        "line",
        "เป็นงบกลางอุดหนุน",
        "ประกันสังคม",
        *("168,000.00", "0.00", "0.00", "0.00", "48,984.00", "119,016.00"),
        "6",
    )
    amounts = ("8,493,130.00", "0.00", "0.00", "0.00", "3,822,121.63", "4,671,008.37", "")
    assert rows[-2:] == [("subtotal", "รวมงบกลาง", *amounts), ("total", "รวมทั้งสิ้น", *amounts)]
    assert len(rows) == 11 + 3


def test_every_row_fills_the_width_of_the_table() -> None:
    table = table_of(FACTS)
    assert {sum(cell.columns for cell in row.cells) for row in table.rows} == {len(table.columns)}


def test_groups_within_groups_have_subtotals_but_a_lone_part_does_not_repeat_the_sum() -> None:
    def line(work: str, category: str) -> BudgetLine:
        return replace(BUDGET_LINES[0], programme="แผนงานทั่วไป", work=work, category=category)

    facts = replace(
        FACTS, budget_lines=(line("งานคลัง", "งบบุคลากร"), line("งานคลัง", "งบลงทุน"), line("งานช่าง", "งบลงทุน"))
    )
    assert [(row.kind, row.depth, row.cells[0].text) for row in table_of(facts).rows if row.kind != "line"] == [
        ("group", 0, "แผนงานทั่วไป"),
        ("group", 1, "งานคลัง"),
        ("group", 2, "งบบุคลากร"),
        ("subtotal", 2, "รวมงบบุคลากร"),
        ("group", 2, "งบลงทุน"),
        ("subtotal", 2, "รวมงบลงทุน"),
        ("subtotal", 1, "รวมงานคลัง"),
        ("group", 1, "งานช่าง"),
        ("group", 2, "งบลงทุน"),
        ("subtotal", 1, "รวมงานช่าง"),
        ("subtotal", 0, "รวมแผนงานทั่วไป"),
        ("total", 0, "รวมทั้งสิ้น"),
    ]


def test_the_note_tells_the_file_sheet_and_columns_even_with_braces_in_their_names() -> None:
    facts = replace(FACTS, budget=replace(FACTS.budget, sheet="แผ่น {file}"))
    assert "ไฟล์ 751NH_elaas_2566_1.xlsx แผ่นงาน แผ่น {file} คอลัมน์ E = งบประมาณอนุมัติ" in table_of(facts).note
