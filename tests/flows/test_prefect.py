"""Prefect itself, really started: the pinned versions make scheduled runs, and a run shows what it did."""

import datetime
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from flows.machine import silent_server
from flows.server import running_server, server_environment
from tests.bench.exports import write_exports

pytestmark = pytest.mark.server

_SECONDS = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A server with its scheduler, and the environment of its clients."""
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PREFECT_API_URL", raising=False)
        patched.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "2")
        with running_server(state, services=True) as url:
            yield url, os.environ | server_environment(state) | {"PREFECT_API_URL": url}


def python(code: str, environment: dict[str, str]) -> str:
    """What a program prints; Prefect reads its settings at import, so each client is a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def asked(url: str, path: str, body: dict[str, object]) -> list[dict[str, object]]:
    answer = requests.post(f"{url}/{path}", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


def test_the_watchdog_sees_what_a_real_server_has_and_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with running_server(tmp_path) as url:
        check_the_watchdog(url)


def check_the_watchdog(url: str) -> None:
    now = datetime.datetime.now(datetime.UTC)

    def told(hours: int = 0) -> list[str]:
        moment = now + datetime.timedelta(hours=hours)
        return [one.message.cause for one in silent_server(url, now=moment, auth=None)]

    flow = requests.post(f"{url}/flows/", json={"name": "watched"}, timeout=30).json()["id"]

    def add_run(kind: str, hours: int = 0) -> None:
        when = (now + datetime.timedelta(hours=hours)).isoformat()
        state = {"type": kind, "state_details": {"scheduled_time": when}}
        added = requests.post(f"{url}/flow_runs/", json={"flow_id": flow, "state": state}, timeout=30)
        assert added.ok, added.text

    assert told() == ["planned"]
    add_run("SCHEDULED", -30)  # never taken up: that one is late, and no next one
    assert told() == ["planned"]
    add_run("SCHEDULED", 12)
    assert told() == []
    add_run("RUNNING")
    assert [told(5), told(7)] == [[], ["stuck"]]


def test_every_deployment_gets_a_scheduled_run(server: tuple[str, dict[str, str]], tmp_path: Path):
    url, environment = server
    python(
        f"from flows.deployments import deployments\nfor one in deployments({str(tmp_path)!r}): one.apply()",
        environment,
    )
    patience = time.monotonic() + _SECONDS
    wanted = {one["id"] for one in asked(url, "deployments/filter", {})}
    assert len(wanted) == 3
    scheduled: set[object] = set()
    while time.monotonic() < patience and scheduled != wanted:
        runs = asked(url, "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        scheduled = {run["deployment_id"] for run in runs}
        time.sleep(0.5)
    assert scheduled == wanted


def test_a_run_of_the_whole_line_shows_names_tags_and_artifacts(server: tuple[str, dict[str, str]], example: Path):
    url, environment = server
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "751NH-2566-1-v1" in done.stdout
    runs = {run["name"]: run for run in asked(url, "flow_runs/filter", {"flow_runs": {"tags": {"all_": ["prongsai"]}}})}
    assert {"sync-all-all", "report-all-ready"} <= set(runs)
    assert runs["sync-all-all"]["state_type"] == "COMPLETED"
    artifacts = asked(url, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [runs["sync-all-all"]["id"]]}}})
    kept = {one["key"]: one for one in artifacts}
    assert set(kept) == {"findings", "summary"}
    assert "48,984.00" in json.dumps(kept["findings"]["data"], ensure_ascii=False)
    assert "สรุปการนำเข้าข้อมูล" in str(kept["summary"]["data"])


def test_a_report_that_cannot_be_made_fails_the_run_but_stops_no_other(
    server: tuple[str, dict[str, str]], tmp_path: Path
):
    _, environment = server
    write_exports(tmp_path, 2, lines=15)
    (tmp_path / "prongsai.toml").write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words/00000.toml").write_text("nonsense = 1", encoding="utf-8")
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(tmp_path / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert (done.returncode, "00000.toml" in done.stderr) == (64, True)
    assert [path.name for path in (tmp_path / "releases").iterdir() if path.is_dir()] == ["00001"]


def test_a_closed_gate_is_seen_in_the_state_and_the_summary(server: tuple[str, dict[str, str]], example: Path):
    url, environment = server
    (example / "corrections.toml").unlink()
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-3000:]
    runs = asked(url, "flow_runs/filter", {"flow_runs": {"state": {"name": {"any_": ["Quarantined"]}}}})
    assert len(runs) == 1
    artifacts = asked(url, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [runs[0]["id"]]}}})
    summary = next(one["data"] for one in artifacts if one["key"] == "summary")
    assert "I6" in summary and "ต้องทำ" in summary


def test_a_failed_run_says_its_cause_in_one_line_and_leaves_no_server(example: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (example / "corrections.toml").write_text("[[correction]]\ncell = 'I6'", encoding="utf-8")
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 64
    [line] = done.stderr.strip().splitlines()
    assert "corrections.toml" in line
