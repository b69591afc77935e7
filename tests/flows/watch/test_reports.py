"""The watch: what is missing and for whom, by which day, on one page; and the watchdog that speaks up."""

import datetime
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest

from flows.cli import main
from flows.watch.deadlines import Calendar
from flows.watch.machine import late_sync, low_disks, silent_server
from flows.release_state import ReleaseState, release_states
from flows.server import free_port
from flows.watch.status_page import status_page
from flows.watch.reports import Wrong, late_reports, not_made, period_of_cause, stopped_files, untried_reports
from reports.sign.ledger import open_ledger
from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    KHLONG,
    RUAM_CHAI,
    WARNING,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.outbox import Message
from warehouse.store.releases import ReleaseRecord, failed_reports, keep_failure, keep_release
from warehouse.store.status import ReportStatus, report_status
from warehouse.store.watch import keep_ended
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Organisation

# Apprise shims a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

INBOX = Path("inbox")
OWN = "fiscal_year,half,deadline,confirmed,source\n2566,1,15 พฤษภาคม 2566,yes,ประกาศเลื่อน\n"
BOTH = [KHLONG, RUAM_CHAI]
NOW = datetime.datetime(2023, 4, 20, 3, 30, tzinfo=datetime.UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """KHLONG has its report; RUAM_CHAI's budget was stopped and its plan never came."""
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(1), WARNING, WARNING, content="p"))
    load_on(warehouse, 1, handed_in(budget(2), CRITICAL, content="<b>&", on=1, owner=RUAM_CHAI))
    made = ReleaseRecord("751E0-2566-1-v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64)
    keep_release(warehouse, made, now=day(3))
    return warehouse


PUBLIC = {"751E0-2566-1-v1": ReleaseState.PUBLISHED}


def late_on(
    warehouse: Warehouse, on: datetime.date, states: dict[str, ReleaseState] = PUBLIC, of: list[Organisation] = BOTH
) -> list[Wrong]:
    return [*late_reports(warehouse, of, [FIRST_HALF], states, Calendar(), INBOX, today=on)]


def late(warehouse: Warehouse, on: datetime.date) -> list[tuple[str, str, bool]]:
    return [(one.message.stage, one.message.title, one.overdue) for one in late_on(warehouse, on)]


def test_reminders_come_fifteen_and_five_days_before_the_deadline_and_after_it(warehouse: Warehouse):
    days = {number: late(warehouse, datetime.date(2023, 4, number)) for number in (14, 15, 24, 25, 30)}
    assert [days[number] and days[number][0][0] for number in days] == [[], "15", "15", "5", "5"]
    assert "1 จาก 2 หน่วยงาน เหลือ 0 วัน" in days[30][0][1]
    [(stage, title, overdue)] = late(warehouse, datetime.date(2023, 5, 2))
    assert (stage, overdue) == ("late", True) and "เกินกำหนดแล้ว 2 วัน" in title


def test_a_reminder_says_what_is_missing_for_whom_and_what_to_do(warehouse: Warehouse):
    [one] = late_on(warehouse, datetime.date(2023, 4, 25))
    body = one.message.body
    assert "ไฟล์ e-LAAS ไม่ผ่านการตรวจ (1 หน่วยงาน): 00123 เทศบาลตำบลรวมใจพัฒนา" in body
    assert "ยังไม่มีไฟล์ e-PlanNACC (1 หน่วยงาน): 00123" in body
    assert "กำหนด 30 เมษายน 2566 (ยังไม่ยืนยัน" in body
    assert KHLONG.name not in body
    assert body.count("ต้องทำ: ") == 2
    assert period_of_cause(one.message.cause) == FIRST_HALF


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "รายงานยังไม่ได้ลงนาม (1 หน่วยงาน): 751E0"),
        (ReleaseState.PREPARED, "รายงานรอผู้อนุมัติลงนาม (1 หน่วยงาน): 751E0"),
        (ReleaseState.APPROVED, "รายงานลงนามแล้ว ยังไม่เผยแพร่ (1 หน่วยงาน): 751E0"),
    ],
)
def test_a_report_that_is_made_but_not_public_is_told_with_who_signs_next(
    warehouse: Warehouse, state: ReleaseState | None, said: str
):
    states = {"751E0-2566-1-v1": state} if state else {}
    [one] = late_on(warehouse, datetime.date(2023, 5, 1), states)
    assert "ยังไม่เผยแพร่ 2 จาก 2 หน่วยงาน เกินกำหนดแล้ว 1 วัน" in one.message.title and one.overdue
    assert said in one.message.body and "ต้องทำ: " in one.message.body.partition(said)[2].splitlines()[1]


