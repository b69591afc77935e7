"""The transfers between budget lines: told in a sentence, and line by line."""

from collections.abc import Sequence

from reports.chapters.charts import UNNAMED
from reports.chapters.document import Block, Cell, Column, Paragraph, Row, Run, Table
from reports.figures import MONEY_TITLES
from reports.groups import revised
from reports.sentences import Sentences
from reports.transfers import transferred
from reports.words import ReportWords
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import BudgetLine, LoadedExport, ReportFacts

TRANSFERS = "table-transfers"
TOTALS = ("transferred_approved", "transfer_in", "transfer_out", "transferred_revised")
"""Keys of the figures in the last row of the table."""
_MOST = 20  # lines: a page; all of them stand in the table of all lines
_READ = ("approved", "transfer_in", "transfer_out")


def transfer_blocks(facts: ReportFacts, sentences: Sentences, words: ReportWords) -> tuple[Block, ...]:
    """Whether money was transferred and whether in and out are equal; which lines, if there are any."""
    lines = transferred(facts.budget_lines)
    if not lines:
        return (Paragraph(sentences.filled(words.narrative["no_transfers"])),)
    balance = "unbalanced" if sentences.figures["transfer_difference"].value else "balanced"
    told = (
        *sentences.filled(words.narrative["transfers"]),
        Run(" "),
        *sentences.filled(words.narrative[f"transfers_{balance}"]),
    )
    return Paragraph(told), transfer_table(lines, facts.budget, sentences, words)


def transfer_table(
    lines: Sequence[BudgetLine], export: LoadedExport, sentences: Sentences, words: ReportWords
) -> Table:
    """Each line before and after with the cells that say so, the rest of very many as one row, and the total."""
    shown = lines if len(lines) <= _MOST + 1 else lines[:_MOST]
    rows = [
        Row((Cell(line.project or line.expense_type or UNNAMED, quoted=True), *_amounts([line]), _cells(line, export)))
        for line in shown
    ]
    if rest := lines[len(shown) :]:
        told = Cell(f"อื่น ๆ อีก {len(rest):,} รายการ (อยู่ในตารางทุกรายการ)")
        rows.append(Row((told, *_amounts(rest), Cell("")), "subtotal"))
    printed = [sentences.figures[key].printed or "–" for key in TOTALS]
    total = [Cell(text, figure=key) for text, key in zip(printed, TOTALS, strict=True)]
    titles = ("รายการ", *(f"{title} (บาท)" for title in (*map(MONEY_TITLES.__getitem__, _READ), "งบประมาณหลังโอน")))
    return Table(
        id=TRANSFERS,
        caption="รายการที่โอนงบประมาณ",
        columns=(Column(share=1), *[Column("right")] * 4, Column("center")),
        head=((*map(Cell, titles), Cell("เซลล์ต้นทาง")),),
        rows=(*rows, Row((Cell("รวมรายการที่โอน"), *total, Cell("")), "total")),
        note=words.narrative["transfer_source"].format(file=export.export.file_name, sheet=export.sheet),
    )


def _amounts(lines: Sequence[BudgetLine]) -> list[Cell]:
    """Approved, in, out and revised, summed over the lines."""
    amounts = [sum(getattr(line, column) for line in lines) for column in _READ]
    return [Cell(baht_printed(amount)) for amount in (*amounts, sum(map(revised, lines)))]


def _cells(line: BudgetLine, export: LoadedExport) -> Cell:
    named = [f"{export.letters[column]}{line.source_row}" for column in _READ if column in export.letters]
    return Cell(" ".join(named), quoted=True)
