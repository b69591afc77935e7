"""The sync flow: one run fetches, reads, checks and loads the whole batch that waits."""

import datetime
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed

from connectors.inbox import Waiting
from flows.arrivals import inbox_arrivals, portal_arrivals, portals_of, waiting_files
from flows.backfill import missing_in_portal
from flows.blocks import secret_in_block
from flows.cause import telling_its_cause
from flows.garbage import collect_rarely
from flows.handled import move_handled
from flows.job import Job, Wanted, new_job
from flows.line import ExportResult, with_findings, with_rows_to_show, work_on
from flows.lots import cut
from flows.pages.artifacts import Progress, keep_findings, keep_summary, keep_tags
from flows.pages.findings_page import keep_page
from flows.pages.links import linked
from flows.pages.run_summary import SYNC_SUMMARY, nothing_to_ask, sync_summary
from flows.runner import Call, results_of
from flows.settings import Settings, read_settings
from flows.sign_off import resume_signed
from flows.waiting_reports import report_under_way, reports_wait
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.load import Outcome
from warehouse.store.watch import keep_ended
from warehouse.vocabulary.errors import Unreachable, Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, period_ended_by, periods_between, thai_day

_ALONE = threading.Lock()  # a Dask worker of several threads would judge wrongly: Great Expectations bears one


@task(retries=3, retry_delay_seconds=[2, 10, 60], persist_result=False)
def fetch(config: str, wanted: Wanted) -> list[Waiting]:
    """The files that wait in the inbox; a share that does not answer is asked again."""
    settings = read_settings(Path(config))
    return waiting_files(settings, settings.all_organisations(), wanted.organisation)


def _may_answer_later(_: object, __: object, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), Unreachable)


@task(
    task_run_name="check and load {number}",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=_may_answer_later,
    persist_result=False,
)
def check_and_load(
    config: str,
    files: list[Waiting],
    wanted: Wanted,
    number: int,
    now: datetime.datetime,
    progress: Progress | None,
    before: int,
) -> list[ExportResult]:
    """One lot of files, in one transaction: done again, it finds what it loaded and loads nothing twice.

    Runs where the task runner has it run, from paths that are the same there; `now` is the clock of the flow, as those
    of several machines differ and the later of two exports counts. In the process of the flow it tells `progress` of
    each file, `before` of which came in earlier lots; elsewhere other lots are worked on by the other cores.
    """
    job = new_job(read_settings(Path(config)), wanted, now=now, one_core=progress is None)
    return _worked_on(job, files, progress.after(before) if progress else lambda files: None)


def _worked_on(job: Job, files: Sequence[Waiting], told: Callable[[int], None]) -> list[ExportResult]:
    # Not in the task, whose body travels to other processes: a lock cannot.
    with _ALONE:
        return work_on(job, inbox_arrivals(job.settings, files), told)


@task(task_run_name="fetch, check and load {recipe}", persist_result=False)
def from_portal(config: str, recipe: str, wanted: Wanted, now: datetime.datetime, late: bool) -> list[ExportResult]:
    """What one portal has that is new, worked on here; late: also what reports of the two periods before lack.

    It asks again by itself where that helps.
    """
    job, portal = new_job(read_settings(Path(config)), wanted, now=now), Path(recipe)
    period = period_ended_by(thai_day(job.now))
    before = periods_between(Period(FiscalYear(period.fiscal_year.year - 1), Half.FIRST), period)[-3:-1]
    what = f"หน่วยงานที่ถามพอร์ทัล {recipe} แล้ว / organisations asked for"
    told = Progress(len(job.asked_of), what).after(0)
    arrivals = portal_arrivals(job, portal, job.asked_of, period, secret_in_block, told)
    missing = missing_in_portal(job, portal, before, secret_in_block) if late else ()
    return work_on(job, itertools.chain(arrivals, missing))


def _loaded(settings: Settings, given: Call, files: Sequence[Waiting]) -> Iterator[list[ExportResult]]:
    """The results of each lot of files; lots that are worked on in this process tell their progress by themselves."""
    here, stages = settings.task_runner == "threads", cut(files, shared=settings.task_runner != "threads")
    sizes = [len(lot) for stage in stages for lot in stage]
    number, before = itertools.count(1), itertools.accumulate([0, *sizes])
    progress = Progress(len(files), "ตรวจและนำเข้าไฟล์ / files checked and loaded", steps=2)
    given = given | {"progress": progress if here else None}
    calls = [
        [given | {"files": lot, "number": next(number), "before": next(before)} for lot in stage] for stage in stages
    ]
    told = progress.after(0)
    for results, size in zip(results_of(settings, check_and_load, calls), sizes, strict=True):
        if not here:
            told(2 * size)
        yield results


