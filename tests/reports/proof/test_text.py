"""Every amount in every table and chart of a document is read back, from the PDF, the page and the Word document."""

import re
from dataclasses import replace

import pytest

from reports.chapters.document import Block, Chart, Document, StackedChart, Table
from reports.chapters.report import documents_of
from reports.chapters.sources import Change
from reports.docx import docx_of, template_bytes
from reports.figures import figures_of
from reports.html import html_of
from reports.origins import origin_notes
from reports.pdf import pdf_of
from reports.proof.page import prove_page
from reports.proof.text import docx_text, pdf_text, prove_text
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, LAST_YEAR
from warehouse.vocabulary.errors import Damaged

pytestmark = pytest.mark.slow

LINES = tuple(
    replace(
        BUDGET_LINES[0],
        programme=f"แผนงานที่ {row % 3}",
        work=f"งานที่ {row % 3}.{row % 2}",
        source_row=row,
        transfer_in=row,
        disbursed=row * row * 1000,
    )
    for row in range(6, 36)
)
MANY = replace(FACTS, budget_lines=LINES, earlier=(LAST_YEAR,))
FIGURES = figures_of(MANY)
CHANGES = (Change("disbursed", "เบิกจ่าย", "1,234.00", "5,678.00"),)
TRUE = documents_of(MANY, FIGURES, words_of(None, ()), 2, CHANGES)["measures"]


def tables() -> dict[str, Table]:
    return {block.id: block for chapter in TRUE.chapters for block in chapter.blocks if isinstance(block, Table)}


def tampered(table: str, row: int, column: int) -> Document:
    """The report with another last digit in one cell."""

    def changed(one: Table) -> Table:
        rows = list(one.rows)
        cells = list(rows[row].cells)
        text = cells[column].text
        cells[column] = replace(cells[column], text=f"{text[:-1]}{(int(text[-1]) + 1) % 10}")
        rows[row] = replace(rows[row], cells=tuple(cells))
        return replace(one, rows=tuple(rows))

    def told(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(changed(one) if isinstance(one, Table) and one.id == table else one for one in blocks)

    return replace(TRUE, chapters=tuple(replace(one, blocks=told(one.blocks)) for one in TRUE.chapters))


def with_another_bar(chart: str) -> Document:
    """The report with another share, or other counts, beside the second bar of a chart."""

    def told(block: Block) -> Block:
        if not isinstance(block, Chart | StackedChart) or block.id != chart:
            return block
        if isinstance(block, Chart):
            return replace(block, bars=(block.bars[0], replace(block.bars[1], percent="99.99"), *block.bars[2:]))
        return replace(block, bars=(replace(block.bars[0], told="แล้วเสร็จ 99"), *block.bars[1:]))

    return replace(TRUE, chapters=tuple(replace(one, blocks=tuple(map(told, one.blocks))) for one in TRUE.chapters))


def prove_all(document: Document) -> list[str]:
    """The forms of a document that are not what the true one says, each by the error that names it."""
    page = html_of(document, origin_notes(MANY, FIGURES)).encode("utf-8")
    word = docx_of(document, FIGURES, template_bytes(None), "report.docx")
    told = []
    try:
        prove_text("report.pdf", pdf_text(pdf_of(document, MANY.organisation), TRUE), TRUE, FIGURES)
    except Damaged as error:
        told.append(str(error))
    try:
        prove_page("report.html", page, TRUE, FIGURES)
    except Damaged as error:
        told.append(str(error))
    try:
        prove_text("report.docx", docx_text(word), TRUE, FIGURES)
    except Damaged as error:
        told.append(str(error))
    return told


def test_what_says_the_same_in_all_forms_passes() -> None:
    assert prove_all(TRUE) == []


@pytest.mark.parametrize("left_out", ["budget", "plan", "budget-lines"])
def test_what_an_own_word_template_leaves_out_is_not_asked_for(left_out: str) -> None:
    shared = replace(MANY, budget_lines=tuple(replace(line, disbursed=0) for line in LINES))  # "ร้อยละ 0.00" everywhere
    figures = figures_of(shared)
    whole = documents_of(shared, figures, words_of(None, ()), 2, CHANGES, "arabic")["measures"]
    shorter = replace(whole, chapters=tuple(one for one in whole.chapters if one.id != left_out))
    text = docx_text(docx_of(shorter, figures, template_bytes(None), "own.docx"))
    prove_text("own.docx", text, whole, figures, own_template=True)
    with pytest.raises(Damaged):
        prove_text("own.docx", text, whole, figures)


CELLS = {
    "a transfer": ("table-transfers", 0, 2),
    "the other transfers": ("table-transfers", 20, 4),
    "the total of transfers": ("table-transfers", 21, 1),
    "a group": ("table-budget-summary", 1, 3),
    "a share": ("table-budget-summary", 0, 5),
    "money left": ("table-unspent", 2, 4),
    "a line": ("table-budget-lines", 4, 6),
    "a subtotal": ("table-budget-lines", -2, 1),
    "a dimension": ("table-plan-dimensions", 0, 1),
    "the money of a dimension": ("table-plan-dimensions", 1, -2),
    "a count of all projects": ("table-plan-dimensions", -1, 2),
    "a project": ("table-plan", 1, 3),
    "what changed": ("table-changes", 0, 2),
    "a correction": ("table-corrections", 0, 3),
}


@pytest.mark.parametrize(("table", "row", "column"), CELLS.values(), ids=CELLS)
def test_another_digit_is_seen_in_every_form(table: str, row: int, column: int) -> None:
    told = prove_all(tampered(table, row, column))
    assert [re.search(r"report\.(\w+)", one)[1] for one in told] == ["pdf", "html", "docx"]  # type: ignore[index]


@pytest.mark.parametrize("chart", ["chart-budget", "chart-progress", "chart-plan"])
def test_another_number_beside_a_bar_is_seen_in_every_form(chart: str) -> None:
    told = prove_all(with_another_bar(chart))
    assert [re.search(r"report\.(\w+)", one)[1] for one in told] == ["pdf", "html", "docx"]  # type: ignore[index]


def test_no_table_with_amounts_is_left_out() -> None:
    """A new table must be proven too; the texts of rules and files, and findings, are compared elsewhere or quoted."""
    assert set(tables()) - {table for table, *_ in CELLS.values()} == {
        "table-figures",
        "table-findings",
        "table-sources",
    }
