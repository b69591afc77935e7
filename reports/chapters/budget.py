"""The budget: how much is spent, by group and line by line."""

from reports.chapters.budget_table import budget_table
from reports.chapters.document import Bar, Cell, Chapter, Chart, Column, Paragraph, Row, Run, Table, Text
from reports.groups import Group, largest_unspent, revised, summary_groups, telling_level
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import BudgetLine, ReportFacts
from warehouse.vocabulary.thai import to_thai_digits

LABEL_TITLES = {
    "programme": "แผนงาน",
    "work": "งาน",
    "category": "งบ",
    "expense_type": "ประเภทรายจ่าย",
    "project": "โครงการ",
}
UNNAMED = "(ไม่ระบุ)"


def budget_chapters(facts: ReportFacts, sentences: Sentences, words: ReportWords) -> tuple[Chapter, ...]:
    """An overview with a chart, then the whole table on wide pages."""
    heading = sentences.plain("ผลการใช้จ่ายงบประมาณ {round}")
    if not facts.budget_lines:
        return (Chapter("budget", heading, (Paragraph(sentences.filled(words.narrative["no_budget_lines"])),)),)
    level = telling_level(facts.budget_lines)
    groups = summary_groups(facts.budget_lines, level)
    overview = (
        Paragraph((*sentences.filled(words.narrative["budget_overview"]), Run(" "), *_pace(sentences, words))),
        Paragraph(sentences.filled(words.narrative["budget_unpaid"])),
        summary_table(groups, level),
        chart(groups, level),
        unspent_table(largest_unspent(facts.budget_lines)),
    )
    return (
        Chapter("budget", heading, overview),
        Chapter("budget-lines", f"ตาราง{heading}", (budget_table(facts, sentences, words),), wide=True),
    )


def _pace(sentences: Sentences, words: ReportWords) -> Text:
    figure = sentences.figures["points_ahead"]
    if figure.value is None:
        return sentences.filled(words.narrative["pace_unknown"])
    which = "pace_even" if figure.value == 0 else "pace_behind" if figure.value < 0 else "pace_ahead"
    return sentences.filled(words.narrative[which], points_apart=f"{abs(figure.value):,}")


def summary_table(groups: list[Group], level: str) -> Table:
    """Each group with what it may spend, has spent and has left."""
    titles = (LABEL_TITLES[level], "งบประมาณหลังโอน (บาท)", "ผูกพัน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)", "ร้อยละเบิกจ่าย")
    lines = tuple(line for group in groups for line in group.lines)
    rows = [_summary_row(group.label or UNNAMED, group) for group in groups]
    total = _summary_row("รวมทั้งสิ้น", Group(level, "", lines, ()))
    return Table(
        id="table-budget-summary",
        caption=f"สรุปการใช้จ่ายงบประมาณตาม{LABEL_TITLES[level]}",
        columns=(Column(share=1), *[Column("right")] * 5),
        head=(tuple(map(Cell, titles)),),
        rows=(*rows, Row(total.cells, "total")),
    )


def _summary_row(label: str, group: Group) -> Row:
    committed, disbursed, remaining = group.amounts[3:]
    amounts = [baht_printed(amount) for amount in (group.revised, committed, disbursed, remaining)]
    return Row(tuple(map(Cell, (label, *amounts, printed_percent(group)))))


def printed_percent(group: Group) -> str:
    """Two decimals, or a dash where there was no budget to spend."""
    return "–" if group.percent_disbursed is None else f"{group.percent_disbursed:,}"


def chart(groups: list[Group], level: str) -> Chart:
    """What each group may spend against what it has spent."""
    longest = max([1, *(amount for group in groups for amount in (group.revised, group.disbursed))])
    bars = tuple(
        Bar(
            label=group.label or UNNAMED,
            whole=baht_printed(group.revised),
            part=baht_printed(group.disbursed),
            percent=printed_percent(group),
            whole_width=max(0, group.revised * 10_000 // longest),
            part_width=max(0, group.disbursed * 10_000 // longest),
        )
        for group in groups
    )
    told = " ".join(f"{bar.label} เบิกจ่าย {bar.part} จาก {bar.whole} บาท (ร้อยละ {bar.percent})" for bar in bars)
    return Chart(
        id="chart-budget",
        caption=f"งบประมาณหลังโอนและการเบิกจ่ายตาม{LABEL_TITLES[level]}",
        alternative=f"แผนภูมิแท่ง {told}",
        whole_title="งบประมาณหลังโอน",
        part_title="เบิกจ่าย",
        bars=bars,
    )


def unspent_table(lines: list[BudgetLine]) -> Table:
    """The lines with most money left."""
    titles = ("อันดับ", "โครงการ", "งบประมาณหลังโอน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)", "แถว")
    rows = tuple(
        Row(
            tuple(
                map(
                    Cell,
                    (
                        to_thai_digits(str(place)),
                        line.project or line.expense_type or UNNAMED,
                        *map(baht_printed, (revised(line), line.disbursed, line.remaining)),
                        str(line.source_row),
                    ),
                )
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
