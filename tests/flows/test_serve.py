"""prongsai serve, really served: a hand-in becomes a report by itself, a stop is clean, a kill leaves nothing stuck."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from flows.server import free_port

pytestmark = pytest.mark.server

_SECONDS = 90


class Served:
    """One `prongsai serve` on the example, and its API."""

    def __init__(self, example: Path) -> None:
        self.example, self.port = example, free_port()
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "flows.cli", "serve", "--config", str(self.example / "prongsai.toml")]
        environment = os.environ | {"PRONGSAI_SERVE_PORT": str(self.port)}
        environment.pop("PREFECT_API_URL", None)
        # A session of its own, so that a test can kill it with all that it started.
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        self.until(lambda: len(self.asked("deployments/filter", {})) == 4)
        return self.process

    def asked(self, path: str, body: dict[str, object]) -> list[dict]:
        try:
            answer = requests.post(f"http://127.0.0.1:{self.port}/api/{path}", json=body, timeout=10)
        except requests.ConnectionError:
            return []
        assert answer.ok, answer.text
        said = answer.json()
        return said if isinstance(said, list) else [said]

    def runs(self, name: str, *types: str) -> list[dict]:
        state = {"state": {"type": {"any_": list(types)}}}
        return self.asked("flow_runs/filter", {"flow_runs": {"name": {"like_": name}, **state}})

    def start_run(self, deployment: str) -> str:
        [found] = self.asked("deployments/filter", {"deployments": {"name": {"any_": [deployment]}}})
        [run] = self.asked(f"deployments/{found['id']}/create_flow_run", {})
        return run["id"]

    def until(self, holds: Callable[[], object]) -> None:
        patience = time.monotonic() + _SECONDS
        while not holds():
            assert self.process.poll() is None, "serve ended"
            assert time.monotonic() < patience, "waited in vain"
            time.sleep(0.5)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def served(example: Path) -> Iterator[Served]:
    one = Served(example)
    yield one
    if one.process.poll() is None:
        one.kill()


def test_a_hand_in_becomes_a_report_by_itself_and_a_stop_is_clean(served: Served):
    served.start_run("hourly")
    served.until(lambda: served.runs("report-", "COMPLETED"))
    assert (served.example / "releases/751NH/2566-1/v1/report.pdf").is_file()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=40) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{served.port}/api/health", timeout=2)


def test_a_kill_leaves_no_run_running_once_it_serves_again(served: Served):
    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "RUNNING"))
    served.kill()
    served.start()
    served.until(lambda: len(served.runs("sync-", "CRASHED")) == 1)
    assert served.runs("sync-", "RUNNING", "PENDING") == []
    automations = [one["name"] for one in served.asked("automations/filter", {})]
    assert len(automations) == len(set(automations)) == 2
    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "COMPLETED"))


def test_serving_other_machines_needs_a_password(example: Path, capsys: pytest.CaptureFixture[str]):
    from flows.cli import main

    settings = example / "prongsai.toml"
    settings.write_text('serve_host = "0.0.0.0"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["serve", "--config", str(settings)]) == 64
    assert "PREFECT_SERVER_API_AUTH_STRING" in capsys.readouterr().err
