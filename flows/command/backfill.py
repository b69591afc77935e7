"""prongsai backfill: the reports of past periods; the plan first, then, with --yes, what is missing."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from flows.backfill import arriving, reports_wanted, unjudged_exports
from flows.command.report import say_failure
from flows.command.say import now, say, say_line, shown_path
from flows.command.sync import exit_code, say_results
from flows.job import Job, Wanted, new_job
from flows.line import MOST_SHOWN, ExportResult, work_on
from flows.pages.findings_page import keep_page
from flows.reporting import Made, make_reports
from flows.reporting import Wanted as Report
from flows.settings import Settings
from flows.watch.needs import source_name
from warehouse.store.status import ReportStatus
from warehouse.vocabulary.errors import Language, Words, WrongSettings
from warehouse.vocabulary.fiscal import Period, periods_between

_MOST_LINES = 64
_STATES = {
    "done": Words("มีรายงานแล้ว", "report is there"),
    "ready": Words("พร้อมจัดทำรายงาน", "ready to be made"),
    "missing": Words("ยังไม่มีไฟล์ที่ผ่านการตรวจ", "no accepted file"),
}


def backfill(settings: Settings, arguments: Namespace) -> int:
    """Say what is to be done; with --yes do it. 0 if every report is there, 2 if a file could not be read, else 1."""
    periods = periods_between(arguments.first, arguments.last)
    organisation = arguments.organisation
    settings.check_organisation(organisation)
    if not periods:
        raise WrongSettings("--from ต้องไม่หลัง --to", "--from must not be after --to")
    job = new_job(settings, Wanted(None, organisation), now=now())
    if not (arguments.json and arguments.yes):
        _say_plan(job, periods, arguments)
    if not arguments.yes:
        return 0
    taken_in, judged = _take_in(job, periods, arguments)
    return max(taken_in, _draft(job, periods, judged, arguments))


def _say_plan(job: Job, periods: Sequence[Period], arguments: Namespace) -> None:
    if arguments.json:
        for one in reports_wanted(job, periods):
            _say_json(one, _state(one))
        return
    language, portals = arguments.lang, len(job.settings.portals)
    new = len(unjudged_exports(job))
    say(
        language,
        f"รับเข้าก่อน: คลังไฟล์ {new} ไฟล์ที่ยังไม่ได้ตรวจ โฟลเดอร์รับไฟล์ และพอร์ทัล {portals} แห่งเฉพาะที่ยังขาด",
        f"taken in first: {new} archived files not judged yet, the inbox, {portals} portals for what is missing",
    )
    for period in periods:
        reports = list(reports_wanted(job, [period]))
        count = Counter(map(_state, reports))
        told = [(words, count[state]) for state, words in _STATES.items() if count[state]]
        say(
            language,
            f"{period}: {len(reports)} หน่วยงาน — {', '.join(f'{words.th} {number}' for words, number in told)}",
            f"{period}: {len(reports)} organisations — {', '.join(f'{words.en} {number}' for words, number in told)}",
        )
        for one in reports if len(reports) * len(periods) <= _MOST_LINES else ():
            _say_line(one, language)
    if not arguments.yes:
        say(language, "ยังไม่ได้ทำอะไร เพิ่ม --yes เพื่อเริ่ม", "nothing was done; add --yes to begin")


def _state(one: ReportStatus) -> str:
    if one.to_make:
        return "ready"
    return "missing" if one.release is None else "done"


def _say_line(one: ReportStatus, language: Language) -> None:
    words, more = _STATES[_state(one)], one.release or ", ".join(map(source_name, _lacking(one)))
    say_line(f"    {one.organisation.code} {one.organisation.name}: {words.said_in(language)} {more}".rstrip())


def _lacking(one: ReportStatus) -> list[str]:
    return [source.source for source in one.sources if not source.current]


def _take_in(job: Job, periods: Sequence[Period], arguments: Namespace) -> tuple[int, set[Report]]:
    """Load what arrives, lot by lot; the worst of their exit codes, and the reports whose files were judged anew."""
    worst, stopped, judged = 0, list[ExportResult](), set[Report]()
    for lot in arriving(job, periods):
        results = work_on(job, lot)
        say_results(job.warehouse, results, arguments.lang, as_json=arguments.json)
        worst = max(worst, exit_code(results))
        news = [one for one in results if one.outcome]
        judged |= {(one.organisation.code, one.period) for one in news if one.organisation and one.period}
        stopped += [one for one in results if one.stopped][: MOST_SHOWN - len(stopped)]
    page = keep_page(job.settings, job.warehouse, stopped, job.now)
    if page and not arguments.json:
        where = shown_path(str(page))
        say(arguments.lang, f"ดูข้อสังเกตทั้งหมดได้ที่ {where}", f"all findings: {where}")
    return worst, judged


def _draft(job: Job, periods: Sequence[Period], judged: Collection[Report], arguments: Namespace) -> int:
    """Make what is to be made or was judged anew, on all cores, each told as it is done; 1 if any lacks or failed."""
    count: Counter[str] = Counter()
    waiting: dict[Report, ReportStatus] = {}  # never more than one lot

    def tell(one: ReportStatus, made: Made | None) -> None:
        count[_outcome(one, made)] += 1
        _say_outcome(one, made, arguments)

    def to_make() -> Iterator[Report]:
        for one in reports_wanted(job, periods):
            if one.to_make or (one.ready and (one.organisation.code, one.period) in judged):
                waiting[one.organisation.code, one.period] = one
                yield one.organisation.code, one.period
            else:
                tell(one, None)

    for made in make_reports(job.settings, to_make(), now=job.now):
        tell(waiting.pop((made.organisation, made.period)), made)
    if not arguments.json:
        _say_summary(count, arguments.lang)
    return 1 if count["failed"] or count["missing"] else 0


def _say_outcome(one: ReportStatus, made: Made | None, arguments: Namespace) -> None:
    if arguments.json:
        _say_json(one, _outcome(one, made), made, arguments.lang)
    elif made and made.release:
        say_line(f"✓ {made.release.id}")
    elif made:
        say_failure(arguments.lang, made)


def _outcome(one: ReportStatus, made: Made | None) -> str:
    if made is None:
        return _state(one)
    if made.release is None:
        return "failed"
    return "made" if made.release.new else "done"


def _say_summary(count: Counter[str], language: Language) -> None:
    made, done, missing, failed = (count[state] for state in ("made", "done", "missing", "failed"))
    say(
        language,
        f"จัดทำใหม่ {made} ฉบับ มีอยู่แล้ว {done} ยังขาดไฟล์ {missing} ทำไม่สำเร็จ {failed} (สั่งซ้ำได้ จะทำเฉพาะที่ขาด)",
        f"{made} made, {done} there already, {missing} lack a file, {failed} failed (run again: only gaps are filled)",
    )


def _say_json(one: ReportStatus, state: str, made: Made | None = None, language: Language = "th") -> None:
    said = {
        "organisation": one.organisation.code,
        "period": str(one.period),
        "state": state,
        "release": made.release.id if made and made.release else one.release,
        "missing": _lacking(one),
        "error": made.error.said_in(language) if made and made.error else None,
    }
    say_line(json.dumps(said, ensure_ascii=False))
