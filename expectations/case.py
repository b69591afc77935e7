"""One reading to be judged, and what is expected of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation, Reading

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Case:
    """One reading to be judged, and what is expected of it; None where that is not known."""

    reading: Reading
    organisation: Organisation | None
    period: Period | None


def joined(cases: Sequence[tuple[int, Case]], column: str) -> Integers:
    """One integer column of all the cases' leaf rows, one after another; a blank is 0."""
    values = [value for _, case in cases for value in case.reading.columns[column]]
    return np.array([0 if value is None else value for value in values] if None in values else values, dtype=np.int64)


def numbered_rows(cases: Sequence[tuple[int, Case]]) -> tuple[Integers, Integers]:
    """The case's number and the leaf row of each row that `joined` gives."""
    lengths = [case.reading.rows for _, case in cases]
    numbers = np.repeat(np.array([number for number, _ in cases], dtype=np.int64), lengths)
    rows = np.concatenate([np.arange(length) for length in lengths]) if lengths else np.empty(0, dtype=np.int64)
    return numbers, rows


def repeats(cases: Sequence[tuple[int, Case]], columns: Sequence[str]) -> Integers:
    """1 for each row whose text in these columns stands in a row above of the same reading, else 0."""
    marks: list[int] = []
    for _, case in cases:
        seen: set[tuple[str, ...]] = set()
        for key in zip(*(case.reading.columns[column] for column in columns), strict=True):
            marks.append(int(key in seen))
            seen.add(key)
    return np.array(marks, dtype=np.int64)
