"""Warehouses to test on: every test that takes one runs on SQLite and on a real PostgreSQL."""

import shutil
from pathlib import Path

import pytest

from tests.warehouse.server import new_database
from warehouse.store.connection import Warehouse, open_warehouse

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse without exports, to be copied."""
    path = tmp_path_factory.mktemp("template") / "warehouse.db"
    open_warehouse(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """The name of a database without exports, to be copied."""
    url = new_database(postgresql)
    open_warehouse(url)
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'warehouse.db'}"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a warehouse without exports."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "warehouse.db")
        return f"sqlite:///{tmp_path / 'warehouse.db'}"
    return new_database(request.getfixturevalue("postgresql"), request.getfixturevalue("postgresql_template"))


@pytest.fixture
def warehouse(url: str) -> Warehouse:
    """A warehouse without exports."""
    return open_warehouse(url)
