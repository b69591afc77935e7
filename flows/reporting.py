"""The report of one organisation and period, made from the warehouse and remembered there."""

import datetime
from dataclasses import replace

from expectations.catalogue import checked_rules
from flows.arrivals import manual_not_allowed
from flows.settings import Settings
from reports.release import Release, make_release
from warehouse.archive import sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.earlier import earlier_totals
from warehouse.store.facts import report_facts
from warehouse.store.releases import ReleaseRecord, keep_release
from warehouse.vocabulary.errors import ProngsaiError, Words
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Comment, LoadedExport


def try_report(
    settings: Settings, warehouse: Warehouse, code: str, period: Period, *, now: datetime.datetime
) -> Release | ProngsaiError:
    """The release, or why it could not be made: one organisation's fault must not stop the others."""
    try:
        return make_report(settings, warehouse, code, period, now=now)
    except ProngsaiError as error:
        return error


def make_report(
    settings: Settings, warehouse: Warehouse, code: str, period: Period, *, now: datetime.datetime
) -> Release:
    """The release of what is current; the one that is there already, if nothing changed.

    Raises NotReady if a source has no accepted export of this period, and no stand-in that the settings allow.
    """
    earlier = earlier_totals(warehouse, code, period)
    facts = report_facts(warehouse, code, period, earlier="earlier" in settings.stand_ins)
    if "manual" not in settings.stand_ins and "hand" in (facts.budget.export.via, facts.plan.export.via):
        raise manual_not_allowed(f"{code} {period}")
    comments = settings.all_comments()
    budget, plan = (
        replace(export, comments=tuple(one for one in comments if _is_of(one, code, export)))
        for export in (facts.budget, facts.plan)
    )
    facts = replace(facts, budget=budget, plan=plan, earlier=earlier, rules=checked_rules())
    template = settings.path(settings.report_template) if settings.report_template else None
    releases = settings.path(settings.releases)
    made = make_release(facts, words_file=settings.words_file(code), releases=releases, template=template)
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
