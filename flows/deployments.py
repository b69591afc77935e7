"""When things run: one table of deployments, in Thai time, and what starts a report by itself."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from prefect import Flow
from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.deployment_triggers import DeploymentEventTrigger
from prefect.events.schemas.events import ResourceSpecification
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.evidence import evidence
from flows.report import report
from flows.server import HEARTBEAT_SECONDS
from flows.sign_off import WAITS
from flows.sync import sync
from warehouse.vocabulary.records import MONEY_OF

ZONE = "Asia/Bangkok"
LOADED = "prongsai.exports.loaded"
_STEPS = ("Pending", "Submitting", "pull-step.executed", "Running")  # of a run that is being started
_GONE = "งานนี้เงียบไป โปรเซสถูกปิดหรือเครื่องดับ งานรอบถัดไปทำส่วนที่เหลือเอง / no heartbeat: its process is gone"
_STUCK = "prongsai: a run without a heartbeat has crashed"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the table; `asks` are parameters of its flow, `on_event` starts it too."""

    name: str
    flow: str
    cron: str
    why: str
    asks: Mapping[str, object] = field(default_factory=dict)
    on_event: str | None = None


TABLE = (
    Planned(
        "hourly",
        "sync",
        "7 6-20 * * *",
        "an officer who hands in a file sees it taken within the hour",
        {"via": "inbox"},
    ),
    *(
        Planned(
            f"daily-{source}",
            "sync",
            f"{(11 + 13 * number) % 60} 5 * * *",  # 13 minutes apart: no two sign in to one portal together
            f"portals are asked once a day for what they have of {source}",
            {"source": source, "via": "portal"},
        )
        for number, source in enumerate(MONEY_OF)
    ),
    Planned(
        "late",
        "sync",
        "17 4 * * 1",
        "what came after its time, or whose report was not started, is taken up within the week",
        {"late": True},
    ),
    Planned(
        "first-half",
        "report",
        "30 6 1-30 4 *",
        "30 April ends the ITA window: what was not ready is tried again",
        on_event=LOADED,
    ),
    Planned("full-year", "report", "30 6 1-31 10 *", "the twelve-month report, in the month after the fiscal year"),
    Planned("daily", "evidence", "40 5 * * *", "a page that a report cites and nobody can open is told the same day"),
)


def deployments(config: str) -> list[RunnerDeployment]:
    """Every line of the table as a deployment of the settings file at `config`, to be applied or served."""
    flows: dict[str, Flow[..., Any]] = {"sync": sync, "report": report, "evidence": evidence}
    planned = [
        flows[one.flow].to_deployment(
            name=one.name,
            schedule=Cron(one.cron, timezone=ZONE),
            parameters={"config": config, **one.asks},
            tags=["prongsai", one.flow],
            description=one.why,
            entrypoint_type=EntrypointType.MODULE_PATH,
            triggers=[DeploymentEventTrigger(name=f"prongsai: {one.flow} after a load", expect={one.on_event})]
            if one.on_event
            else [],
        )
        for one in TABLE
    ]
    return cast(list[RunnerDeployment], planned)  # coroutines only inside an event loop


def keep_heartbeat_automation() -> None:
    """Have runs marked crashed whose killed process says nothing more. Updated by name, so that there is one."""
    wanted = Automation(
        name=_STUCK,
        trigger=EventTrigger(
            # Any of them may be its last word: a run may be killed before its first heartbeat, or before it runs.
            after={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{step}" for step in _STEPS)},
            expect={"prefect.flow-run.*", WAITS},
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=datetime.timedelta(seconds=3 * HEARTBEAT_SECONDS),
        ),
        actions=[ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message=_GONE, force=False)],
    )
    try:
        there = cast(Automation, Automation.read(name=_STUCK))
    except ValueError:
        wanted.create()
    else:
        if (there.trigger, there.actions) != (wanted.trigger, wanted.actions):  # an update forgets the runs it watches
            wanted.id = there.id
            wanted.update()
