"""When things run: one table of deployments, in Thai time."""

from dataclasses import dataclass

from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.report import report
from flows.sync import sync

ZONE = "Asia/Bangkok"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the table."""

    name: str
    flow: str
    cron: str
    why: str


TABLE = (
    Planned("hourly", "sync", "7 6-20 * * *", "an officer who hands in a file sees it taken within the hour"),
    Planned("first-half", "report", "30 6 1-30 4 *", "30 April is the end of the ITA window: retry what was not ready"),
    Planned("full-year", "report", "30 6 1-31 10 *", "the twelve-month report, in the month after the fiscal year"),
)


def deployments(config: str) -> list[RunnerDeployment]:
    """Every line of the table as a deployment of the settings file at `config`, to be applied or served."""
    flows = {"sync": sync, "report": report}
    return [
        flows[one.flow].to_deployment(
            name=one.name,
            schedule=Cron(one.cron, timezone=ZONE),
            parameters={"config": config},
            tags=["prongsai", one.flow],
            description=one.why,
        )
        for one in TABLE
    ]
