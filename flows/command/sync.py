"""prongsai sync: fetch, read, check and load what is new."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence

from connectors.inbox import Waiting
from expectations.difference import difference_words, summary_words
from flows.arrivals import Arrival, inbox_arrivals, portal_arrivals, portals_of, waiting_files
from flows.command.say import complain, finding_json, now, say, say_findings, say_line, shown_path
from flows.handled import move_handled
from flows.job import Job, Wanted, new_job
from flows.line import ExportResult, with_findings, work_on
from flows.pages.findings_page import keep_page
from flows.settings import Settings
from warehouse.store.connection import Warehouse
from warehouse.store.load import Outcome
from warehouse.store.watch import keep_ended
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Language
from warehouse.vocabulary.fiscal import period_ended_by, thai_day
from warehouse.vocabulary.money import baht_plain
from warehouse.vocabulary.records import Finding

_MOST_LINES = 64
_OUTCOMES = {
    Outcome.LOADED: ("นำเข้าแล้ว", "loaded"),
    Outcome.SAME: ("ข้อมูลเหมือนเดิม", "the same rows as before"),
    Outcome.REJECTED: ("ไม่ผ่าน กักไว้", "rejected, quarantined"),
    Outcome.UNREADABLE: ("อ่านไม่ได้", "unreadable"),
}

_OF_KNOWN = {(True, False): "known", (True, True): "replaced", (False, False): "not_fetched"}


def sync(settings: Settings, arguments: Namespace) -> int:
    """Sync what is new and say what became of it; exit codes: `exit_code`."""
    settings.check_organisation(arguments.organisation)
    job = new_job(settings, Wanted(arguments.source, arguments.organisation), now=now())
    files = waiting_files(settings, job.organisations, job.wanted.organisation)
    results = work_on(job, _arrivals(job, files))
    if left := move_handled(settings, job.wanted, files, results):
        complain(arguments.lang, left)
    if job.wanted.everything:
        keep_ended(job.warehouse, "sync", now=now())
    say_results(job.warehouse, results, arguments.lang, as_json=arguments.json)
    page = keep_page(settings, job.warehouse, results, job.now)
    if not arguments.json:
        say_summary(results, arguments.lang)
        if page:
            where = shown_path(str(page))
            say(arguments.lang, f"ดูข้อสังเกตทั้งหมดได้ที่ {where}", f"all findings: {where}")
    return exit_code(results)


def _arrivals(job: Job, files: Sequence[Waiting]) -> Iterator[Arrival]:
    settings, period = job.settings, period_ended_by(thai_day(job.now))
    yield from inbox_arrivals(settings, files)
    for recipe in portals_of(settings, job.wanted.source):
        yield from portal_arrivals(job, recipe, job.asked_of, period)


def say_results(
    warehouse: Warehouse, results: Sequence[ExportResult], language: Language, *, as_json: bool = False
) -> None:
    """A line and more for each table; of thousands only for what stopped, unless a program reads it."""
    told = [one for one in results if as_json or one.stopped or len(results) <= _MOST_LINES]
    for result, findings in with_findings(warehouse, told):
        if as_json:
            say_line(json.dumps(_as_json(result, findings, language), ensure_ascii=False))
        else:
            _say_result(result, findings, language)


def exit_code(results: Sequence[ExportResult]) -> int:
    """0 if every export counts or is replaced, 2 if one could not be read, else 1: not fetched, or the gate closed."""
    if any(result.error and (result.outcome or result.seen) for result in results):
        return 2
    return 1 if any(result.stopped for result in results) else 0


def _say_result(result: ExportResult, findings: Sequence[Finding], language: Language) -> None:
    """What became of one table, with its findings; of what is known and counts, nothing."""
    place = shown_path(result.origin)
    if result.error:
        say(language, f"✗ {place}: {result.error.th}", f"✗ {place}: {result.error.en}")
    elif result.outcome:
        th, en = _OUTCOMES[result.outcome]
        mark = "✓" if result.accepted else "✗"
        say(
            language,
            f"{mark} {place}: {result.source} รอบ {result.period or '?'} {result.rows} รายการ — {th}",
            f"{mark} {place}: {result.source} period {result.period or '?'} {result.rows} rows — {en}",
        )
        if result.difference and result.period:
            said = difference_words(result.difference, result.period).said_in(language)
            say_line(f"    ± {said}")
        say_findings(language, findings)
    elif result.stopped:
        say(language, f"✗ {place}: ยังไม่ผ่านเหมือนครั้งก่อน", f"✗ {place}: still rejected, as before")
        say_findings(language, findings)


def say_summary(results: Sequence[ExportResult], language: Language) -> None:
    """How many tables are new, known and not accepted."""
    if not results:
        say(language, "ไม่มีไฟล์ในโฟลเดอร์รับไฟล์", "there is no file in the inbox")
        return
    new, bad = sum(one.outcome is Outcome.LOADED for one in results), sum(one.stopped for one in results)
    say(
        language,
        f"รวม {len(results)} ตาราง: ใหม่ {new} เหมือนเดิม {len(results) - new - bad} ไม่ผ่าน {bad}",
        f"{len(results)} tables: {new} new, {len(results) - new - bad} known, {bad} not accepted",
    )
    differences = [result.difference for result in results if result.difference]
    if differences and len(results) > _MOST_LINES:
        say_line(summary_words(differences).said_in(language))


def _as_json(result: ExportResult, findings: Sequence[Finding], language: Language) -> dict[str, object]:
    source = result.seen.source if result.seen else result.source
    return {
        "origin": result.origin,
        "sha256": result.sha256,
        "source": source or None,
        "organisation": result.organisation.code if result.organisation else None,
        "period": str(result.period) if result.period else None,
        "outcome": result.outcome.value if result.outcome else _OF_KNOWN[result.seen is not None, result.replaced],
        "accepted": result.accepted,
        "error": result.error.said_in(language) if result.error else None,
        "findings": [finding_json(finding, language) for finding in findings],
        "difference": _difference_json(result.difference) if result.difference else None,
    }


def _difference_json(one: Difference) -> dict[str, object]:
    return {
        "previous": {
            "file": one.previous_file,
            "period": str(one.previous_period),
            "data_date": one.previous_date.isoformat() if one.previous_date else None,
            "fetched_at": one.previous_fetched.isoformat(),
        },
        "data_date": one.data_date.isoformat() if one.data_date else None,
        "size": one.size,
        "rows": one.rows,
        "totals": {column: baht_plain(satang) for column, satang in one.totals.items()},
        "new": one.new,
        "gone": one.gone,
    }
