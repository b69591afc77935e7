"""What the watch looks at."""

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
