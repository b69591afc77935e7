"""Which reports can be made, which were, and which could not be."""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update

from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of
from warehouse.store.transactions import reading, writing
from warehouse.tables import export, failed_report, release
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """One version of one report, as the warehouse remembers it."""

    id: str
    organisation: str
    period: Period
    version: int
    folder: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class FailedReport:
    """A report that could not be made: since when for this reason, when last (UTC), and why."""

    organisation: str
    period: Period
    since: datetime.datetime
    failed_at: datetime.datetime
    said: Words


def ready_reports(engine: Engine) -> list[tuple[str, Period]]:
    """(organisation's code, period) of every report whose sources all have an accepted export, in order."""
    columns = export.c.organisation, export.c.fiscal_year, export.c.half, export.c.source
    with reading(engine) as connection:
        found: dict[tuple[str, Period], set[str]] = {}
        for row in connection.execute(select(*columns).where(export.c.verdict == "accepted").distinct()).mappings():
            found.setdefault((row["organisation"], period_of(row)), set()).add(row["source"])
    return sorted(key for key, sources in found.items() if sources == set(FACTS))


def keep_release(engine: Engine, one: ReleaseRecord, *, now: datetime.datetime) -> None:
    """Remember a release, and that nothing failed; one that is remembered already stays as it is."""
    failed = _failed(one.organisation, one.period)
    with writing(engine) as connection:
        if connection.execute(select(failed_report.c.since).where(failed)).first():
            connection.execute(delete(failed_report).where(failed))
        if connection.execute(select(release.c.id).where(release.c.id == one.id)).first() is None:
            connection.execute(
                insert(release).values(
                    id=one.id,
                    organisation=one.organisation,
                    fiscal_year=one.period.fiscal_year.year,
                    half=one.period.half.value,
                    version=one.version,
                    folder=one.folder,
                    manifest_sha256=one.manifest_sha256,
                    made_at=now,
                )
            )


def keep_failure(engine: Engine, organisation: str, period: Period, said: Words, *, now: datetime.datetime) -> None:
    """Remember that a report could not be made just now; for the same reason as before, it stands since then."""
    failed = _failed(organisation, period)
    written = {"failed_at": now, "reason_th": said.th, "reason_en": said.en}
    with writing(engine) as connection:
        known = connection.execute(select(failed_report.c.reason_th).where(failed)).scalar()
        if known is None:
            key = {"organisation": organisation, "fiscal_year": period.fiscal_year.year, "half": period.half.value}
            connection.execute(insert(failed_report).values(**key, since=now, **written))
        else:
            since = {} if known == said.th else {"since": now}
            connection.execute(update(failed_report).where(failed).values(**since, **written))


def failed_reports(engine: Engine) -> list[FailedReport]:
    """Every report that could not be made when it was last tried, by organisation and period."""
    with reading(engine) as connection:
        rows = connection.execute(select(failed_report).order_by(*failed_report.primary_key)).mappings()
        return [
            FailedReport(
                row["organisation"],
                period_of(row),
                row["since"],
                row["failed_at"],
                Words(row["reason_th"], row["reason_en"]),
            )
            for row in rows
        ]


def _failed(organisation: str, period: Period) -> ColumnElement[bool]:
    columns = failed_report.c
    return (
        (columns.organisation == organisation)
        & (columns.fiscal_year == period.fiscal_year.year)
        & (columns.half == period.half.value)
    )
