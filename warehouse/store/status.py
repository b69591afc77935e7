"""How things stand: per organisation and source the last export, and per report whether it is ready or made."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from warehouse.store.load import FACTS
from warehouse.store.rows import utc
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
    year, half = period.fiscal_year.year, period.half.value
    with engine.connect() as connection:
        rows = connection.execute(
            select(export).where(export.c.fiscal_year == year, export.c.half == half).order_by(export.c.id)
        ).mappings()
        last: dict[tuple[str | None, str], Any] = {}
        accepted = set()
        for row in rows:
            key = (row["organisation"], row["source"])
            last[key] = row
            if row["verdict"] == "accepted":
                accepted.add(key)
        counted = connection.execute(
            select(finding.c.export_id, finding.c.severity, func.count())
            .where(finding.c.export_id.in_([row["id"] for row in last.values()]))
            .group_by(finding.c.export_id, finding.c.severity)
        )
        counts: dict[int, dict[Severity, int]] = {}
        for export_id, severity, number in counted:
            counts.setdefault(export_id, {})[Severity(severity)] = number
        made = select(release.c.organisation, release.c.id).where(release.c.fiscal_year == year, release.c.half == half)
        releases = {row.organisation: row.id for row in connection.execute(made.order_by(release.c.version))}
    return [
        ReportStatus(
            one,
            period,
            tuple(
                _source(source, last.get((one.code, source)), (one.code, source) in accepted, counts)
                for source in FACTS
            ),
            releases.get(one.code),
        )
        for one in organisations
    ]


def _source(
    source: str, row: Mapping[str, Any] | None, current: bool, counts: Mapping[int, Mapping[Severity, int]]
) -> SourceStatus:
    if row is None:
        return SourceStatus(source, None, None, None, current, {})
    found = counts.get(row["id"], {})
    return SourceStatus(source, row["verdict"], row["file_name"], utc(row["fetched_at"]), current, found)
