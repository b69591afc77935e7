"""Cells that could not be read count as nothing, so no rule may judge by them: each is told by itself alone."""

from collections.abc import Mapping, Sequence

import numpy as np

from expectations.case import Integers, Numbered, marked
from expectations.catalogue import catalogue
from warehouse.vocabulary.records import MONEY, Defect, Reading, Status

_TICKS = (*Status, "status")
# The columns of a row by which a rule may fail it for no other reason than that they count as nothing.
_JUDGED_BY: Mapping[str, Sequence[str]] = {
    "budget.identity": MONEY,
    "budget.overspent": MONEY[:-1],
    "budget.overspent_rounding": MONEY[:-1],
    "history.disbursed_fell": ("disbursed",),
    "history.approved_changed": ("approved", "transfer_in", "transfer_out"),
    "plan.one_status": _TICKS,
    "plan.dimension": ("dimension",),
    "plan.completed_unpaid": ("disbursed",),
    "plan.over_budget": ("budget",),
    "history.paid_fell": ("disbursed",),
    "history.status_back": _TICKS,
    "crosswalk.paid": ("disbursed",),
}


def unread(reading: Reading) -> list[Defect]:
    """The cells that could not be read."""
    return [defect for defect in reading.defects if defect.kind == "cell.unreadable"]


def unread_cells(reading: Reading) -> frozenset[tuple[str | None, int | None]]:
    """Column and officer's row of each such cell."""
    return frozenset((one.column, one.source_row) for one in unread(reading))


def unread_rows(reading: Reading, *columns: str) -> list[int]:
    """The leaf rows that have such a cell in one of these columns."""
    return [one.row for one in unread(reading) if isinstance(one.row, int) and one.column in columns]


def judged_as_read(cases: Numbered, numbers: Mapping[str, Integers]) -> dict[str, Integers]:
    """The numbers of leaf rows, passing where a rule could judge only by a cell that was not read."""
    judged = dict(numbers)
    if any(unread(case.reading) for _, case in cases):
        for rule, columns in _JUDGED_BY.items():
            if rule in judged:
                rows = marked(cases, [unread_rows(case.reading, *columns) for _, case in cases])
                judged[rule] = np.where(rows == 1, catalogue()[rule].passing, judged[rule])
    return judged
