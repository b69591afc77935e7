"""What tests of several rooms share: the example, copied to where it may be changed."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from flows.cli import main
from flows.garbage import collect_rarely
from tests.warehouse.server import running_postgresql

signal.signal(signal.SIGINT, signal.default_int_handler)  # started in the background, what tests start would ignore it
collect_rarely()  # as the command line does: libraries leave it much to look through
settings.register_profile("prongsai", deadline=None)  # no test fails because a machine is slow
settings.load_profile("prongsai")

EXAMPLE = Path(__file__).parent.parent / "examples" / "khlong-saen-saep"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What works on the example runs whole commands: seconds each, and left out of the quick part."""
    for item in items:
        if "example" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def handed_in(folder: Path) -> Path:
    """A copy of the example there as it is handed in: settings, inbox, corrections; nothing synced yet."""
    return shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".prongsai", "releases", "__pycache__"))


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example as it is handed in."""
    folder = handed_in(tmp_path / "example")
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")  # the copy is seconds old
    monkeypatch.setenv("PRONGSAI_SERVE_PORT", "1")  # nobody listens there, whatever else this machine serves
    monkeypatch.delenv("PRONGSAI_CONFIG", raising=False)
    return folder


@pytest.fixture(scope="session")
def reported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example that is synced and whose report is made: to be copied, never changed."""
    folder = handed_in(tmp_path_factory.mktemp("reported") / "example")
    config = ["--config", str(folder / "prongsai.toml")]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PRONGSAI_SETTLE_SECONDS", "0")
        assert main([*config, "sync"]) == 0
        assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    return folder


@pytest.fixture
def reported(example: Path, reported_once: Path) -> Path:
    """A copy of the example that is synced and whose report is made."""
    return shutil.copytree(reported_once, example, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a running PostgreSQL."""
    with running_postgresql() as url:
        yield url
