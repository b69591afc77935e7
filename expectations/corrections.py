"""Corrections applied to a reading before it is judged."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from expectations.catalogue import catalogue
from warehouse.vocabulary.money import amount_shown, baht_plain, satang_of
from warehouse.vocabulary.records import (
    LABELS,
    MONEY_OF,
    AppliedCorrection,
    Correction,
    Defect,
    Finding,
    Reading,
    Status,
)
from warehouse.vocabulary.thai import normal_text
from warehouse.vocabulary.wording import STATUSES


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a correction's cell is: a column, and a leaf row or else a printed total."""

    column: str
    source_row: int
    leaf: int | None
    total: int  # place among the totals; -1 for a leaf row


def apply_corrections(
    reading: Reading, corrections: Iterable[Correction]
) -> tuple[list[AppliedCorrection], list[Finding]]:
    """Change the reading's cells as the corrections say; what was applied, and a finding for each correction.

    A correction whose printed value no longer stands in its cell has expired: it changes nothing. Where two differ on
    one cell, neither is applied. A cell that could not be read counts as what is printed in it.
    """
    wanted: dict[_Place | str, list[Correction]] = {}
    for correction in corrections:
        # By place: any tick of a row is the one status of that row.
        wanted.setdefault(_place(reading, correction.cell) or correction.cell, []).append(correction)
    applied, findings = [], []
    for same_place in wanted.values():
        first, *others = same_place
        if not all(_same(first.printed, one.printed) and _same(first.right, one.right) for one in others):
            findings.append(_finding("correction.twice", first, None, None))
            continue
        done, finding = _apply(reading, first)
        applied += done
        findings.append(finding)
    return applied, findings


def _apply(reading: Reading, correction: Correction) -> tuple[list[AppliedCorrection], Finding]:
    place, unread = _place(reading, correction.cell), _unread(reading, correction.cell)
    printed = unread.observed if unread else _printed(reading, place) if place else None
    if place is None or printed is None or not _same(printed, correction.printed):
        return [], _finding("correction.expired", correction, place, printed, expected=correction.printed)
    try:
        _change(reading, place, correction.right)
    except ValueError:
        return [], _finding("correction.unreadable", correction, place, correction.right)
    if unread:
        reading.defects.remove(unread)
    row = reading.totals[place.total].label if place.leaf is None else place.leaf
    applied = AppliedCorrection(correction, row, place.source_row, place.column)
    finding = _finding("correction.applied", correction, place, correction.printed, expected=correction.right)
    return [applied], replace(finding, row=row)


def _finding(
    rule: str, correction: Correction, place: _Place | None, observed: str | None, *, expected: str | None = None
) -> Finding:
    return catalogue()[rule].finding(
        {},
        source_row=int(correction.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        cell=correction.cell,
        column=place.column if place else None,
        observed=observed,
        expected=expected,
    )


def _place(reading: Reading, cell: str) -> _Place | None:
    """None where no row that was read has the cell, or its column is not known; a tick is the status of its row."""
    letter = cell.rstrip("0123456789")
    source_row = int(cell[len(letter) :])
    column = {letter: column for column, letter in reading.letters.items()}.get(letter)
    if column is None:
        return None
    if column in set(Status):
        column = "status"
    leaves: list[int] = reading.columns["source_row"]
    totals = [total.source_row for total in reading.totals]
    if column in reading.columns and source_row in leaves:
        return _Place(column, source_row, leaves.index(source_row), -1)
    if column in MONEY_OF[reading.source] and source_row in totals:
        return _Place(column, source_row, None, totals.index(source_row))
    return None


def printed_in(reading: Reading, cell: str) -> str | None:
    """What stands in a cell, as people read it and a correction of it may say; None where it cannot be corrected."""
    place = _place(reading, cell)
    if place is None:
        return None
    if unread := _unread(reading, cell):
        return unread.observed
    printed = _printed(reading, place)
    return amount_shown(printed) if place.column in MONEY_OF[reading.source] else printed


def _unread(reading: Reading, cell: str) -> Defect | None:
    return next((one for one in reading.defects if one.kind == "cell.unreadable" and one.cell == cell), None)


def _printed(reading: Reading, place: _Place) -> str:
    if place.leaf is None:
        return baht_plain(reading.totals[place.total].amounts[place.column])
    value = reading.columns[place.column][place.leaf]
    if place.column == "status":
        ticks = reading.columns["tick_count"][place.leaf]
        return STATUSES[Status(value)].th if ticks == 1 else str(ticks)  # as plan.one_status tells it
    return baht_plain(value) if place.column in MONEY_OF[reading.source] else "" if value is None else str(value)


def _same(printed: str, said: str) -> bool:
    try:
        return satang_of(printed) == satang_of(said)
    except ValueError:
        return normal_text(printed) == normal_text(said)


def _change(reading: Reading, place: _Place, right: str) -> None:
    """Put the right value into the cell; raises ValueError if it is none of this column."""
    column = reading.columns[place.column]
    if place.leaf is None:
        total = reading.totals[place.total]
        reading.totals[place.total] = replace(total, amounts={**total.amounts, place.column: satang_of(right)})
    elif place.column in MONEY_OF[reading.source]:
        column[place.leaf] = satang_of(right)
    elif place.column == "dimension":
        column[place.leaf] = int(right)
    elif place.column == "status":
        column[place.leaf] = _status(right).value
        reading.columns["tick_count"][place.leaf] = 1
    else:
        _change_text(reading, place.column, place.leaf, normal_text(right))


def _status(said: str) -> Status:
    """The status that goes by this name; raises ValueError if none does."""
    for status, words in STATUSES.items():
        if normal_text(said) in (status.value, words.th, words.en):
            return status
    raise ValueError(said)


def _change_text(reading: Reading, column: str, leaf: int, right: str) -> None:
    """A label that is printed once stands for the rows below it too, as far as they show the same."""
    values = reading.columns[column]
    printed, last = values[leaf], leaf + 1
    while column in LABELS[:-1] and last < reading.rows and values[last] == printed:
        last += 1
    values[leaf:last] = [right] * (last - leaf)
