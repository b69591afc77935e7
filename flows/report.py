"""The report flow: one run makes every report whose sources are accepted, or the one that is asked for."""

import datetime
from collections.abc import Callable
from pathlib import Path

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.cause import telling_its_cause
from flows.pages.artifacts import Progress, keep_summary, keep_tags
from flows.pages.run_summary import report_summary
from flows.reporting import LOT, Made, Wanted, failures, make_report, make_reports
from flows.settings import Settings, read_settings
from flows.sign_off import INCOMPLETE, await_sign_off, awaited_before, awaited_by_others, may_wait, resume_signed
from warehouse.store.connection import open_warehouse
from warehouse.store.releases import ready_reports
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


@task(task_run_name="make {number}", persist_result=False)
def make(config: str, wanted: list[Wanted], number: int, told: Callable[[int], None]) -> list[Made]:
    """One lot of reports, each told when it is made: a task a report would cost more than the report."""
    made: list[Made] = []
    for one in make_reports(read_settings(Path(config)), wanted, now=datetime.datetime.now(datetime.UTC)):
        made.append(one)
        told(1)
    return made


@task(persist_result=False)
def make_named(config: str, organisation: str, period: Period) -> Made:
    """The one report that was asked for; fails with what is missing."""
    settings = read_settings(Path(config))
    warehouse = open_warehouse(settings.warehouse_url)
    now = datetime.datetime.now(datetime.UTC)
    return Made(organisation, period, make_report(settings, warehouse, organisation, period, now=now))


def _run_name() -> str:
    asked = flow_run.parameters
    period = f"{asked['fiscal_year']}-{asked['half']}" if asked.get("fiscal_year") else "ready"
    return f"report-{asked.get('organisation') or 'all'}-{period}"


@flow(name="report", flow_run_name=_run_name, persist_result=False)
@telling_its_cause
def report(
    config: str, organisation: str | None = None, fiscal_year: int | None = None, half: int | None = None
) -> "State[list[Made]]":
    """Make reports by the settings file at `config`: those ready, narrowed to an organisation and a period if named.

    A report that is named outright is made, or the run fails with what is missing. Where a worker runs it, it then
    stops until what is new is signed; one for all waits for what earlier runs wait for too, in their place. Of many,
    the form and the last state say which could not be made, and why.
    """
    settings = read_settings(Path(config))
    if awaited := awaited_before():
        return await_sign_off(settings, config, awaited)
    period = Period(FiscalYear(fiscal_year), Half(half)) if fiscal_year and half else None
    keep_tags(organisation, str(period) if period else None)
    made: list[Made] = []
    if organisation and period:
        made.append(make_named(config, organisation, period))
    else:
        warehouse = open_warehouse(settings.warehouse_url)
        ready = ready_reports(warehouse)
        wanted = [one for one in ready if organisation in (None, one[0]) and period in (None, one[1])]
        lots = [wanted[first : first + LOT] for first in range(0, len(wanted), LOT)]
        told = Progress(len(wanted), "จัดทำรายงาน / reports made").after(0)
        for number, lot in enumerate(lots, start=1):
            made += make(config, lot, number, told)
    keep_summary(report_summary(settings, made), "สรุปการจัดทำรายงาน / Summary of the reports")
    resume_signed(config)  # what waits for a version that was replaced just now
    return _state_of(settings, config, made, of_all=not (organisation or period))


def _state_of(settings: Settings, config: str, made: list[Made], *, of_all: bool) -> "State[list[Made]]":
    failed = failures(made)
    new = [one.release.id for one in made if one.release and one.release.new]
    if new and may_wait(settings):
        # Else each hour with new drafts would leave one more run that waits beside the others.
        return await_sign_off(settings, config, [*new, *(awaited_by_others(config) if of_all else ())], failed)
    if failed:
        return Completed(name=INCOMPLETE, message=failed, data=made)
    said = f"ฉบับใหม่ {len(new)} จาก {len(made)} รายงาน / {len(new)} new of {len(made)} reports"
    return Completed(message=said, data=made)
