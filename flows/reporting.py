"""The report of one organisation and period, made from the warehouse and remembered there; and of many on all cores."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from types import TracebackType

from expectations.catalogue import checked_rules, rules_version
from flows.arrivals import manual_not_allowed
from flows.pool import new_pool
from flows.settings import Settings
from reports.release import Release, make_release
from warehouse.archive import sha256_of
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.earlier import earlier_totals
from warehouse.store.facts import report_facts
from warehouse.store.releases import ReleaseRecord, keep_failure, keep_release
from warehouse.vocabulary.errors import ProngsaiError, Words
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Comment, LoadedExport, ReportFacts

LOT = 50
"""Reports that one set of processes makes: new ones for the next lot, so that what libraries keep stays bounded."""
Wanted = tuple[str, Period]
_MOST_CAUSES = 5  # the summary of the run has them all
_DIED = Words(
    "โปรแกรมหยุดกลางคันขณะทำรายงานนี้ (หน่วยความจำอาจไม่พอ) โปรดสั่งทำรายงานของหน่วยงานนี้หน่วยงานเดียวอีกครั้ง",
    "the process that made this report died (memory may have run out); make the report of this organisation alone",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one report that was wanted: a release, or why there is none."""

    organisation: str
    period: Period
    release: Release | None = None
    error: Words | None = None


def failures(made: Sequence[Made]) -> str:
    """In one line how many reports could not be made, of whom and why, the first few by name; "" if all were."""
    failed = [(f"{one.organisation} {one.period}", one.error) for one in made if one.error]
    if not failed:
        return ""
    number, more = len(failed), len(failed) - _MOST_CAUSES
    th = " · ".join(f"{who}: {why.th}" for who, why in failed[:_MOST_CAUSES])
    en = " · ".join(f"{who}: {why.en}" for who, why in failed[:_MOST_CAUSES])
    return Words(
        f"ทำไม่ได้ {number} จาก {len(made)} ฉบับ — {th}" + (f" และอีก {more}" if more > 0 else ""),
        f"{number} of {len(made)} reports could not be made — {en}" + (f" and {more} more" if more > 0 else ""),
    ).in_both


def make_report(
    settings: Settings, warehouse: Warehouse, code: str, period: Period, *, now: datetime.datetime
) -> Release:
    """The release of what is current; the one that is there already, if nothing changed.

    Raises NotReady if a source has no accepted export of this period, and no stand-in that the settings allow. Where
    all exports are there and it still cannot be made, the warehouse remembers when and why until it is made.
    """
    earlier = earlier_totals(warehouse, code, period)
    facts = report_facts(warehouse, code, period, earlier="earlier" in settings.stand_ins)
    with _Remembered(warehouse, code, period, now):
        return _made_from(settings, warehouse, replace(facts, earlier=earlier), now)


class _Remembered:
    """What goes wrong inside is remembered as the reason why a report could not be made, our own bugs too."""

    def __init__(self, warehouse: Warehouse, code: str, period: Period, now: datetime.datetime) -> None:
        self._warehouse, self._code, self._period, self._now = warehouse, code, period, now

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, Exception):
            said = error.words if isinstance(error, ProngsaiError) else _bug(error)
            _remember(self._warehouse, (self._code, self._period), said, self._now)


def _remember(warehouse: Warehouse, wanted: Wanted, said: Words, now: datetime.datetime) -> None:
    with suppress(ProngsaiError):  # whoever asked hears the failure itself
        keep_failure(warehouse, *wanted, said, now=now)


def _bug(error: Exception) -> Words:
    said = f"{type(error).__name__}: {error}"[:300]
    return Words(f"โปรแกรมผิดพลาด ({said}) โปรดแจ้งผู้ดูแลระบบ", f"the program failed ({said}); tell who looks after it")