def _run_name() -> str:
    asked = flow_run.parameters
    how = f"-{asked['via']}" if asked.get("via") else ""
    late = "-late" if asked.get("late") else ""
    return f"sync-{asked.get('source') or 'all'}-{asked.get('organisation') or 'all'}{how}{late}"


@flow(name="sync", flow_run_name=_run_name, persist_result=False)
@telling_its_cause
def sync(
    config: str,
    source: str | None = None,
    organisation: str | None = None,
    late: bool = False,
    via: Literal["inbox", "portal"] | None = None,
) -> "State[list[ExportResult]]":
    """Sync what waits, by the settings file at `config`; the state says whether the gate stayed closed for anything.

    via: where alone to look, None for inbox and portals.
    late: the sweep for what came after its time. Portals are asked for earlier periods too, and the report is started
    whatever came, since the event of an earlier load may have been lost.
    """
    collect_rarely()
    keep_tags(source, organisation, via)
    wanted, settings = Wanted(source, organisation), read_settings(Path(config))
    portals = () if via == "inbox" else portals_of(settings, source)
    if via == "portal" and not portals:
        keep_summary(nothing_to_ask(source), SYNC_SUMMARY)
        return Completed(message=f"ไม่มีพอร์ทัลให้ถาม / no portal hands out {source or 'anything'}")
    warehouse, now = open_warehouse(settings.warehouse_url), datetime.datetime.now(datetime.UTC)
    files = [] if via == "portal" else fetch(config, wanted)
    of_inbox = _loaded(settings, {"config": config, "wanted": wanted, "now": now}, files)
    of_portals = (from_portal(config, str(recipe), wanted, now, late) for recipe in portals)
    results = _in_order(itertools.chain(of_inbox, of_portals))
    if via != "portal" and wanted.everything:
        keep_ended(warehouse, "sync", now=datetime.datetime.now(datetime.UTC))
    left = move_handled(settings, wanted, files, results)
    _show(settings, warehouse, results, left)
    if late or _report_to_start(settings, warehouse, results, now):
        # The report deployment waits for this event; its cron makes up for one that is lost.
        emit_event("prongsai.exports.loaded", resource={"prefect.resource.id": "prongsai.warehouse"})
    resume_signed(config)  # an approval that Prefect did not hear of
    return _state_of(results)


def _in_order(lots: Iterable[list[ExportResult]]) -> list[ExportResult]:
    return sorted(with_rows_to_show(itertools.chain.from_iterable(lots)), key=lambda one: one.origin)


def _show(settings: Settings, warehouse: Warehouse, results: Sequence[ExportResult], left: Words | None) -> None:
    """Keep what people see of it: the findings' page and table, the summary; `left`: what stayed in the inbox."""
    if left:
        get_run_logger().warning(f"{left.th}\n{left.en}")
    told = with_findings(warehouse, results)
    page = keep_page(settings, warehouse, results, datetime.datetime.now(datetime.UTC))
    keep_findings(told)
    keep_summary(
        sync_summary(told, linked(settings, page, "หน้าข้อสังเกต / the findings page") if page else None, left),
        SYNC_SUMMARY,
    )


def _report_to_start(
    settings: Settings, warehouse: Warehouse, results: Sequence[ExportResult], now: datetime.datetime
) -> bool:
    """Whether something new came, or a report waits that no run makes."""
    loaded = any(one.outcome is Outcome.LOADED for one in results)
    return loaded or (reports_wait(settings, warehouse, now=now) and not report_under_way())


def _state_of(results: list[ExportResult]) -> "State[list[ExportResult]]":
    """The last state: by its name whether the gate stayed closed for anything, and for how many tables."""
    stopped = sum(one.stopped for one in results)
    if stopped:
        said = f"ไม่ผ่าน {stopped} จาก {len(results)} ตาราง / {stopped} of {len(results)} tables not accepted"
        return Completed(name="Quarantined", message=said, data=results)
    return Completed(message=f"ครบ {len(results)} ตาราง / {len(results)} tables", data=results)
