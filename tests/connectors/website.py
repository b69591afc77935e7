"""A web site on this machine that answers in every way a web site does."""

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest

from tests.loopback import listening


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by the path; /slow answers when the test is over."""

    asked: ClassVar[Counter[str]] = Counter()
    over: ClassVar[threading.Event] = threading.Event()

    def do_HEAD(self) -> None:
        self.asked[f"{self.command} {self.path}"] += 1
        name, _, rest = self.path[1:].partition("/")
        if name == "slow":
            self.over.wait(30)
        status = {"slow": 200, "to": 302, "nohead": 405, "once": 503}.get(name) or int(name)
        if self.command == "GET" and name == "nohead":
            status = 200
        if name == "once" and self.asked[f"HEAD {self.path}"] > 1:
            status = 200
        self.send_response(status)
        if name == "to":
            self.send_header("Location", f"/{rest}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def served_site(patched: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the site, asked nothing yet."""
    patched.setenv("no_proxy", "127.0.0.1")
    Site.asked.clear()
    Site.over.clear()
    with listening(Site) as address:
        yield address
        Site.over.set()
