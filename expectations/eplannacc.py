"""Verdicts on the projects of the anti-corruption plan."""

from collections.abc import Iterator, Sequence

import numpy as np

from expectations.case import Case, Numbered, Verdicts, joined, marked, placed, repeated_rows
from expectations.crosswalk import paid_otherwise, unmatched_rows
from expectations.history import Changes
from expectations.unread import judged_as_read
from warehouse.vocabulary.records import Status


def project_verdicts(cases: Numbered, changed: Sequence[Changes]) -> Verdicts:
    """Numbers for each plan project; money in satang."""
    budget, disbursed = joined(cases, "budget"), joined(cases, "disbursed")
    status = np.array([status or "" for _, case in cases for status in case.reading.columns["status"]], dtype=object)
    numbers = {
        "plan.one_status": joined(cases, "tick_count"),
        "plan.dimension": joined(cases, "dimension"),
        "plan.negative": np.minimum(budget, disbursed),
        "plan.awaiting_paid": np.where(status == Status.AWAITING_REPORT, disbursed, 0),
        "plan.completed_unpaid": ((status == Status.COMPLETED) & (budget > 0) & (disbursed == 0)).astype(np.int64),
        "plan.over_budget": disbursed - budget,
        "plan.duplicate": marked(cases, [repeated_rows(case, ("project",)) for _, case in cases]),
        "plan.numbering": marked(cases, [misnumbered_rows(case) for _, case in cases]),
        "history.paid_fell": marked(cases, [one.paid_less for one in changed]),
        "history.status_back": marked(cases, [one.status_back for one in changed]),
        "crosswalk.unmatched": marked(cases, [unmatched_rows(case) for _, case in cases]),
        "crosswalk.paid": marked(cases, [paid_otherwise(case) for _, case in cases]),
    }
    return placed(cases, "project", [case.reading.rows for _, case in cases], judged_as_read(cases, numbers))


def misnumbered_rows(case: Case) -> Iterator[int]:
    """The leaf rows whose number does not follow the one above; each group may begin with 1 again."""
    numbers = case.reading.columns["number"]
    if not all(number.isdecimal() for number in numbers):
        return  # ๑.๑ and the like number groups and projects in ways of their own
    for row, number in enumerate(numbers):
        if int(number) not in {1, int(numbers[row - 1]) + 1} and row:
            yield row
