"""prongsai status, as people and a timer call it: the watchdog that speaks up."""

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main
from flows.server import free_port
from reports.sign.ledger import open_ledger
from tests.flows.watch.offices import BROKEN, status
from tests.flows.watch.prefect_api import Api
from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    KHLONG,
    WARNING,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import open_warehouse
from warehouse.store.releases import ReleaseRecord, keep_failure, keep_release
from warehouse.store.watch import keep_ended

# Apprise shims a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


NO_SYNC = "ไม่มีการนำเข้าข้อมูลที่สำเร็จใน 12 ชั่วโมง / No sync has ended well for 12 hours"
NOT_MADE = "จัดทำรายงานไม่สำเร็จ 1 ฉบับ / Reports that could not be made: 1"
OWN = "fiscal_year,half,deadline,confirmed,source\n2566,1,15 พฤษภาคม 2566,yes,ประกาศเลื่อน\n"


def test_the_page_is_written_whole(place: Path, capsys: pytest.CaptureFixture[str]):
    assert status(place, "--html", str(place / "s.html")) == 0
    assert (place / "s.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert not (place / "s.html.part").exists()
    assert status(place, "--html", str(place / "none/s.html")) == 64
    assert "none" in capsys.readouterr().err


def test_the_watchdog_tells_once_and_that_it_is_over(place: Path, hook: list[dict]):
    watchdog = ("--fail-if-late", "--alert")
    assert status(place, *watchdog) == 1
    told = [one["title"] for one in hook]
    assert any("ไม่มีการนำเข้าข้อมูลที่สำเร็จ" in title for title in told)
    assert status(place, *watchdog) == 1
    assert len(hook) == len(told)
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    keep_ended(warehouse, "sync", now=datetime.datetime.now(datetime.UTC))
    status(place, *watchdog)
    assert [one["title"] for one in hook[len(told) :]] == [f"[โปร่งใส] แก้ไขแล้ว / Resolved: {NO_SYNC}"]


def test_only_a_sync_of_everything_stills_the_watchdog(place: Path, hook: list[dict]):
    (place / "inbox").mkdir()

    def told_after(*asked: str) -> list[str]:
        assert main(["sync", "--config", str(place / "prongsai.toml"), *asked]) == 0
        hook.clear()
        status(place, "--alert")
        return [one["title"] for one in hook if "ไม่มีการนำเข้าข้อมูลที่สำเร็จ" in one["title"]]

    assert told_after("--organisation", KHLONG.code) == [f"[โปร่งใส] {NO_SYNC}"]
    assert told_after("--source", "elaas") == []  # it stands still, neither over nor new
    assert told_after() == [f"[โปร่งใส] แก้ไขแล้ว / Resolved: {NO_SYNC}"]


def test_what_nobody_could_look_at_is_not_told_as_over(
    place: Path, hook: list[dict], api: str, monkeypatch: pytest.MonkeyPatch
):
    def told() -> set[str]:
        hook.clear()
        status(place, "--alert")
        return {one["title"].removeprefix("[โปร่งใส] ") for one in hook}

    Api.planned, Api.running = 3, [datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=7)]
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "user:pass")  # as one environment file tells serve too
    monkeypatch.setenv("PREFECT_API_URL", api)
    stuck, silent = (
        "มีงานค้าง 1 งาน นานกว่า 6 ชั่วโมง / Runs stuck for over 6 hours: 1",
        "เซิร์ฟเวอร์ Prefect ไม่ตอบ / The Prefect server does not answer",
    )
    assert stuck in told()
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    assert told() == {silent}
    monkeypatch.delenv("PREFECT_API_URL")  # a person calls it by hand
    assert told() == set()
    monkeypatch.setenv("PREFECT_API_URL", api)
    Api.running = []
    assert told() == {f"แก้ไขแล้ว / Resolved: {stuck}", f"แก้ไขแล้ว / Resolved: {silent}"}


def test_what_is_overdue_is_told_to_the_superior_too(place: Path, hook: list[dict], monkeypatch: pytest.MonkeyPatch):
    [target] = json.loads(os.environ["PRONGSAI_ALERTS"])
    superior = f"{target.removesuffix('/hook')}/superior"
    monkeypatch.setenv("PRONGSAI_ESCALATE", json.dumps([superior, target]))  # who hears all hears nothing twice
    monkeypatch.setenv("PRONGSAI_DISK_ROOM", "0")
    assert status(place, "--alert") == 0
    titles = [one["title"] for one in hook]
    overdue = f"[โปร่งใส] {NO_SYNC}"
    assert titles.count(overdue) == 2
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    keep_ended(warehouse, "sync", now=datetime.datetime.now(datetime.UTC))
    status(place, "--alert")
    resolved = [one["title"] for one in hook[len(titles) :]]
    assert resolved.count(f"[โปร่งใส] แก้ไขแล้ว / Resolved: {NO_SYNC}") == 2


