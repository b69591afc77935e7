"""prongsai status: how each organisation's exports and report stand; with --alert the watchdog."""

import datetime
import json
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from expectations.catalogue import catalogue
from expectations.evidence import DeadCitation
from flows.command.page_file import write_page
from flows.command.say import complain, finding_json, now, say, say_findings, say_line
from flows.release_state import ReleaseState, release_states
from flows.settings import Settings
from flows.watch.alerts import Target, tell
from flows.watch.citations import dead_citations, try_citations
from flows.watch.deadlines import Deadline
from flows.watch.needs import needs, open_steps, to_do_of
from flows.watch.status_page import VERDICTS, came, counted, status_page
from flows.watch.watchdog import (
    alert_targets,
    escalation_targets,
    tell_that_warehouse_is_back,
    tell_without_outbox,
    unseen_causes,
    wrong_now,
)
from flows.watch.wrong import Wrong
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.outbox import unsent
from warehouse.store.releases import FailedReport
from warehouse.store.status import ReportStatus, SourceStatus, report_status
from warehouse.vocabulary.errors import Language, ProngsaiError, Words, WrongSettings
from warehouse.vocabulary.fiscal import date_words, moment_words, period_ended_by, thai_day
from warehouse.vocabulary.records import Severity

_NOBODY = Words(
    "ยังไม่มีหน่วยงาน โปรดใส่ [[organisation]] ใน prongsai.toml",
    "there is no organisation yet; enter one as [[organisation]] in prongsai.toml",
)


def status(settings: Settings, arguments: Namespace) -> int:
    """Say how things stand for the period now due, or for the one named; 1 if --fail-if-late and something is late."""
    moment = now()
    targets = alert_targets(settings) if arguments.alert else []
    try:
        warehouse = open_warehouse(settings.warehouse_url)
        return _status(settings, arguments, warehouse, targets, moment)
    except ProngsaiError as error:
        if targets:  # the outbox is of no use now
            tell_without_outbox(settings, targets, error.words, now=moment)
            with suppress(WrongSettings):  # of `escalate`: told next time, if it is not this error itself
                tell_without_outbox(settings, escalation_targets(settings, targets), error.words, now=moment)
        raise


def _status(
    settings: Settings, arguments: Namespace, warehouse: Warehouse, targets: Sequence[Target], moment: datetime.datetime
) -> int:
    today = thai_day(moment)
    period = arguments.period or period_ended_by(today)
    dead = try_citations(settings, warehouse, now=moment) if arguments.links else dead_citations(settings, warehouse)
    reports = report_status(warehouse, settings.all_organisations(), period)
    states, calendar = release_states(settings.path(settings.releases)), settings.calendar()
    due = calendar.deadline_of(period)
    briefly = arguments.html or arguments.alert
    wrong = wrong_now(settings, warehouse, period, now=moment, watchdog=arguments.alert) if briefly else []
    if arguments.html:
        page = status_page(reports, wrong, states, period, due, settings.inbox, dead, now=moment)
        _write(Path(arguments.html), page, arguments.lang)
    if not reports:
        complain(arguments.lang, _NOBODY)
    for one in reports:
        mine = [each for each in dead if each.citation.organisation == one.organisation.code]
        if arguments.json:
            said = _as_json(one, mine, states, settings.inbox, due, moment, arguments.lang)
            say_line(json.dumps(said, ensure_ascii=False))
        elif not briefly:
            _say(one, mine, states, settings.inbox, due, moment, arguments.lang)
    if targets:
        _tell(settings, warehouse, wrong, targets, moment, arguments.lang)
    late = any(one.release is None for one in reports) and today > due.day
    return 1 if arguments.fail_if_late and (late or any(one.overdue for one in wrong)) else 0


def _tell(
    settings: Settings,
    warehouse: Warehouse,
    wrong: Sequence[Wrong],
    targets: Sequence[Target],
    moment: datetime.datetime,
    language: Language,
) -> None:
    repeat = datetime.timedelta(hours=settings.alert_repeat_hours)
    telling = partial(tell, warehouse, now=moment, repeat_after=repeat, unseen=unseen_causes(wrong))
    sent, failed = telling([one.message for one in wrong], targets)
    above = escalation_targets(settings, targets)  # if they are wrong, that is told like a warehouse that is down
    tell_that_warehouse_is_back(settings, [*targets, *above])
    overdue = telling([one.message for one in wrong if one.overdue], above)
    sent, failed = sent + overdue[0], failed | overdue[1]
    say(
        language,
        f"เรื่องที่ต้องดู {len(wrong)} เรื่อง แจ้งแล้ว {sent} ข้อความ",
        f"{len(wrong)} things wrong, {sent} messages sent",
    )
    for name, number in unsent(warehouse).items():
        why = failed.get(name, "")
        complain(
            language,
            Words(
                f"{name}: ค้างส่ง {number} ข้อความ จะลองใหม่เอง {why}".rstrip(),
                f"{name}: {number} messages wait and will be tried again {why}".rstrip(),
            ),
        )