def test_a_correction_that_is_being_signed_is_no_late_report(warehouse: Warehouse):
    keep_release(warehouse, ReleaseRecord("751E0-2566-1-v2", KHLONG.code, FIRST_HALF, 2, "f", "b" * 64), now=day(4))
    assert late_on(warehouse, datetime.date(2023, 5, 1), of=[KHLONG]) == []
    assert "รายงานยังไม่ได้ลงนาม" in page_of(warehouse)


def test_a_file_that_is_newer_than_the_report_is_told(warehouse: Warehouse):
    load_on(warehouse, 5, handed_in(budget(7), content="later", on=5))
    assert "มีไฟล์ใหม่กว่ารายงาน" in page_of(warehouse)


BROKEN, FULL = Words("แม่แบบ <b> ผิด", "the template is wrong"), Words("ดิสก์เต็ม", "the disk is full")


def test_a_report_that_could_not_be_made_is_no_ready_one_and_says_when_and_why(warehouse: Warehouse):
    load_on(warehouse, 4, handed_in(budget(3), content="b2", on=4, owner=RUAM_CHAI))
    load_on(warehouse, 4, handed_in(plan(1), content="p2", on=4, owner=RUAM_CHAI))
    assert "พร้อมจัดทำ 1" in counts_of(page_of(warehouse))
    keep_failure(warehouse, RUAM_CHAI.code, FIRST_HALF, BROKEN, now=NOW)
    page = page_of(warehouse)
    assert {"พร้อมจัดทำ 0", "จัดทำไม่สำเร็จ 1", "มีรายงานแล้ว 1", "ยังขาดข้อมูล 0"} <= counts_of(page)
    said = Read(page).text
    assert "แม่แบบ <b> ผิด" in said and "20 เมษายน 2566 เวลา 10:30 น." in said.partition("รายหน่วยงาน")[2]
    assert "รอจัดทำรายงาน" not in said
    body = late_on(warehouse, datetime.date(2023, 4, 25))[0].message.body
    assert "จัดทำรายงานไม่สำเร็จ (1 หน่วยงาน): 00123" in body


def test_a_version_that_could_not_be_made_anew_is_not_waiting_for_a_signature(warehouse: Warehouse):
    assert "รายงานยังไม่ได้ลงนาม" in late_on(warehouse, datetime.date(2023, 5, 1), {}, [KHLONG])[0].message.body
    keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=NOW)
    body = late_on(warehouse, datetime.date(2023, 5, 1), {}, [KHLONG])[0].message.body
    assert "รายงานยังไม่ได้ลงนาม" not in body and "จัดทำรายงานไม่สำเร็จ" in body


def counts_of(page: str) -> set[str]:
    return {" ".join(one) for one in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)}


def failed(warehouse: Warehouse, of: list[Organisation] = BOTH) -> Message:
    [one] = not_made(failed_reports(warehouse), [], of)
    return one.message


def test_all_reports_that_could_not_be_made_are_one_message_a_new_one_a_new_stage(warehouse: Warehouse):
    load_on(warehouse, 4, handed_in(plan(1), content="p2", on=4, owner=RUAM_CHAI))
    assert list(not_made(failed_reports(warehouse), [], BOTH)) == []
    keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(5))
    first = failed(warehouse)
    keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(6))
    assert failed(warehouse).stage == first.stage
    keep_failure(warehouse, RUAM_CHAI.code, FIRST_HALF, BROKEN, now=day(6))
    both = failed(warehouse)
    assert both.cause == first.cause and both.stage != first.stage
    assert "2 ฉบับ" in both.title and both.body.count(BROKEN.th) == 1
    assert f"00123 {RUAM_CHAI.name} 2566-1" in both.body and "ต้องทำ" in both.body
    keep_failure(warehouse, RUAM_CHAI.code, FIRST_HALF, FULL, now=day(7))
    assert BROKEN.th in failed(warehouse).body and FULL.th in failed(warehouse).body
    assert "1 ฉบับ" in failed(warehouse, [KHLONG]).title


