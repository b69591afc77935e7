"""prongsai serve, really served: a stop is clean, a kill leaves nothing stuck."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import requests

from flows.deployments import TABLE
from flows.server import free_port, running_server
from tests.flows.served import Served
from warehouse.vocabulary.errors import Unreachable

pytestmark = pytest.mark.server


def test_whatever_is_killed_no_run_stays_running_and_it_can_be_started_anew(
    served: Served, capfd: pytest.CaptureFixture[str]
):
    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "RUNNING"))
    served.kill()
    served.start()
    served.until(lambda: len(served.runs("sync-", "CRASHED")) == 1)
    assert served.runs("sync-", "RUNNING", "PENDING") == []
    automations = [one["name"] for one in served.asked("automations/filter", {})]
    assert len(automations) == len(set(automations)) == 2

    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "RUNNING"))
    for child in served.children():
        if "prefect server start" not in child:
            os.kill(served.children()[child], signal.SIGKILL)
    served.until(lambda: len(served.runs("sync-", "CRASHED")) == 2)
    [server] = [number for child, number in served.children().items() if "prefect server start" in child]
    os.kill(server, signal.SIGKILL)
    assert served.process.wait(timeout=60) == 1  # for whoever watches it to start it anew
    served.start()
    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "COMPLETED"))
    capfd.readouterr()
    os.killpg(served.process.pid, signal.SIGTERM)  # as supervisors do that tell every process of a group
    assert served.process.wait(timeout=60) == 0
    assert capfd.readouterr().err == ""


def test_its_deployments_are_there_once_it_says_that_it_serves_and_a_kill_control_c_or_early_stop_leaves_no_server(
    served: Served,
):
    assert {one["name"] for one in served.asked("deployments/filter", {})} == {one.name for one in TABLE}
    os.kill(served.process.pid, signal.SIGKILL)  # it alone, as the kernel does when memory is short
    served.process.wait()
    served.start()  # no server is left that holds the port
    os.killpg(served.process.pid, signal.SIGINT)  # the terminal tells every process of the group
    assert served.process.wait(timeout=60) == 0
    stop_while_it_starts(served)


def stop_while_it_starts(served: Served) -> None:
    served.launch()
    served.until(lambda: [one for one in served.children().values() if psutil.Process(one).cpu_times().user > 0.2])
    [server] = served.children().values()  # the server, which it waits for
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=60) == 0
    assert not psutil.pid_exists(server)


def test_serving_other_machines_needs_a_password(example: Path, capsys: pytest.CaptureFixture[str]):
    from flows.cli import main

    settings = example / "prongsai.toml"
    settings.write_text('serve_host = "0.0.0.0"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["serve", "--config", str(settings)]) == 64
    assert "PREFECT_SERVER_API_AUTH_STRING" in capsys.readouterr().err


def test_a_server_that_the_environment_names_and_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    with pytest.raises(Unreachable, match="PREFECT_API_URL"), running_server(tmp_path, services=True):
        pass


def test_the_pages_alone_are_served_behind_the_password_and_a_stop_is_clean(example: Path):
    page = example / "releases/751NH/2566-1/v1/report.html"
    page.parent.mkdir(parents=True)
    page.write_text("รายงาน", encoding="utf-8")
    port, added = free_port(), {"PREFECT_SERVER_API_AUTH_STRING": "ops:secret", "PRONGSAI_SERVE_HOST": "0.0.0.0"}
    environment = {**os.environ, **added, "PRONGSAI_PAGES_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "flows.cli", "serve", "--pages", "--config", str(example / "prongsai.toml")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and str(port) in process.stdout.readline()
        address = f"http://127.0.0.1:{port}/releases/751NH/2566-1/v1/report.html"
        answers = [requests.get(address, auth=auth, timeout=10) for auth in (None, ("ops", "secret"))]
        process.send_signal(signal.SIGTERM)
    assert [one.status_code for one in answers] == [401, 200]
    assert answers[1].content.decode() == "รายงาน"
    assert process.returncode == 0
