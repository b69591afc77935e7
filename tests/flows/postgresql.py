"""The PostgreSQL that is installed here, for Prefect: it wants pg_trgm, which the wheel of the other tests lacks."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from flows.server import free_port

_SECONDS = 60


@contextmanager
def installed_postgresql() -> Iterator[str]:
    """The address (user, host and port) of a new server on loopback; the test is skipped where none is installed."""
    programs = _programs()
    # Not below pytest's own folder, which is closed to the user that the server must run as where we are root.
    with tempfile.TemporaryDirectory() as place:
        folder, port = Path(place), free_port()
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        if user:
            shutil.chown(folder, "postgres")
        quiet = {"stdout": subprocess.DEVNULL, "cwd": place, **user}
        subprocess.run([programs / "initdb", "-D", folder / "db", "-U", "postgres", "-A", "trust"], check=True, **quiet)
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-k", place, "-p", str(port)]
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "db", *options], stderr=subprocess.DEVNULL, **quiet
        )
        try:
            _wait_for(f"postgresql://postgres@127.0.0.1:{port}/postgres", server)
            yield f"postgres@127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _programs() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found += [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    named = {entry.pw_name for entry in pwd.getpwall()}
    if not found or (os.geteuid() == 0 and "postgres" not in named):
        pytest.skip("no PostgreSQL is installed here")
    return found[-1]


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    patience = time.monotonic() + _SECONDS
    while True:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                for name in ("prefect", "prongsai"):
                    connection.execute(f"CREATE DATABASE {name}")
                return
        except psycopg.OperationalError:
            assert server.poll() is None and time.monotonic() < patience, "PostgreSQL did not start"
            time.sleep(0.1)