def test_a_report_that_could_be_made_long_ago_is_told_at_once_and_not_before(warehouse: Warehouse):
    def untried(hour: int) -> list[ReportStatus]:
        return untried_reports(warehouse, BOTH, [FIRST_HALF], since=day(6) + datetime.timedelta(hours=hour))

    assert untried(0) == []  # one has its report, the other no files
    load_on(warehouse, 6, handed_in(budget(7), content="later", on=6))
    assert untried(0) == []
    [one] = not_made([], untried(1), BOTH)
    assert "ยังไม่ได้จัดทำ 1 ฉบับ" in one.message.title
    assert f"751E0 {KHLONG.name} 2566-1" in one.message.body and "prongsai run" in one.message.body
    keep_release(warehouse, ReleaseRecord("751E0-2566-1-v2", KHLONG.code, FIRST_HALF, 2, "f", "b" * 64), now=day(7))
    assert untried(1) == []


def test_a_report_that_was_not_tried_and_then_fails_is_one_trouble(warehouse: Warehouse):
    load_on(warehouse, 6, handed_in(budget(7), content="later", on=6))
    untried = untried_reports(warehouse, BOTH, [FIRST_HALF], since=day(7))
    [before] = not_made([], untried, BOTH)
    keep_failure(warehouse, KHLONG.code, FIRST_HALF, BROKEN, now=day(8))
    assert untried_reports(warehouse, BOTH, [FIRST_HALF], since=day(9)) == []
    after = failed(warehouse)
    assert after.cause == before.message.cause and after.stage != before.message.stage
    assert BROKEN.th in after.body
    [both] = not_made(failed_reports(warehouse), untried, BOTH)
    assert "จัดทำรายงานไม่สำเร็จ 1 ฉบับ" in both.message.title and "ยังไม่ได้จัดทำ 1 ฉบับ" in both.message.title


def test_five_thousand_municipalities_with_one_cause_are_one_message_with_the_count(tmp_path: Path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'many.db'}")
    many = [Organisation(f"{number:05}", f"เทศบาลที่ {number}", "อำเภอ", "จังหวัด") for number in range(5000)]
    load_on(warehouse, 0, *(handed_in(budget(1), CRITICAL, content=one.code, owner=one) for one in many))
    [stopped] = stopped_files(warehouse, many, [FIRST_HALF])
    assert "5000 ไฟล์" in stopped.message.title
    assert "และอีก 4990" in stopped.message.body and len(stopped.message.body) < 1500
    [missing] = late_on(warehouse, datetime.date(2023, 4, 25), of=many)
    assert "5000 จาก 5000" in missing.message.title and len(missing.message.body) < 2500


