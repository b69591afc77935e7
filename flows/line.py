"""The line of work in plain Python: fetch → read → check → load. Prefect flows and the command line only call it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.fetched import Fetched
from expectations.corrections import apply_corrections
from expectations.judge import Judgement, judge
from flows.arrivals import Arrival, Visit
from flows.context import cases_of
from flows.job import Job
from flows.ownership import period_of
from flows.reading import read_all
from warehouse.archive import archived, sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.facts import findings_of
from warehouse.store.load import Outcome, Seen, load, replaced_exports, seen_before
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Unreadable, Words
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import (
    Defect,
    Export,
    Finding,
    JudgedExport,
    Organisation,
    Reading,
)

LOT = 1000
"""Files worked on, and loaded, together: enough to spread the suites' fixed cost, few enough for an office PC."""
_LOT_BYTES = 64 * 1024 * 1024  # of large files, fewer
MOST_SHOWN = 200
"""Tables with their rows on a page that a browser still opens; the warehouse holds the findings of all."""
_FEW = 64  # tables whose rows are kept to be shown, accepted ones too


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What became of one table of one file. `outcome` is None where it was known, then `seen`, or could not be had."""

    origin: str
    outcome: Outcome | None
    accepted: bool
    sha256: str | None = None
    source: str | None = None
    organisation: Organisation | None = None
    period: Period | None = None
    rows: int = 0
    findings: tuple[Finding, ...] = ()
    reading: Reading | None = None  # kept to be shown, where something is wrong and few files are worked on
    seen: Seen | None = None
    replaced: bool = False  # rejected before, and a file that came later is accepted in its place
    error: Words | None = None
    difference: Difference | None = None  # None where nothing came before, or nothing new came

    @property
    def stopped(self) -> bool:
        """Whether something must be done about it."""
        return not self.accepted and not self.replaced


def work_on(
    job: Job, arrivals: Iterable[Arrival], told: Callable[[int], None] = lambda files: None
) -> list[ExportResult]:
    """Archive, read, check and load files, each lot in one transaction; a result for each table that was found.

    `told` hears of so many files twice: that they are read, and that they are done.
    """
    results, begun = list[ExportResult](), None
    for lot in _lots(arrivals):
        following = _begin(job, lot)  # read by others while we judge and load the lot before
        results = list(with_rows_to_show([*results, *(_end(job, begun, told) if begun else [])]))
        begun = following
    results += _end(job, begun, told) if begun else []
    rejected = {one.seen.export_id for one in results if one.seen and not one.accepted}
    gone = replaced_exports(job.warehouse, rejected) if rejected else set()
    results = [replace(one, replaced=True) if one.seen and one.seen.export_id in gone else one for one in results]
    return sorted(results, key=lambda result: result.origin)


def with_rows_to_show(results: Iterable[ExportResult]) -> Iterator[ExportResult]:
    """The results, but without the rows of more stopped tables than are shown: thousands fill the memory."""
    room = MOST_SHOWN
    for one in results:
        if one.reading and not one.accepted:
            room -= 1
        yield replace(one, reading=None) if one.reading and room < 0 else one


def with_findings(
    warehouse: Warehouse, results: Sequence[ExportResult]
) -> list[tuple[ExportResult, tuple[Finding, ...]]]:
    """Each result with its findings, from the warehouse where it was judged before."""
    known = findings_of(warehouse, [one.seen.export_id for one in results if one.seen])
    return [(one, known[one.seen.export_id] if one.seen else one.findings) for one in results]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A lot that is archived and being read: the results that are known already, and the rest."""

    lot: list[Arrival]
    results: list[ExportResult]
    archived: list[Export]
    readings: Iterator[list[Reading] | Unreadable]


