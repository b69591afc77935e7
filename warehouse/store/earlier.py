"""What was accepted before: what a new export, and a new report, is compared with."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from warehouse.store.current import current_exports
from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of
from warehouse.store.transactions import reading
from warehouse.tables import budget_line, export, plan_project
from warehouse.vocabulary.fiscal import FiscalYear, Period
from warehouse.vocabulary.records import MONEY, EarlierTotals, Status

Columns = dict[str, list[Any]]
Subject = tuple[str, str, FiscalYear]  # (organisation's code, source, fiscal year)


def accepted_rows(engine: Engine, codes: Collection[str]) -> dict[Subject, dict[Period, Columns]]:
    """The rows that count now for some organisations: by subject and period, as columns like a reading's."""
    found: dict[Subject, dict[Period, Columns]] = {}
    with reading(engine) as connection:
        for row in connection.execute(current_exports(export.c.organisation.in_(codes))).mappings():
            table, names = FACTS[row["source"]]
            wanted = select(*(table.c[name] for name in names)).where(table.c.export_id == row["facts"])
            rows = connection.execute(wanted.order_by(table.c.source_row)).all()
            columns = zip(*rows, strict=True) if rows else ((),) * len(names)
            period = period_of(row)
            subject = (row["organisation"], row["source"], period.fiscal_year)
            found.setdefault(subject, {})[period] = dict(zip(names, map(list, columns), strict=True))
    return found


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
