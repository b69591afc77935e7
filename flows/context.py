"""What each table of a lot is judged against: what was accepted before, its budget, and what people decided."""

from collections.abc import Mapping, Sequence

from expectations.case import Case
from expectations.confirmations_file import Confirmation
from expectations.crosswalk_file import Match
from warehouse.store.connection import Warehouse
from warehouse.store.earlier import accepted_before, accepted_budgets
from warehouse.vocabulary.difference import Columns, Previous
from warehouse.vocabulary.records import JudgedExport


def cases_of(
    warehouse: Warehouse,
    tables: Sequence[JudgedExport],
    matches: Sequence[Match] | None,
    confirmations: Sequence[Confirmation],
) -> list[Case]:
    """A case for each table. Without `matches` (no crosswalk file) plans are not compared with budgets."""
    if not tables:
        return []
    before = accepted_before(warehouse, tables)
    budgets = {} if matches is None else _budgets(warehouse, tables)
    return [_case(one, previous, budgets, matches, confirmations) for one, previous in zip(tables, before, strict=True)]


def _budgets(warehouse: Warehouse, tables: Sequence[JudgedExport]) -> dict[object, Columns]:
    """The budget of each plan's organisation and period: of the same lot, else the one that counts now."""
    lot = {
        (one.organisation.code, one.period): one.reading.columns
        for one in tables
        if one.organisation and one.period and one.reading and one.reading.source == "elaas"
    }
    codes = {one.organisation.code for one in tables if one.organisation}
    return accepted_budgets(warehouse, codes, {one.period for one in tables if one.period}) | lot


def _case(
    one: JudgedExport,
    previous: Previous | None,
    budgets: Mapping[object, Columns],
    matches: Sequence[Match] | None,
    confirmations: Sequence[Confirmation],
) -> Case:
    if one.reading is None:
        raise ValueError("only a table that was read can be judged")
    if one.organisation is None or one.period is None:
        return Case(one.reading, one.organisation, one.period)
    code, period = one.organisation.code, one.period
    meant = (code, one.reading.source, period)
    said = tuple(c for c in confirmations if (c.organisation, c.source, c.period) == meant)
    if matches is None or one.reading.source != "eplannacc":
        return Case(one.reading, one.organisation, period, previous, one.export.size, confirmations=said)
    mine = tuple(m for m in matches if (m.organisation, m.fiscal_year) == (code, period.fiscal_year))
    return Case(
        one.reading, one.organisation, period, previous, one.export.size, budgets.get((code, period)), mine, said
    )
