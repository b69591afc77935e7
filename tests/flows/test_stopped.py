"""SIGTERM while exports are being loaded: all ends at once, nothing is half loaded, the next run takes up the rest."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from flows.cli import main
from tests.flows.served import Served
from tests.warehouse.content import content_of
from warehouse.store.connection import open_warehouse

pytestmark = pytest.mark.server

_SECONDS = 120
Content = dict[str, Counter[tuple[object, ...]]]


@pytest.fixture
def two_lots(example: Path, started_before: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with one file whose place does not tell whose it is: a flow loads it after all others."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (example / "inbox/751NH/eplannacc_2566-03-31.xlsx").rename(example / "inbox/แผน.xlsx")
    shutil.copytree(started_before, example / ".prongsai/prefect")
    open_warehouse(url_of(example))
    return example


def url_of(example: Path) -> str:
    return f"sqlite:///{example / '.prongsai/warehouse.db'}"


def loaded(example: Path) -> Content:
    """What was said by files; reports are made of it by other runs."""
    return {name: rows for name, rows in content_of(open_warehouse(url_of(example))).items() if name != "release"}


def sync(example: Path) -> None:
    """As the command does, which plain Python alone does too: in this process, which has imported everything."""
    assert main(["sync", "--config", str(example / "prongsai.toml")]) == 0


def undisturbed(example: Path) -> Content:
    """What a sync makes of the same inbox that nobody stops."""
    (example / ".prongsai").rename(example / "stopped")
    sync(example)
    content = loaded(example)
    (example / ".prongsai").rename(example / "undisturbed")
    (example / "stopped").rename(example / ".prongsai")
    return content


@contextmanager
def nobody_can_load_more(example: Path, than: int) -> Iterator[None]:
    """From when so many exports are loaded and the next file is archived: as long as another program writes."""
    with closing(sqlite3.connect(example / ".prongsai/warehouse.db", isolation_level=None, timeout=60)) as other:
        patience = time.monotonic() + _SECONDS
        while True:
            other.execute("BEGIN IMMEDIATE")
            [exports] = other.execute("SELECT count(*) FROM export").fetchone()
            if exports >= than:
                break
            other.execute("ROLLBACK")
            assert time.monotonic() < patience, "waited in vain"
            time.sleep(0.01)
        while sum(one.is_file() for one in (example / ".prongsai/archive").rglob("*")) <= than:
            assert time.monotonic() < patience, "waited in vain"
            time.sleep(0.01)
        yield


def under_way(database: Path) -> list[tuple[str, str]]:
    """The flow runs that a server's database has as begun and not ended."""
    with closing(sqlite3.connect(database)) as prefect:
        asked = "SELECT name, state_type FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING', 'CANCELLING')"
        return prefect.execute(asked).fetchall()


def test_a_served_sync_that_is_stopped_ends_with_all_its_processes_and_the_next_run_takes_up_the_rest(
    two_lots: Path, capfd: pytest.CaptureFixture[str]
):
    served = Served(two_lots)
    served.start_run("hourly")
    with nobody_can_load_more(two_lots, than=1):
        processes = psutil.Process(served.process.pid).children(recursive=True)
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=60) == 0
        assert psutil.wait_procs(processes, timeout=30)[1] == []
    assert capfd.readouterr().err == ""
    assert under_way(two_lots / ".prongsai/prefect/prefect.db") == []
    assert loaded(two_lots)["export"].total() == 1
    served.start()
    [stopped] = served.runs("sync-", "CRASHED")
    assert "รอบถัดไป" in stopped["state"]["message"]
    served.start_run("hourly")
    served.until(lambda: served.runs("sync-", "COMPLETED"))
    served.kill()
    assert loaded(two_lots) == undisturbed(two_lots)


@pytest.mark.parametrize(("verb", "loaded_before"), [("sync", 0), ("run", 1)])
def test_a_command_that_is_stopped_leaves_no_process_and_the_next_one_takes_up_the_rest(
    two_lots: Path, verb: str, loaded_before: int
):
    command = [sys.executable, "-m", "flows.cli", verb, "--config", str(two_lots / "prongsai.toml")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with nobody_can_load_more(two_lots, than=loaded_before):
        processes = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == -signal.SIGTERM
        assert psutil.wait_procs(processes, timeout=30)[1] == []
    assert loaded(two_lots)["export"].total() == loaded_before
    sync(two_lots)  # which loads as `run` does, without a server
    assert loaded(two_lots) == undisturbed(two_lots)
