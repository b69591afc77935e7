"""prongsai run: the whole line once, under Prefect: sync, then every report that is ready."""

import os
from argparse import Namespace
from pathlib import Path

from flows.command.report import say_expired, say_failure, say_release
from flows.command.say import say
from flows.command.sync import exit_code, say_results, say_summary
from flows.line import ExportResult
from flows.reporting import Made
from flows.server import prepare, running_server
from flows.settings import Settings
from warehouse.store.connection import open_warehouse
from warehouse.vocabulary.errors import Language


def run(settings: Settings, arguments: Namespace) -> int:
    """Run both flows on a Prefect server and say what came of them; exit codes as for sync, 1 if a report failed."""
    state = settings.path(settings.state)
    prepare(state)
    say(arguments.lang, "เริ่มเซิร์ฟเวอร์ Prefect …", "starting the Prefect server …")
    with running_server(state) as url:
        # Prefect reads its settings when it is first imported: only now.
        os.environ["PREFECT_API_URL"] = url
        from prefect.logging.handlers import APILogHandler

        try:
            return _run_flows(settings, str(Path(arguments.config).resolve()), arguments.lang)
        finally:
            APILogHandler().flush()  # while the server still listens


def _run_flows(settings: Settings, config: str, language: Language) -> int:
    from prefect import tags

    from flows.report import report
    from flows.sync import sync

    with tags("prongsai", "sync"):
        results: list[ExportResult] = sync(config, return_state=True).result()  # type: ignore[assignment]
    warehouse = open_warehouse(settings.warehouse_url)
    say_results(warehouse, results, language)
    with tags("prongsai", "report"):
        reports: list[Made] = report(config, return_state=True).result()  # type: ignore[assignment]
    for made in reports:
        if made.release:
            say_release(language, made.release)
            say_expired(language, made.release)
        say_failure(language, made)
    say_summary(results, language)
    if not reports:
        say(
            language,
            "ไม่มีรายงานที่จัดทำได้ในรอบนี้ ดูสิ่งที่ขาดด้วย prongsai status",
            "no report could be made; prongsai status says what is missing",
        )
    return exit_code(results) or int(any(made.error for made in reports))
