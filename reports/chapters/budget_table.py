"""Every budget line in its groups, with subtotals that we compute."""

from collections.abc import Iterator
from dataclasses import replace

from reports.chapters.document import Cell, Column, Row, Table
from reports.figures import MONEY_TITLES
from reports.groups import Group, grouped, totals
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import MONEY, BudgetLine, ReportFacts
from warehouse.vocabulary.wording import COLUMNS

TEXT_TITLES = {label: COLUMNS[label].th for label in ("expense_type", "project")}


def budget_table(facts: ReportFacts, sentences: Sentences, words: ReportWords) -> Table:
    """The whole table: groups, lines, subtotals, total; six money columns and the row of the officer's file."""
    texts = [level for level in TEXT_TITLES if any(getattr(line, level) for line in facts.budget_lines)] or ["project"]
    titles = [TEXT_TITLES[level] for level in texts] + [f"{MONEY_TITLES[column]} (บาท)" for column in MONEY] + ["แถว"]
    rows = [row for group in grouped(facts.budget_lines) for row in _rows(group, texts, depth=0, alone=False)]
    label, *amounts, blank = _sum_row("รวมทั้งสิ้น", totals(facts.budget_lines), texts)
    total = (label, *(replace(cell, figure=key) for cell, key in zip(amounts, MONEY, strict=True)), blank)
    export = facts.budget
    letters = " ".join(
        f"{export.letters[column]} = {MONEY_TITLES[column]}" for column in MONEY if column in export.letters
    )
    return Table(
        id="table-budget-lines",
        caption=sentences.plain(
            "ผลการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. {fiscal_year} {round} ({period}) {organisation} {place}"
        ),
        columns=(*(Column(share=2 + place) for place in range(len(texts))), *[Column("right")] * 6, Column("center")),
        head=(tuple(map(Cell, titles)),),
        rows=(*rows, Row(total, "total")),
        row_head=len(texts) - 1,
        note=words.narrative["budget_source"].format(file=export.export.file_name, sheet=export.sheet, columns=letters),
    )


def _rows(group: Group, texts: list[str], depth: int, alone: bool) -> Iterator[Row]:
    """The group's heading, its parts or lines, and its subtotal unless the group above has this part alone."""
    label = group.label or "(ไม่ระบุ)"
    yield Row((Cell(label, columns=len(texts) + len(MONEY) + 1, quoted=True),), "group", depth)
    if group.parts:
        for part in group.parts:
            yield from _rows(part, texts, depth + 1, alone=len(group.parts) == 1)
    else:
        yield from (_line(line, texts) for line in group.lines)
    if not alone:
        yield Row(_sum_row(f"รวม{label}", group.amounts, texts), "subtotal", depth)


def _line(line: BudgetLine, texts: list[str]) -> Row:
    labels = [Cell(getattr(line, level) or "–", quoted=True) for level in texts]
    amounts = [baht_printed(getattr(line, column)) for column in MONEY]
    return Row((*labels, *map(Cell, (*amounts, str(line.source_row)))))


def _sum_row(label: str, amounts: tuple[int, ...], texts: list[str]) -> tuple[Cell, ...]:
    return (Cell(label, columns=len(texts), quoted=True), *(Cell(baht_printed(amount)) for amount in amounts), Cell(""))