def test_a_file_that_nobody_could_read_is_told_while_it_lies_there(tmp_path: Path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(b"torn")
    read = handed_in(None, content="torn")
    load_on(warehouse, 0, replace(read, export=replace(read.export, origin=str(torn))))
    [one] = stopped_files(warehouse, BOTH, [FIRST_HALF])
    assert "torn.xlsx" in one.message.body and "ต้องทำ: " in one.message.body
    torn.unlink()
    assert list(stopped_files(warehouse, BOTH, [FIRST_HALF])) == []


def page_of(warehouse: Warehouse, organisations: list[Organisation] = BOTH, now: datetime.datetime = NOW) -> str:
    reports = report_status(warehouse, organisations, FIRST_HALF)
    wrong = [*stopped_files(warehouse, organisations, [FIRST_HALF])]
    states = {"751E0-2566-1-v1": ReleaseState.APPROVED}
    return status_page(reports, wrong, states, FIRST_HALF, Calendar().deadline_of(FIRST_HALF), INBOX, now=now)


class Read(HTMLParser):
    """What a page is made of: tags in order with their attributes, ids and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def test_the_page_shows_every_organisation_and_source(warehouse: Warehouse):
    said = Read(page_of(warehouse))
    assert said.open == []
    for words in (
        "สถานะรายงานรอบ 6 เดือน ปีงบประมาณ 2566",
        "20 เมษายน 2566 เวลา 10:30 น.",
        "30 เมษายน 2566",
        "เหลือ 10 วัน",
        KHLONG.name,
        "ฉบับ v1",
        "ลงนามแล้ว รอเผยแพร่",
        "1 เมษายน 2566 (19 วันก่อน)",
        "ข้อสังเกต: เตือน 2",
        "ข้อสังเกต: ร้ายแรง 1",
        "ยังไม่มีไฟล์ e-PlanNACC",
        "<b>&.xlsx",
    ):
        assert words in said.text


def test_the_page_is_the_same_for_the_same_moment_and_needs_nothing_else(warehouse: Warehouse):
    page = page_of(warehouse)
    assert page == page_of(warehouse)
    assert not re.search(r"https?://|<script|<link|<img|src=", page.replace("src: url(data:", ""))


def test_the_page_can_be_read_aloud(warehouse: Warehouse):
    tags = Read(page_of(warehouse)).tags
    assert ("html", {"lang": "th"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert {"main", "header", "caption", "title"} <= {tag for tag, _ in tags}
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert all(attributes["data-label"] for tag, attributes in tags if tag == "td")


def test_the_page_of_nobody_is_a_page_too(warehouse: Warehouse):
    assert Read(page_of(warehouse, [])).open == []


@pytest.mark.parametrize("width", [1200, 390])
def test_the_page_fits_wide_and_narrow_screens(warehouse: Warehouse, tmp_path: Path, width: int):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium at hand")
    wide = Organisation(KHLONG.code, "เทศบาล" + "ชื่อยาว" * 20, "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
    page = tmp_path / "status.html"
    measured = "<script>document.title = [innerWidth, document.documentElement.scrollWidth].join(' ')</script></body>"
    page.write_text(page_of(warehouse, [wide, RUAM_CHAI]).replace("</body>", measured), encoding="utf-8")
    frame = f'<iframe src="status.html" width="{width}" height="900"></iframe>'
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    command = [chromium, "--headless", "--no-sandbox", *quiet, "--disable-component-update", "--disable-sync"]
    (tmp_path / "frame.html").write_text(
        f"<title></title>{frame}<script>onload = () => document.title = frames[0].document.title</script>", "utf-8"
    )
    shown = subprocess.run(
        [*command, "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         f"file://{tmp_path / 'frame.html'}"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    inside, scrolled = re.search(r"<title>(\d+) (\d+)</title>", shown).groups()
    assert int(scrolled) <= int(inside) <= width


def test_the_state_of_a_release_is_what_the_ledger_says_was_done_last(tmp_path: Path):
    assert release_states(tmp_path) == {}
    done = [("approval", "a-v1", "preparer"), ("approval", "a-v1", "approver"), ("approval", "b-v1", "preparer")]
    with open_ledger(tmp_path) as ledger:
        for kind, release, role in [*done, ("publication", "c-v1", "")]:
            ledger.append(kind, {"release": release, "role": role})
    assert release_states(tmp_path) == {"a-v1": "approved", "b-v1": "prepared", "c-v1": "published"}


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


class Api(http.server.BaseHTTPRequestHandler):
    """As much of Prefect's API as the watchdog asks: how many runs are planned, and since when others are running."""

    planned: ClassVar[int] = 0
    running: ClassVar[list[datetime.datetime]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        running = [{"state": {"timestamp": since.isoformat()}} for since in self.running]
        path, answer = {
            "PENDING": ("/api/flow_runs/filter", running),
            "SCHEDULED": ("/api/flow_runs/count", self.planned),
        }[asked["flow_runs"]["state"]["type"]["any_"][0]]
        known = self.path == path and self.headers["Authorization"] == "Basic dXNlcjpwYXNz"
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api"
    server.shutdown()
    thread.join()
    server.server_close()


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


# ---- prongsai status, as a timer calls it


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings for one organisation."""
    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    lines = [f'{name} = "{getattr(KHLONG, name)}"' for name in ("code", "name", "district", "province")]
    (tmp_path / "prongsai.toml").write_text("\n".join(["[[organisation]]", *lines]), encoding="utf-8")
    return tmp_path


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict]]:
    """What was posted to the one target of the settings."""
    came: list[dict] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("PRONGSAI_ALERTS", json.dumps([f"json://127.0.0.1:{server.server_address[1]}/hook"]))
    yield came
    server.shutdown()
    thread.join()
    server.server_close()


def status(place: Path, *flags: str) -> int:
    return main(["status", "--config", str(place / "prongsai.toml"), *flags])


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
    assert [one["title"] for one in hook[len(told) :]] == ["[โปร่งใส] แก้ไขแล้ว: ไม่มีการนำเข้าข้อมูลที่สำเร็จใน 12 ชั่วโมง"]


def test_what_nobody_could_look_at_is_not_told_as_over(
    place: Path, hook: list[dict], api: str, monkeypatch: pytest.MonkeyPatch
):
    def told() -> set[str]:
        hook.clear()
        status(place, "--alert")
        return {one["title"].removeprefix("[โปร่งใส] ") for one in hook}

    Api.planned, Api.running = 3, [datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=7)]
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "user:pass")
    monkeypatch.setenv("PREFECT_API_URL", api)
    stuck, silent = "มีงานค้าง 1 งาน นานกว่า 6 ชั่วโมง", "เซิร์ฟเวอร์ Prefect ไม่ตอบ"
    assert stuck in told()
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    assert told() == {silent}
    monkeypatch.delenv("PREFECT_API_URL")  # a person calls it by hand
    assert told() == set()
    monkeypatch.setenv("PREFECT_API_URL", api)
    Api.running = []
    assert told() == {f"แก้ไขแล้ว: {stuck}", f"แก้ไขแล้ว: {silent}"}


def test_what_is_overdue_is_told_to_the_superior_too(place: Path, hook: list[dict], monkeypatch: pytest.MonkeyPatch):
    [target] = json.loads(os.environ["PRONGSAI_ALERTS"])
    superior = f"{target.removesuffix('/hook')}/superior"
    monkeypatch.setenv("PRONGSAI_ESCALATE", json.dumps([superior, target]))  # who hears all hears nothing twice
    monkeypatch.setenv("PRONGSAI_DISK_ROOM", "0")
    assert status(place, "--alert") == 0
    titles = [one["title"] for one in hook]
    overdue = "[โปร่งใส] ไม่มีการนำเข้าข้อมูลที่สำเร็จใน 12 ชั่วโมง"
    assert titles.count(overdue) == 2
    warehouse = open_warehouse(f"sqlite:///{place / '.prongsai/warehouse.db'}")
    keep_ended(warehouse, "sync", now=datetime.datetime.now(datetime.UTC))
    status(place, "--alert")
    resolved = [one["title"] for one in hook[len(titles) :]]
    assert resolved.count("[โปร่งใส] แก้ไขแล้ว: ไม่มีการนำเข้าข้อมูลที่สำเร็จใน 12 ชั่วโมง") == 2


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
    assert told == ["[โปร่งใส] จัดทำรายงานไม่สำเร็จ 1 ฉบับ", "[โปร่งใส] แก้ไขแล้ว: จัดทำรายงานไม่สำเร็จ 1 ฉบับ"]


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
    assert [one.partition(":")[0] for one in reports_told()] == ["[โปร่งใส] แก้ไขแล้ว"] * 2


def test_status_in_english_is_english(place: Path, capsys: pytest.CaptureFixture[str]):
    assert status(place, "--lang", "en", "--period", "2566-1") == 0
    _, *said = capsys.readouterr().out.splitlines()
    assert said and not re.search("[ก-ฮ]", "".join(said))
    assert "no e-LAAS file yet" in "".join(said) and "days late" in "".join(said)


def test_an_own_deadline_stands_in_status(place: Path, capsys: pytest.CaptureFixture[str]):
    (place / "deadlines.csv").write_text(OWN, encoding="utf-8")
    assert status(place, "--json", "--period", "2566-1") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["deadline"], said["deadline_confirmed"]) == ("2023-05-15", True)
    assert any("e-LAAS" in one for one in said["to_do"])


def test_the_watchdog_still_speaks_when_the_warehouse_does_not(place: Path, hook: list[dict]):
    (place / ".prongsai").mkdir()
    (place / ".prongsai/warehouse.db").write_bytes(b"no database" * 1000)
    assert [status(place, "--alert"), status(place, "--alert")] == [1, 1]
    assert [one["title"] for one in hook] == ["[โปร่งใส] ตรวจสถานะไม่ได้"]
    assert "warehouse.db" in hook[0]["message"]
    (place / ".prongsai/warehouse.db").unlink()
    assert status(place, "--alert") == 0
    assert "[โปร่งใส] แก้ไขแล้ว: ตรวจสถานะไม่ได้" in [one["title"] for one in hook]


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
