"""What a run tells of what it did stays short, however many municipalities there were."""

from pathlib import Path

from flows.line import ExportResult
from flows.pages.run_summary import report_summary, sync_summary
from flows.reporting import Made
from flows.settings import Settings
from reports.release import Release
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Finding, Severity

FIRST = Period(FiscalYear(2566), Half.FIRST)
WRONG = Finding("budget.identity", Severity.CRITICAL, Words("ยอดไม่ลงตัว", "wrong"), 1, 2, "I2", "remaining", "1", "2")


def made(number: int, new: bool) -> Made:
    name = f"{number:05}-2566-1-v1"
    return Made(f"{number:05}", FIRST, Release(name, Path("releases") / name, {}, {}, new))


def failed(number: int) -> Made:
    return Made(f"{number:05}", FIRST, error=Words("แม่แบบเสียหาย", "damaged"))


def test_eight_thousand_reports_are_counted_and_what_is_new_or_failed_is_told_first():
    many = [*(made(number, number % 1000 == 0) for number in range(8000)), *(failed(number) for number in range(60))]
    told = report_summary(Settings(), many)
    assert "ฉบับใหม่ 8 ไม่เปลี่ยนแปลง 7992 ทำไม่ได้ 60" in told
    assert "New 8, as they were 7992, could not be made 60" in told
    assert told.count("- ฉบับใหม่ / New **") == 8 and told.count("- ทำไม่ได้ / Not made **") == 50
    assert "แม่แบบเสียหาย" in told and f"อีก {8060 - 100:,} รายงาน" in told
    assert len(told) < 20_000


def test_files_that_could_not_be_moved_are_told_above_what_stopped():
    told = sync_summary([], "หน้าข้อสังเกต", Words("ย้าย 2 ไฟล์ไม่ได้", "2 files could not be moved"))
    assert told.splitlines()[0] == "# สรุปการนำเข้าข้อมูล / Summary of the sync"  # as Prefect lists it
    assert told.splitlines()[-1] == "- ย้าย 2 ไฟล์ไม่ได้ / 2 files could not be moved"


def test_of_few_reports_each_is_told_and_of_none_that_there_is_none():
    assert "- ไม่เปลี่ยนแปลง / As it was **00001-2566-1-v1**" in report_summary(Settings(), [made(1, False)])
    assert "ยังไม่มีหน่วยงานที่ข้อมูลครบ" in report_summary(Settings(), [])


def test_what_to_do_about_reports_and_where_to_see_what_changed_is_told():
    corrected = Made("00002", FIRST, Release("00002-2566-1-v2", Path("releases"), {}, {}, new=True))
    told = report_summary(Settings(), [made(1, True), corrected, failed(3)])
    assert (
        "ต้องทำ: อ่านฉบับใหม่แล้วลงนาม / To do: read what is new, then sign: `prongsai approve <ฉบับ>" in told
        and "--role preparer" in told
    )
    assert "ต้องทำ: แก้ตามเหตุผลของฉบับที่ทำไม่ได้ แล้วสั่ง `prongsai run` / To do: mend what" in told
    assert "`prongsai diff 00002-2566-1-v2`" in told and "`prongsai diff 00001-2566-1-v1`" not in told
    assert "ต้องทำ" not in report_summary(Settings(), [made(1, False)])


def test_of_many_stopped_tables_the_first_are_told_with_their_first_causes_and_the_rest_counted():
    many = [(ExportResult(f"{number}.xlsx", None, False), [WRONG] * 30) for number in range(5000)]
    told = sync_summary(many, "หน้าข้อสังเกต")
    assert "- ไม่ผ่าน 5000 ตาราง" in told and "ไม่ผ่านอีก 4,950 ตาราง" in told
    assert told.count("**ยอดไม่ลงตัว** / wrong") == 500 and "… อีก 20 ข้อ" in told
    assert len(told) < 200_000
