"""The report flow stops for sign-off: on a real server, by its API, by the command line, and over a kill."""

import datetime
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from flows.settings import Settings
from flows.sign_off import may_wait
from flows.watch.machine import silent_server
from reports.sign.ledger import read_ledger
from tests.bench.exports import write_exports
from tests.flows.api import SECONDS
from tests.flows.served import Served

ID = "751NH-2566-1-v1"
PREPARER, APPROVER = "นักวิเคราะห์นโยบายและแผน", "ปลัดเทศบาล"
CLOSE = {"step": "ไม่รอลงนาม ปิดงานนี้", "note": "ทำฉบับใหม่"}


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")


@pytest.fixture
def office(tmp_path: Path, started_before: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three municipalities, one signature each, not served yet."""
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")
    write_exports(tmp_path, 3, lines=15)
    (tmp_path / "prongsai.toml").write_text('organisations = "organisations.csv"\nsign_off = "one"\n', "utf-8")
    (tmp_path / "words").mkdir()
    shutil.copytree(started_before, tmp_path / ".prongsai/prefect")
    return tmp_path


@pytest.fixture
def two(office: Path) -> Iterator[Served]:
    """Two of them take part; the second has not handed in yet."""
    (office / "inbox/00001").rename(office / "later")
    shutil.rmtree(office / "inbox/00002")
    yield from serving(office)


@pytest.fixture
def three(office: Path) -> Iterator[Served]:
    """The report of the second cannot be made."""
    (office / "words/00001.toml").write_text("[measure.9]\n", "utf-8")
    yield from serving(office)


def serving(office: Path) -> Iterator[Served]:
    one = Served(office)
    yield one
    if one.process.poll() is None:
        one.kill()


def waits(served: Served, number: int) -> str:
    """The id of the one run that waits and shows its form, once so many report runs have begun."""
    served.until(lambda: len(served.runs("report-", "PAUSED", "CANCELLED", "COMPLETED")) == number)
    served.until(lambda: len(served.runs("report-", "PAUSED")) == 1)
    [run] = served.runs("report-", "PAUSED")
    served.until(lambda: state_of(served, run["id"]) == "Suspended" and form(served, run["id"]))
    return run["id"]


def state_of(served: Served, run: str) -> str:
    return served.got(f"flow_runs/{run}")["state"]["name"]


def message(served: Served, run: str) -> str:
    return served.got(f"flow_runs/{run}")["state"]["message"]


def form(served: Served, run: str) -> str:
    """The text of the form that the run shows now; nothing while it is being put there."""
    keys = served.got(f"flow_runs/{run}")["state"]["state_details"]["run_input_keyset"]
    return served.got(f"flow_runs/{run}/input/{keys['description']}") or ""


def resumed(served: Served, run: str, answer: dict[str, str]) -> str:
    """What the server makes of a form handed in, said in its answer; nothing where it was busy."""
    said = requests.post(f"{served.api}/flow_runs/{run}/resume", json={"run_input": answer}, timeout=SECONDS)
    return said.json()["status"] if said.ok else ""


def in_other_words(served: Served, code: str) -> None:
    """Ask for the report of an organisation in other words: its next version."""
    (served.example / f"words/{code}.toml").write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    served.start_run("first-half")


def approve(served: Served, release: str, name: str = APPROVER, role: str = "approver") -> str:
    return served.prongsai("approve", release, "--as", name, "--role", role)


@pytest.mark.server
def test_a_hand_in_becomes_a_report_that_waits_until_it_is_signed_and_of_later_runs_one_waits_for_all(two: Served):
    two.prongsai("signer", "add", APPROVER)
    two.start_run("hourly")
    first = waits(two, 1)
    assert (two.example / "releases/00000/2566-1/v1/report.pdf").is_file()
    assert all_answer(two) == {"html", "pdf", "xlsx"}
    assert all(words in form(two, first) for words in ("00000-2566-1-v1", "report.pdf", "ลงนาม"))
    two.until(lambda: resumed(two, first, {"step": "ลงนามให้แล้ว"}) == "REJECT")
    assert "ยังไม่พบลายเซ็น" not in form(two, first)
    two.until(lambda: resumed(two, first, {"step": "ลงนามครบแล้ว ไปต่อ"}) == "ACCEPT")
    two.until(lambda: state_of(two, first) == "Suspended" and "ยังไม่พบลายเซ็น" in form(two, first))

    (two.example / "later").rename(two.example / "inbox/00001")
    two.start_run("hourly")
    second = waits(two, 2)
    assert state_of(two, first) == "Cancelled" and "รอลงนาม 2 ฉบับ" in form(two, second)
    told = message(two, first)
    log = {"logs": {"flow_run_id": {"any_": [first]}}, "sort": "TIMESTAMP_DESC"}
    assert two.asked("logs/filter", log)[0]["message"] == told
    assert second in told and told.startswith("งาน ") and "รอลงนามแทนแล้ว" in told
    assert "ไปต่อแล้ว" not in approve(two, "00001-2566-1-v1")

    in_other_words(two, "00000")
    third = waits(two, 3)
    shown = form(two, third)
    assert "รอลงนาม 1 ฉบับ" in shown and "00000-2566-1-v2" in shown and "00001" not in shown
    assert "งานที่รอลงนามใน Prefect ไปต่อแล้ว" in approve(two, "00000-2566-1-v2")
    two.until(lambda: state_of(two, third) == "Signed")
    two.until(lambda: message(two, second).startswith("ลงนามครบ 1 ฉบับ มีฉบับใหม่แทนแล้ว 1 ฉบับ / 1 signed, 1 replaced"))
    assert [one["id"] for one in two.runs("report-", "CANCELLED")] == [first]
    signed = [one.record["release"] for one in read_ledger(two.example / "releases")]
    assert signed == ["00001-2566-1-v1", "00000-2566-1-v2"]
    kept = two.asked("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [third]}}})
    assert {one["key"] for one in kept} == {"summary", "sign-off"}
    shelf = two.example / "releases/00000/2566-1"
    assert {one.name for one in shelf.iterdir()} == {"v1", "v2", "v2.approvals.jsonl"}

    two.process.send_signal(signal.SIGTERM)
    assert two.process.wait(timeout=SECONDS) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{two.api}/health", timeout=2)


def all_answer(served: Served) -> set[str]:
    """The kinds of all files that summaries link to; each is there."""
    shown = served.asked("artifacts/filter", {"artifacts": {"key": {"any_": ["summary"]}}})
    links = [link for one in shown for link in re.findall(r"\((http://[^)]+)\)", one["data"])]
    assert all(requests.get(link, timeout=SECONDS).ok for link in links)
    return {Path(link).suffix.removeprefix(".") for link in links}


@pytest.mark.server
def test_a_waiting_run_is_not_stuck_outlives_a_kill_hears_of_signatures_made_meanwhile_and_the_next_may_be_closed(
    served: Served,
):
    served.start_run("hourly")
    run = waits(served, 1)
    assert all(words in form(served, run) for words in (ID, "3,822,121.63", "ผู้จัดทำและผู้อนุมัติ"))
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=20)
    assert "stuck" not in [one.message.cause for one in silent_server(served.api, now=later, auth=None)]
    served.until(lambda: last_heard(served, run) == "prongsai.report.waits")
    served.kill()
    for name in (PREPARER, APPROVER):
        served.prongsai("signer", "add", name)
    assert "ไปต่อแล้ว" not in approve(served, ID, PREPARER, "preparer")
    assert "ไปต่อแล้ว" not in approve(served, ID)
    served.start()
    served.until(lambda: state_of(served, run) == "Signed")
    assert served.runs("report-", "CRASHED") == []
    in_other_words(served, "751NH")
    second = waits(served, 2)
    served.until(lambda: resumed(served, second, CLOSE) == "ACCEPT")
    served.until(lambda: state_of(served, second) == "Unsigned")
    assert "ทำฉบับใหม่" in message(served, second)


def last_heard(served: Served, run: str) -> str:
    """The newest of the events of a run by which the watch for heartbeats knows that it is alive, or waits."""
    [automation] = [one for one in served.asked("automations/filter", {}) if "heartbeat" in one["name"]]
    assert "prongsai.report.waits" in automation["trigger"]["expect"]
    mine = {"event": {"prefix": ["prefect.flow-run.", "prongsai."]}, "resource": {"id": [f"prefect.flow-run.{run}"]}}
    return served.asked("events/filter", {"filter": mine})[0]["events"][0]["event"]


@pytest.mark.server
def test_one_that_cannot_be_made_lets_the_others_be_signed_and_is_told_to_the_end(three: Served):
    three.start_run("hourly")
    run = waits(three, 1)
    shown = form(three, run)
    assert all(words in shown for words in ("รอลงนาม 2 ฉบับ", "ทำไม่ได้ 1 จาก 3 ฉบับ — 00001 2566-1:", "measure.9"))
    three.prongsai("signer", "add", APPROVER)
    for code in ("00000", "00002"):
        approve(three, f"{code}-2566-1-v1")
    three.until(lambda: state_of(three, run) == "Incomplete")
    told = message(three, run)
    assert "ทำไม่ได้ 1 จาก 3 ฉบับ — 00001 2566-1:" in told and "ลงนามครบ 2 ฉบับ" in told


def test_whoever_wants_no_stop_has_none_and_a_run_without_a_worker_never_stops(monkeypatch: pytest.MonkeyPatch):
    assert not may_wait(Settings())
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "served")
    assert may_wait(Settings())
    assert not may_wait(Settings(sign_off_days=0))
