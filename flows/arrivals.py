"""Fetching: what waits in the inbox and what the portals hand out, one arrival after another."""

import datetime
import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from connectors.fetched import Fetched
from connectors.inbox import Waiting, arrived
from connectors.inbox import read as read_inbox
from flows.job import Job
from flows.settings import Settings
from flows.whole import write_whole
from warehouse.archive import archived_bytes
from warehouse.vocabulary.errors import NotReady, ProngsaiError, WrongSettings
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Export, Organisation


@dataclass(frozen=True, slots=True)
class Visit:
    """What one portal gave, kept in a file of its own, so that next time only what is new is asked for."""

    kept: Path
    fingerprint: Callable[[str | None], str]  # of all that a verdict depends on: another, and the file is fetched again

    def known(self) -> dict[str, dict[str, str]]:
        """For each address what its answer said of its version."""
        files = self._files().items()
        return {key: said["version"] for key, said in files if said["judged_by"] == self.fingerprint(said["place"])}

    def keep(self, fetched: Iterable[Fetched]) -> None:
        """Keep which versions these are, which must be in the warehouse by now."""
        files = self._files()
        for one in fetched:
            if one.version:
                key, version = one.version
                judged_by = self.fingerprint(one.organisation)
                files[key] = {"version": version, "place": one.organisation, "judged_by": judged_by}
        self._keep({"files": files})

    def keep_well(self, now: datetime.datetime) -> None:
        """Keep that the portal was asked just now and gave no trouble."""
        self._keep({"well": now.isoformat()})

    def _files(self) -> dict[str, Any]:
        files: dict[str, Any] = _kept(self.kept).get("files", {})
        return files

    def _keep(self, said: dict[str, Any]) -> None:
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.kept, json.dumps(_kept(self.kept) | said))


def _kept(file: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return kept


def _file_of(settings: Settings, recipe: Path) -> Path:
    return settings.path(settings.state) / "portals" / f"{recipe.stem}.json"


def last_well(settings: Settings, recipe: Path) -> datetime.datetime | None:
    """When a portal was last asked and gave no trouble; None if it never did."""
    well = _kept(_file_of(settings, recipe)).get("well")
    return datetime.datetime.fromisoformat(well) if well else None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file, or why it could not be had; `clash` names other organisations that its path tells."""

    origin: str
    fetched: Fetched | ProngsaiError
    clash: tuple[str, ...] = ()
    visit: Visit | None = None


def waiting_files(
    settings: Settings,
    organisations: Collection[Organisation],
    organisation: str | None,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> list[Waiting]:
    """The files of the inbox, of one organisation or of all; one that is still being copied gets a chance to settle."""
    inbox = settings.path(settings.inbox)
    files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    if not all(file.settled for file in files):
        wait(settings.settle_seconds)
        files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    return [file for file in files if organisation is None or file.organisation in (None, organisation)]


def inbox_arrivals(settings: Settings, files: Sequence[Waiting]) -> Iterator[Arrival]:
    """The bytes of waiting files, read one at a time."""
    for file, fetched in zip(files, read_inbox(files, settings.limits), strict=True):
        refused = isinstance(fetched, Fetched) and fetched.via == "hand" and "manual" not in settings.stand_ins
        yield Arrival(str(file.path), manual_not_allowed(str(file.path)) if refused else fetched, file.others)


def manual_not_allowed(what: str) -> NotReady:
    """The error that a workbook kept by hand may not stand in for an export here."""
    return NotReady(
        f'{what}: เป็นสมุดงานที่จัดทำเอง ซึ่งการตั้งค่ายังไม่อนุญาต ถ้าผู้รับผิดชอบอนุญาต ให้ตั้ง stand_ins = ["manual"] ใน prongsai.toml',
        f'{what}: a workbook kept by hand, which the settings do not allow; to allow it, set stand_ins = ["manual"]',
    )


def archived_arrivals(settings: Settings, exports: Iterable[Export]) -> Iterator[Iterator[Arrival]]:
    """The bytes of archived exports: what came at one moment together, the earliest first; damaged ones say so."""
    for _, together in groupby(exports, key=lambda one: one.fetched_at):
        yield (_archived_arrival(settings.archive, export) for export in together)


def _archived_arrival(archive: Path, export: Export) -> Arrival:
    try:
        content = archived_bytes(archive, export.sha256)
    except ProngsaiError as error:
        return Arrival(export.origin, error)
    fetched = Fetched(content, export.file_name, export.origin, export.via, export.organisation)
    return Arrival(export.origin, fetched, export.others)


def portals_of(settings: Settings, source: str | None) -> tuple[Path, ...]:
    """The recipes of the portals that hand out a source, or of all for None; a wrong one too: asked, it says so."""
    return tuple(one for one in settings.portals if source is None or _hands_out(settings.path(one), source))


def _hands_out(recipe: Path, source: str) -> bool:
    from connectors import portal

    try:
        return portal.read_recipe(recipe).source in (None, source)
    except WrongSettings:
        return True


def portal_arrivals(
    job: Job,
    recipe: Path,
    organisations: Collection[Organisation],
    period: Period,
    block: Callable[[str], str] | None = None,
    told: Callable[[int], None] = lambda organisations: None,
) -> Iterator[Arrival]:
    """The files of one portal that are new since they were last loaded; under Prefect `block` gives its secrets.

    told: hears of each few organisations that were asked for.
    A portal that refuses us or does not answer is one arrival that says so: the other files go on.
    """
    from connectors import portal

    settings, path = job.settings, job.settings.path(recipe)
    visit = Visit(_file_of(settings, recipe), job.fingerprint)
    try:
        declared = portal.read_recipe(path)
        secrets = portal.secrets_of(declared, os.environ, block)
        well = True
        known, limits = visit.known(), settings.limits
        for fetched in portal.fetch(
            declared, organisations, period, known=known, secrets=secrets, limits=limits, told=told
        ):
            well = well and isinstance(fetched, Fetched | NotReady)
            yield Arrival(fetched.origin if isinstance(fetched, Fetched) else str(path), fetched, visit=visit)
        if well:
            visit.keep_well(job.now)
    except ProngsaiError as error:
        yield Arrival(str(path), error)
