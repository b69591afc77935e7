"""Runs that a stopped or killed process left behind."""

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.cause import end_run
from flows.runs import all_runs

_CAUSE = "โปรแกรมถูกปิดหรือเครื่องดับก่อนงานนี้เสร็จ ไม่มีอะไรค้างครึ่งทาง งานรอบถัดไปทำส่วนที่เหลือเอง / stopped before its end"
_UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def crash_what_was_left() -> int:
    """Mark our runs that are under way as crashed, and say how many; for the one worker, while it has none at work."""
    under_way = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)),
        tags=FlowRunFilterTags(all_=["prongsai"]),
    )
    with get_client(sync_client=True) as client:
        runs = all_runs(client, under_way)
        for run in runs:
            end_run(client, run, Crashed(message=_CAUSE), force=True)
    return len(runs)
