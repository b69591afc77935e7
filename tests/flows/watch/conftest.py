"""What the watch looks at."""

import http.server
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.watch.prefect_api import Api
from tests.loopback import listening
from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    KHLONG,
    RUAM_CHAI,
    WARNING,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.releases import ReleaseRecord, keep_release


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """KHLONG has its report; RUAM_CHAI's budget was stopped and its plan never came."""
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(1), WARNING, WARNING, content="p"))
    load_on(warehouse, 1, handed_in(budget(2), CRITICAL, content="<b>&", on=1, owner=RUAM_CHAI))
    made = ReleaseRecord("751E0-2566-1-v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64)
    keep_release(warehouse, made, now=day(3))
    return warehouse


@pytest.fixture
def api() -> Iterator[str]:
    with listening(Api) as address:
        yield f"{address}/api"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings for one organisation."""
    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    lines = [f'{name} = "{getattr(KHLONG, name)}"' for name in ("code", "name", "district", "province")]
    (tmp_path / "prongsai.toml").write_text("\n".join(["[[organisation]]", *lines]), encoding="utf-8")
    return tmp_path


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict]]:
    """What was posted to the one target of the settings."""
    came: list[dict] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as address:
        monkeypatch.setenv("PRONGSAI_ALERTS", json.dumps([f"{address.replace('http', 'json')}/hook"]))
        yield came