def _lots(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """The arrivals in lots that are worked on together."""
    lot, size = list[Arrival](), 0
    for arrival in arrivals:
        lot.append(arrival)
        size += len(arrival.fetched.content) if isinstance(arrival.fetched, Fetched) else 0
        if len(lot) == LOT or size >= _LOT_BYTES:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def _begin(job: Job, lot: list[Arrival]) -> _Begun:
    results, taken = _taken(job, lot)
    readings = read_all([content for _, content in taken], job.settings.limits, one_core=job.one_core)
    return _Begun(lot, results, [export for export, _ in taken], readings)


def _end(job: Job, begun: _Begun, told: Callable[[int], None]) -> list[ExportResult]:
    found = list[list[JudgedExport]]()
    for export, outcome in zip(begun.archived, begun.readings, strict=True):
        found.append(_tables(job, export, outcome))
        told(1)
    told(len(begun.lot) - len(begun.archived))
    judged = _judged(job, [one for tables in found for one in tables])
    outcomes = load(job.warehouse, judged, now=job.now) if judged else []
    not_asked_for = {export.sha256 for export, tables in zip(begun.archived, found, strict=True) if not tables}
    _keep_visits(begun.lot, not_asked_for)
    told(len(begun.lot))
    few = len(judged) <= _FEW
    return begun.results + [_result(one, outcome, few) for one, outcome in zip(judged, outcomes, strict=True)]


def _keep_visits(lot: list[Arrival], not_asked_for: Collection[str]) -> None:
    """What portals gave, now that it is loaded: before, a kill would make us ask for nothing and miss it."""
    given: dict[Visit, list[Fetched]] = defaultdict(list)
    for arrival in lot:
        visit, fetched = arrival.visit, arrival.fetched
        if visit and isinstance(fetched, Fetched) and sha256_of(fetched.content) not in not_asked_for:
            given[visit].append(fetched)
    for visit, files in given.items():
        visit.keep(files)


def _result(one: JudgedExport, outcome: Outcome, few: bool) -> ExportResult:
    accepted = outcome in (Outcome.LOADED, Outcome.SAME)
    return ExportResult(
        one.export.origin,
        outcome,
        accepted,
        one.export.sha256,
        one.reading.source if one.reading else None,
        one.organisation,
        one.period,
        one.reading.rows if one.reading else 0,
        one.findings,
        # Rows of thousands of files would fill the memory: those that stopped, and of few files all, are enough.
        one.reading if one.findings and (few or not accepted) else None,
        error=one.error,
        difference=one.difference,
    )


def _taken(job: Job, lot: Iterable[Arrival]) -> tuple[list[ExportResult], list[tuple[Export, bytes]]]:
    """Results for what failed or is known already, and the rest, archived before anything of it is read."""
    results: list[ExportResult] = []
    new: dict[tuple[str, str], tuple[Fetched, tuple[str, ...]]] = {}
    for arrival in lot:
        if isinstance(arrival.fetched, Fetched):
            judged_by = job.fingerprint(arrival.fetched.organisation, arrival.clash)
            new[sha256_of(arrival.fetched.content), judged_by] = (arrival.fetched, arrival.clash)
        else:
            results.append(ExportResult(arrival.origin, None, False, error=arrival.fetched.words))
    for key, seen in seen_before(job.warehouse, set(new)).items():
        fetched, _ = new.pop(key)
        if any(job.wanted.source in (None, one.source) or one.error for one in seen):
            results += [
                ExportResult(fetched.origin, None, one.accepted, key[0], seen=one, error=one.error) for one in seen
            ]
    return results, [(_archived(job, *one), one[0].content) for one in new.values()]


def _archived(job: Job, fetched: Fetched, others: tuple[str, ...]) -> Export:
    return archived(
        job.settings.archive,
        fetched.content,
        file_name=fetched.file_name,
        origin=fetched.origin,
        via=fetched.via,
        organisation=fetched.organisation,
        others=others,
        now=job.now,
    )


def _tables(job: Job, export: Export, read: list[Reading] | Unreadable) -> list[JudgedExport]:
    """Every table in an export, not judged yet, or the one that says why nothing could be read; none if none is wanted.

    An export is known by its bytes: half of its tables in the warehouse would be taken for all of them.
    """
    blank = JudgedExport(export, job.fingerprint(export.organisation, export.others), None, None, None, (), (), None)
    if isinstance(read, Unreadable):
        return [replace(blank, error=read.words)]
    tables = []
    for reading in read:
        owner = job.owners.expected(reading.title, export.organisation)
        if export.others:
            said = Defect("organisation.clash", observed=", ".join(export.others), expected=export.organisation)
            reading.defects.append(said)
        tables.append(replace(blank, organisation=owner, period=period_of(reading.title), reading=reading))
    return tables if any(job.wanted.includes(one) for one in tables) else []


def _judged(job: Job, read: Sequence[JudgedExport]) -> list[JudgedExport]:
    """The tables with their corrections applied and their findings; unreadable ones as they are."""
    corrected = [_corrected(job, one) for one in read]
    cases = cases_of(job.warehouse, [one for one in corrected if one.reading], job.matches, job.confirmations)
    # With nothing new not even the suite is imported.
    judgements = iter(judge(cases, gate=True, data_docs=_data_docs(job)) if cases else ())
    return [_with(next(judgements), one) if one.reading else one for one in corrected]


def _with(judgement: Judgement, one: JudgedExport) -> JudgedExport:
    return replace(one, findings=(*judgement.findings, *one.findings), difference=judgement.difference)


def _data_docs(job: Job) -> Path | None:
    """A folder of its own for what Great Expectations judges of one lot; None if nobody wants to see it."""
    if job.settings.data_docs is None:
        return None
    shelf, name = job.settings.path(job.settings.data_docs), f"{job.now:%Y%m%dT%H%M%SZ}"
    return shelf / f"{name}-{len(list(shelf.glob(f'{name}-*'))) + 1}"


def _corrected(job: Job, one: JudgedExport) -> JudgedExport:
    """A table with its corrections applied, and a finding for each of them."""
    if not (one.reading and one.organisation and one.period):
        return one
    meant = (one.organisation.code, one.reading.source, one.period)
    mine = [said for said in job.corrections if (said.organisation, said.source, said.period) == meant]
    applied, findings = apply_corrections(one.reading, mine)
    return replace(one, corrections=tuple(applied), findings=tuple(findings))
