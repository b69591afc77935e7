"""Where a document prints its figures and rows, as patterns to look for in the text of any file made from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.chapters.document import (
    Block,
    Chart,
    Document,
    Fields,
    KeyFigures,
    Paragraph,
    Points,
    StackedChart,
    Table,
    Text,
)
from reports.chapters.quality import COMMENTS
from reports.chapters.transfers import TOTALS, TRANSFERS
from reports.characters import fitted
from reports.figure import Figure
from warehouse.vocabulary.records import MONEY
from warehouse.vocabulary.thai import to_arabic_digits

_UNSEEN = re.compile(r"[\s\u200b\u2060\u00ad]+")
_NUMBER = r"([−-]?[0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?|–|ไม่มีข้อมูล|\(ไม่มีข้อมูล:[^)]*\))"
_AMOUNT = r"([−-]?[0-9๐-๙][0-9๐-๙,]*\.[0-9๐-๙]{2})"
_TOTALS = {"table-budget-lines": MONEY, "table-plan": ("plan_budget", "plan_disbursed"), TRANSFERS: TOTALS}
ROWS = {
    "table-budget-summary": slice(1, None),
    TRANSFERS: slice(1, None),
    "table-unspent": slice(2, None),
    "table-budget-lines": slice(-7, None),  # … six amounts, row
    "table-plan-dimensions": slice(None),
    "table-plan": slice(2, 5),  # number, project, dimension, two amounts, …
    "table-corrections": slice(4),  # system, cell, two amounts, …
    "table-changes": slice(None),
}
"""Tables whose rows are proven one by one, and which cells: names out of files may be set in other ways."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or row with figures: their keys, the texts that they must be, and a pattern that finds them."""

    figures: tuple[str, ...]
    values: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of a table, or a bar, says: its numbers as they stand side by side, or a comment."""

    table: str
    row: str  # the row of the officer's file, or the number of the finding
    text: str
    is_bar: bool = False


def seen(text: str) -> str:
    """The text as it is compared: no spaces, no line breaks, nothing invisible; what the fonts lack replaced."""
    return _UNSEEN.sub("", str(fitted(text)))


def says(figure: Figure, text: str) -> bool:
    """Whether a text is the figure in Thai or in Arabic digits; one without a value is said to be without."""
    if figure.printed is not None:
        # A sentence says by its words, above or below, what a table says by a sign.
        signless = figure.printed.removeprefix("-") if figure.unit == "points" else figure.printed
        return to_arabic_digits(text) in (figure.printed, signless)
    return seen(text) in ("–", "ไม่มีข้อมูล", seen(f"(ไม่มีข้อมูล: {figure.title})"))


def statements_of(document: Document) -> Iterator[Statement]:
    """Every place where the document prints a figure."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            yield from _of_block(block)


def lines_of(document: Document) -> Iterator[Line]:
    """Every row with amounts of every table but the figures', every bar and every comment on a finding, in order."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                yield from _comments(block) if block.id == "table-findings" else _rows(block)
            if isinstance(block, Chart):
                for bar in block.bars:
                    yield Line(block.id, bar.label, seen(f"{'' if bar.quoted else bar.label}ร้อยละ {bar.percent}"), True)
            if isinstance(block, StackedChart):
                yield from (Line(block.id, bar.label, seen(f"{bar.label}{bar.told}"), True) for bar in block.bars)


def _rows(table: Table) -> Iterator[Line]:
    for row in table.rows if table.id in ROWS else ():
        if row.kind != "group" and not (row.kind == "total" and table.id in _TOTALS):
            told = [cell.text for cell in row.cells]
            yield Line(table.id, told[-1] or told[0], seen("".join(told[ROWS[table.id]])))


def _comments(table: Table) -> Iterator[Line]:
    """The comments on each finding one by one, since a row may be longer than a page."""
    titles = [cell.text for cell in table.head[0]]
    if COMMENTS in titles:
        for number, row in enumerate(table.rows, start=1):
            for text in row.cells[titles.index(COMMENTS)].text.split("; "):
                yield Line(table.id, str(number), seen(text))


def _of_block(block: Block) -> Iterator[Statement]:
    for text in _texts(block):
        yield from _of_text(text)
    if isinstance(block, KeyFigures):
        for figure in block.figures:
            yield _statement((figure.figure,), (figure.value,), (figure.label, None, figure.unit))
    if isinstance(block, Table):
        yield from _of_table(block)


def _texts(block: Block) -> Iterator[Text]:
    """The sentences of a block."""
    if isinstance(block, Paragraph):
        yield block.text
    if isinstance(block, Points):
        yield from block.points
    if isinstance(block, Fields):
        for field in block.fields:
            for step in field.steps:
                yield from (step.text, *step.points)
            yield from field.paragraphs


def _of_text(text: Text) -> Iterator[Statement]:
    if any(run.figure for run in text):
        yield _statement(
            tuple(run.figure for run in text if run.figure),
            tuple(run.text for run in text if run.figure),
            tuple(None if run.figure else run.text for run in text),
        )


def _of_table(table: Table) -> Iterator[Statement]:
    if table.id == "table-figures":
        for row in table.rows:
            title, value, formula = row.cells[:3]
            key = (title.id or "").removeprefix("figure-")
            yield _statement((key,), (value.text,), (title.text, None, formula.text))
    elif table.id in _TOTALS:
        keys = _TOTALS[table.id]
        label, *amounts = (cell.text for cell in table.rows[-1].cells)
        pattern = re.escape(seen(label)) + _AMOUNT * len(keys)
        yield Statement(keys, tuple(amounts[: len(keys)]), pattern)


def _statement(figures: tuple[str, ...], values: tuple[str, ...], parts: tuple[str | None, ...]) -> Statement:
    """A pattern of the parts; None stands for a number."""
    pattern = "".join(_NUMBER if part is None else re.escape(seen(part)) for part in parts)
    return Statement(figures, tuple(map(seen, values)), pattern)
