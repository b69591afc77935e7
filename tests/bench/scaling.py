"""One inbox synced in every way, each on a warehouse of its own: `python -m tests.bench.scaling [MUNICIPALITIES]`.

Plain and as a flow run, on SQLite and PostgreSQL, by threads, processes and a Dask cluster, one of whose workers is
killed in the middle. Each must leave what the plain sync leaves; exit 1 if one does not. Processor seconds are those of
everything that took part: servers, workers, databases.
"""

import datetime
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil
from distributed import Client
from sqlalchemy import func, select

from flows import line
from flows.arrivals import inbox_arrivals, waiting_files
from flows.job import Wanted, new_job
from flows.lots import cut
from flows.settings import read_settings
from tests.bench.exports import write_exports
from tests.flows.cluster import flow_run, running_cluster, running_prefect, said, until, write_settings
from tests.warehouse.content import content_of
from tests.warehouse.server import installed_postgresql, new_database, running_postgresql
from warehouse.store.connection import open_warehouse
from warehouse.store.load import load
from warehouse.store.transactions import reading
from warehouse.tables import export

WORKERS = 2


def main(municipalities: int, folder: Path) -> int:
    """Print a line for each way; 1 if one of them left another warehouse than the first."""
    write_exports(folder, municipalities)
    with ExitStack() as stack:
        installed = stack.enter_context(installed_postgresql())
        server = installed or stack.enter_context(running_postgresql())
        of_prefect = (
            installed and new_database(installed).replace("postgresql:", "postgresql+asyncpg:").partition("?")[0]
        )
        prefect = stack.enter_context(running_prefect(folder / "prefect", of_prefect))
        dask = stack.enter_context(running_cluster(folder, WORKERS))
        print(f"{municipalities} municipalities, {WORKERS} workers, {os.cpu_count()} cores", flush=True)
        print(
            f"Prefect's database: {'PostgreSQL' if of_prefect else 'SQLite, as no PostgreSQL is installed'}", flush=True
        )
        on_dask = {"task_runner": "dask", "dask_scheduler": dask}
        ways = [
            ("plain SQLite", f"sqlite:///{folder}/plain.db", {}),
            ("flow PostgreSQL Dask killed", new_database(server), on_dask),
            ("flow PostgreSQL Dask", new_database(server), on_dask),  # its workers have imported all they need
            ("flow SQLite threads", f"sqlite:///{folder}/flow.db", {}),
            ("plain PostgreSQL", new_database(server), {}),
            ("flow PostgreSQL threads", new_database(server), {}),
            ("flow PostgreSQL processes", new_database(server), {"task_runner": "processes"}),
        ]
        first: tuple[list[float], object] | None = None
        unlike = 0
        for name, url, settings in ways:
            config = write_settings(folder, name.replace(" ", "-"), url, **settings)
            load_before = os.getloadavg()[0]
            with measured() as taken:
                if name.startswith("plain"):
                    command = [sys.executable, "-m", "flows.cli", "sync", "--config", str(config)]
                    subprocess.run(command, check=True, capture_output=True)
                else:
                    with flow_run(config, prefect) as process:
                        if name.endswith("killed"):
                            kill_a_worker(dask, url, municipalities)
                        said(process)
            content = content_of(open_warehouse(url))
            first = first or (taken, content)
            ratios = [f"{here:8.1f} ({here / there:4.2f} x)" for here, there in zip(taken, first[0], strict=True)]
            same = "the same" if content == first[1] else "ANOTHER WAREHOUSE"
            unlike += content != first[1]
            print(f"{name:30} wall s {ratios[0]}  processor s {ratios[1]}  load {load_before:4.1f}  {same}", flush=True)
        share = share_of_writing(write_settings(folder, "share", new_database(server)))
        print(f"a lot of 100 files is alone in the writer's lock for {share:.1%} of its time", flush=True)
    return 1 if unlike else 0


def share_of_writing(config: Path) -> float:
    """The part of the time on a lot during which no other lot can be loaded: what bounds how many workers help."""
    job = new_job(read_settings(config), Wanted(), now=datetime.datetime.now(datetime.UTC), one_core=True)
    lots, *_ = cut(waiting_files(job.settings, job.organisations, None), shared=True)
    writing = 0.0

    def timed_load(*arguments: Any, **named: Any) -> Any:
        nonlocal writing
        start = time.perf_counter()
        outcomes = load(*arguments, **named)
        writing += time.perf_counter() - start
        return outcomes

    with patch.object(line, "load", timed_load):
        line.work_on(job, inbox_arrivals(job.settings, lots[0]))  # imports what it needs
        start, writing = time.perf_counter(), 0.0
        for lot in lots[1:4]:
            line.work_on(job, inbox_arrivals(job.settings, lot))
    return writing / (time.perf_counter() - start)


@contextmanager
def measured() -> Iterator[list[float]]:
    """Filled in the end with the seconds of wall time and of processors that passed."""
    taken: list[float] = []
    start, busy = time.perf_counter(), processor_seconds()
    yield taken
    taken += [time.perf_counter() - start, processor_seconds() - busy]


def processor_seconds() -> float:
    """What all processes below this one have used until now, ended ones too."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for child in psutil.Process().children(recursive=True):
        total += sum(child.cpu_times()[:4])  # its own, and its ended children's
    return total


def kill_a_worker(dask: str, url: str, municipalities: int) -> None:
    """End one that is at work, once a third of the exports are loaded."""
    warehouse = open_warehouse(url)

    def loaded() -> int:
        with reading(warehouse) as connection:
            return connection.execute(select(func.count()).select_from(export)).scalar_one()

    until(lambda: loaded() >= municipalities * 2 // 3, "a third is loaded")
    with Client(dask) as cluster:
        busy = next(address for address, tasks in cluster.processing().items() if tasks)
        pid = cluster.run(os.getpid, workers=[busy])[busy]
        os.kill(pid, signal.SIGKILL)
    print(f"{'':8}worker {pid} killed with {loaded()} of {municipalities * 2} exports loaded", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="prongsai-scaling-") as kept:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, Path(kept)))
