"""The task runner that the settings name: refused in plain words where it cannot be, and what it calls again."""

import asyncio
import sys

import dask
import pytest
from prefect import task
from prefect.states import exception_to_failed_state

from flows.runner import results_of
from flows.server import free_port
from flows.settings import Settings
from flows.sync import check_and_load
from warehouse.vocabulary.errors import Unreachable, Unreadable, WrongSettings

POSTGRESQL = "postgresql://prongsai@localhost/prongsai"


@task
def never(number: int) -> None:
    raise AssertionError("called")


def called(settings: Settings) -> None:
    list(results_of(settings, never, [[{"number": 1}]]))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"database_url": POSTGRESQL}, "dask_scheduler"),
        ({"dask_scheduler": "tcp://127.0.0.1:8786"}, "PostgreSQL"),  # one SQLite file is not for several machines
    ],
)
def test_dask_needs_a_scheduler_and_postgresql(settings: dict[str, str], named: str):
    with pytest.raises(WrongSettings, match=named):
        called(Settings(task_runner="dask", **settings))


def test_dask_that_is_not_installed_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with pytest.raises(WrongSettings, match=r"pip install .*dask"):
        called(Settings(task_runner="dask", dask_scheduler="tcp://127.0.0.1:1", database_url=POSTGRESQL))


def test_a_scheduler_that_does_not_answer_is_named():
    address = f"tcp://127.0.0.1:{free_port()}"
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(Unreachable, match=address):
        called(Settings(task_runner="dask", dask_scheduler=address, database_url=POSTGRESQL))


@pytest.mark.parametrize(("error", "again"), [(Unreachable, True), (Unreadable, False), (RuntimeError, False)])
def test_a_lot_is_tried_again_only_where_the_world_did_not_answer(error: type[Exception], again: bool):
    failed = asyncio.run(exception_to_failed_state(error("ไทย", "English")))
    assert check_and_load.retry_condition_fn(check_and_load, None, failed) is again
