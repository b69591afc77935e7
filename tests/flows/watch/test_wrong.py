"""What is told fits every service: LINE's 5,000 characters, a mail's subject."""

import datetime

from flows.watch.alerts import resolved
from flows.watch.reports import not_made
from flows.watch.wrong import Wrong
from tests.warehouse.exports import FIRST_HALF
from warehouse.store.releases import FailedReport
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Organisation

NOON = datetime.datetime(2024, 3, 5, 5, 0, tzinfo=datetime.UTC)
LINE, SENDER = 5_000, "[โปร่งใส] "


def test_thai_stands_first_and_english_below():
    message = Wrong("disk /", "low", Words("ดิสก์ใกล้เต็ม", "Disk nearly full"), Words("ลบไฟล์", "remove files")).message
    assert (message.title, message.body) == ("ดิสก์ใกล้เต็ม / Disk nearly full", "ลบไฟล์\n\nEnglish:\nremove files")
    over = resolved(message)
    assert over.title == "แก้ไขแล้ว / Resolved: ดิสก์ใกล้เต็ม / Disk nearly full"
    assert over.body.startswith("เรื่องนี้เรียบร้อยแล้ว") and over.body.endswith("there is nothing more to do.")


def test_however_much_is_wrong_a_message_is_as_short_as_line_takes_it_and_still_says_what_to_do():
    many = [Organisation(f"{number:05}", f"เทศบาลตำบลชื่อยาวมาก{number}", "อำเภอ", "จังหวัด") for number in range(500)]
    reasons = [Words(f"สาเหตุที่ {n} " + "ยาว" * 60, f"reason {n} " + "long " * 60) for n in range(20)]
    failed = [FailedReport(one.code, FIRST_HALF, NOON, NOON, reasons[n % 20]) for n, one in enumerate(many)]
    [wrong] = not_made(failed, [], many)
    told = resolved(wrong.message).title, wrong.message.body
    assert len(wrong.body.th) > LINE and len(SENDER + "\r\n".join(told)) <= LINE
    thai = told[1][: told[1].index("reason 0")]
    assert "สาเหตุที่ 0" in thai and "สาเหตุอยู่หลัง ✗" in thai and "the cause stands after ✗" in told[1]


def test_a_title_that_is_too_long_loses_its_middle():
    title = Wrong("portal x", "late", Words("พ" * 300 + "จบ", "p" * 300 + "end"), Words("", "")).message.title
    assert len(title) < 250 and "จบ / p" in title and title.endswith("end")
