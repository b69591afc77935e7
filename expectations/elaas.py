"""Verdicts on the lines of the budget."""

from collections.abc import Sequence

import numpy as np

from expectations.case import Numbered, Verdicts, joined, marked, placed, repeated_rows
from expectations.history import Changes
from expectations.names.labels import LISTS, misplaced_rows, unknown_rows
from expectations.unread import judged_as_read
from warehouse.vocabulary.records import LABELS, MONEY


def line_verdicts(cases: Numbered, changed: Sequence[Changes]) -> Verdicts:
    """Numbers for each budget line; money in satang."""
    money = {column: joined(cases, column) for column in MONEY}
    revised = money["approved"] + money["transfer_in"] - money["transfer_out"]
    spent = money["committed"] + money["disbursed"]
    numbers = {
        "budget.identity": revised - spent - money["remaining"],
        # What remains may fall below 0: that is overspending, which has its own rule.
        "budget.negative": np.minimum.reduce([money[column] for column in MONEY if column != "remaining"]),
        "budget.overspent": spent - revised,
        "budget.overspent_rounding": (spent - revised == 1).astype(np.int64),
        "budget.duplicate": marked(cases, [repeated_rows(case, LABELS) for _, case in cases]),
        "names.misplaced": marked(cases, [misplaced_rows(case) for _, case in cases]),
        "history.disbursed_fell": marked(cases, [one.paid_less for one in changed]),
        "history.approved_changed": marked(cases, [one.approved_anew for one in changed]),
    }
    numbers |= {f"names.{column}": marked(cases, [unknown_rows(case, column) for _, case in cases]) for column in LISTS}
    return placed(cases, "line", [case.reading.rows for _, case in cases], judged_as_read(cases, numbers))
