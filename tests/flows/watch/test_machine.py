"""What is wrong with the machine, and a Prefect server that is silent, refuses or is stuck."""

import datetime
from pathlib import Path

import pytest

from flows.server import free_port
from flows.watch.machine import late_sync, low_disks, silent_server
from tests.flows.watch.offices import NOW
from tests.flows.watch.prefect_api import Api
from warehouse.store.connection import Warehouse
from warehouse.store.watch import keep_ended


def test_no_sync_for_too_long_is_told(warehouse: Warehouse):
    hour = datetime.timedelta(hours=1)
    assert [one.overdue for one in late_sync(warehouse, now=NOW, within=12 * hour)] == [True]
    keep_ended(warehouse, "sync", now=NOW)
    assert list(late_sync(warehouse, now=NOW + 12 * hour, within=12 * hour)) == []
    [one] = late_sync(warehouse, now=NOW + 13 * hour, within=12 * hour)
    assert "20 เมษายน 2566 เวลา 10:30" in one.message.body and "prongsai sync" in one.message.body


def test_a_disk_is_told_once_even_if_two_folders_lie_on_it_or_are_not_made_yet(tmp_path: Path):
    folders = (tmp_path / "state", tmp_path / "releases/deep")
    assert list(low_disks(folders, room=1)) == []
    [one] = low_disks(folders, room=10**18)
    assert "ต้องทำ" in one.message.body


@pytest.mark.parametrize(
    ("running_hours", "planned", "causes"),
    [
        ([], 3, []),
        ([7, 1], 3, ["stuck"]),
        ([], 0, ["planned"]),
        ([1], 3, []),  # resumed an hour ago, after weeks of waiting for sign-off
    ],
)
def test_stuck_runs_and_no_next_run_are_told(api: str, running_hours: list[int], planned: int, causes: list[str]):
    Api.planned, Api.running = planned, [NOW - datetime.timedelta(hours=hours) for hours in running_hours]
    assert [one.message.cause for one in silent_server(api, now=NOW, auth="user:pass")] == causes


def test_a_server_that_is_silent_or_refuses_us_is_told(api: str):
    [silent] = silent_server(f"http://127.0.0.1:{free_port()}/api", now=NOW, auth=None)
    [refused] = silent_server(api, now=NOW, auth="user:wrong")
    assert {silent.message.cause, refused.message.cause} == {"server"}
    assert "wrong" not in refused.message.body
    assert "PREFECT_SERVER_API_AUTH_STRING" in refused.message.body and "restart" not in refused.message.body
