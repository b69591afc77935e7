"""Verdicts on the lines of the budget."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from expectations.case import Case, joined, numbered_rows, repeats
from warehouse.vocabulary.records import LABELS, MONEY


def line_frame(cases: Sequence[tuple[int, Case]]) -> pd.DataFrame:
    """One row a budget line: case, row and a verdict column a rule, money in satang."""
    money = {column: joined(cases, column) for column in MONEY}
    revised = money["approved"] + money["transfer_in"] - money["transfer_out"]
    spent = money["committed"] + money["disbursed"]
    case, row = numbered_rows(cases)
    return pd.DataFrame(
        {
            "case": case,
            "row": row,
            "budget.identity": revised - spent - money["remaining"],
            # What remains may fall below 0: that is overspending, which has its own rule.
            "budget.negative": np.minimum.reduce([money[column] for column in MONEY if column != "remaining"]),
            "budget.overspent": spent - revised,
            "budget.duplicate": repeats(cases, LABELS),
        }
    )
