"""A real Dask cluster and a real Prefect server on this machine, and flows run on them as anybody would."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from flows.server import free_port, running_server, server_environment

_FLOW = """
import sys
from flows import lots
from flows.sync import sync
lots._SHARED = int(sys.argv[2])
print(sync(sys.argv[1], return_state=True).message)
"""
_SECONDS = 300
Found = TypeVar("Found")


def write_settings(folder: Path, name: str, url: str, **settings: str) -> Path:
    """A settings file on the inbox of a folder, with a state folder and a database of its own."""
    path = folder / name / "prongsai.toml"
    path.parent.mkdir()
    written = {"inbox": folder / "inbox", "organisations": folder / "organisations.csv", "database_url": url} | settings
    lines = [f'{key} = "{value}"\n' for key, value in written.items()]
    path.write_text("settle_seconds = 0\n" + "".join(lines), encoding="utf-8")
    return path


@contextmanager
def running_cluster(folder: Path, workers: int, environment: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a Dask scheduler that has some workers, each a process of one thread under a nanny."""
    address = f"tcp://127.0.0.1:{free_port()}"
    port = address.rpartition(":")[2]
    own = os.environ | (environment or {})
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--nworkers", str(workers), "--no-dashboard"]
    worker += ["--local-directory", str(folder)]
    with (folder / "dask.log").open("wb") as log:
        started = [
            subprocess.Popen([sys.executable, "-m", "dask", *command], env=own, stdout=log, stderr=log)
            for command in (scheduler, worker)
        ]
        try:
            yield address
        finally:
            for process in reversed(started):
                process.terminate()
            for process in reversed(started):
                process.wait(timeout=30)


@contextmanager
def running_prefect(folder: Path, database: str | None = None, *, services: bool = False) -> Iterator[dict[str, str]]:
    """The environment of clients of a Prefect server; its database is one SQLite file unless an address is given.

    services: its scheduler, which plans every two seconds, and all others too.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PREFECT_API_URL", raising=False)
        if database:
            patched.setenv("PREFECT_API_DATABASE_CONNECTION_URL", database)
        patched.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "2")
        with running_server(folder, services=services) as url:
            patched.undo()
            yield server_environment(folder) | {"PREFECT_API_URL": url}


@contextmanager
def flow_run(config: Path, environment: dict[str, str], lot: int = 100) -> Iterator["subprocess.Popen[str]"]:
    """The process of a sync as a flow run, in lots of so many files; `said` gives what it printed in the end."""
    command = [sys.executable, "-c", _FLOW, str(config), str(lot)]
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: "subprocess.Popen[str]") -> str:
    """What a flow run printed; AssertionError with its last words if it failed."""
    out, error = process.communicate(timeout=_SECONDS)
    assert process.returncode == 0, error[-4000:]
    return out.strip()


def until(found: Callable[[], Found | None], what: str) -> Found:
    """What is asked for, once it is there. AssertionError that names it if that takes too long."""
    patience = time.monotonic() + _SECONDS
    while not (there := found()):
        assert time.monotonic() < patience, f"not within {_SECONDS} s: {what}"
        time.sleep(0.05)
    return there
