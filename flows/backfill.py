"""Backfill: the reports of past periods, from all that archive, inbox and portals hold. Done twice, it does nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from flows.arrivals import Arrival, archived_arrivals, inbox_arrivals, portal_arrivals, waiting_files
from flows.job import Job
from warehouse.archive import archived_exports
from warehouse.store.load import seen_before
from warehouse.store.status import ReportStatus, report_status
from warehouse.vocabulary.errors import ProngsaiError, WrongSettings
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Export

_LOT = 100  # files whose results are held at a time: each lot is told before the next is fetched


def reports_wanted(job: Job, periods: Sequence[Period]) -> Iterator[ReportStatus]:
    """How each wanted report stands, period after period, oldest first."""
    for period in periods:
        yield from report_status(job.warehouse, job.asked_of, period)


def unjudged_exports(job: Job) -> list[Export]:
    """What lies in the archive and was not judged as it would be now: a kill, or new rules or corrections, left it."""
    wanted = job.wanted.organisation
    archived = [
        one for one in archived_exports(job.settings.archive) if wanted is None or one.organisation in (None, wanted)
    ]
    keys = {(one.sha256, job.fingerprint(one.organisation, one.others)): one for one in archived}
    judged = seen_before(job.warehouse, set(keys))
    return [one for key, one in keys.items() if key not in judged]


def arriving(job: Job, periods: Sequence[Period]) -> Iterator[list[Arrival]]:
    """Lots of all that may fill a gap: archived, waiting in the inbox, then of the portals only what lacks a file."""
    for came in archived_arrivals(job.settings, unjudged_exports(job)):  # as it came: each finds before it what it did
        yield from _lots(came)
    yield from _lots(_from_inbox(job))
    for recipe in job.settings.portals:
        yield from _lots(missing_in_portal(job, recipe, periods))


def missing_in_portal(
    job: Job, recipe: Path, periods: Sequence[Period], block: Callable[[str], str] | None = None
) -> Iterator[Arrival]:
    """What one portal has for the reports of these periods that lack a file; `block` as for all of a portal."""
    for period in periods:
        lacking = [one.organisation for one in reports_wanted(job, [period]) if not one.ready]
        refused = False
        for one in portal_arrivals(job, recipe, lacking, period, block) if lacking else ():
            yield one
            refused = refused or isinstance(one.fetched, WrongSettings)
        if refused:  # a wrong password must not be tried once a period
            return


def _lots(arrivals: Iterator[Arrival]) -> Iterator[list[Arrival]]:
    while lot := list(islice(arrivals, _LOT)):
        yield lot


def _from_inbox(job: Job) -> Iterator[Arrival]:
    try:
        files = waiting_files(job.settings, job.organisations, job.wanted.organisation)
    except ProngsaiError as error:
        yield Arrival(str(job.settings.path(job.settings.inbox)), error)
    else:
        yield from inbox_arrivals(job.settings, files)