def _write(path: Path, page: str, language: Language) -> None:
    write_page(path, page)
    say(language, f"เขียนหน้าสถานะ {path} แล้ว", f"wrote the status page {path}")


def _say(
    one: ReportStatus,
    dead: Sequence[DeadCitation],
    states: Mapping[str, ReleaseState],
    inbox: Path,
    due: Deadline,
    moment: datetime.datetime,
    language: Language,
) -> None:
    say_line(f"{one.organisation.code} {one.organisation.name} — {one.period}")
    for source in one.sources:
        verdict, when = VERDICTS[source.verdict], came(source.fetched_at, moment) or Words("", "")
        found = counted(source.findings)
        say(
            language,
            f"    {source.source}: {verdict.th} {when.th} {found.th}".rstrip(),
            f"    {source.source}: {verdict.en} {when.en} {found.en}".rstrip(),
        )
    _say_dead(dead, language)
    left, day = (due.day - thai_day(moment)).days, date_words(due.day)
    th, en = "ยังไม่มีรายงาน", "no report yet"
    if one.release:
        state = states.get(one.release, ReleaseState.DRAFT).words
        th, en = f"ฉบับ {one.release} {state.th}", f"release {one.release}, {state.en}"
    say(
        language,
        f"    {th} (กำหนด {day.th}{'' if due.confirmed else ' ซึ่งยังไม่ยืนยัน'} "
        f"{f'เหลือ {left}' if left >= 0 else f'เกินมา {-left}'} วัน)",
        f"    {en} (due {day.en}{'' if due.confirmed else ', not confirmed'}, "
        f"{abs(left)} days {'left' if left >= 0 else 'late'})",
    )
    if failure := one.failure:
        at = moment_words(failure.failed_at)
        say(
            language,
            f"    ✗ จัดทำไม่สำเร็จเมื่อ {at.th}: {_indented(failure.said.th)}",
            f"    ✗ could not be made on {at.en}: {_indented(failure.said.en)}",
        )
    for need in open_steps(one, states, inbox):
        say_line(f"    → {need.missing.said_in(language)}: {to_do_of(need, one).said_in(language)}")


def _say_dead(dead: Sequence[DeadCitation], language: Language) -> None:
    """The findings of an organisation's file of words, counted, each, and what to do."""
    if dead:
        findings = [one.finding for one in dead]
        found = counted(Counter(one.severity for one in findings)).said_in(language)
        say_line(f"    {dead[0].citation.file}: {found}")
        say_findings(language, findings)
        say_line(f"      → {catalogue()[findings[0].rule].fix.said_in(language)}")


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")


def _as_json(
    one: ReportStatus,
    dead: Sequence[DeadCitation],
    states: Mapping[str, ReleaseState],
    inbox: Path,
    due: Deadline,
    moment: datetime.datetime,
    language: Language,
) -> dict[str, object]:
    found = sum((Counter(source.findings) for source in one.sources), Counter(each.finding.severity for each in dead))
    return {
        "organisation": {"code": one.organisation.code, "name": one.organisation.name},
        "fiscal_year": one.period.fiscal_year.year,
        "half": one.period.half.value,
        "sources": [_source_json(source) for source in one.sources],
        "findings": {severity.value: found[severity] for severity in Severity if severity in found},
        "ready": one.ready,
        "failed": _failure_json(one.failure, language) if one.failure else None,
        "release": one.release,
        "release_state": states.get(one.release, ReleaseState.DRAFT).value if one.release else None,
        "missing": [need.missing.said_in(language) for need in needs(one, inbox)],
        "to_do": [to_do_of(need, one).said_in(language) for need in open_steps(one, states, inbox)],
        "deadline": due.day.isoformat(),
        "deadline_confirmed": due.confirmed,
        "days_left": (due.day - thai_day(moment)).days,
        "dead_links": [_link_json(each, language) for each in dead],
    }


def _link_json(one: DeadCitation, language: Language) -> dict[str, object]:
    cited = one.citation
    said = {"file": cited.file, "measure": cited.measure, "title": cited.title, "address": cited.address}
    told = {"dead_since": one.link.since.isoformat(), "reason": one.link.said.en}
    return said | told | finding_json(one.finding, language)


def _failure_json(one: FailedReport, language: Language) -> dict[str, str]:
    return {"since": one.since.isoformat(), "at": one.failed_at.isoformat(), "reason": one.said.said_in(language)}


def _source_json(source: SourceStatus) -> dict[str, object]:
    return {
        "source": source.source,
        "verdict": source.verdict,
        "file": source.file_name,
        "fetched_at": source.fetched_at.isoformat() if source.fetched_at else None,
        "current": source.current,
        "findings": {severity.value: number for severity, number in source.findings.items()},
    }
