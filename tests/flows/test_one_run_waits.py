"""Drafts that come one after the other leave one run that waits for sign-off, not one an hour."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.sign.ledger import read_ledger
from tests.bench.exports import write_exports
from tests.flows.served import Served

pytestmark = pytest.mark.server
SIGNER = "ปลัดเทศบาล"


@pytest.fixture
def two(tmp_path: Path, started_before: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Two municipalities, one signature each; the second has not handed in yet."""
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    write_exports(tmp_path, 2, lines=15)
    (tmp_path / "prongsai.toml").write_text('organisations = "organisations.csv"\nsign_off = "one"\n', "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "inbox/00001").rename(tmp_path / "later")
    shutil.copytree(started_before, tmp_path / ".prongsai/prefect")
    one = Served(tmp_path)
    yield one
    if one.process.poll() is None:
        one.kill()


def waits(served: Served, number: int) -> dict:
    """The one run that waits, once so many report runs have begun."""
    served.until(lambda: len(served.runs("report-", "PAUSED", "CANCELLED", "COMPLETED")) == number)
    served.until(lambda: len(served.runs("report-", "PAUSED")) == 1)
    [run] = served.runs("report-", "PAUSED")
    return run


def form(served: Served, run: dict) -> str:
    keys = served.got(f"flow_runs/{run['id']}")["state"]["state_details"]["run_input_keyset"]
    served.until(lambda: served.got(f"flow_runs/{run['id']}/input/{keys['description']}"))
    return served.got(f"flow_runs/{run['id']}/input/{keys['description']}")


def approve(served: Served, release: str) -> str:
    return served.prongsai("approve", release, "--as", SIGNER, "--role", "approver")


def test_a_later_run_waits_in_the_place_of_earlier_ones_and_nothing_signed_is_lost(two: Served):
    two.prongsai("signer", "add", SIGNER)
    two.start_run("hourly")
    first = waits(two, 1)

    (two.example / "later").rename(two.example / "inbox/00001")
    two.start_run("hourly")
    second = waits(two, 2)
    assert "รอลงนาม 2 ฉบับ" in form(two, second)
    message = two.got(f"flow_runs/{first['id']}")["state"]["message"]
    log = {"logs": {"flow_run_id": {"any_": [first["id"]]}}, "sort": "TIMESTAMP_DESC"}
    assert two.asked("logs/filter", log)[0]["message"] == message
    assert second["id"] in message and message.startswith("งาน ") and "รอลงนามแทนแล้ว" in message
    assert "ไปต่อแล้ว" not in approve(two, "00001-2566-1-v1")

    (two.example / "words/00000.toml").write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    two.start_run("first-half")
    third = waits(two, 3)
    shown = form(two, third)
    assert "รอลงนาม 1 ฉบับ" in shown and "00000-2566-1-v2" in shown and "00001" not in shown
    assert "ไปต่อแล้ว" in approve(two, "00000-2566-1-v2")
    two.until(lambda: two.got(f"flow_runs/{third['id']}")["state"]["name"] == "Signed")
    told = "ลงนามครบ 1 ฉบับ มีฉบับใหม่แทนแล้ว 1 ฉบับ / 1 signed, 1 replaced by newer versions"
    two.until(lambda: two.got(f"flow_runs/{second['id']}")["state"]["message"] == told)
    assert [one["id"] for one in two.runs("report-", "CANCELLED")] == [first["id"]]
    signed = [one.record["release"] for one in read_ledger(two.example / "releases")]
    assert signed == ["00001-2566-1-v1", "00000-2566-1-v2"]
