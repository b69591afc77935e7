"""What each table of a lot is judged against: what was accepted before, its budget, and what people decided."""

from collections.abc import Mapping, Sequence

from expectations.case import Case, Columns, Previous
from expectations.confirmations_file import Confirmation
from expectations.crosswalk_file import Match
from warehouse.store.connection import Warehouse
from warehouse.store.earlier import Subject, accepted_rows
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import JudgedExport


def cases_of(
    warehouse: Warehouse,
    tables: Sequence[JudgedExport],
    matches: Sequence[Match] | None,
    confirmations: Sequence[Confirmation],
) -> list[Case]:
    """A case for each table. Without `matches` (no crosswalk file) plans are not compared with budgets."""
    codes = {one.organisation.code for one in tables if one.organisation}
    before = accepted_rows(warehouse, codes) if codes else {}
    budgets = {
        (one.organisation.code, one.period): one.reading.columns
        for one in tables
        if one.organisation and one.period and one.reading and one.reading.source == "elaas"
    }
    return [_case(one, before, budgets, matches, confirmations) for one in tables]


def _case(
    one: JudgedExport,
    before: Mapping[Subject, Mapping[Period, Columns]],
    budgets: Mapping[tuple[str, Period], Columns],
    matches: Sequence[Match] | None,
    confirmations: Sequence[Confirmation],
) -> Case:
    if one.reading is None:
        raise ValueError("only a table that was read can be judged")
    if one.organisation is None or one.period is None:
        return Case(one.reading, one.organisation, one.period)
    code, period = one.organisation.code, one.period
    periods = before.get((code, one.reading.source, period.fiscal_year), {})
    earlier = max((known for known in periods if known <= period), default=None)
    previous = Previous(earlier, periods[earlier]) if earlier else None
    meant = (code, one.reading.source, period)
    said = tuple(c for c in confirmations if (c.organisation, c.source, c.period) == meant)
    if matches is None or one.reading.source != "eplannacc":
        return Case(one.reading, one.organisation, period, previous, confirmations=said)
    kept = before.get((code, "elaas", period.fiscal_year), {}).get(period)
    mine = tuple(m for m in matches if (m.organisation, m.fiscal_year) == (code, period.fiscal_year))
    return Case(one.reading, one.organisation, period, previous, budgets.get((code, period), kept), mine, said)
