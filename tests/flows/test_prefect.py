"""Prefect itself, really started: the pinned versions make scheduled runs, and a run shows what it did."""

import functools
import http.server
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows.cli import main
from tests.bench.exports import write_exports
from tests.flows.api import SECONDS, got, newest, run_now, until
from tests.flows.api import posted as asked
from tests.flows.cluster import running_prefect
from tests.loopback import listening

pytestmark = pytest.mark.server

TOKEN = "4815162342"  # a number in a browser, text in a password
SHOWN = ("artifacts", "logs", "flow_runs", "task_runs", "events", "block_documents")


@pytest.fixture
def server(prefect: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The address of the server that all share, and the environment of its clients."""
    return prefect["PREFECT_API_URL"], os.environ | prefect


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, started_before: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """One of our own, with its scheduler: what is deployed goes on being planned, and reports are started."""
    state = tmp_path_factory.mktemp("planning")
    shutil.copytree(started_before, state / "prefect")
    with running_prefect(state, services=True) as environment:
        yield environment["PREFECT_API_URL"], os.environ | environment


def python(code: str, environment: dict[str, str]) -> str:
    """What a program prints; Prefect reads its settings at import, so each client is a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def state_of(url: str, run: str) -> str:
    return str(got(url, f"flow_runs/{run}")["state_type"])


def test_every_deployment_gets_a_scheduled_run(planning: tuple[str, dict[str, str]], tmp_path: Path):
    url, environment = planning
    code = f"from flows.deployments import deployments\nfor one in deployments({str(tmp_path)!r}): print(one.apply())"
    wanted = set(python(code, environment).split())
    assert wanted
    planned = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    until(lambda: {run["deployment_id"] for run in asked(url, "flow_runs/filter", planned)} == wanted)


def test_a_run_of_the_whole_line_shows_names_tags_and_artifacts(server: tuple[str, dict[str, str]], example: Path):
    url, environment = server
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "751NH-2566-1-v1" in done.stdout and "ไม่ผ่าน 0" in done.stdout
    runs = {run["name"]: run for run in newest(url, 2, tags={"all_": ["prongsai"]})}
    assert {"sync-all-all", "report-all-ready"} == set(runs)
    assert runs["sync-all-all"]["state_type"] == "COMPLETED"
    artifacts = asked(url, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [runs["sync-all-all"]["id"]]}}})
    kept = {one["key"]: one for one in artifacts}
    assert set(kept) == {"findings", "summary"}
    assert "48,984.00" in json.dumps(kept["findings"]["data"], ensure_ascii=False)
    assert "สรุปการนำเข้าข้อมูล" in str(kept["summary"]["data"])


def test_a_run_that_is_asked_for_one_source_organisation_or_period_has_them_as_tags(
    server: tuple[str, dict[str, str]], example: Path
):
    url, environment = server
    code = f"""
from prefect import tags
from flows.report import report
from flows.sync import sync
config = {str(example / "prongsai.toml")!r}
with tags("prongsai"):
    sync(config, "elaas", return_state=True)
    report(config, "751NH", 2566, 1, return_state=True)
"""
    python(code, environment | os.environ)
    for name, tags in {"sync-elaas-all": ["elaas"], "report-751NH-2566-1": ["751NH", "2566-1"]}.items():
        [run] = newest(url, tags={"all_": ["prongsai", *tags]})
        assert (run["name"], set(run["tags"])) == (name, {"prongsai", *tags})
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        assert warehouse.execute("SELECT verb FROM last_run").fetchall() == []  # that is for a sync of everything


def test_a_long_batch_shows_its_progress_and_a_short_one_none(server: tuple[str, dict[str, str]], tmp_path: Path):
    url, environment = server
    write_exports(tmp_path, 5, lines=15)
    (tmp_path / "prongsai.toml").write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', "utf-8")
    code = f"""
from itertools import count
from prefect import flow
from prefect.artifacts import Artifact
from flows.pages import artifacts
from flows.sync import sync

@flow
def batch(of: int, seconds_each: int) -> None:
    seconds = count(0, seconds_each)
    told = artifacts.Progress(of, "งาน", clock=lambda: next(seconds)).after(0)
    for _ in range(of):
        told(1)
        shown = Artifact.get("progress")
        print(shown.description.removeprefix("งาน ") if shown else "-", end=" ")

batch(9, 60)
batch(11, 0)
batch(11, 3)
artifacts._EVERY = 0
assert sync({str(tmp_path / "prongsai.toml")!r}, return_state=True).is_completed()
"""
    told = python(code, environment).split("-")
    assert len(told) - 1 == 9 + 11 + 1  # few, soon done, and what is not yet worth a call
    assert " ".join(told[-1].split()) == " ".join(f"{done} / 11" for done in (2, 2, 4, 4, 6, 6, 8, 8, 10, 11))
    [shown, *_] = asked(url, "artifacts/filter", {"sort": "CREATED_DESC", "artifacts": {"key": {"any_": ["progress"]}}})
    assert (shown["data"], shown["description"]) == (100, "ตรวจและนำเข้าไฟล์ / files checked and loaded 10 / 10")


