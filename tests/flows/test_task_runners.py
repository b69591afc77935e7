"""Lots worked on by processes or a Dask cluster: the same warehouse as plain Python's, also if a worker is killed."""

import os
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from distributed import Client

from flows.cli import main
from tests.bench.exports import write_exports
from tests.flows.cluster import flow_run, running_cluster, said, until, write_settings
from tests.warehouse.content import content_of
from tests.warehouse.server import new_database
from warehouse.store.connection import open_warehouse
from warehouse.store.transactions import WRITER

pytestmark = pytest.mark.server

MUNICIPALITIES = 12  # two files each: three lots, and a fourth of files whose place tells no organisation
LOT = 10
SUMMARY = "ไม่ผ่าน 2 จาก 24 ตาราง / 2 of 24 tables not accepted"


@dataclass(frozen=True)
class Office:
    """What the tests share: a folder with an inbox, the environment of Prefect's clients, a Dask scheduler."""

    folder: Path
    prefect: dict[str, str]
    dask: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, prefect: dict[str, str]) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    write_exports(folder, MUNICIPALITIES, lines=15)
    inbox = folder / "inbox"
    (inbox / "00010").rename(inbox / "ไม่บอกหน่วยงาน")
    shutil.copy(inbox / "00003" / "elaas_2566-03-31.xlsx", inbox / "00004" / "elaas_2566-03-31.xlsx")  # rejected
    (inbox / "00009" / "elaas_2566-03-31.xlsx").write_bytes(b"PK not a workbook")  # unreadable
    with running_cluster(folder, workers=2) as dask:
        yield Office(folder, prefect, dask)


@pytest.fixture(scope="module")
def expected(office: Office) -> dict[str, Counter[tuple[object, ...]]]:
    """What `prongsai sync` makes of it, without Prefect."""
    url = f"sqlite:///{office.folder}/plain.db"
    config = write_settings(office.folder, "plain", url)
    assert main(["sync", "--config", str(config)]) == 2  # for the one that is unreadable
    return content_of(open_warehouse(url))


def test_a_process_killed_in_the_middle_of_its_lot_loses_and_doubles_nothing(office: Office, expected: object):
    file = office.folder / "processes.db"
    open_warehouse(f"sqlite:///{file}")
    config = write_settings(office.folder, "processes", f"sqlite:///{file}", task_runner="processes")
    two = {"PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS": "2"}
    with flow_run(config, office.prefect | two, LOT) as run:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # as another writer would: nobody gets to the end of a lot
            until(lambda: in_a_lot(run, file), "a process is in the middle of a lot").kill()
        assert said(run) == SUMMARY
    assert content_of(open_warehouse(f"sqlite:///{file}")) == expected


def in_a_lot(run: "subprocess.Popen[str]", database: Path) -> psutil.Process | None:
    """A worker of a flow run that has the warehouse open just now, if there is one."""
    assert run.poll() is None, said(run)
    for child in psutil.Process(run.pid).children():
        with suppress(psutil.NoSuchProcess):  # it ended meanwhile
            worker = any("spawn_main" in word for word in child.cmdline())
            if worker and any(file.path == str(database) for file in child.open_files()):
                return child
    return None


def test_a_dask_worker_killed_in_the_middle_of_its_lot_loses_and_doubles_nothing(
    office: Office, expected: object, postgresql: str
):
    url = new_database(postgresql)
    open_warehouse(url)
    config = write_settings(office.folder, "dask", url, task_runner="dask", dask_scheduler=office.dask)
    with Client(office.dask) as cluster, flow_run(config, office.prefect, LOT) as run:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [WRITER])
            waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            until(lambda: other.execute(waiting).fetchone(), "a worker is in the middle of its load")
            worker = next(address for address, tasks in cluster.processing().items() if tasks)
            os.kill(cluster.run(os.getpid, workers=[worker])[worker], signal.SIGKILL)
        assert said(run) == SUMMARY
        assert worker not in cluster.scheduler_info()["workers"]
    assert content_of(open_warehouse(url)) == expected
