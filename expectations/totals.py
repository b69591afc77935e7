"""Verdicts on printed subtotals and totals."""

import re

import numpy as np
import numpy.typing as npt

from expectations.case import Integers, Numbered, Verdicts, flat, joined, marked, placed
from expectations.unread import unread, unread_cells, unread_rows
from warehouse.vocabulary.records import MONEY_OF, PrintedTotal, Reading
from warehouse.vocabulary.thai import to_arabic_digits

_COUNT = re.compile(r"(\d+)\s*(?:โครงการ|รายการ|กิจกรรม|มาตรการ)")


def total_verdicts(cases: Numbered) -> Verdicts:
    """Numbers for each printed total: the identity's residual, money cells that are not the sum, rows miscounted."""
    numbers = {
        "total.identity": flat(_residuals(case.reading) for _, case in cases),
        "total.count": flat([_miscounted(total) for total in case.reading.totals] for _, case in cases),
    }
    sums = np.zeros(len(numbers["total.count"]), dtype=np.int64)
    for source in MONEY_OF:
        own = [(number, case) for number, case in cases if case.reading.source == source]
        places = flat([int(case.reading.source == source)] * len(case.reading.totals) for _, case in cases)
        sums[places == 1] = _wrong_sums(own, source)
    lengths = [len(case.reading.totals) for _, case in cases]
    return placed(cases, "total", lengths, numbers | {"total.sum": sums})


def counted(label: str) -> int | None:
    """How many projects or lines a total says that it sums: 7 of "รวม ๗ โครงการ"; None if it does not say."""
    found = _COUNT.search(to_arabic_digits(label))
    return int(found[1]) if found else None


def _residuals(reading: Reading) -> list[int]:
    """By how much the row of each printed total misses; 0 where a cell of it could not be read."""
    rows = {row for _, row in unread_cells(reading)}
    return [0 if total.source_row in rows else _residual(total) for total in reading.totals]


def _residual(total: PrintedTotal) -> int:
    at = total.amounts
    if "approved" not in at:
        return 0
    revised = at["approved"] + at["transfer_in"] - at["transfer_out"]
    return revised - at["committed"] - at["disbursed"] - at["remaining"]


def _miscounted(total: PrintedTotal) -> int:
    said = counted(total.label)
    return 0 if said is None else said - (total.last - total.first + 1)


def _wrong_sums(cases: Numbered, source: str) -> Integers:
    """How many money cells of each printed total are not the sum of its lines."""
    readings: list[Reading] = [case.reading for _, case in cases]
    starts = np.cumsum([0, *(reading.rows for reading in readings)])
    totals = [(start, total) for start, reading in zip(starts, readings, strict=False) for total in reading.totals]
    first = np.array([start + total.first for start, total in totals], dtype=np.int64)
    last = np.array([start + total.last for start, total in totals], dtype=np.int64)
    wrong = np.zeros(len(totals), dtype=np.int64)
    for column in MONEY_OF[source]:
        running = np.concatenate([[0], np.cumsum(joined(cases, column))])
        printed = np.array([total.amounts[column] for _, total in totals], dtype=np.int64)
        wrong += (printed != running[last + 1] - running[first]) & _is_known(cases, column, first, last)
    return wrong


def _is_known(cases: Numbered, column: str, first: Integers, last: Integers) -> npt.NDArray[np.bool_]:
    """Whether the cell of each printed total and all that it sums could be read."""
    readings = [case.reading for _, case in cases]
    if not any(map(unread, readings)):
        return np.ones(len(first), dtype=np.bool_)
    rows = marked(cases, [unread_rows(reading, column) for reading in readings])
    before = np.concatenate([[0], np.cumsum(rows)])
    is_unread = [
        (column, total.source_row) in own
        for own, reading in zip(map(unread_cells, readings), readings, strict=True)
        for total in reading.totals
    ]
    is_known: npt.NDArray[np.bool_] = (before[last + 1] == before[first]) & ~np.array(is_unread, dtype=np.bool_)
    return is_known
