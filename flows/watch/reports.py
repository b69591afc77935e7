"""What is wrong with reports and files just now, one message a cause. Reads the warehouse only."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from expectations.catalogue import catalogue
from flows.release_state import ReleaseState
from flows.watch.deadlines import Calendar, Deadline
from flows.watch.needs import Need, grouped, is_public, source_name
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import Message
from warehouse.store.releases import FailedReport
from warehouse.store.status import ReportStatus, report_status
from warehouse.store.watch import Stopped, stopped_exports
from warehouse.vocabulary.fiscal import Period, period_from, thai_date, thai_day
from warehouse.vocabulary.records import Organisation

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong; `overdue` where waiting for people no longer helps: --fail-if-late tells it."""

    message: Message
    overdue: bool = False


def late_reports(
    warehouse: Warehouse,
    organisations: Sequence[Organisation],
    periods: Iterable[Period],
    states: Mapping[str, ReleaseState],
    calendar: Calendar,
    inbox: Path,
    *,
    today: datetime.date,
) -> Iterator[Wrong]:
    """One message for each period whose reports are not public near, or after, its deadline."""
    for period in sorted(periods):
        due, stage = calendar.deadline_of(period), calendar.stage(period, today)
        reports = report_status(warehouse, organisations, period)
        waiting = [one for one in reports if not is_public(one, states)]
        if stage and waiting:
            left = (due.day - today).days
            when = f"เกินกำหนดแล้ว {-left} วัน" if left < 0 else f"เหลือ {left} วัน"
            title = f"รายงาน{period_name(period)} ยังไม่เผยแพร่ {len(waiting)} จาก {len(reports)} หน่วยงาน {when}"
            told = [_told(need, who) for need, who in grouped(waiting, states, inbox).items()]
            yield Wrong(Message(f"report {period}", stage, title, "\n\n".join([_due_line(due), *told])), left < 0)


def not_made(
    failures: Iterable[FailedReport], untried: Sequence[ReportStatus], organisations: Sequence[Organisation]
) -> Iterator[Wrong]:
    """One message for all reports that could not be made, or were not even tried, by reason; a new failure tells anew.

    One message for both: what was not tried yesterday fails today, and nobody is to be told that the first is over.
    """
    names = {one.code: one.name for one in organisations}
    failed = [one for one in failures if one.organisation in names]
    by_reason: dict[str, list[str]] = {}
    for one in failed:
        by_reason.setdefault(one.said.th, []).append(f"{one.organisation} {names[one.organisation]} {one.period}")
    if untried:
        who = [f"{one.organisation.code} {one.organisation.name} {one.period}" for one in untried]
        by_reason["ข้อมูลครบแล้วแต่ยังไม่มีงานใดจัดทำ"] = who
    if not by_reason:
        return
    told = [f"{reason}\n{len(who)} ฉบับ: {_named(who)}" for reason, who in by_reason.items()]
    more = [f"และอีก {len(told) - _MOST_NAMED} สาเหตุ (prongsai status)"] if len(told) > _MOST_NAMED else []
    to_do = "ต้องทำ: แก้ตามเหตุผล แล้วสั่ง prongsai run ถ้ายังทำไม่ได้ สาเหตุอยู่หลัง ✗"
    stage = max((one.since.isoformat(timespec="seconds") for one in failed), default="open")
    said = [f"จัดทำรายงานไม่สำเร็จ {len(failed)} ฉบับ"] if failed else []
    said += [f"ข้อมูลครบแล้วแต่ยังไม่ได้จัดทำ {len(untried)} ฉบับ"] if untried else []
    yield Wrong(Message("failed", stage, " ".join(said), "\n\n".join([*told[:_MOST_NAMED], *more, to_do])))


def untried_reports(
    warehouse: Warehouse, organisations: Sequence[Organisation], periods: Iterable[Period], *, since: datetime.datetime
) -> list[ReportStatus]:
    """The reports that could have been made since then, and were not even tried."""
    of_all = (one for period in sorted(periods) for one in report_status(warehouse, organisations, period))
    return [one for one in of_all if one.to_make and one.failure is None and _newest(one) < since]


def _newest(report: ReportStatus) -> datetime.datetime:
    return max(source.fetched_at for source in report.sources if source.fetched_at)


def _told(need: Need, who: Sequence[Organisation]) -> str:
    named = _named(f"{one.code} {one.name}" for one in who)
    return f"{need.missing.th} ({len(who)} หน่วยงาน): {named}\nต้องทำ: {need.to_do.th}"


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
    return period_from(period) if kind == "report" else None
