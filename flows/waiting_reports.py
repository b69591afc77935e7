"""Reports that could be made and whose load told Prefect nothing: what starts them is looked for, not waited for."""

import datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType

from flows.settings import Settings
from warehouse.store.connection import Warehouse
from warehouse.store.status import report_status
from warehouse.vocabulary.fiscal import period_ended_by, thai_day


def reports_wait(settings: Settings, warehouse: Warehouse, *, now: datetime.datetime) -> bool:
    """Whether a report of the period now due could be made and was not tried: its load told Prefect nothing.

    So it is after `prongsai sync`, and after a kill between the load and its event.
    """
    period = period_ended_by(thai_day(now))
    reports = report_status(warehouse, settings.all_organisations(), period)
    return any(one.to_make and one.failure is None for one in reports)


def report_under_way() -> bool:
    """Whether a run makes reports just now: what still waits is its work, and a second would do it over again."""
    making = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING])),
        tags=FlowRunFilterTags(all_=["prongsai", "report"]),
    )
    with get_client(sync_client=True) as client:
        return bool(client.read_flow_runs(flow_run_filter=making, limit=1))
