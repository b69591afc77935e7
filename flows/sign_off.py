"""Where the report flow stops until people have signed: the ledger is the proof, Prefect only waits for it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast, get_args

from httpx import HTTPError
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import SetStateStatus
from prefect.events import emit_event
from prefect.exceptions import Pause
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.input.actions import create_flow_run_input, read_flow_run_input
from prefect.logging import get_run_logger
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Completed
from pydantic import Field

from flows.cause import end_run
from flows.pages.draft_summary import after_sign_off, before_sign_off
from flows.release_state import sign_off_of
from flows.runs import all_runs
from flows.settings import Settings, read_settings
from warehouse.vocabulary.errors import Damaged, Words

WAITS = "prongsai.report.waits"
INCOMPLETE = "Incomplete"
"""The name of the last state where a report could not be made."""
_AWAITED = "releases"  # the run's own input with the ids of what it waits for
_FAILED = "failed"  # and with what is told of the reports that could not be made
_Step = Literal["ลงนามครบแล้ว ไปต่อ", "ไม่รอลงนาม ปิดงานนี้"]
_SIGNED: _Step
_LEAVE: _Step
_SIGNED, _LEAVE = get_args(_Step)
_STEPS_IN_ENGLISH = "ไปต่อ = all have signed, go on · ปิดงานนี้ = close it unsigned"
_NO_SIGNATURE = "ไม่ใช่การลงนาม อย่าพิมพ์รหัสผ่านที่นี่ / No signature, no passwords"
_PATIENCE = 10  # seconds for one answer of the server


class SignOff(RunInput):
    """The form in Prefect's pages; it signs nothing."""

    # The steps themselves stay as they are: runs that stopped under an earlier version wait for just these words.
    step: _Step = Field(_SIGNED, title="ขั้นต่อไป / Next step", description=_STEPS_IN_ENGLISH)
    note: str = Field("", title="หมายเหตุ / Note", max_length=1000, description=_NO_SIGNATURE)


def awaited_before() -> list[str] | None:
    """The ids of the releases for whose sign-off this run stopped earlier; None if it did not."""
    return cast(list[str] | None, read_flow_run_input(_AWAITED))


def may_wait(settings: Settings) -> bool:
    """Whether this run can stop: the settings want it, and there is a worker that takes it up again."""
    return settings.sign_off_days > 0 and deployment.id is not None


def await_sign_off(settings: Settings, config: str, awaited: Sequence[str], failed: str = "") -> State[Any]:
    """Stop the run until all these releases are signed in the ledger or somebody closes it in the form.

    failed: what is told, now and in the end, of the reports that could not be made.
    Its process ends here and the flow begins anew when it is resumed; then the suspensions that were answered give
    their answers again, in order, and only the next one stops the run.
    """
    root = settings.path(settings.releases)
    if awaited_before() is None:
        create_flow_run_input(_FAILED, failed)
        create_flow_run_input(_AWAITED, list(awaited))
    failed = cast(str | None, read_flow_run_input(_FAILED)) or ""  # None: it stopped under an earlier version
    attempt, states = 1, sign_off_of(root, awaited, settings.sign_off)
    while lacking := {name: words for name, words in states.items() if words}:
        description = before_sign_off(settings, lacking, failed, again=attempt > 1)
        answer = _suspended(settings, description, attempt, partial(_replace_others, settings, config, awaited))
        if answer.step == _LEAVE:
            message = f"ปิดงานโดยไม่รอลงนาม / Closed without signatures: {', '.join(lacking)} {answer.note}".rstrip()
            return _ended("Unsigned", message, failed)
        left = ", ".join(f"{name} {one.in_both}" for name, one in lacking.items())
        get_run_logger().warning("ยังลงนามไม่ครบ / Not all have signed: %s", left)
        attempt, states = attempt + 1, sign_off_of(root, awaited, settings.sign_off)
    told = after_sign_off(awaited, states, failed)
    create_markdown_artifact(key="sign-off", markdown=told, description="ผลการลงนาม / What became of the sign-off")
    replaced = len(awaited) - len(states)
    said = Words(
        f"ลงนามครบ {len(states)} ฉบับ" + (f" มีฉบับใหม่แทนแล้ว {replaced} ฉบับ" if replaced else ""),
        f"{len(states)} signed" + (f", {replaced} replaced by newer versions" if replaced else ""),
    )
    return _ended("Signed" if states else "Replaced", said.in_both, failed)


