"""Verdicts on the projects of the anti-corruption plan."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from expectations.case import Case, joined, numbered_rows, repeats
from warehouse.vocabulary.records import Status


def project_frame(cases: Sequence[tuple[int, Case]]) -> pd.DataFrame:
    """One row a plan project: case, row and a verdict column a rule, money in satang."""
    budget, disbursed = joined(cases, "budget"), joined(cases, "disbursed")
    status = np.array([status or "" for _, case in cases for status in case.reading.columns["status"]], dtype=object)
    case, row = numbered_rows(cases)
    return pd.DataFrame(
        {
            "case": case,
            "row": row,
            "plan.one_status": joined(cases, "tick_count"),
            "plan.dimension": joined(cases, "dimension"),
            "plan.negative": np.minimum(budget, disbursed),
            "plan.awaiting_paid": np.where(status == Status.AWAITING_REPORT, disbursed, 0),
            "plan.completed_unpaid": ((status == Status.COMPLETED) & (budget > 0) & (disbursed == 0)).astype(np.int64),
            "plan.over_budget": disbursed - budget,
            "plan.duplicate": repeats(cases, ("project",)),
        }
    )