def test_a_report_that_could_not_be_made_is_told_once_and_that_it_is_made(place: Path, hook: list[dict]):
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(1), content="p"))
    keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(1))
    for _ in range(2):
        status(place, "--alert")
    made = ReleaseRecord("751E0-2566-1-v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64)
    keep_release(warehouse, made, now=day(2))
    status(place, "--alert")
    told = [one["title"] for one in hook if "จัดทำรายงานไม่สำเร็จ" in one["title"]]
    assert told == [f"[โปร่งใส] {NOT_MADE}", f"[โปร่งใส] แก้ไขแล้ว / Resolved: {NOT_MADE}"]


def test_an_unsigned_report_is_told_until_it_is_public(place: Path, hook: list[dict], monkeypatch: pytest.MonkeyPatch):
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(1), content="p"))
    keep_release(
        warehouse, ReleaseRecord("751E0-2566-1-v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64), now=day(3)
    )
    monkeypatch.setenv("PRONGSAI_ESCALATE", os.environ["PRONGSAI_ALERTS"].replace("/hook", "/superior"))

    def reports_told() -> list[str]:
        hook.clear()
        assert status(place, "--alert", "--period", "2566-1") == 0
        return [f"{one['title']} {one['message']}" for one in hook if "รายงานรอบ 6 เดือน" in one["title"]]

    told = reports_told()
    assert len(told) == 2  # the clerk and the superior
    assert all("--role preparer" in one and "751E0" in one for one in told)
    assert reports_told() == []
    (place / "releases").mkdir()
    with open_ledger(place / "releases") as ledger:
        ledger.append("publication", {"release": "751E0-2566-1-v1"})
    assert [one.partition(":")[0] for one in reports_told()] == ["[โปร่งใส] แก้ไขแล้ว / Resolved"] * 2


def test_status_in_english_is_english(place: Path, capsys: pytest.CaptureFixture[str]):
    assert status(place, "--lang", "en", "--period", "2566-1") == 0
    _, *said = capsys.readouterr().out.splitlines()
    assert said and not re.search("[ก-ฮ]", "".join(said))
    assert "no e-LAAS file yet" in "".join(said) and "days late" in "".join(said)


def test_status_of_nobody_says_what_to_do_and_of_somebody_speaks_thai(place: Path, capsys: pytest.CaptureFixture[str]):
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), WARNING, CRITICAL, content="a"))
    assert status(place, "--period", "2566-1") == 0
    said = capsys.readouterr().out
    assert "ร้ายแรง 1" in said and "เตือน 1" in said and "critical" not in said
    assert "กำหนด 30 เมษายน 2566 ซึ่งยังไม่ยืนยัน เกินมา" in said
    (place / "prongsai.toml").write_text("", encoding="utf-8")
    assert status(place) == 0
    assert "[[organisation]]" in capsys.readouterr().err


def test_an_own_deadline_stands_in_status(place: Path, capsys: pytest.CaptureFixture[str]):
    (place / "deadlines.csv").write_text(OWN, encoding="utf-8")
    assert status(place, "--json", "--period", "2566-1") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["deadline"], said["deadline_confirmed"]) == ("2023-05-15", True)
    assert any("e-LAAS" in one and "inbox/751E0/" in one for one in said["to_do"])


def test_a_watchdog_with_nobody_to_tell_is_a_usage_error(place: Path, capsys: pytest.CaptureFixture[str]):
    assert status(place, "--alert") == 64
    assert "alerts" in capsys.readouterr().err


def test_json_says_what_is_missing_and_whether_the_deadline_is_confirmed(
    place: Path, capsys: pytest.CaptureFixture[str]
):
    assert status(place, "--json", "--period", "2566-1") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["missing"] == ["ยังไม่มีไฟล์ e-LAAS", "ยังไม่มีไฟล์ e-PlanNACC"]
    assert (said["deadline"], said["deadline_confirmed"]) == ("2023-04-30", False)


def test_the_watch_needs_no_prefect():
    code = "import sys, flows.command.status; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
