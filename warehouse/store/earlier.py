"""What was accepted before: what a new export, and a new report, is compared with."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, select

from warehouse.store.current import current_exports
from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of, title_of
from warehouse.store.transactions import reading
from warehouse.tables import budget_line, export, plan_project
from warehouse.vocabulary.difference import Columns, Previous
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import MONEY, EarlierTotals, JudgedExport, Status

_SUBJECT = ("organisation", "source", "fiscal_year")
_NEEDED = [export.c[name] for name in ("id", *_SUBJECT, "half", "fetched_at", "facts", "file_name", "size", "title")]


def accepted_before(engine: Engine, tables: Sequence[JudgedExport]) -> list[Previous | None]:
    """What each table is compared with: the accepted export of its organisation, source and fiscal year that came last
    before it, of the same half if there is one, else of the half before; None where nothing came before.

    Bytes that are only judged anew came when they first came, and so have the same export before them as ever.
    """
    codes = {one.organisation.code for one in tables if one.organisation}
    years = {one.period.fiscal_year.year for one in tables if one.period}
    mine = export.c.organisation.in_(codes) & export.c.fiscal_year.in_(years)
    came = select(*_NEEDED).where(export.c.verdict == "accepted", mine)
    known: dict[object, list[RowMapping]] = {}
    with reading(engine) as connection:
        for row in connection.execute(came.order_by(export.c.half, export.c.fetched_at, export.c.id)).mappings():
            known.setdefault(tuple(row[name] for name in _SUBJECT), []).append(row)
        chosen = [_last_before(one, known) for one in tables]
        facts = _facts(connection, [row for row in chosen if row])
    return [_previous(row, facts[row["facts"]]) if row else None for row in chosen]


def accepted_budgets(engine: Engine, codes: Collection[str], periods: Collection[Period]) -> dict[object, Columns]:
    """The budget lines that count now, as columns like a reading's: by (organisation's code, period)."""
    years = {period.fiscal_year.year for period in periods}
    mine = (export.c.source == "elaas", export.c.organisation.in_(codes), export.c.fiscal_year.in_(years))
    with reading(engine) as connection:
        exports = connection.execute(current_exports(*mine)).mappings().all()
        facts = _facts(connection, exports)
    return {(row["organisation"], period_of(row)): facts[row["facts"]] for row in exports}


def _last_before(one: JudgedExport, known: Mapping[object, Sequence[RowMapping]]) -> RowMapping | None:
    if not (one.reading and one.organisation and one.period):
        return None
    half, came = one.period.half, one.export.fetched_at
    subject = (one.organisation.code, one.reading.source, one.period.fiscal_year.year)
    before = (row for row in reversed(known.get(subject, ())) if row["half"] <= half and row["fetched_at"] < came)
    return next(before, None)


def _facts(connection: Connection, exports: Collection[RowMapping]) -> dict[int, Columns]:
    """The rows of many exports, all of a source by one query: by the id under which they are kept."""
    found: dict[int, Columns] = {}
    for source, (table, names) in FACTS.items():
        ids = {row["facts"] for row in exports if row["source"] == source}
        found |= {one: dict.fromkeys(names, ()) for one in ids}
        wanted = select(table.c.export_id, *(table.c[name] for name in names)).where(table.c.export_id.in_(ids))
        rows = connection.execute(wanted.order_by(*table.primary_key)) if ids else ()
        for one, some in groupby(rows, key=itemgetter(0)):
            _, *columns = zip(*some, strict=True)
            found[one] = dict(zip(names, columns, strict=True))
    return found


def _previous(row: RowMapping, columns: Columns) -> Previous:
    data_date = title_of(row["title"]).data_date
    return Previous(row["id"], row["file_name"], row["size"], period_of(row), data_date, row["fetched_at"], columns)


def earlier_totals(engine: Engine, code: str, period: Period) -> tuple[EarlierTotals, ...]:
    """What one organisation's accepted exports of the periods before this one add up to, oldest first."""
    found: dict[Period, dict[str, Any]] = {}
    with reading(engine) as connection:
        for row in connection.execute(current_exports(export.c.organisation == code)).mappings():
            if (earlier := period_of(row)) < period:
                found.setdefault(earlier, {})[row["source"]] = row
        return tuple(_totals(connection, one, found[one]) for one in sorted(found))


def _totals(connection: Connection, period: Period, exports: Mapping[str, Any]) -> EarlierTotals:
    budget = plan = None
    if "elaas" in exports:
        sums = [func.sum(budget_line.c[column]) for column in MONEY]
        mine = budget_line.c.export_id == exports["elaas"]["facts"]
        amounts = connection.execute(select(*sums).where(mine)).one()
        budget = {column: int(amount or 0) for column, amount in zip(MONEY, amounts, strict=True)}
    if "eplannacc" in exports:
        mine = plan_project.c.export_id == exports["eplannacc"]["facts"]
        counted = select(plan_project.c.status, func.count()).where(mine).group_by(plan_project.c.status)
        counts = {row[0]: row[1] for row in connection.execute(counted)}
        plan = {status: counts.get(status.value, 0) for status in Status}
    return EarlierTotals(period, budget, plan, {source: row["file_name"] for source, row in exports.items()})
