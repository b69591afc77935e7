"""What tests of the flows share: what Prefect keeps, and `prongsai serve` on the example."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import running_server
from tests.flows.served import Served


@pytest.fixture(scope="session")
def started_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The "prefect" folder that a server left: copied, it spares the next one half its start, the tables and pages."""
    state = tmp_path_factory.mktemp("started_before")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PREFECT_API_URL", raising=False)
        with running_server(state):
            return state / "prefect"


@pytest.fixture
def served(example: Path, started_before: Path) -> Iterator[Served]:
    """One that is served, and gone afterwards."""
    shutil.copytree(started_before, example / ".prongsai/prefect")
    one = Served(example)
    yield one
    if one.process.poll() is None:
        one.kill()
