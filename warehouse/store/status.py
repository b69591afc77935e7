"""How things stand: per organisation and source the last export, and per report whether it is ready or made."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, RowMapping, func, select

from warehouse.store.current import current_exports, latest_exports
from warehouse.store.readings import FACTS
from warehouse.store.releases import FailedReport, failed_reports
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
    outdated: bool = False  # bytes or facts came to count after that release was made
    failure: FailedReport | None = None  # when it was last tried

    @property
    def ready(self) -> bool:
        """Whether every source has an accepted export."""
        return all(source.current for source in self.sources)

    @property
    def to_make(self) -> bool:
        """Whether every source is accepted and no release tells them yet."""
        return self.ready and (self.release is None or self.outdated)


def report_status(engine: Engine, organisations: Iterable[Organisation], period: Period) -> list[ReportStatus]:
    """How the report of each organisation stands for one period, in their order. Reads the warehouse only."""
    ours = (export.c.fiscal_year == period.fiscal_year.year, export.c.half == period.half.value)
    latest = latest_exports(*ours)
    counted = (
        select(finding.c.export_id, finding.c.severity, func.count())
        .where(finding.c.export_id.in_(select(latest.subquery().c.id)))
        .group_by(finding.c.export_id, finding.c.severity)
    )
    made = select(release.c.organisation, release.c.id, release.c.made_at).where(
        release.c.fiscal_year == period.fiscal_year.year, release.c.half == period.half.value
    )
    failures = {one.organisation: one for one in failed_reports(engine) if one.period == period}
    with reading(engine) as connection:
        last = {(row["organisation"], row["source"]): row for row in connection.execute(latest).mappings()}
        counting = connection.execute(current_exports(*ours)).mappings().all()
        facts = select(export.c.id, export.c.loaded_at).where(
            export.c.id.in_(select(current_exports(*ours).subquery().c.facts))
        )
        known = dict(connection.execute(facts).tuples().all())
        # Bytes that were only judged anew are no news; other bytes are, and so are other facts from the same ones.
        current = {
            (row["organisation"], row["source"]): max(row["fetched_at"], known[row["facts"]]) for row in counting
        }
        counts: dict[int, dict[Severity, int]] = {}
        for export_id, severity, number in connection.execute(counted):
            counts.setdefault(export_id, {})[Severity(severity)] = number
        releases = {code: (name, at) for code, name, at in connection.execute(made.order_by(release.c.version))}
    return [
        ReportStatus(
            one,
            period,
            tuple(
                _source(source, last.get((one.code, source)), (one.code, source) in current, counts) for source in FACTS
            ),
            *_release(one.code, releases, current),
            failures.get(one.code),
        )
        for one in organisations
    ]


def _release(
    code: str,
    releases: Mapping[str, tuple[str, datetime.datetime]],
    current: Mapping[tuple[str, str], datetime.datetime],
) -> tuple[str | None, bool]:
    """The newest release of an organisation, and whether it is outdated."""
    if code not in releases:
        return None, False
    name, made_at = releases[code]
    return name, any(current[code, source] > made_at for source in FACTS if (code, source) in current)


def _source(
    source: str, row: RowMapping | None, current: bool, counts: Mapping[int, Mapping[Severity, int]]
) -> SourceStatus:
    if row is None:
        return SourceStatus(source, None, None, None, current, {})
    found = counts.get(row["id"], {})
    return SourceStatus(source, row["verdict"], row["file_name"], row["fetched_at"], current, found)
