"""Which reports can be made, and which were."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select

from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of
from warehouse.store.transactions import reading, writing
from warehouse.tables import export, release
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


def ready_reports(engine: Engine) -> list[tuple[str, Period]]:
    """(organisation's code, period) of every report whose sources all have an accepted export, in order."""
    columns = export.c.organisation, export.c.fiscal_year, export.c.half, export.c.source
    with reading(engine) as connection:
        found: dict[tuple[str, Period], set[str]] = {}
        for row in connection.execute(select(*columns).where(export.c.verdict == "accepted").distinct()).mappings():
            found.setdefault((row["organisation"], period_of(row)), set()).add(row["source"])
    return sorted(key for key, sources in found.items() if sources == set(FACTS))


def keep_release(engine: Engine, one: ReleaseRecord, *, now: datetime.datetime) -> None:
    """Remember a release; one that is remembered already stays as it is."""
    with writing(engine) as connection:
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