def _made_from(settings: Settings, warehouse: Warehouse, facts: ReportFacts, now: datetime.datetime) -> Release:
    code, period = facts.organisation.code, facts.period
    if "manual" not in settings.stand_ins and "hand" in (facts.budget.export.via, facts.plan.export.via):
        raise manual_not_allowed(f"{code} {period}")
    comments = settings.all_comments()
    budget, plan = (
        replace(export, comments=tuple(one for one in comments if _is_of(one, code, export)))
        for export in (facts.budget, facts.plan)
    )
    facts = replace(facts, budget=budget, plan=plan, rules=checked_rules(), rules_version=rules_version())
    template = settings.path(settings.report_template) if settings.report_template else None
    releases = settings.path(settings.releases)
    items = settings.path(settings.ita_items)
    made = make_release(
        facts,
        words_file=settings.words_file(code),
        releases=releases,
        template=template,
        digits=settings.digits,
        own_items=items if items.is_file() else None,
    )
    manifest = sha256_of(made.files["manifest"].read_bytes())
    version = int(made.folder.name.removeprefix("v"))
    keep_release(warehouse, ReleaseRecord(made.id, code, period, version, str(made.folder), manifest), now=now)
    return made


def _is_of(comment: Comment, code: str, export: LoadedExport) -> bool:
    return (comment.organisation, comment.source, comment.period) == (code, export.source, export.period)


def expired(comment: Comment) -> Words:
    """What is told of a comment that was not printed."""
    what = f"{comment.rule} {comment.cell or ''}".rstrip()
    return Words(
        f"! คำชี้แจงของ {comment.who} หมดอายุ จึงไม่ได้พิมพ์: ไม่พบข้อสังเกต {what} ตามที่ชี้แจงแล้ว โปรดแก้หรือลบใน comments.toml",
        f"! the comment of {comment.who} has expired and is not printed: {what} is no longer found as it says; "
        "mend or delete it in comments.toml",
    )


def make_reports(settings: Settings, wanted: Iterable[Wanted], *, now: datetime.datetime) -> Iterator[Made]:
    """Each report as soon as it is made, in no order: one that cannot be made, or kills its process, stops no other.

    What is wanted is asked for a lot at a time. A bug of ours in one report is raised when all the others are made.
    """
    bugs: list[BaseException] = []
    coming, alone = iter(wanted), True
    while lot := list(islice(coming, LOT)):
        alone = alone and len(lot) == 1  # no process of its own for the only one
        yield from [_made(settings, lot[0], now)] if alone else _made_by_processes(settings, lot, now, bugs)
    if bugs:
        raise bugs[0]


def _made_by_processes(
    settings: Settings, lot: Sequence[Wanted], now: datetime.datetime, bugs: list[BaseException]
) -> Iterator[Made]:
    broken: list[Wanted] = []
    pool = new_pool(__name__)
    try:
        futures = {pool.submit(_made, settings, one, now): one for one in lot}
        for future in as_completed(futures):
            error = future.exception()
            if error is None:
                yield future.result()
            elif isinstance(error, BrokenProcessPool):
                broken.append(futures[future])
            else:
                bugs.append(error)
    finally:
        pool.shutdown(cancel_futures=True)
    if broken and len(lot) == 1:
        _remember(_warehouse(settings.warehouse_url), lot[0], _DIED, now)
        yield Made(*lot[0], error=_DIED)
        return
    half = (len(broken) + 1) // 2  # until the one that no process survives stands alone
    for part in filter(None, (broken[:half], broken[half:])):
        yield from _made_by_processes(settings, part, now, bugs)


def _made(settings: Settings, one: Wanted, now: datetime.datetime) -> Made:
    code, period = one
    try:
        return Made(code, period, make_report(settings, _warehouse(settings.warehouse_url), code, period, now=now))
    except ProngsaiError as error:
        return Made(code, period, error=error.words)


@cache
def _warehouse(url: str) -> Warehouse:
    return open_warehouse(url)
