"""One reading to be judged, and what is expected of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from expectations.confirmations_file import Confirmation
from expectations.crosswalk_file import Match
from warehouse.vocabulary.difference import Columns, Previous
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation, Reading

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Case:
    """One reading to be judged, and what is expected of it; None where that is not known."""

    reading: Reading
    organisation: Organisation | None
    period: Period | None
    previous: Previous | None = None
    size: int = 0  # bytes of its file
    budget: Columns | None = None  # for a plan: the budget lines of the same organisation and period
    matches: tuple[Match, ...] = ()  # for a plan: what people approved for this organisation and fiscal year
    confirmations: tuple[Confirmation, ...] = ()  # of this organisation, source and period


Numbered = Sequence[tuple[int, Case]]
"""Cases with their numbers in the batch."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The numbers by which the rules of one scope judge: one for each leaf row, printed total or export."""

    scope: str
    case: Integers  # the number of each one's case
    place: Integers  # which leaf row or printed total of its case
    numbers: Mapping[str, Integers]  # rule -> its numbers


def placed(cases: Numbered, scope: str, lengths: Sequence[int], numbers: Mapping[str, Integers]) -> Verdicts:
    """Verdicts of so many places in each case."""
    case = np.repeat(np.array([number for number, _ in cases], dtype=np.int64), lengths)
    place = np.concatenate([np.arange(length, dtype=np.int64) for length in [0, *lengths]])
    return Verdicts(scope, case, place, numbers)


def joined(cases: Numbered, column: str) -> Integers:
    """One integer column of all the cases' leaf rows, one after another; a blank is 0."""
    return flat(case.reading.columns[column] for _, case in cases)


def flat(columns: Iterable[Sequence[int | None]]) -> Integers:
    """Integers of several columns, one after another; a blank is 0."""
    values = [value for column in columns for value in column]
    return np.array([value or 0 for value in values] if None in values else values, dtype=np.int64)


def marked(cases: Numbered, rows: Iterable[Iterable[int]]) -> Integers:
    """1 for each of the leaf rows that are named for its case, else 0."""
    starts = np.cumsum([0, *(case.reading.rows for _, case in cases)])
    marks = np.zeros(starts[-1], dtype=np.int64)
    for start, named in zip(starts, rows, strict=False):
        for row in named:
            marks[start + row] = 1
    return marks


def repeated_rows(case: Case, columns: Sequence[str]) -> list[int]:
    """The leaf rows whose text in these columns stands in a row above."""
    keys = list(zip(*(case.reading.columns[column] for column in columns), strict=True))
    if len(set(keys)) == len(keys):
        return []
    seen: set[tuple[str, ...]] = set()
    rows = []
    for row, key in enumerate(keys):
        if key in seen:
            rows.append(row)
        seen.add(key)
    return rows
