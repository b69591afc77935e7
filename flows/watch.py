"""What is wrong with reports and files just now, one message a cause. Reads the warehouse only."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from connectors.declaration import declared_sources
from expectations.catalogue import catalogue
from flows.deadlines import Deadline, deadline_of
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import Message
from warehouse.store.status import ReportStatus, SourceStatus, report_status
from warehouse.store.watch import Stopped, stopped_exports
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, thai_date, thai_day
from warehouse.vocabulary.records import Organisation

_REMINDERS = (5, 15)  # days to the deadline; each is told once more, the nearer the louder
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong; `overdue` where waiting for people no longer helps: --fail-if-late tells it."""

    message: Message
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What one report waits for: what is missing, and what to do about it."""

    missing: str
    to_do: str


def needs(report: ReportStatus, inbox: Path) -> list[Need]:
    """What is missing until a report is made; nothing once it is."""
    if report.release is not None:
        return []
    found = [_need(source, inbox) for source in report.sources if not source.current]
    return found or [Need("ข้อมูลครบแล้ว รอจัดทำรายงาน", "สั่ง prongsai run")]


def _need(source: SourceStatus, inbox: Path) -> Need:
    name = source_name(source.source)
    if source.verdict is None:
        return Need(f"ยังไม่มีไฟล์ {name}", f"ส่งออกไฟล์จาก {name} แล้ววางใน {inbox}/<รหัสหน่วยงาน>/")
    return Need(f"ไฟล์ {name} ไม่ผ่านการตรวจ", f"แก้ตามข้อสังเกตที่ต้นทาง ส่งออกใหม่ แล้ววางใน {inbox}/<รหัสหน่วยงาน>/")


def source_name(source: str) -> str:
    """The short name that people know a source by: the one in brackets at the end of its declared title."""
    [title] = [one.title_th for one in declared_sources() if one.source == source]
    return title.rpartition("(")[2].removesuffix(")")


def late_reports(
    warehouse: Warehouse,
    organisations: Sequence[Organisation],
    periods: Iterable[Period],
    inbox: Path,
    *,
    today: datetime.date,
) -> Iterator[Wrong]:
    """One message for each period whose reports are missing near, or after, its deadline."""
    for period in sorted(periods):
        due = deadline_of(period)
        left = (due.day - today).days
        near = [days for days in _REMINDERS if 0 <= left <= days]
        stage = "late" if left < 0 else str(near[0]) if near else ""
        reports = report_status(warehouse, organisations, period)
        missing = [one for one in reports if one.release is None]
        if stage and missing:
            when = f"เกินกำหนดแล้ว {-left} วัน" if left < 0 else f"เหลือ {left} วัน"
            title = f"รายงาน{period_name(period)} ยังไม่มี {len(missing)} จาก {len(reports)} หน่วยงาน {when}"
            body = "\n\n".join([_due_line(due), *(_told(need, who) for need, who in grouped(missing, inbox).items())])
            yield Wrong(Message(f"report {period}", stage, title, body), overdue=left < 0)


def grouped(reports: Iterable[ReportStatus], inbox: Path) -> dict[Need, list[Organisation]]:
    """Each need with all whose report waits for it, in their order."""
    waiting: dict[Need, list[Organisation]] = {}
    for report in reports:
        for need in needs(report, inbox):
            waiting.setdefault(need, []).append(report.organisation)
    return waiting


def _told(need: Need, who: Sequence[Organisation]) -> str:
    return (
        f"{need.missing} ({len(who)} หน่วยงาน): {_named(f'{one.code} {one.name}' for one in who)}\nต้องทำ: {need.to_do}"
    )


def _named(names: Iterable[str]) -> str:
    told = list(names)
    more = f" และอีก {len(told) - _MOST_NAMED}" if len(told) > _MOST_NAMED else ""
    return ", ".join(told[:_MOST_NAMED]) + more


def _due_line(due: Deadline) -> str:
    return f"กำหนด {thai_date(due.day)}" + ("" if due.confirmed else f" (ยังไม่ยืนยัน: {due.source})")


def period_name(period: Period) -> str:
    """รอบ 6 เดือน ปีงบประมาณ 2566."""
    return f"รอบ {period.half.months} เดือน ปีงบประมาณ {period.fiscal_year.year}"


def stopped_files(
    warehouse: Warehouse, organisations: Sequence[Organisation], periods: Collection[Period]
) -> Iterator[Wrong]:
    """One message for each rule that stops files, of these periods or of nobody; not of files that were taken away."""
    names = {one.code: one.name for one in organisations}
    standing = [one for one in stopped_exports(warehouse) if _stands(one, names, periods)]
    for (rule, source), files in groupby(standing, key=lambda one: (one.rule, one.source)):
        yield Wrong(_stopped_message(rule, source, list(files), names))


def _stands(one: Stopped, names: Mapping[str, str], periods: Collection[Period]) -> bool:
    if one.period is None or one.organisation is None:
        return one.via == "portal" or Path(one.origin).exists()
    return one.period in periods and one.organisation in names


def _stopped_message(rule: str, source: str, files: Sequence[Stopped], names: Mapping[str, str]) -> Message:
    what = f"ไฟล์ {source_name(source)} ไม่ผ่านการตรวจ" if source else "อ่านไฟล์ไม่ได้"
    who = [_who(one, names) for one in files]
    fix = catalogue()[rule].fix.th if rule in catalogue() else "ส่งออกไฟล์ใหม่จากต้นทาง แล้ววางแทนไฟล์เดิม"
    first = files[0]
    body = [
        f"เช่น {first.file_name}: {first.said.th}",
        f"ต้องทำ: {fix}",
        f"{len(who)} แห่ง: {_named(dict.fromkeys(who))}",
        "ดูข้อสังเกตทั้งหมด: prongsai sync",
    ]
    return Message(f"stopped {source} {rule}", "open", f"{what} {len(files)} ไฟล์ ({rule})", "\n".join(body))


def _who(one: Stopped, names: Mapping[str, str]) -> str:
    if one.organisation is None or one.organisation not in names:
        return one.file_name
    return f"{one.organisation} {names[one.organisation]}"


def thai_moment(moment: datetime.datetime) -> str:
    """31 มีนาคม 2566 เวลา 09:30 น."""
    local = moment.astimezone(datetime.timezone(datetime.timedelta(hours=7)))
    return f"{thai_date(thai_day(moment))} เวลา {local:%H:%M} น."


def period_of_cause(cause: str) -> Period | None:
    """The period that a told cause is about, so that it is watched until it is resolved; None if about none."""
    kind, _, period = cause.partition(" ")
    if kind != "report":
        return None
    year, _, half = period.partition("-")
    return Period(FiscalYear(int(year)), Half(int(half)))
