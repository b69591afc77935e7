"""The report flow stops for sign-off: on a real server, by its API, by the command line, and over a kill."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from flows.settings import Settings
from flows.sign_off import may_wait
from flows.watch.machine import silent_server
from tests.bench.exports import write_exports
from tests.flows.served import Served

ID = "751NH-2566-1-v1"
PREPARER, APPROVER = "นักวิเคราะห์นโยบายและแผน", "ปลัดเทศบาล"
CLOSE = {"step": "ไม่รอลงนาม ปิดงานนี้", "note": "ทำฉบับใหม่"}


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")


def suspended(served: Served) -> str:
    """The id of the run that stopped for the example's report, once it did."""
    served.start_run("hourly")
    served.until(lambda: served.runs("report-", "PAUSED"))
    [run] = served.runs("report-", "PAUSED")
    assert state_of(served, run["id"]) == "Suspended"
    return run["id"]


def state_of(served: Served, run: str) -> str:
    return served.got(f"flow_runs/{run}")["state"]["name"]


def form(served: Served, run: str) -> str:
    """The text of the form that the run shows now; nothing while it is being put there."""
    keys = served.got(f"flow_runs/{run}")["state"]["state_details"]["run_input_keyset"]
    return served.got(f"flow_runs/{run}/input/{keys['description']}") or ""


def resumed(served: Served, run: str, answer: dict[str, str]) -> str:
    """What the server makes of a form handed in, said in its answer; nothing where it was busy."""
    url = f"http://127.0.0.1:{served.port}/api/flow_runs/{run}/resume"
    said = requests.post(url, json={"run_input": answer}, timeout=30)
    return said.json()["status"] if said.ok else ""


def next_version(served: Served) -> str:
    """The id of the run that stopped for a version in other words."""
    (served.example / "words/751NH.toml").write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    run = served.start_run("first-half")
    served.until(lambda: state_of(served, run) == "Suspended" and form(served, run))
    return run


def sign(served: Served, release: str) -> str:
    for name in (PREPARER, APPROVER):
        served.prongsai("signer", "add", name)
    assert "ไปต่อแล้ว" not in served.prongsai("approve", release, "--as", PREPARER, "--role", "preparer")
    return served.prongsai("approve", release, "--as", APPROVER, "--role", "approver")


@pytest.mark.server
def test_a_form_without_signatures_stops_the_run_again_until_a_new_version_comes_and_approving_lets_that_go_on(
    served: Served,
):
    first = suspended(served)
    served.until(lambda: form(served, first))
    shown = form(served, first)
    assert all(words in shown for words in (ID, "3,822,121.63", "report.pdf", "ผู้จัดทำและผู้อนุมัติ"))
    served.until(lambda: resumed(served, first, {"step": "ลงนามให้แล้ว"}) == "REJECT")
    assert "ยังไม่พบลายเซ็น" not in form(served, first)
    served.until(lambda: resumed(served, first, {"step": "ลงนามครบแล้ว ไปต่อ"}) == "ACCEPT")
    served.until(lambda: state_of(served, first) == "Suspended" and "ยังไม่พบลายเซ็น" in form(served, first))
    second = next_version(served)
    served.until(lambda: state_of(served, first) == "Cancelled")
    assert "751NH-2566-1-v2" in form(served, second)
    assert "งานที่รอลงนามใน Prefect ไปต่อแล้ว" in sign(served, "751NH-2566-1-v2")
    served.until(lambda: state_of(served, second) == "Signed")
    kept = served.asked("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [second]}}})
    assert {one["key"] for one in kept} == {"summary", "sign-off"}
    shelf = served.example / "releases/751NH/2566-1"
    assert {one.name for one in shelf.iterdir()} == {"v1", "v2", "v2.approvals.jsonl"}


@pytest.mark.server
def test_a_waiting_run_is_not_stuck_outlives_a_kill_hears_of_signatures_made_meanwhile_and_the_next_may_be_closed(
    served: Served,
):
    run = suspended(served)
    api = f"http://127.0.0.1:{served.port}/api"
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=20)
    assert "stuck" not in [one.message.cause for one in silent_server(api, now=later, auth=None)]
    served.until(lambda: last_heard(served, run) == "prongsai.report.waits")
    served.kill()
    assert "ไปต่อแล้ว" not in sign(served, ID)
    served.start()
    served.until(lambda: state_of(served, run) == "Signed")
    assert served.runs("report-", "CRASHED") == []
    second = next_version(served)
    served.until(lambda: resumed(served, second, CLOSE) == "ACCEPT")
    served.until(lambda: state_of(served, second) == "Unsigned")
    assert "ทำฉบับใหม่" in served.got(f"flow_runs/{second}")["state"]["message"]


def last_heard(served: Served, run: str) -> str:
    """The newest of the events of a run by which the watch for heartbeats knows that it is alive, or waits."""
    [automation] = [one for one in served.asked("automations/filter", {}) if "heartbeat" in one["name"]]
    assert "prongsai.report.waits" in automation["trigger"]["expect"]
    mine = {"event": {"prefix": ["prefect.flow-run.", "prongsai."]}, "resource": {"id": [f"prefect.flow-run.{run}"]}}
    return served.asked("events/filter", {"filter": mine})[0]["events"][0]["event"]


@pytest.fixture
def three(tmp_path: Path, started_before: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Three municipalities, one of whose reports cannot be made."""
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")
    write_exports(tmp_path, 3, lines=15)
    (tmp_path / "prongsai.toml").write_text('organisations = "organisations.csv"\nsign_off = "one"\n', "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words/00001.toml").write_text("[measure.9]\n", "utf-8")
    shutil.copytree(started_before, tmp_path / ".prongsai/prefect")
    one = Served(tmp_path)
    yield one
    if one.process.poll() is None:
        one.kill()


@pytest.mark.server
def test_one_that_cannot_be_made_lets_the_others_be_signed_and_is_told_to_the_end(three: Served):
    run = suspended(three)
    three.until(lambda: form(three, run))
    shown = form(three, run)
    assert all(words in shown for words in ("รอลงนาม 2 ฉบับ", "ทำไม่ได้ 1 จาก 3 ฉบับ — 00001 2566-1:", "measure.9"))
    three.prongsai("signer", "add", APPROVER)
    for code in ("00000", "00002"):
        three.prongsai("approve", f"{code}-2566-1-v1", "--as", APPROVER, "--role", "approver")
    three.until(lambda: state_of(three, run) == "Incomplete")
    message = three.got(f"flow_runs/{run}")["state"]["message"]
    assert "ทำไม่ได้ 1 จาก 3 ฉบับ — 00001 2566-1:" in message and "ลงนามครบ 2 ฉบับ" in message


def test_whoever_wants_no_stop_has_none_and_a_run_without_a_worker_never_stops(monkeypatch: pytest.MonkeyPatch):
    assert not may_wait(Settings())
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "served")
    assert may_wait(Settings())
    assert not may_wait(Settings(sign_off_days=0))