def test_the_run_of_a_killed_or_stopped_worker_is_marked_crashed_and_the_next_worker_goes_on(
    planning: tuple[str, dict[str, str]], example: Path
):
    url, environment = planning
    code = f"""
from flows import deployments
deployments.HEARTBEAT_SECONDS = 15  # the watch takes three of them: less than Prefect's shortest, 30, would need
deployments.keep_heartbeat_automation()
for one in deployments.deployments({str(example / "prongsai.toml")!r}):
    one.work_pool_name = "workers"
    one.apply()
"""
    asked(url, "work_pools/", {"name": "workers", "type": "process"})
    python(code, environment)
    [hourly] = asked(url, "deployments/filter", {"deployments": {"name": {"any_": ["hourly"]}}})
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "workers", "--type", "process"]

    killed = list[str]()

    def run_until(wanted: str, stop: int = signal.SIGKILL) -> "subprocess.Popen[bytes]":
        made = run_now(url, hourly["id"])
        worker = subprocess.Popen(command, env=environment | os.environ)
        until(lambda: state_of(url, made) == wanted)
        if wanted != "COMPLETED":
            processes = psutil.Process(worker.pid).children(recursive=True)
            for process in [*processes, worker] if stop == signal.SIGKILL else [worker]:
                process.send_signal(stop)
            assert psutil.wait_procs([worker, *processes], timeout=SECONDS)[1] == []
            killed.append(made)
        return worker

    run_until("PENDING")
    run_until("RUNNING")
    run_until("RUNNING", signal.SIGTERM)
    python(code, environment)  # as a start of compose does: what is watched already stays watched
    until(lambda: {state_of(url, run) for run in killed} == {"CRASHED"})  # three heartbeats later
    third = run_until("COMPLETED")
    third.terminate()
    try:
        assert third.wait(timeout=SECONDS) == 0
    finally:
        third.kill()


def test_a_closed_gate_is_seen_in_the_state_and_the_summary(server: tuple[str, dict[str, str]], example: Path):
    url, environment = server
    (example / "corrections.toml").unlink()
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-3000:]
    [run] = newest(url, name={"any_": ["sync-all-all"]})
    assert run["state"]["name"] == "Quarantined"
    artifacts = asked(url, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})
    summary = next(one["data"] for one in artifacts if one["key"] == "summary")
    assert "I6" in summary and "ต้องทำ" in summary


def test_what_changed_since_the_last_time_stands_in_the_summary(server: tuple[str, dict[str, str]], example: Path):
    url, environment = server
    config = ["--config", str(example / "prongsai.toml")]
    assert main([*config, "sync"]) == 0
    with zipfile.ZipFile(example / "inbox/751NH/elaas_2566-03-31.xlsx", "a") as workbook:
        workbook.comment = b"again"
    command = [sys.executable, "-m", "flows.cli", "run", *config]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "ขนาดไฟล์ +5 ไบต์" in done.stdout
    artifacts = asked(url, "artifacts/filter", {"sort": "CREATED_DESC", "artifacts": {"key": {"any_": ["summary"]}}})
    summary = next(str(one["data"]) for one in artifacts if "นำเข้าข้อมูล" in str(one["data"]))
    assert "## เทียบกับครั้งก่อน" in summary and "ขนาดไฟล์ +5 ไบต์" in summary


class Guarded(http.server.SimpleHTTPRequestHandler):
    """A portal that hands its files to whoever knows the token."""

    def do_GET(self) -> None:
        if self.headers["Authorization"] == f"Bearer {TOKEN}":
            super().do_GET()
        else:
            self.send_error(401)

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture
def guarded(example: Path) -> Iterator[Path]:
    """The example, whose plan lies on a portal that asks for a token."""
    (example / "web").mkdir()
    (example / "inbox/751NH/eplannacc_2566-03-31.xlsx").rename(example / "web/751NH.xlsx")
    handler = functools.partial(Guarded, directory=example / "web")
    with listening(handler) as address:
        (example / "portal.toml").write_text(
            f'name = "ทดสอบ"\naddress = "{address}/"\ntries = 1\npause = 0.0\n'
            '[login]\nkind = "bearer"\ntoken = "prefect:portal-token"\n'
            '[files]\nkind = "address"\naddress = "{organisation}.xlsx"\n',
            encoding="utf-8",
        )
        settings = example / "prongsai.toml"
        settings.write_text('portals = ["portal.toml"]\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
        yield example


def test_a_portal_is_opened_by_a_secret_block_that_shows_nowhere(server: tuple[str, dict[str, str]], guarded: Path):
    url, environment = server
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(guarded / "prongsai.toml")]
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "prefect:portal-token" in done.stdout, done.stderr[-3000:]
    python(f"from prefect.blocks.system import Secret\nSecret(value={TOKEN!r}).save('portal-token')", environment)
    done = subprocess.run(command, env=environment | os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    with sqlite3.connect(guarded / ".prongsai/warehouse.db") as warehouse:
        assert warehouse.execute("SELECT via FROM export WHERE source = 'eplannacc'").fetchall() == [("portal",)]
    shown = [done.stdout, done.stderr, *(json.dumps(asked(url, f"{one}/filter", {})) for one in SHOWN)]
    assert not [one for one in shown if TOKEN in one]
    files = [path for path in (guarded / ".prongsai").rglob("*") if path.is_file()]
    assert not [path for path in files if TOKEN.encode() in path.read_bytes()]


def test_a_failed_run_says_its_cause_in_one_line_and_leaves_no_server(example: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (example / "corrections.toml").write_text("[[correction]]\ncell = 'I6'", encoding="utf-8")
    command = [sys.executable, "-m", "flows.cli", "run", "--config", str(example / "prongsai.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 64
    [line] = done.stderr.strip().splitlines()
    assert "corrections.toml" in line
