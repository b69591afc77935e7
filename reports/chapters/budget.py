"""The budget: how much is spent, by group and line by line."""

from dataclasses import replace

from reports.chapters.budget_table import budget_table
from reports.chapters.charts import LABEL_TITLES, UNNAMED, group_chart, printed_share, progress_charts
from reports.chapters.document import Block, Cell, Chapter, Column, Paragraph, Row, Run, Table
from reports.chapters.transfers import transfer_blocks
from reports.groups import Group, largest_unspent, revised, summary_groups, telling_level
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import BudgetLine, ReportFacts

_SUMMARY = ("revised", "committed", "disbursed", "remaining", "percent_disbursed")


def budget_chapters(facts: ReportFacts, sentences: Sentences, words: ReportWords) -> tuple[Chapter, ...]:
    """An overview with a chart, then the whole table on wide pages."""
    heading = sentences.plain("ผลการใช้จ่ายงบประมาณ {round}")
    if not facts.budget_lines:
        return (Chapter("budget", heading, (Paragraph(sentences.filled(words.narrative["no_budget_lines"])),)),)
    level = telling_level(facts.budget_lines)
    groups = summary_groups(facts.budget_lines, level)
    overview: tuple[Block, ...] = (
        Paragraph(
            (
                *sentences.filled(words.narrative["budget_overview"]),
                Run(" "),
                *sentences.compared(words.narrative, "points_ahead", "pace"),
            )
        ),
        Paragraph(sentences.filled(words.narrative["budget_unpaid"])),
        Paragraph(
            (
                *sentences.filled(words.narrative["since_cut_off"]),
                Run(" "),
                *sentences.compared(words.narrative, "points_since_last_year", "last_year"),
            )
        ),
        summary_table(groups, level),
        group_chart(groups, level),
        *progress_charts(facts),
        *transfer_blocks(facts, sentences, words),
        unspent_table(largest_unspent(facts.budget_lines)),
    )
    return (
        Chapter("budget", heading, overview),
        Chapter("budget-lines", f"ตาราง{heading}", (budget_table(facts, sentences, words),), wide=True),
    )


def summary_table(groups: list[Group], level: str) -> Table:
    """Each group with what it may spend, has spent and has left."""
    titles = (LABEL_TITLES[level], "งบประมาณหลังโอน (บาท)", "ผูกพัน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)", "ร้อยละเบิกจ่าย")
    lines = tuple(line for group in groups for line in group.lines)
    rows = [_summary_row(Cell(group.label or UNNAMED, quoted=group.is_named_by_file), group) for group in groups]
    total = _summary_row(Cell("รวมทั้งสิ้น"), Group(level, "", lines, ()))
    return Table(
        id="table-budget-summary",
        caption=f"สรุปการใช้จ่ายงบประมาณตาม{LABEL_TITLES[level]}",
        columns=(Column(share=1), *[Column("right")] * 5),
        head=(tuple(map(Cell, titles)),),
        rows=(*rows, Row(tuple(map(_linked, total.cells, (None, *_SUMMARY))), "total")),
    )


def _linked(cell: Cell, key: str | None) -> Cell:
    return replace(cell, figure=key)


def _summary_row(label: Cell, group: Group) -> Row:
    committed, disbursed, remaining = group.amounts[3:]
    amounts = [baht_printed(amount) for amount in (group.revised, committed, disbursed, remaining)]
    return Row((label, *map(Cell, (*amounts, printed_share(group.percent_disbursed)))))


def unspent_table(lines: list[BudgetLine]) -> Table:
    """The lines with most money left."""
    titles = ("อันดับ", "โครงการ", "งบประมาณหลังโอน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)", "แถว")
    rows = tuple(
        Row(
            (
                Cell(str(place)),
                Cell(line.project or line.expense_type or UNNAMED, quoted=True),
                *map(Cell, map(baht_printed, (revised(line), line.disbursed, line.remaining))),
                Cell(str(line.source_row)),
            )
        )
        for place, line in enumerate(lines, 1)
    )
    return Table(
        id="table-unspent",
        caption="รายการที่มีงบประมาณคงเหลือมากที่สุด",
        columns=(Column("center"), Column(share=1), *[Column("right")] * 3, Column("center")),
        head=(tuple(map(Cell, titles)),),
        rows=rows,
        row_head=1,
        note="แถว คือแถวของรายการในไฟล์ต้นทาง",
    )
