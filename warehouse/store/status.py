"""How things stand: per organisation and source the last export, and per report whether it is ready or made."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, RowMapping, func, select

from warehouse.store.current import latest_exports
from warehouse.store.readings import FACTS
from warehouse.store.transactions import reading
from warehouse.tables import export, finding, release
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation, Severity


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """The last export of one source for one organisation and period; `verdict` is None if none ever came."""

    source: str
    verdict: str | None
    file_name: str | None
    fetched_at: datetime.datetime | None
    current: bool  # whether any accepted export of this period is there
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """One organisation's report for a period."""

    organisation: Organisation
    period: Period
    sources: tuple[SourceStatus, ...]
    release: str | None

    @property
    def ready(self) -> bool:
        """Whether every source has an accepted export."""
        return all(source.current for source in self.sources)


def report_status(engine: Engine, organisations: Iterable[Organisation], period: Period) -> list[ReportStatus]:
    """How the report of each organisation stands for one period, in their order. Reads the warehouse only."""
    ours = (export.c.fiscal_year == period.fiscal_year.year, export.c.half == period.half.value)
    latest = latest_exports(*ours)
    counted = (
        select(finding.c.export_id, finding.c.severity, func.count())
        .where(finding.c.export_id.in_(select(latest.subquery().c.id)))
        .group_by(finding.c.export_id, finding.c.severity)
    )
    made = select(release.c.organisation, release.c.id).where(
        release.c.fiscal_year == period.fiscal_year.year, release.c.half == period.half.value
    )
    with reading(engine) as connection:
        last = {(row["organisation"], row["source"]): row for row in connection.execute(latest).mappings()}
        accepted = select(export.c.organisation, export.c.source).where(*ours, export.c.verdict == "accepted")
        current = {(code, source) for code, source in connection.execute(accepted.distinct())}
        counts: dict[int, dict[Severity, int]] = {}
        for export_id, severity, number in connection.execute(counted):
            counts.setdefault(export_id, {})[Severity(severity)] = number
        releases = dict(connection.execute(made.order_by(release.c.version)).tuples().all())
    return [
        ReportStatus(
            one,
            period,
            tuple(
                _source(source, last.get((one.code, source)), (one.code, source) in current, counts) for source in FACTS
            ),
            releases.get(one.code),
        )
        for one in organisations
    ]


def _source(
    source: str, row: RowMapping | None, current: bool, counts: Mapping[int, Mapping[Severity, int]]
) -> SourceStatus:
    if row is None:
        return SourceStatus(source, None, None, None, current, {})
    found = counts.get(row["id"], {})
    return SourceStatus(source, row["verdict"], row["file_name"], row["fetched_at"], current, found)
