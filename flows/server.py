"""A Prefect server of our own, so that runs stay visible: its database is kept in the state folder."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from warehouse.vocabulary.errors import Unreachable, Words

HEARTBEAT_SECONDS = 30
_KEPT_DAYS = 400
_START_SECONDS = 120
_STOP_SECONDS = 30
_TRIES = 5  # of two seconds each: it may be busy
_ASKED_TO_END = (None, 0, -signal.SIGINT, -signal.SIGTERM)  # None: still there


def server_environment(state: Path) -> dict[str, str]:
    """The environment of a server, worker or client that uses the Prefect database kept in a state folder."""
    home = state.resolve() / "prefect"
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        # A half-yearly schedule shows no next run unless the scheduler looks further ahead than its 100 days.
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "P400D",
        # Its pages ask where they come from: at any port, and from other machines too.
        "PREFECT_UI_API_URL": "/api",
        # Prefect unpacks its pages here, not into site-packages, which a service user may not write.
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        # Runs and what they show outlive two half-years; without this nothing is ever cleared away.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_KEPT_DAYS * 24 * 3600),
        # People read our own lines and the UI; the console log would repeat every error three times.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
    }


def password() -> str | None:
    """What clients say to the server (user:password): their own setting, or the server's where both share it."""
    return os.environ.get("PREFECT_API_AUTH_STRING") or os.environ.get("PREFECT_SERVER_API_AUTH_STRING")


def password_wanted(status: int) -> Words | None:
    """What to do where a server answers a command with this HTTP status, if that is for want of its password."""
    if status not in (401, 403):
        return None
    return Words(
        "ตั้ง PREFECT_SERVER_API_AUTH_STRING (หรือ PREFECT_API_AUTH_STRING) ให้คำสั่งนี้เหมือนของเซิร์ฟเวอร์",
        "set PREFECT_SERVER_API_AUTH_STRING (or PREFECT_API_AUTH_STRING) for this command as for the server",
    )


def prepare(state: Path) -> None:
    """Set this process up for a server, worker or client, before Prefect is imported; what is set already stands."""
    if guarded := password():
        os.environ["PREFECT_API_AUTH_STRING"] = guarded
    os.environ.update(server_environment(state) | os.environ)


@contextmanager
def running_server(
    state: Path, *, services: bool = False, host: str = "127.0.0.1", port: int | None = None
) -> Iterator[str]:
    """The API's address for as long as it is needed: the one that PREFECT_API_URL names, else one started here.

    `services` starts the scheduler and the other background services too, and stops this process by SIGTERM if the
    server ends before it: whoever watches it then starts both anew. Without a port a free one is taken. Raises
    Unreachable, with the server's last words, if it does not come up or ended by itself.
    """
    if named := os.environ.get("PREFECT_API_URL"):
        if not any(_reached(named) for _ in range(_TRIES)):
            raise Unreachable(
                f"เซิร์ฟเวอร์ Prefect ที่ PREFECT_API_URL บอก ({named}) ไม่ตอบ โปรดเปิดเซิร์ฟเวอร์นั้น "
                "หรือลบตัวแปรนี้เพื่อใช้เซิร์ฟเวอร์ของโปรแกรมเอง",
                f"the Prefect server that PREFECT_API_URL names ({named}) does not answer: start it, or unset the "
                "variable to have one started here",
            )
        yield named
        return
    (state / "prefect").mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    log = state / "prefect" / "server.log"
    stopping = threading.Event()
    start = ["prefect", "server", "start", "--host", host, "--port", str(port)]
    command = [sys.executable, "-m", "flows.with_parent", *start]
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603
            [*command, *(() if services else ("--no-services",))],
            env=server_environment(state) | os.environ,
            stdin=subprocess.PIPE,  # closed when this process is gone, if killed too
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            url = f"{base_url(host, port)}/api"
            _wait_until_healthy(url, server, log)
            if services:
                threading.Thread(target=_end_with, args=(server, stopping), daemon=True).start()
            yield url
        finally:
            stopping.set()
            if server.poll() not in _ASKED_TO_END:
                raise _ended(log)
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def base_url(host: str, port: int) -> str:
    """The address of a server on this machine, as a browser takes it: an IPv6 one stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a server answers at this address within two seconds."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, HTTPException):  # urllib's errors are OSErrors
        return False


def _reached(url: str) -> bool:
    """Whether anything answers there, whatever it says of its health: the server may be somebody else's."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, HTTPException):
        return False


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = time.monotonic() + _START_SECONDS
    while time.monotonic() < patience and server.poll() is None:
        if answers(url):
            return
        time.sleep(0.1)
    raise _ended(log)


def _end_with(server: "subprocess.Popen[bytes]", stopping: threading.Event) -> None:
    asked = server.wait() in _ASKED_TO_END
    # Whoever asked it to end has most often asked us too: told a second time we would end with an error.
    if not stopping.wait(_STOP_SECONDS if asked else 0):
        os.kill(os.getpid(), signal.SIGTERM)


def _ended(log: Path) -> Unreachable:
    said = " / ".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:])
    return Unreachable(
        f"เซิร์ฟเวอร์ Prefect ไม่เริ่มทำงานหรือหยุดไปเอง ดู {log}: {said}",
        f"the Prefect server did not start, or ended by itself, see {log}: {said}",
    )
