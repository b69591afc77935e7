"""What is missing and for whom, by which day: one message a cause."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from flows.release_state import ReleaseState
from flows.watch.deadlines import Calendar
from flows.watch.reports import late_reports, not_made, period_of_cause, stopped_files, untried_reports
from flows.watch.wrong import Wrong
from tests.flows.watch.offices import BOTH, BROKEN, INBOX, NOW, Read, page_of
from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    KHLONG,
    RUAM_CHAI,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.outbox import Message
from warehouse.store.releases import ReleaseRecord, failed_reports, keep_failure, keep_release
from warehouse.store.status import ReportStatus
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Organisation

PUBLIC = {"751E0-2566-1-v1": ReleaseState.PUBLISHED}


def late_on(
    warehouse: Warehouse, on: datetime.date, states: dict[str, ReleaseState] = PUBLIC, of: list[Organisation] = BOTH
) -> list[Wrong]:
    return [*late_reports(warehouse, of, [FIRST_HALF], states, Calendar(), INBOX, today=on)]


def late(warehouse: Warehouse, on: datetime.date) -> list[tuple[str, str, bool]]:
    return [(one.stage, one.message.title, one.overdue) for one in late_on(warehouse, on)]


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
    thai, english = body.split("\n\nEnglish:\nDue 30 April 2566 BE (not confirmed)")
    assert re.search("[ก-ฮ]", thai) and not re.search("[ก-ฮ]", english)
    assert "no e-PlanNACC file yet (1): 00123\nTo do: export it" in english
    assert "Reports of 6 months of fiscal year 2566: 1 of 2 organisations not public, 5 days left" in one.message.title
    assert period_of_cause(one.cause) == FIRST_HALF


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


FULL = Words("ดิสก์เต็ม", "the disk is full")


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
    return {" ".join(one) for one in re.findall(r"<dt>.*>(.*?)</span></dt><dd>(.*?)</dd>", page)}


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
    assert after.cause == before.cause and after.stage != before.stage
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
