"""Corrections applied to a reading before it is judged."""

from collections.abc import Iterable
from dataclasses import replace

from expectations.catalogue import catalogue
from warehouse.vocabulary.money import baht_plain, satang_of
from warehouse.vocabulary.records import MONEY_OF, AppliedCorrection, Correction, Finding, Reading
from warehouse.vocabulary.thai import normal_text


def apply_corrections(
    reading: Reading, corrections: Iterable[Correction]
) -> tuple[list[AppliedCorrection], list[Finding]]:
    """Change the reading's cells as the corrections say; what was applied, and a finding for each, applied or expired.

    A correction whose printed value no longer stands in its cell has expired: it changes nothing.
    """
    applied, findings = [], []
    places = {letter: column for column, letter in reading.letters.items()}
    for correction in corrections:
        letter = correction.cell.rstrip("0123456789")
        column, source_row = places.get(letter, ""), int(correction.cell[len(letter) :])
        printed = _printed(reading, column, source_row)
        if printed is None or not _same(reading, column, printed, correction.printed):
            findings.append(_finding("correction.expired", correction, None, column, printed, correction.printed))
            continue
        row = _change(reading, column, source_row, correction.right)
        applied.append(AppliedCorrection(correction, row, source_row, column))
        findings.append(_finding("correction.applied", correction, row, column, correction.printed, correction.right))
    return applied, findings


def _finding(
    rule: str, correction: Correction, row: int | str | None, column: str, observed: str | None, expected: str
) -> Finding:
    source_row = int(correction.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return catalogue()[rule].finding(
        {},
        row=row,
        source_row=source_row,
        cell=correction.cell,
        column=column or None,
        observed=observed,
        expected=expected,
    )


def _printed(reading: Reading, column: str, source_row: int) -> str | None:
    if column not in reading.columns:
        return None
    for total in reading.totals:
        if total.source_row == source_row:
            return baht_plain(total.amounts[column]) if column in total.amounts else None
    if source_row not in reading.columns["source_row"]:
        return None
    value = reading.columns[column][reading.columns["source_row"].index(source_row)]
    return baht_plain(value) if column in MONEY_OF[reading.source] else str(value)


def _same(reading: Reading, column: str, printed: str, said: str) -> bool:
    if column in MONEY_OF[reading.source]:
        return satang_of(printed) == satang_of(said)
    return normal_text(printed) == normal_text(said)


def _change(reading: Reading, column: str, source_row: int, right: str) -> int | str:
    money = column in MONEY_OF[reading.source]
    for place, total in enumerate(reading.totals):
        if total.source_row == source_row:
            reading.totals[place] = replace(total, amounts={**total.amounts, column: satang_of(right)})
            return total.label
    row = reading.columns["source_row"].index(source_row)
    was = reading.columns[column][row]
    reading.columns[column][row] = satang_of(right) if money else int(right) if isinstance(was, int) else right
    return row
