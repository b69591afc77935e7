"""The line of work in plain Python: fetch → read → check → load. Prefect flows and the command line only call it."""

import datetime
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from connectors.declaration import layouts_text
from connectors.inbox import Waiting, arrived
from connectors.inbox import read as read_inbox
from connectors.read import read_export
from expectations.case import Case
from expectations.catalogue import catalogue_text
from expectations.corrections import apply_corrections
from expectations.judge import judge
from flows.ownership import expected_owner, period_of
from flows.settings import Settings
from warehouse.archive import archived, sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.load import Outcome, Seen, load, seen_before
from warehouse.vocabulary.errors import ProngsaiError, Unreadable, Words
from warehouse.vocabulary.records import (
    AppliedCorrection,
    Correction,
    Defect,
    Export,
    Finding,
    JudgedExport,
    Organisation,
)

CHUNK = 500
"""Files worked on, and loaded, together: enough to spread the suites' fixed cost, few enough for an office PC."""
READING_VERSION = 1
"""Raised when the code would read or judge the same bytes otherwise: then every export is judged anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sync is restricted to; None for all."""

    source: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What became of one table of one file. `outcome` is None where it had been judged just so before."""

    origin: str
    outcome: Outcome | None
    accepted: bool
    judged: JudgedExport | None = None  # None for what was seen before, or could not be fetched
    seen: Seen | None = None
    error: Words | None = None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One file that was fetched and archived; `clash` names other organisations that its path tells."""

    export: Export
    content: bytes
    judged_by: str
    clash: tuple[str, ...]


def waiting_files(settings: Settings, wanted: Wanted, *, wait: Callable[[float], None] = time.sleep) -> list[Waiting]:
    """The files of the inbox; one that is still being copied gets one chance to settle."""
    inbox, organisations = settings.path(settings.inbox), settings.all_organisations()
    files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    if not all(file.settled for file in files):
        wait(settings.settle_seconds)
        files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    return [file for file in files if wanted.organisation is None or file.organisation in (None, wanted.organisation)]


def chunks(files: Sequence[Waiting]) -> Iterator[Sequence[Waiting]]:
    """The files in lots that are worked on together."""
    for first in range(0, len(files), CHUNK):
        yield files[first : first + CHUNK]


def sync_chunk(
    settings: Settings, warehouse: Warehouse, files: Sequence[Waiting], wanted: Wanted, *, now: datetime.datetime
) -> list[ExportResult]:
    """Fetch, read, check and load one lot of files, in one transaction; a result for each table that was found."""
    corrections = settings.all_corrections()
    results, arrivals = _fetched(settings, warehouse, files, wanted, now)
    judged = _judged([one for arrival in arrivals for one in _read(settings, arrival, wanted)], corrections)
    outcomes = load(warehouse, judged, now=now)
    for one, outcome in zip(judged, outcomes, strict=True):
        accepted = outcome in (Outcome.LOADED, Outcome.SAME)
        results.append(ExportResult(one.export.origin, outcome, accepted, one, error=one.error))
    return sorted(results, key=lambda result: result.origin)


def _fetched(
    settings: Settings, warehouse: Warehouse, files: Sequence[Waiting], wanted: Wanted, now: datetime.datetime
) -> tuple[list[ExportResult], list[_Arrival]]:
    """Results for what failed or is known already, and the archived rest."""
    organisations, corrections = settings.all_organisations(), settings.all_corrections()
    results, fetched = [], {}
    for file, got in zip(files, read_inbox(files, settings.limits), strict=True):
        if isinstance(got, ProngsaiError):
            results.append(ExportResult(str(file.path), None, False, error=got.words))
        else:
            judged_by = _fingerprint(got.organisation, organisations, corrections, wanted)
            fetched[sha256_of(got.content), judged_by, got.organisation] = (got, file.others)
    known = seen_before(warehouse, {(sha256, judged_by) for sha256, judged_by, _ in fetched})
    arrivals = []
    for (sha256, judged_by, hint), (got, clash) in fetched.items():
        if seen := known.get((sha256, judged_by)):
            results += [ExportResult(got.origin, None, one.accepted, seen=one, error=one.error) for one in seen]
            continue
        export = archived(
            settings.archive,
            got.content,
            file_name=got.file_name,
            origin=got.origin,
            via=got.via,
            organisation=hint,
            now=now,
        )
        arrivals.append(_Arrival(export, got.content, judged_by, clash))
    return results, arrivals


def _fingerprint(
    hint: str | None, organisations: Sequence[Organisation], corrections: Sequence[Correction], wanted: Wanted
) -> str:
    """A hash of all that a verdict depends on beside the bytes. What no longer matters to an export is left out."""
    owners = [one for one in organisations if hint in (None, one.code)]
    decisions = [one for one in corrections if hint in (None, one.organisation)]
    said = [*map(asdict, owners), *map(asdict, decisions)]
    depends = [READING_VERSION, catalogue_text(), layouts_text(), hint, wanted.source, said]
    return hashlib.sha256(json.dumps(depends, ensure_ascii=False, default=str).encode()).hexdigest()


def _read(settings: Settings, arrival: _Arrival, wanted: Wanted) -> Iterator[JudgedExport]:
    """Every table in an export, not judged yet; or the one that says why nothing could be read."""
    blank = JudgedExport(arrival.export, arrival.judged_by, None, None, None, (), (), None)
    try:
        readings = read_export(arrival.content, settings.limits)
    except Unreadable as cause:
        yield replace(blank, error=cause.words)
        return
    organisations = settings.all_organisations()
    for reading in readings:
        owner = expected_owner(reading.title, arrival.export.organisation, organisations)
        if wanted.source not in (None, reading.source):
            continue
        if wanted.organisation is not None and (owner is None or owner.code != wanted.organisation):
            continue
        if arrival.clash:
            reading.defects.append(
                Defect("organisation.clash", observed=", ".join(arrival.clash), expected=arrival.export.organisation)
            )
        yield replace(blank, organisation=owner, period=period_of(reading.title), reading=reading)


def _judged(read: Sequence[JudgedExport], corrections: Sequence[Correction]) -> list[JudgedExport]:
    """The tables with their corrections applied and their findings; unreadable ones as they are."""
    corrected: list[JudgedExport] = []
    notes: list[list[Finding]] = []
    for one in read:
        applied: list[AppliedCorrection] = []
        said: list[Finding] = []
        if one.reading and one.organisation and one.period:
            meant = (one.organisation.code, one.reading.source, one.period)
            mine = [c for c in corrections if (c.organisation, c.source, c.period) == meant]
            applied, said = apply_corrections(one.reading, mine)
        corrected.append(replace(one, corrections=tuple(applied)))
        notes.append(said)
    tables = [(place, one) for place, one in enumerate(corrected) if one.reading]
    cases = [Case(one.reading, one.organisation, one.period) for _, one in tables if one.reading]
    for (place, one), judgement in zip(tables, judge(cases, gate=True), strict=True):
        corrected[place] = replace(one, findings=(*judgement.findings, *notes[place]))
    return corrected
