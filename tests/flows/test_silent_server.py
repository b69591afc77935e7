"""What the watchdog hears of a real Prefect server: no next run, runs that are stuck, runs that nobody took up.

The server gives no more than two runs in one answer.
"""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType

from flows.runs import all_runs
from flows.server import running_server
from flows.watch.machine import silent_server
from tests.flows.api import SECONDS

pytestmark = pytest.mark.server
NOW = datetime.datetime.now(datetime.UTC)


class Server:
    """A Prefect server without its services, what the watchdog says of it, and runs that are put there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.flow = requests.post(f"{url}/flows/", json={"name": "watched"}, timeout=SECONDS).json()["id"]

    def told(self, hours: float = 0) -> list[str]:
        moment = NOW + datetime.timedelta(hours=hours)
        return [one.message.cause for one in silent_server(self.url, now=moment, auth=None)]

    def add_run(self, kind: str, hours: float = 0) -> str:
        when = (NOW + datetime.timedelta(hours=hours)).isoformat()
        state = {"type": kind, "state_details": {"scheduled_time": when}}
        added = requests.post(f"{self.url}/flow_runs/", json={"flow_id": self.flow, "state": state}, timeout=SECONDS)
        assert added.ok, added.text
        return added.json()["id"]

    def end(self, run: str) -> None:
        said = {"state": {"type": "COMPLETED"}, "force": True}
        assert requests.post(f"{self.url}/flow_runs/{run}/set_state", json=said, timeout=SECONDS).ok


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, started_before: Path) -> Iterator[Server]:
    state = tmp_path_factory.mktemp("state")
    shutil.copytree(started_before, state / "prefect")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PREFECT_API_URL", raising=False)
        patched.setenv("PREFECT_SERVER_API_DEFAULT_LIMIT", "2")
        with running_server(state) as url:
            yield Server(url)


def test_a_server_that_plans_nothing_is_told_and_a_run_that_is_late_is_no_plan(server: Server):
    assert server.told() == ["planned"]
    server.add_run("SCHEDULED", -30)  # never taken up: that one is late, and no next one
    assert server.told() == ["planned"]
    server.add_run("SCHEDULED", 12)
    assert server.told() == []


@pytest.mark.parametrize("kind", ["RUNNING", "PENDING", "CANCELLING"])
def test_a_run_that_stays_in_one_state_for_hours_is_stuck(server: Server, kind: str):
    server.add_run("SCHEDULED", 12)
    run = server.add_run(kind)
    assert [server.told(5), server.told(7)] == [[], ["stuck"]]
    server.end(run)
    assert server.told(7) == []


def test_every_stuck_run_is_counted(server: Server):
    server.add_run("SCHEDULED", 12)
    runs = [server.add_run("RUNNING") for _ in range(5)]
    [told] = silent_server(server.url, now=NOW + datetime.timedelta(hours=7), auth=None)
    assert told.title.en == "Runs stuck for over 6 hours: 5"
    for run in runs:
        server.end(run)


def test_runs_that_fill_more_than_one_answer_are_all_found(server: Server):
    paused = {server.add_run("PAUSED") for _ in range(5)}
    with SyncPrefectClient(server.url) as client:
        wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PAUSED])))
        assert len(client.read_flow_runs(flow_run_filter=wanted)) == 2
        assert sorted(str(run.id) for run in all_runs(client, wanted)) == sorted(paused)
