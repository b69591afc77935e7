"""prongsai status: how each organisation's exports and report stand."""

import datetime
import json
from argparse import Namespace
from collections.abc import Sequence

from flows.command.say import now, say, say_line
from flows.settings import Settings
from warehouse.store.connection import open_warehouse
from warehouse.store.status import ReportStatus, SourceStatus, report_status
from warehouse.vocabulary.errors import Language
from warehouse.vocabulary.fiscal import Half, Period, period_ended_by, thai_date, thai_day

_VERDICTS = {
    "accepted": ("ผ่าน", "accepted"),
    "rejected": ("ไม่ผ่าน", "rejected"),
    "unreadable": ("อ่านไม่ได้", "unreadable"),
    None: ("ยังไม่มีไฟล์", "no file yet"),
}


def status(settings: Settings, arguments: Namespace) -> int:
    """Say how things stand for the period now due, or for the one named; with --fail-if-late 1 if a report is late."""
    today = thai_day(now())
    period = arguments.period or period_ended_by(today)
    warehouse = open_warehouse(settings.warehouse_url)
    reports = report_status(warehouse, settings.all_organisations(), period)
    for one in reports:
        if arguments.json:
            say_line(json.dumps(_as_json(one, today), ensure_ascii=False))
        else:
            _say(one, today, arguments.lang)
    return 1 if arguments.fail_if_late and late(reports, today) else 0


def deadline(period: Period) -> datetime.date:
    """The day by which a report must be public: the end of the month after the cut-off (30 April, 31 October)."""
    year, month = (period.cut_off.year, 5) if period.half is Half.FIRST else (period.cut_off.year, 11)
    return datetime.date(year, month, 1) - datetime.timedelta(days=1)


def late(reports: Sequence[ReportStatus], today: datetime.date) -> bool:
    """Whether a report is missing after its deadline."""
    return any(one.release is None and today > deadline(one.period) for one in reports)


def _say(one: ReportStatus, today: datetime.date, language: Language) -> None:
    say_line(f"{one.organisation.code} {one.organisation.name} — {one.period}")
    for source in one.sources:
        th, en = _VERDICTS[source.verdict]
        when = thai_date(source.fetched_at.date()) if source.fetched_at else ""
        found = ", ".join(f"{severity} {number}" for severity, number in source.findings.items())
        say(
            language,
            f"    {source.source}: {th} {when} {found}".rstrip(),
            f"    {source.source}: {en} {when} {found}".rstrip(),
        )
    left = (deadline(one.period) - today).days
    th, en = (f"ฉบับ {one.release}", f"release {one.release}") if one.release else ("ยังไม่มีรายงาน", "no report yet")
    due = thai_date(deadline(one.period))
    say(language, f"    {th} (กำหนด {due} อีก {left} วัน)", f"    {en} (due {due}, {left} days left)")


def _as_json(one: ReportStatus, today: datetime.date) -> dict[str, object]:
    return {
        "organisation": {"code": one.organisation.code, "name": one.organisation.name},
        "fiscal_year": one.period.fiscal_year.year,
        "half": one.period.half.value,
        "sources": [_source_json(source) for source in one.sources],
        "ready": one.ready,
        "release": one.release,
        "deadline": deadline(one.period).isoformat(),
        "days_left": (deadline(one.period) - today).days,
    }


def _source_json(source: SourceStatus) -> dict[str, object]:
    return {
        "source": source.source,
        "verdict": source.verdict,
        "file": source.file_name,
        "fetched_at": source.fetched_at.isoformat() if source.fetched_at else None,
        "current": source.current,
        "findings": {severity.value: number for severity, number in source.findings.items()},
    }
