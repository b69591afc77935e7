"""prongsai serve: one process to keep running on one machine: server, schedules and worker."""

import asyncio
import ipaddress
import os
import signal
import socket
import warnings
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from flows.command.say import say
from flows.pages.page_server import served_pages
from flows.server import base_url, prepare, running_server
from flows.settings import Settings
from warehouse.vocabulary.errors import Language, WrongSettings


def serve(settings: Settings, arguments: Namespace) -> int:
    """Serve all, or the pages alone, until stopped by SIGTERM or Ctrl-C; without a password on this machine only."""
    host, port = settings.serve_host, settings.serve_port
    if not _is_loopback(host) and not os.environ.get("PREFECT_SERVER_API_AUTH_STRING"):
        raise WrongSettings(
            f"serve_host = {host} เปิดให้เครื่องอื่นเข้าถึงได้ ต้องตั้งรหัสผ่านใน PREFECT_SERVER_API_AUTH_STRING ก่อน (ผู้ใช้:รหัสผ่าน)",
            f"serve_host = {host} is open to other machines: set PREFECT_SERVER_API_AUTH_STRING (user:password) first",
        )
    guard = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    if arguments.pages:
        return _serve_pages(settings, guard, arguments.lang)
    state = settings.path(settings.state)
    prepare(state)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the runner sets its own: it must end the server
    with (
        suppress(KeyboardInterrupt),
        running_server(state, services=True, host=host, port=port) as url,
        served_pages(settings, guard) as pages_port,
    ):
        os.environ["PREFECT_API_URL"] = url
        if settings.pages_url is None:  # for the runs, whose processes it starts
            name = host if _is_loopback(host) else socket.getfqdn()
            os.environ["PRONGSAI_PAGES_URL"] = base_url(name, pages_port)
        from httpx import HTTPError
        from prefect.runner import Runner

        from flows.deployments import deployments, keep_heartbeat_automation
        from flows.sign_off import resume_signed
        from flows.stuck import crash_what_was_left

        config = str(Path(arguments.config).resolve())
        left = crash_what_was_left()
        keep_heartbeat_automation()
        resume_signed(config)
        runner = Runner(pause_on_shutdown=False)
        for one in deployments(config):
            runner.add_deployment(one)
        page = url.removesuffix("/api")
        say(arguments.lang, f"ทำงานแล้ว ดูได้ที่ {page} (กด Ctrl-C เพื่อหยุด)", f"serving, see {page} (Ctrl-C stops it)")
        if left:
            say(
                arguments.lang,
                f"งาน {left} งานที่ค้างจากครั้งก่อนถูกปิด",
                f"{left} runs that were left over are marked crashed",
            )
        # Prefect's handler of SIGTERM calls what gives a coroutine there: the journal need not say so at each stop.
        warnings.filterwarnings("ignore", "coroutine 'Runner.astop' was never awaited", RuntimeWarning)
        try:
            asyncio.run(runner.start())
        finally:  # what ran was killed by now
            # The server is gone too, where all are told by Ctrl-C: then the next start does it.
            with suppress(HTTPError):
                crash_what_was_left()
    return 0


def _serve_pages(settings: Settings, guard: str | None, lang: Language) -> int:
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # they wait for sigwait, in a container's first process too
    with served_pages(settings, guard) as port:
        say(lang, f"เปิดหน้าข้อสังเกตและรายงานที่พอร์ต {port}", f"serving the findings pages and releases on port {port}")
        signal.sigwait(ends)
    return 0


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
