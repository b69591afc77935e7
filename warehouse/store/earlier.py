"""What was accepted before: the rows that a new export is compared with."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, select

from warehouse.store.current import current_exports
from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of
from warehouse.store.transactions import reading
from warehouse.tables import export
from warehouse.vocabulary.fiscal import FiscalYear, Period

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
