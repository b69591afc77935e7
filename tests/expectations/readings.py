"""Readings as the connectors give them, small and true unless a test says otherwise. Amounts in satang."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from expectations.case import Case
from warehouse.vocabulary.difference import Previous
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import (
    LABELS,
    MONEY,
    MONEY_OF,
    Organisation,
    PrintedTotal,
    Reading,
    TitleBlock,
)

OWNER = Organisation("751E0", "เทศบาลตำบลตัวอย่าง", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
FETCHED_AT = datetime.datetime(2023, 4, 1, 2, 30, tzinfo=datetime.UTC)
PERIOD = Period(FiscalYear(2566), Half.FIRST)
TITLE = {
    "organisation": OWNER.name,
    "district": OWNER.district,
    "province": OWNER.province,
    "fiscal_year": PERIOD.fiscal_year,
    "half": PERIOD.half,
    "months": 6,
    "first_month": datetime.date(2022, 10, 1),
    "last_month": datetime.date(2023, 3, 1),
    "data_date": PERIOD.cut_off,
    "call_date": datetime.date(2023, 4, 10),
}
LINE = {
    "programme": "บริหารงานทั่วไป",
    "work": "บริหารทั่วไป",
    "category": "งบดำเนินงาน",
    "expense_type": "ค่าวัสดุ",
    "approved": 100_00,
    "transfer_in": 0,
    "transfer_out": 0,
    "committed": 10_00,
    "disbursed": 40_00,
    "remaining": 50_00,
}
PROJECT = {"budget": 100_00, "disbursed": 40_00, "status": "in_progress", "tick_count": 1, "note": ""}
FIRST_ROW = 6
BUDGET_LETTERS = dict(zip((*LABELS, *MONEY), "ABCDEFGHIJK", strict=True))
PLAN_COLUMNS = ("number", "project", "dimension", "budget", "disbursed")
TICKS = ("awaiting_report", "in_progress", "completed")
PLAN_LETTERS = dict(zip((*PLAN_COLUMNS, *TICKS, "note"), "ABCDEFGHI", strict=True))

Row = Mapping[str, Any]


def budget(*lines: Row, totals: Sequence[PrintedTotal] | None = None, **title: Any) -> Reading:
    """A budget table; a line says only what is unlike LINE. One total, the true one, unless `totals` are given."""
    rows = [LINE | {"project": f"รายการที่ {number}"} | line for number, line in enumerate(lines or ({}, {}), start=1)]
    columns = {column: [row[column] for row in rows] for column in (*LABELS, *MONEY)}
    return _reading("elaas", BUDGET_LETTERS, columns, totals, title)


def plan(*projects: Row, totals: Sequence[PrintedTotal] | None = (), **title: Any) -> Reading:
    """A plan of one project in each dimension, or of these; no printed total, or the true one (None)."""
    rows = [
        {"number": str(number), "project": f"โครงการที่ {number}", "dimension": (number - 1) % 4 + 1} | PROJECT | project
        for number, project in enumerate(projects or ({}, {}, {}, {}), start=1)
    ]
    columns = {column: [row[column] for row in rows] for column in rows[0]}
    return _reading("eplannacc", PLAN_LETTERS, columns, totals, title)


def _reading(
    source: str,
    letters: dict[str, str],
    columns: dict[str, list[Any]],
    totals: Sequence[PrintedTotal] | None,
    title: dict[str, Any],
) -> Reading:
    rows = len(columns["project"])
    columns["source_row"] = list(range(FIRST_ROW, FIRST_ROW + rows))
    reading = Reading(source, "รายงาน", TitleBlock(**(TITLE | title)), dict(letters), columns, [], [])
    reading.totals = [true_total(reading)] if totals is None else list(totals)
    return reading


def true_total(
    reading: Reading,
    label: str = "รวมทั้งสิ้น",
    first: int = 0,
    last: int | None = None,
    row: int | None = None,
    **wrong: int,
) -> PrintedTotal:
    """The total of a reading's leaf rows [first, last], printed below them; `wrong` amounts stand instead."""
    last = reading.rows - 1 if last is None else last
    money = MONEY_OF[reading.source]
    sums = {column: sum(reading.columns[column][first : last + 1]) for column in money}
    return PrintedTotal(label, FIRST_ROW + reading.rows if row is None else row, first, last, sums | wrong)


def case(reading: Reading, **known: Any) -> Case:
    """A reading that is expected to be of OWNER and PERIOD, unless told otherwise."""
    return Case(**({"reading": reading, "organisation": OWNER, "period": PERIOD} | known))


def before(reading: Reading, period: Period = PERIOD) -> Previous:
    """A reading as the earlier export that another one is compared with."""
    return Previous(7, "ก่อน.xlsx", 9_000, period, reading.title.data_date, FETCHED_AT, reading.columns)
