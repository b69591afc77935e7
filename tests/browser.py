"""A headless Chromium that walks pages which need their scripts and a click, by its DevTools protocol."""

import base64
import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_SECONDS = 90
COMMAND = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


class Page:
    """One page of the browser."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection, self._number = connection, 0

    def go(self, url: str) -> None:
        """Open an address."""
        self._call("Page.navigate", url=url)

    def said(self, script: str) -> Any:
        """What an expression gives."""
        return self._call("Runtime.evaluate", expression=script)["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression holds."""
        patience = time.monotonic() + _SECONDS
        while not self.said(script):
            if time.monotonic() > patience:
                raise TimeoutError(f"{script}: {self.said('document.body.innerText')}")
            time.sleep(0.2)

    def shows(self, words: str) -> None:
        """Wait until these words are to be read on the page."""
        self.until(f"document.body?.innerText.includes({json.dumps(words)})")

    def click(self, words: str) -> None:
        """Click the button or link with just these words."""
        found = f"[...document.querySelectorAll('button, a')].find(one => one.innerText.trim() === {json.dumps(words)})"
        self.until(f"{found} !== undefined")
        self.said(f"{found}.click()")

    def size(self, width: int, height: int) -> None:
        """Show the page in a window of this size."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, width: int, height: int) -> bytes:
        """The page as PNG, of this size."""
        self.size(width, height)
        time.sleep(4)  # moving parts come to rest
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=_SECONDS))
            if answer.get("id") == self._number:
                return answer["result"]


@contextmanager
def browser() -> Iterator[Page]:
    """A page of a new browser, for as long as it is needed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [f"--user-data-dir={profile}", "--remote-debugging-port=0", "--window-size=1280,900", "about:blank"]
        process = subprocess.Popen([*COMMAND, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            told = Path(profile, "DevToolsActivePort")
            patience = time.monotonic() + _SECONDS
            while not (told.is_file() and told.read_text().strip()):
                if process.poll() is not None or time.monotonic() > patience:
                    raise RuntimeError("Chromium did not start")
                time.sleep(0.1)
            port = told.read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=30) as answer:
                [target] = [one for one in json.load(answer) if one["type"] == "page"]
            with connect(target["webSocketDebuggerUrl"], max_size=None) as connection:
                yield Page(connection)
        finally:
            process.terminate()
            process.wait()
