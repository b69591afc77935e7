"""A Prefect server of our own, so that runs stay visible: its database is kept in the state folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.vocabulary.errors import Unreachable

HEARTBEAT_SECONDS = 30
_START_SECONDS = 120


def server_environment(state: Path) -> dict[str, str]:
    """The environment of a server, worker or client that uses the Prefect database kept in a state folder."""
    home = state.resolve() / "prefect"
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        # A half-yearly schedule shows no next run unless the scheduler looks further ahead than its 100 days.
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "P400D",
        # Prefect unpacks its pages here, not into site-packages, which a service user may not write.
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        # People read our own lines and the UI; the console log would repeat every error three times.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
    }


@contextmanager
def running_server(
    state: Path, *, services: bool = False, host: str = "127.0.0.1", port: int | None = None
) -> Iterator[str]:
    """The API's address for as long as it is needed: the one that PREFECT_API_URL names, else one started here.

    `services` starts the scheduler and the other background services too; without a port a free one is taken. Raises
    Unreachable, with the server's last words, if it does not come up.
    """
    if named := os.environ.get("PREFECT_API_URL"):
        yield named
        return
    (state / "prefect").mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    log = state / "prefect" / "server.log"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(  # noqa: S603
            [*command, *(() if services else ("--no-services",))],
            env=server_environment(state) | os.environ,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://{host}:{port}/api"
            _wait_until_healthy(url, server, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = time.monotonic() + _START_SECONDS
    while time.monotonic() < patience and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
    raise Unreachable(
        f"เซิร์ฟเวอร์ Prefect ไม่เริ่มทำงาน ดู {log}: {' / '.join(said)}",
        f"the Prefect server did not start, see {log}: {' / '.join(said)}",
    )
