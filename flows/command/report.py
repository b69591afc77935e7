"""prongsai report: make one organisation's report for one period, or those of all that are ready."""

import json
import sys
from argparse import Namespace

from flows.command.say import complain, now, say, say_line, show_progress, shown_path
from flows.reporting import Made, expired, make_report, make_reports
from flows.settings import Settings
from reports.release import Release
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.releases import ready_reports
from warehouse.vocabulary.errors import Language, NotReady, Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


def report(settings: Settings, arguments: Namespace) -> int:
    """Make the report, or find the one that is there already, and say where it lies; without a code, all of them."""
    period = Period(FiscalYear(arguments.fiscal_year), Half(arguments.half))
    settings.check_organisation(arguments.organisation)
    codes = {one.code for one in settings.all_organisations()}
    warehouse = open_warehouse(settings.warehouse_url)
    if arguments.organisation is None:
        return _report_all(settings, arguments, warehouse, codes, period)
    made = make_report(settings, warehouse, arguments.organisation, period, now=now())
    say_expired(arguments.lang, made)
    if arguments.json:
        say_line(json.dumps(_as_json(made), ensure_ascii=False, default=str))
    else:
        say_release(arguments.lang, made)
    return 0


def _report_all(settings: Settings, arguments: Namespace, warehouse: Warehouse, codes: set[str], period: Period) -> int:
    """Make every report that is ready; 1 if one of them could not be made, or none is ready."""
    wanted = [one for one in ready_reports(warehouse) if one[0] in codes and one[1] == period]
    if not wanted:
        raise NotReady(
            f"ยังไม่มีหน่วยงานที่ข้อมูลครบสำหรับรอบ {period} ดูสิ่งที่ขาดด้วย prongsai status --period {period}",
            f"no organisation has all it needs for {period}; prongsai status --period {period} says what is missing",
        )
    new = failed = 0
    for done, made in enumerate(make_reports(settings, wanted, now=now()), start=1):
        new += made.release is not None and made.release.new
        failed += made.error is not None
        _say_made(made, arguments)
        show_progress(done, len(wanted))
    if not arguments.json:
        missing = len(codes) - len(wanted)
        say(
            arguments.lang,
            f"รวม {len(wanted)} รายงาน: ใหม่ {new} ไม่เปลี่ยนแปลง {len(wanted) - new - failed} ทำไม่ได้ {failed} "
            f"ยังไม่พร้อม {missing} หน่วยงาน",
            f"{len(wanted)} reports: {new} new, {len(wanted) - new - failed} unchanged, {failed} failed; "
            f"{missing} organisations not ready",
        )
    return 1 if failed else 0


def _say_made(made: Made, arguments: Namespace) -> None:
    say_failure(arguments.lang, made)
    if made.release:
        say_expired(arguments.lang, made.release)
    if arguments.json:
        nothing = dict.fromkeys(("release", "folder", "files", "figures"))
        said = _as_json(made.release) if made.release else nothing
        error = made.error.said_in(arguments.lang) if made.error else None
        say_line(json.dumps({"organisation": made.organisation, "error": error} | said, ensure_ascii=False))
    elif made.release and not sys.stderr.isatty():  # there the bar says enough
        say_line(f"{made.release.id} {shown_path(str(made.release.folder))}")


def _as_json(made: Release) -> dict[str, object]:
    files = {key: str(path) for key, path in made.files.items()}
    return {"release": made.id, "folder": str(made.folder), "files": files, "figures": made.figures}


def say_expired(language: Language, made: Release) -> None:
    """The comments on findings that a release does not print any more."""
    for comment in made.expired_comments:
        complain(language, expired(comment))


def say_failure(language: Language, made: Made) -> None:
    """Which report could not be made, and why; nothing of one that was."""
    if made.error:
        which = f"✗ {made.organisation} {made.period}"
        complain(language, Words(f"{which}: {made.error.th}", f"{which}: {made.error.en}"))


def say_release(language: Language, made: Release) -> None:
    """Where a release lies, and whether it is new."""
    th, en = ("รายงานฉบับใหม่", "new release") if made.new else ("รายงานไม่เปลี่ยนแปลง", "release unchanged")
    say(language, f"{th} {made.id}", f"{en} {made.id}")
    for path in made.files.values():
        say_line(f"    {shown_path(str(path))}")
