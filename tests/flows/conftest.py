"""What tests of the flows share: what Prefect keeps, a server of it, and `prongsai serve` on the example."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import running_server
from tests.flows.cluster import running_prefect
from tests.flows.served import Served


@pytest.fixture(scope="session")
def started_before(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The "prefect" folder that a server left: copied, it spares the next one half its start, the tables and pages.

    Made by the first of all processes that run tests.
    """
    ours = tmp_path_factory.getbasetemp()
    state = (ours if worker_id == "master" else ours.parent) / "started_before"
    with pytest.MonkeyPatch.context() as patched, state.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (state / "made").exists():
            patched.delenv("PREFECT_API_URL", raising=False)
            with running_server(state):
                pass
            (state / "made").touch()
    return state / "prefect"


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory, started_before: Path) -> Iterator[dict[str, str]]:
    """The environment of clients of a server that tests share: each asks for its own runs, and none leaves a plan."""
    state = tmp_path_factory.mktemp("state")
    shutil.copytree(started_before, state / "prefect")
    with running_prefect(state) as environment:
        yield environment


@pytest.fixture
def served(example: Path, started_before: Path) -> Iterator[Served]:
    """One that is served, and gone afterwards."""
    shutil.copytree(started_before, example / ".prongsai/prefect")
    one = Served(example)
    yield one
    if one.process.poll() is None:
        one.kill()
