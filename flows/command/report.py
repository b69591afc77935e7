"""prongsai report: make one organisation's report for one period."""

import json
from argparse import Namespace

from flows.command.say import complain, now, say, say_line, shown_path
from flows.reporting import expired, make_report
from flows.settings import Settings
from reports.release import Release
from warehouse.store.connection import open_warehouse
from warehouse.vocabulary.errors import Language, WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


def report(settings: Settings, arguments: Namespace) -> int:
    """Make the report, or find the one that is there already, and say where it lies."""
    period = Period(FiscalYear(arguments.fiscal_year), Half(arguments.half))
    if arguments.organisation not in {one.code for one in settings.all_organisations()}:
        raise WrongSettings(
            f"ไม่มีหน่วยงานรหัส {arguments.organisation} ใน prongsai.toml โปรดตรวจรหัส",
            f"prongsai.toml has no organisation {arguments.organisation}; check the code",
        )
    warehouse = open_warehouse(settings.warehouse_url)
    made = make_report(settings, warehouse, arguments.organisation, period, now=now())
    for comment in made.expired_comments:
        complain(arguments.lang, expired(comment))
    if arguments.json:
        files = {key: str(path) for key, path in made.files.items()}
        said = {"release": made.id, "folder": str(made.folder), "files": files, "figures": made.figures}
        say_line(json.dumps(said, ensure_ascii=False, default=str))
    else:
        say_release(arguments.lang, made)
    return 0


def say_release(language: Language, made: Release) -> None:
    """Where a release lies, and whether it is new."""
    th, en = ("รายงานฉบับใหม่", "new release") if made.new else ("รายงานไม่เปลี่ยนแปลง", "release unchanged")
    say(language, f"{th} {made.id}", f"{en} {made.id}")
    for path in made.files.values():
        say_line(f"    {shown_path(str(path))}")
