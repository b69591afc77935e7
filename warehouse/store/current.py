"""Which exports count: of each organisation, source and period the accepted one whose bytes came last."""

import datetime

from sqlalchemy import ColumnElement, Select, func, select

from warehouse.tables import export

Condition = ColumnElement[bool]


def latest_exports(*conditions: Condition) -> Select[tuple[object, ...]]:
    """Of the exports that meet the conditions, the latest of each organisation, source and period.

    Later is what was fetched later, and of the same bytes the later judgement: bytes that are only judged anew, under
    other rules, do not overtake those that were handed in after them.
    """
    columns = export.c
    latest = func.row_number().over(
        partition_by=(columns.organisation, columns.source, columns.fiscal_year, columns.half),
        order_by=(columns.fetched_at.desc(), columns.id.desc()),
    )
    # Only numbers are sorted: whole rows, with their texts, would take five times as long.
    ranked = select(columns.id, latest.label("latest")).where(*conditions).subquery()
    return select(export).where(columns.id.in_(select(ranked.c.id).where(ranked.c.latest == 1)))


def current_exports(*conditions: Condition, known_at: datetime.datetime | None = None) -> Select[tuple[object, ...]]:
    """The exports that count, now or as they were known at a moment (UTC)."""
    known = () if known_at is None else (export.c.loaded_at <= known_at,)
    return latest_exports(export.c.verdict == "accepted", *known, *conditions)
