"""What the watchdog looks at: exports that the gate stopped, and when a verb last ended well."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Engine, func, insert, select, update

from warehouse.store.rows import period_of
from warehouse.store.transactions import reading, writing
from warehouse.tables import export, finding, last_run
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period


@dataclass(frozen=True, slots=True)
class Stopped:
    """One reason why the last file of a place is not accepted: a critical rule, or "unreadable"."""

    rule: str
    source: str
    organisation: str | None  # code
    period: Period | None
    file_name: str
    origin: str
    via: str
    said: Words


def stopped_exports(engine: Engine) -> list[Stopped]:
    """Every reason for which a table that came last stays out, in the order of rule, source and place.

    Last of its place (origin, sheet), and, where organisation and period are known, last of these too: a good file
    under another name resolves a bad one.
    """
    columns = export.c
    of_place = func.row_number().over(
        partition_by=(columns.origin, columns.place), order_by=(columns.fetched_at.desc(), columns.id.desc())
    )
    of_period = func.row_number().over(
        partition_by=(columns.organisation, columns.source, columns.fiscal_year, columns.half),
        order_by=(columns.fetched_at.desc(), columns.id.desc()),
    )
    ranked = select(export, of_place.label("of_place"), of_period.label("of_period")).subquery()
    of_nobody = ranked.c.organisation.is_(None) | ranked.c.fiscal_year.is_(None) | ranked.c.half.is_(None)
    last = (ranked.c.of_place == 1) & (of_nobody | (ranked.c.of_period == 1))
    critical = (finding.c.export_id == ranked.c.id) & (finding.c.severity == "critical")
    wanted = (
        select(ranked, finding.c.rule, finding.c.message_th, finding.c.message_en)
        .select_from(ranked.outerjoin(finding, critical))
        .where(last, ranked.c.verdict != "accepted")
        .order_by(ranked.c.place, finding.c.place)
    )
    found: dict[tuple[str, str, str], Stopped] = {}
    with reading(engine) as connection:
        for row in connection.execute(wanted).mappings():
            rule = row["rule"] or "unreadable"
            said = Words(row["message_th"] or row["error_th"] or "", row["message_en"] or row["error_en"] or "")
            period = period_of(row) if row["fiscal_year"] and row["half"] else None
            file = row["organisation"], period, row["file_name"], row["origin"], row["via"]
            found.setdefault((rule, row["source"], row["origin"]), Stopped(rule, row["source"], *file, said))
    return sorted(found.values(), key=lambda one: (one.rule, one.source, one.origin))


def last_ended(engine: Engine, verb: str) -> datetime.datetime | None:
    """When a verb last ended well (UTC); None if it never did."""
    with reading(engine) as connection:
        return connection.execute(select(last_run.c.ended_at).where(last_run.c.verb == verb)).scalar()


def keep_ended(engine: Engine, verb: str, *, now: datetime.datetime) -> None:
    """Remember that a verb ended well just now, whatever it found."""
    with writing(engine) as connection:
        changed = connection.execute(update(last_run).where(last_run.c.verb == verb).values(ended_at=now))
        if changed.rowcount == 0:
            connection.execute(insert(last_run).values(verb=verb, ended_at=now))
