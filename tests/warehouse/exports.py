"""Judged exports by hand."""

import datetime
import hashlib

from warehouse.store.connection import Warehouse
from warehouse.store.load import Outcome, load
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import (
    AppliedCorrection,
    Correction,
    Export,
    Finding,
    JudgedExport,
    Organisation,
    Reading,
    Severity,
    TitleBlock,
)

KHLONG = Organisation("751E0", "เทศบาลตำบลคลองแสนแสบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
RUAM_CHAI = Organisation("00123", "เทศบาลตำบลรวมใจพัฒนา", "บ้านม่วง", "สกลนคร")
FIRST_HALF = Period(FiscalYear(2566), Half.FIRST)
FULL_YEAR = Period(FiscalYear(2566), Half.FULL)
START = datetime.datetime(2023, 4, 1, 2, 30, tzinfo=datetime.UTC)
CRITICAL = Finding(
    "budget.identity", Severity.CRITICAL, Words("แถวไม่สมดุล", "row out of balance"), 0, 6, "I6", "disbursed", "1.00"
)
WARNING = Finding("total.none", Severity.WARNING, Words("ไม่มียอดรวม", "no total"))


def day(number: int) -> datetime.datetime:
    """A moment that many days after the first file came."""
    return START + datetime.timedelta(days=number)


def budget(*disbursed: int, project: str = "โครงการ") -> Reading:
    """Budget lines of 1,000 baht each, of which so many satang were disbursed."""
    rows = len(disbursed)
    return Reading(
        "elaas",
        "รายงาน",
        TitleBlock(organisation=KHLONG.name, data_date=datetime.date(2023, 3, 31)),
        {"disbursed": "I"},
        {
            "source_row": list(range(6, 6 + rows)),
            "programme": ["งบกลาง"] * rows,
            "work": ["งบกลาง"] * rows,
            "category": ["งบกลาง"] * rows,
            "expense_type": ["ค่าใช้สอย"] * rows,
            "project": [f"{project} {number}" for number in range(rows)],
            "approved": [100_000] * rows,
            "transfer_in": [0] * rows,
            "transfer_out": [0] * rows,
            "committed": [0] * rows,
            "disbursed": list(disbursed),
            "remaining": [100_000 - one for one in disbursed],
        },
        [],
        [],
    )


def plan(*disbursed: int) -> Reading:
    """Projects in progress of 500 baht each, of which so many satang were disbursed; numbered 00, 01 as text."""
    rows = len(disbursed)
    return Reading(
        "eplannacc",
        "Sheet1",
        TitleBlock(),
        {"disbursed": "E"},
        {
            "source_row": list(range(4, 4 + rows)),
            "number": [f"{number:02}" for number in range(rows)],
            "project": [f"มาตรการ {number}" for number in range(rows)],
            "dimension": [1 + number % 4 for number in range(rows)],
            "budget": [50_000] * rows,
            "disbursed": list(disbursed),
            "status": ["in_progress"] * rows,
            "note": [""] * rows,
            "tick_count": [1] * rows,
        },
        [],
        [],
    )


def handed_in(
    reading: Reading | None,
    *findings: Finding,
    content: str,
    on: int = 0,
    owner: Organisation | None = KHLONG,
    period: Period | None = FIRST_HALF,
    judged_by: str = "rules",
    corrections: tuple[AppliedCorrection, ...] = (),
) -> JudgedExport:
    """One judged export whose bytes are `content` and came `on` that day; without a reading it is unreadable."""
    name = f"{content}.xlsx"
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    came = Export(sha256, len(content), name, f"inbox/{name}", day(on), "inbox", owner.code if owner else None)
    error = None if reading else Words("อ่านไม่ได้", "unreadable")
    if reading is None:
        owner = period = None
    return JudgedExport(came, judged_by, owner, period, reading, findings, corrections, error)


def correction(cell: str = "I6") -> AppliedCorrection:
    """A decision of a person that took effect in one cell."""
    said = Correction(
        KHLONG.code, "elaas", FIRST_HALF, cell, "1.00", "2.00", "พิมพ์ผิด", "ผอ.กองคลัง", datetime.date(2023, 4, 11), "สมุด"
    )
    return AppliedCorrection(said, 0, 6, "disbursed")


def load_on(warehouse: Warehouse, number: int, *batch: JudgedExport) -> list[Outcome]:
    """What became of a batch that was loaded on that day."""
    return load(warehouse, batch, now=day(number))
