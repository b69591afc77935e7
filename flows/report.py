"""The report flow: one run makes every report whose sources are accepted, or the one that is asked for."""

import datetime
from pathlib import Path

from prefect import flow, task
from prefect.runtime import flow_run

from flows.artifacts import keep_report_summary
from flows.reporting import try_report
from flows.settings import read_settings
from reports.release import Release
from warehouse.store.connection import open_warehouse
from warehouse.store.releases import ready_reports
from warehouse.vocabulary.errors import ProngsaiError
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

_LOT = 50  # reports a task: a task a report would cost more than the report


@task(task_run_name="make {number}", persist_result=False)
def make(config: str, wanted: list[tuple[str, Period]], number: int) -> list[Release | ProngsaiError]:
    """Some reports, one after another; of one that cannot be made why, and the rest goes on."""
    settings = read_settings(Path(config))
    warehouse = open_warehouse(settings.warehouse_url)
    now = datetime.datetime.now(datetime.UTC)
    return [try_report(settings, warehouse, code, period, now=now) for code, period in wanted]


def _run_name() -> str:
    asked = flow_run.parameters
    period = f"{asked['fiscal_year']}-{asked['half']}" if asked.get("fiscal_year") else "ready"
    return f"report-{asked.get('organisation') or 'all'}-{period}"


@flow(name="report", flow_run_name=_run_name, persist_result=False)
def report(
    config: str, organisation: str | None = None, fiscal_year: int | None = None, half: int | None = None
) -> list[Release]:
    """Make reports by the settings file at `config`: those ready, narrowed to an organisation and a period if named.

    Every report that can be made is made; then the run fails if one could not be, with the first cause.
    """
    period = Period(FiscalYear(fiscal_year), Half(half)) if fiscal_year and half else None
    if organisation and period:
        wanted = [(organisation, period)]
    else:
        warehouse = open_warehouse(read_settings(Path(config)).warehouse_url)
        ready = ready_reports(warehouse)
        wanted = [one for one in ready if organisation in (None, one[0]) and period in (None, one[1])]
    made: list[Release | ProngsaiError] = []
    for number, first in enumerate(range(0, len(wanted), _LOT), start=1):
        made += make(config, wanted[first : first + _LOT], number)
    releases = [one for one in made if isinstance(one, Release)]
    failed = [one for one in made if isinstance(one, ProngsaiError)]
    keep_report_summary(releases, failed)
    if failed:
        raise failed[0]
    return releases
