"""Where a document prints its figures and rows, as patterns to look for in the text of any file made from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.chapters.document import (
    Block,
    Document,
    Fields,
    KeyFigures,
    Paragraph,
    Points,
    Row,
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
ROWS = tuple(_TOTALS)
"""Tables whose lines are proven one by one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or row with figures: their keys, the texts that they must be, and a pattern that finds them."""

    figures: tuple[str, ...]
    values: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a table says: its numbers as they stand side by side, or a comment."""

    table: str
    row: str  # the row of the officer's file, or the number of the finding
    text: str


def seen(text: str) -> str:
    """The text as it is compared: no spaces, no line breaks, nothing invisible; what the fonts lack replaced."""
    return _UNSEEN.sub("", str(fitted(text)))


def says(figure: Figure, text: str) -> bool:
    """Whether a text is the figure in Thai or in Arabic digits; one without a value is said to be without."""
    if figure.printed is not None:
        return to_arabic_digits(text) == figure.printed
    return seen(text) in ("–", "ไม่มีข้อมูล", seen(f"(ไม่มีข้อมูล: {figure.title})"))


def statements_of(document: Document) -> Iterator[Statement]:
    """Every place where the document prints a figure."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            yield from _of_block(block)


def lines_of(document: Document) -> Iterator[Line]:
    """Every line of the budget table, of the transfers and of the plan, and every comment on a finding, in order."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table) and block.id in ROWS:
                for row in block.rows:
                    if row.kind == "line" or (block.id == TRANSFERS and row.kind == "subtotal"):
                        yield _line(block.id, row)
            elif isinstance(block, Table) and block.id == "table-findings":
                yield from _comments(block)


def _comments(table: Table) -> Iterator[Line]:
    """The comments on each finding one by one, since a row may be longer than a page."""
    titles = [cell.text for cell in table.head[0]]
    if COMMENTS in titles:
        for number, row in enumerate(table.rows, start=1):
            for text in row.cells[titles.index(COMMENTS)].text.split("; "):
                yield Line(table.id, str(number), seen(text))


def _line(table: str, row: Row) -> Line:
    cells = [cell.text for cell in row.cells]
    if table == TRANSFERS:  # name, four amounts, cells; name and amounts of the rest
        return Line(table, cells[-1] or cells[0], seen("".join(cells[row.kind == "line" :])))
    if table == "table-budget-lines":  # … six amounts, row
        return Line(table, cells[-1], seen("".join(cells[-7:])))
    return Line(table, cells[-1], seen("".join(cells[2:5])))  # number, project, dimension, two amounts, …


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
