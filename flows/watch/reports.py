"""What is wrong with reports and files just now, one message a cause. Reads the warehouse only."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from expectations.catalogue import catalogue
from flows.release_state import ReleaseState
from flows.watch.deadlines import Calendar, Deadline
from flows.watch.needs import Need, grouped, is_public, source_name
from flows.watch.wrong import Wrong, joined, period_words
from warehouse.store.connection import Warehouse
from warehouse.store.releases import FailedReport
from warehouse.store.status import ReportStatus, report_status
from warehouse.store.watch import Stopped, stopped_exports
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, date_words, period_from
from warehouse.vocabulary.records import Organisation

_MOST_NAMED = 10


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
            left, name, counted = (due.day - today).days, period_words(period), (len(waiting), len(reports))
            when = (
                Words(f"เกินกำหนดแล้ว {-left} วัน", f"{-left} days late")
                if left < 0
                else Words(f"เหลือ {left} วัน", f"{left} days left")
            )
            title = Words(
                f"รายงาน{name.th} ยังไม่เผยแพร่ {counted[0]} จาก {counted[1]} หน่วยงาน {when.th}",
                f"Reports of {name.en}: {counted[0]} of {counted[1]} organisations not public, {when.en}",
            )
            told = [_due_words(due), *(_told(need, who) for need, who in grouped(waiting, states, inbox).items())]
            yield Wrong(f"report {period}", stage, title, joined("\n\n", told), left < 0)


def not_made(
    failures: Iterable[FailedReport], untried: Sequence[ReportStatus], organisations: Sequence[Organisation]
) -> Iterator[Wrong]:
    """One message for all reports that could not be made, or were not even tried, by reason; a new failure tells anew.

    One message for both: what was not tried yesterday fails today, and nobody is to be told that the first is over.
    """
    names = {one.code: one.name for one in organisations}
    failed = [one for one in failures if one.organisation in names]
    by_reason: dict[Words, list[Words]] = {}
    for one in failed:
        by_reason.setdefault(one.said, []).append(_named_report(one.organisation, names[one.organisation], one.period))
    if untried:
        who = [_named_report(one.organisation.code, one.organisation.name, one.period) for one in untried]
        by_reason[Words("ข้อมูลครบแล้วแต่ยังไม่มีงานใดจัดทำ", "the files are complete, but no run has made the report")] = who
    if not by_reason:
        return
    told = [_reason_told(reason, who) for reason, who in by_reason.items()]
    if (more := len(told) - _MOST_NAMED) > 0:
        and_more = Words(f"และอีก {more} สาเหตุ (prongsai status)", f"and {more} more reasons (prongsai status)")
        told = [*told[:_MOST_NAMED], and_more]
    to_do = Words(
        "ต้องทำ: แก้ตามเหตุผล แล้วสั่ง prongsai run ถ้ายังทำไม่ได้ สาเหตุอยู่หลัง ✗",
        "To do: mend what the reason names, then prongsai run; if it still fails, the cause stands after ✗",
    )
    stage = max((one.since.isoformat(timespec="seconds") for one in failed), default="open")
    said = (
        [Words(f"จัดทำรายงานไม่สำเร็จ {len(failed)} ฉบับ", f"Reports that could not be made: {len(failed)}")]
        if failed
        else []
    )
    if untried:
        said.append(Words(f"ข้อมูลครบแล้วแต่ยังไม่ได้จัดทำ {len(untried)} ฉบับ", f"Reports ready, but not made: {len(untried)}"))
    yield Wrong("failed", stage, joined(" ", said), joined("\n\n", [*told, to_do]))


def _named_report(code: str, name: str, period: Period) -> Words:
    return Words(f"{code} {name} {period}", f"{code} {period}")


def _reason_told(reason: Words, who: Sequence[Words]) -> Words:
    named = _named(who)
    return Words(f"{reason.th}\n{len(who)} ฉบับ: {named.th}", f"{reason.en}\nReports ({len(who)}): {named.en}")


def untried_reports(
    warehouse: Warehouse, organisations: Sequence[Organisation], periods: Iterable[Period], *, since: datetime.datetime
) -> list[ReportStatus]:
    """The reports that could have been made since then, and were not even tried."""
    of_all = (one for period in sorted(periods) for one in report_status(warehouse, organisations, period))
    return [one for one in of_all if one.to_make and one.failure is None and _newest(one) < since]


def _newest(report: ReportStatus) -> datetime.datetime:
    return max(source.fetched_at for source in report.sources if source.fetched_at)


def _told(need: Need, who: Sequence[Organisation]) -> Words:
    named = _named(Words(f"{one.code} {one.name}", one.code) for one in who)
    return Words(
        f"{need.missing.th} ({len(who)} หน่วยงาน): {named.th}\nต้องทำ: {need.to_do.th}",
        f"{need.missing.en} ({len(who)}): {named.en}\nTo do: {need.to_do.en}",
    )


def _named(names: Iterable[Words]) -> Words:
    """The first of them; in English by their codes, because the names are Thai and stand above."""
    told = list(names)
    few, more = joined(", ", told[:_MOST_NAMED]), len(told) - _MOST_NAMED
    return Words(f"{few.th} และอีก {more}", f"{few.en} and {more} more") if more > 0 else few


def _due_words(due: Deadline) -> Words:
    day = date_words(due.day)
    if due.confirmed:
        return Words(f"กำหนด {day.th}", f"Due {day.en}")
    return Words(f"กำหนด {day.th} (ยังไม่ยืนยัน: {due.source})", f"Due {day.en} (not confirmed)")


def stopped_files(
    warehouse: Warehouse, organisations: Sequence[Organisation], periods: Collection[Period]
) -> Iterator[Wrong]:
    """One message for each rule that stops files, of these periods or of nobody; not of files that were taken away."""
    names = {one.code: one.name for one in organisations}
    standing = [one for one in stopped_exports(warehouse) if _stands(one, names, periods)]
    for (rule, source), files in groupby(standing, key=lambda one: (one.rule, one.source)):
        yield _stopped(rule, source, list(files), names)


def _stands(one: Stopped, names: Mapping[str, str], periods: Collection[Period]) -> bool:
    if one.period is None or one.organisation is None:
        return one.via == "portal" or Path(one.origin).exists()
    return one.period in periods and one.organisation in names


def _stopped(rule: str, source: str, files: Sequence[Stopped], names: Mapping[str, str]) -> Wrong:
    number, first = len(files), files[0]
    title = Words(f"อ่านไฟล์ไม่ได้ {number} ไฟล์ ({rule})", f"Files that cannot be read: {number} ({rule})")
    if source:
        name = source_name(source)
        title = Words(
            f"ไฟล์ {name} ไม่ผ่านการตรวจ {number} ไฟล์ ({rule})", f"{name} files stopped by the checks: {number} ({rule})"
        )
    fix = Words("ส่งออกไฟล์ใหม่จากต้นทาง แล้ววางแทนไฟล์เดิม", "export the file again and put it in place of this one")
    if rule in catalogue():
        fix = catalogue()[rule].fix
    who = [_who(one, names) for one in files]
    named = _named(dict.fromkeys(who))
    body = Words(
        f"เช่น {first.file_name}: {first.said.th}\nต้องทำ: {fix.th}\n{len(who)} แห่ง: {named.th}\n"
        "ดูข้อสังเกตทั้งหมด: prongsai sync",
        f"For example {first.file_name}: {first.said.en}\nTo do: {fix.en}\nWhere ({len(who)}): {named.en}\n"
        "All findings: prongsai sync",
    )
    return Wrong(f"stopped {source} {rule}", "open", title, body)


def _who(one: Stopped, names: Mapping[str, str]) -> Words:
    if one.organisation is None or one.organisation not in names:
        return Words(one.file_name, one.file_name)
    return Words(f"{one.organisation} {names[one.organisation]}", one.organisation)


def period_of_cause(cause: str) -> Period | None:
    """The period that a told cause is about, so that it is watched until it is resolved; None if about none."""
    kind, _, period = cause.partition(" ")
    return period_from(period) if kind == "report" else None
