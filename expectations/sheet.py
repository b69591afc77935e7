"""A table as the officer knows it: letters across, row numbers down, and what was found in each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expectations.decision_draft import proposals
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.money import baht_printed, satang_of
from warehouse.vocabulary.records import LABELS, MONEY_OF, Finding, PrintedTotal, Reading, Severity, Status
from warehouse.vocabulary.wording import COLUMNS, STATUSES

_WHOLE = 40  # rows that are shown without leaving any out
_MARKED = 60  # rows with findings that are shown at most; every finding is listed anyway
_BLANK = Words("", "")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: what stands there, how bad it is, and what should stand there if that is known."""

    text: str
    number: bool
    severity: Severity | None = None
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with the officer's number; `skipped` tells how many rows above it are left out."""

    number: int
    total: bool
    severity: Severity | None
    cells: tuple[SheetCell, ...]
    skipped: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of a table that has findings, with the rows around them."""

    name: str
    letters: tuple[str, ...]
    headings: tuple[Words, ...]
    rows: tuple[SheetRow, ...]
    skipped_below: int


def sheet_of(reading: Reading, findings: Sequence[Finding]) -> Sheet:
    """A whole table if it is short, else the rows with findings, those beside them and the last one."""
    columns = sorted(reading.letters, key=lambda column: (len(reading.letters[column]), reading.letters[column]))
    marks = _marks(findings)
    numbers = sorted([*reading.columns["source_row"], *(total.source_row for total in reading.totals)])
    shown = _shown(numbers, {finding.source_row for finding in findings if finding.source_row})
    totals = {total.source_row: total for total in reading.totals}
    leaves = {number: leaf for leaf, number in enumerate(reading.columns["source_row"])}
    rows, last = [], -1
    for place in shown:
        number = numbers[place]
        total = totals.get(number)
        skipped = place - last - 1
        if total:
            texts = _total_texts(reading, columns, total)
        else:
            texts = [_leaf_text(reading, column, leaves[number], first=not place or skipped > 0) for column in columns]
        cells = tuple(_cell(reading, column, number, text, marks) for column, text in zip(columns, texts, strict=True))
        whole_row = marks.get(f"{number}:{number}")
        rows.append(SheetRow(number, total is not None, whole_row.severity if whole_row else None, cells, skipped))
        last = place
    letters = tuple(reading.letters[column] for column in columns)
    headings = tuple(_heading(column) for column in columns)
    return Sheet(reading.sheet, letters, headings, tuple(rows), len(numbers) - 1 - last)


def _marks(findings: Sequence[Finding]) -> Mapping[str, Finding]:
    """The worst finding of each cell; findings come most severe first, and one that proposes a value goes before."""
    marks: dict[str, Finding] = {}
    for finding in findings:
        if finding.cell and finding.cell not in marks:
            marks[finding.cell] = finding
    return marks


def _shown(numbers: Sequence[int], wrong: set[int]) -> list[int]:
    """Places of the rows that are shown."""
    if len(numbers) <= _WHOLE:
        return list(range(len(numbers)))
    marked = [place for place, number in enumerate(numbers) if number in wrong][:_MARKED]
    beside = {near for place in marked for near in (place - 1, place, place + 1)}
    return sorted(place for place in {0, len(numbers) - 1, *beside} if 0 <= place < len(numbers))


def _heading(column: str) -> Words:
    return COLUMNS[column] if column in COLUMNS else STATUSES[Status(column)] if column in set(Status) else _BLANK


def _leaf_text(reading: Reading, column: str, leaf: int, *, first: bool) -> str:
    """What a leaf row prints; a label only where it changes, as such tables print it, or where it is shown first."""
    if column not in reading.columns:
        return "✓" if reading.columns["status"][leaf] == column else ""
    value: Any = reading.columns[column][leaf]
    if column in MONEY_OF[reading.source]:
        return baht_printed(value)
    if column in LABELS[:-1] and not first and leaf and reading.columns[column][leaf - 1] == value:
        return ""
    if column == "status":
        return STATUSES[Status(value)].th if value else ""
    return "" if value is None else str(value)


def _total_texts(reading: Reading, columns: Sequence[str], total: PrintedTotal) -> list[str]:
    place = next((place for place, column in enumerate(columns) if column == "project"), 0)
    return [
        baht_printed(total.amounts[column]) if column in total.amounts else total.label if at == place else ""
        for at, column in enumerate(columns)
    ]


def _cell(reading: Reading, column: str, number: int, text: str, marks: Mapping[str, Finding]) -> SheetCell:
    money = column in MONEY_OF[reading.source]
    found = marks.get(reading.cell(column, number))
    if found is None:
        return SheetCell(text, money)
    proposed = found.expected if found in proposals([found]) or found.rule.startswith("names.") else None
    if money and proposed is not None:
        proposed = baht_printed(satang_of(proposed))
    # An amount that could not be read counts as 0.00, which is not what stands there.
    is_shown = not money or found.rule == "cell.unreadable"
    return SheetCell(found.observed or text if is_shown else text, money, found.severity, proposed)