def _ended(name: str, message: str, failed: str) -> State[Any]:
    """The last state: that a report could not be made goes before what became of the others."""
    if failed:
        return Completed(name=INCOMPLETE, message=f"{failed} — {message}")
    return Completed(name=name, message=message)


def _suspended(settings: Settings, description: str, attempt: int, once_it_waits: Callable[[], None]) -> SignOff:
    """What the form said at this attempt; the first time that it is asked, the run ends here."""
    form = SignOff.with_initial_data(description=description)
    seconds = settings.sign_off_days * 24 * 3600
    try:
        return suspend_flow_run(wait_for_input=form, timeout=seconds, key=str(attempt))
    except Pause:
        with suppress(HTTPError):  # else two wait for the same, until the next run does it
            once_it_waits()
        # After the last heartbeat, in the same queue: the watch for runs without one must not wait for another.
        emit_event(WAITS, resource={"prefect.resource.id": f"prefect.flow-run.{flow_run.id}"})
        raise


def resume_signed(config: str) -> int:
    """Let the runs of the settings file at `config` go on whose releases are signed by now; how many did.

    A release that a newer version replaced is waited for no longer: a run that waits for none else is cancelled.
    """
    settings, resumed = read_settings(Path(config)), 0
    with _client() as client:
        for run, awaited in _waiting(client, config):
            states = _states(settings, awaited)
            if states == {}:
                _cancel(client, run, Words("มีฉบับใหม่กว่าแทนแล้วทุกฉบับ", "all were replaced by newer versions"))
            elif states is None or not any(states.values()):
                answer = client.resume_flow_run(run.id, run_input={"step": _SIGNED})
                resumed += answer.status is SetStateStatus.ACCEPT
    return resumed


def awaited_by_others(config: str) -> list[str]:
    """The releases that runs of this settings file wait for already, for a run that is to wait in their place."""
    settings = read_settings(Path(config))
    with _client() as client:
        of_each = [_states(settings, awaited) or {} for _, awaited in _waiting(client, config)]
    return list(dict.fromkeys(release for states in of_each for release in states))


def _replace_others(settings: Settings, config: str, mine: Sequence[str]) -> None:
    """Cancel the other runs that wait for nothing but what this one waits for too; a kill before leaves both."""
    by = f"{flow_run.name} ({flow_run.id})"
    with _client() as client:
        for run, awaited in _waiting(client, config):
            states = _states(settings, awaited)
            if str(run.id) != flow_run.id and states and states.keys() <= set(mine):
                _cancel(client, run, Words(f"งาน {by} รอลงนามแทนแล้ว", f"{by} waits in its place"))


def _cancel(client: SyncPrefectClient, run: FlowRun, why: Words) -> None:
    failed = cast(str | None, read_flow_run_input(_FAILED, flow_run_id=run.id))
    lines = [f"{why.th} ลายเซ็นที่ลงไว้แล้วยังอยู่", f"{why.en}; what was signed stays signed"]
    end_run(client, run, Cancelled(message="\n".join([*lines, *([failed] if failed else [])])))


def _client() -> SyncPrefectClient:
    return get_client(sync_client=True, httpx_settings={"timeout": _PATIENCE})


def _waiting(client: SyncPrefectClient, config: str) -> Iterator[tuple[FlowRun, list[str]]]:
    """The runs of this settings file that stopped for sign-off, each with what it waits for."""
    suspended = FlowRunFilter(
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Suspended"])),
        tags=FlowRunFilterTags(all_=["prongsai", "report"]),
    )
    for run in all_runs(client, suspended):
        awaited = cast(list[str] | None, read_flow_run_input(_AWAITED, flow_run_id=run.id))
        if run.parameters["config"] == config and awaited:
            yield run, awaited


def _states(settings: Settings, awaited: Sequence[str]) -> dict[str, Words | None] | None:
    """What sign-off of those not replaced lacks; None where the ledger is damaged: resumed, a run fails and says so."""
    try:
        return sign_off_of(settings.path(settings.releases), awaited, settings.sign_off)
    except Damaged:
        return None
