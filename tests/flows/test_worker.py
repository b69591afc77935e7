"""A pool and its worker as deploy/prefect.yaml has them, on PostgreSQL: a hand-in becomes a report by itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import requests

from flows.deployments import LOADED, TABLE
from flows.server import running_server, server_environment
from tests.flows.api import SECONDS, run_now, until
from tests.flows.api import posted as asked
from tests.warehouse.server import installed_postgresql, new_database

pytestmark = pytest.mark.server

ROOT = Path(__file__).parent.parent.parent


def prefect(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "prefect", *arguments]


def deploy(example: Path, environment: dict[str, str]) -> None:
    """What people do with prefect.yaml, whose settings file lies elsewhere here."""
    written = (ROOT / "deploy/prefect.yaml").read_text(encoding="utf-8").replace("/srv/prongsai", str(example))
    (example / "prefect.yaml").write_text(written, encoding="utf-8")
    command = prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(example / "prefect.yaml"))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    """One of the pool, which ends cleanly when it is asked to."""
    command = prefect("worker", "start", "--pool", "prongsai", "--type", "process")
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield
            process.terminate()
            assert process.wait(timeout=SECONDS) == 0
        finally:
            process.kill()


def test_a_worker_of_the_pool_syncs_and_the_event_starts_one_report(example: Path, monkeypatch: pytest.MonkeyPatch):
    with installed_postgresql() as postgresql:
        if postgresql is not None:
            theirs, ours = new_database(postgresql).partition("?")[0], new_database(postgresql)
            for name, url, driver in (
                ("PREFECT_API_DATABASE_CONNECTION_URL", theirs, "asyncpg"),
                ("PRONGSAI_DATABASE_URL", ours, "psycopg"),
            ):
                monkeypatch.setenv(name, url.replace("postgresql:", f"postgresql+{driver}:"))
        monkeypatch.setenv("PREFECT_WORKER_QUERY_SECONDS", "1")
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        state = example / ".prongsai"
        with running_server(state, services=True) as url:
            environment = server_environment(state) | os.environ | {"PREFECT_API_URL": url}
            syncs_and_reports(url, example, environment)
        if postgresql is None:
            pytest.skip("no PostgreSQL is installed here: tried on SQLite")
        assert list(state.rglob("*.db")) == []
        with psycopg.connect(theirs) as connection:
            reports = connection.execute("SELECT state_name FROM flow_run WHERE name LIKE 'report-%'").fetchall()
            assert reports == [("Suspended",)]
        with psycopg.connect(ours) as connection:
            assert connection.execute("SELECT id FROM release").fetchall() == [("751NH-2566-1-v1",)]


def syncs_and_reports(url: str, example: Path, environment: dict[str, str]) -> None:
    asked(url, "work_pools/", {"name": "prongsai", "type": "process"})
    deploy(example, environment)
    deployments = {one["name"]: one for one in asked(url, "deployments/filter", {})}
    assert {name: one["work_pool_name"] for name, one in deployments.items()} == {one.name: "prongsai" for one in TABLE}
    assert [one["trigger"]["expect"] for one in asked(url, "automations/filter", {})] == [[LOADED]]
    assert requests.get(url.removesuffix("/api") + "/ui-settings", timeout=SECONDS).json()["api_url"] == "/api"
    run_now(url, deployments["hourly"]["id"])
    waits = {"flow_runs": {"name": {"like_": "report-"}, "state": {"type": {"any_": ["PAUSED"]}}}}
    with worker(environment):
        until(lambda: asked(url, "flow_runs/filter", waits))
    assert (example / "releases/751NH/2566-1/v1/report.pdf").is_file()
