"""Verdicts on printed subtotals and totals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from expectations.case import Case, Integers, joined
from warehouse.vocabulary.records import MONEY_OF, PrintedTotal


def total_frame(cases: Sequence[tuple[int, Case]]) -> pd.DataFrame:
    """One row a printed total of the budget: case, row (which of its totals) and the identity's residual in satang."""
    found = _printed(cases)
    at = {column: np.array([t.amounts[column] for _, _, t in found], dtype=np.int64) for column in MONEY_OF["elaas"]}
    residual = at["approved"] + at["transfer_in"] - at["transfer_out"] - at["committed"] - at["disbursed"]
    return pd.DataFrame(_keys(found) | {"total.identity": residual - at["remaining"]})


def total_cell_frame(cases: Sequence[tuple[int, Case]], source: str) -> pd.DataFrame:
    """One row a money cell of a printed total: case, row, column, and printed less the sum of its lines, in satang."""
    found = _printed(cases)
    offsets = np.cumsum([0, *(case.reading.rows for _, case in cases)])
    start = {number: offset for (number, _), offset in zip(cases, offsets, strict=False)}
    first = np.array([start[number] + total.first for number, _, total in found], dtype=np.int64)
    last = np.array([start[number] + total.last for number, _, total in found], dtype=np.int64)
    frames = []
    for column in MONEY_OF[source]:
        running = np.concatenate([[0], np.cumsum(joined(cases, column))])
        printed = np.array([total.amounts[column] for _, _, total in found], dtype=np.int64)
        misses = printed - (running[last + 1] - running[first])
        frames.append(pd.DataFrame(_keys(found) | {"column": column, "total.sum": misses}))
    return pd.concat(frames, ignore_index=True)


def _printed(cases: Sequence[tuple[int, Case]]) -> list[tuple[int, int, PrintedTotal]]:
    return [(number, place, total) for number, case in cases for place, total in enumerate(case.reading.totals)]


def _keys(found: Sequence[tuple[int, int, PrintedTotal]]) -> dict[str, Integers]:
    return {
        "case": np.array([number for number, _, _ in found], dtype=np.int64),
        "row": np.array([place for _, place, _ in found], dtype=np.int64),
    }
