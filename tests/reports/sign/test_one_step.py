"""On this machine a version comes, and `latest` changes, in one step: nobody ever sees two versions mixed."""

import errno
import json
import os
import shutil
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.sign import folders
from reports.sign.approvals import sha256_text
from reports.sign.ledger import LEDGER, read_ledger
from reports.sign.publish import publish
from reports.sign.verify import HOLDS, verify
from tests.reports.sign.signing import KNOWN, NOW, everything, sign_by_two, write_release
from tests.reports.sign.steps import before_each_step
from warehouse.vocabulary.errors import Unreachable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="two folders are exchanged in one step on Linux alone")
SHELF = "751NH/2566-1"


class Killed(BaseException):
    """The process ends here."""


def signed(releases: Path, number: int, *names: str) -> Path:
    """A version of one report, signed, with figures of its own in files of these names."""
    files = {name: f"{name} {number}.00".encode() * 1000 for name in names}
    return sign_by_two(write_release(releases, number, figure=f"{number}.00", files=files), "แก้ยอด")


@pytest.fixture
def versions(tmp_path: Path) -> list[Path]:
    """Three versions of one report, of other figures and other files."""
    named = ("report.pdf", "budget.csv", "plan.csv")
    return [signed(tmp_path / "releases", number, "report.html", name) for number, name in enumerate(named, 1)]


def published(folder: Path, web: Path) -> bool:
    return publish(folder, str(web), now=NOW, sign_off="two", known=KNOWN, current=lambda: folder).new


def agreeing(folder: Path) -> str:
    """The release whose manifest and files a folder holds, no more and no less; read by the folder's descriptor."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def content(name: str) -> bytes:
        with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=opened), "rb") as file:
            return file.read()

    try:
        manifest = json.loads(content("manifest.json"))
        said = {name: one["sha256"] for name, one in manifest["files"].items()}
        there = {name: sha256_text(content(name)) for name in said}
        more = {*os.listdir(opened)} - {*said, "manifest.json"}  # noqa: PTH208
    finally:
        os.close(opened)
    assert there == said and not more, f"{folder.name} mixes versions"
    return str(manifest["release"])


def folders_of(web: Path) -> list[Path]:
    """What people see: the versions and latest, not what is still being written."""
    return [one for one in (web / SHELF).glob("[!.]*") if one.is_dir()]


def test_between_any_two_steps_each_folder_is_one_whole_version(versions: list[Path], tmp_path: Path) -> None:
    web, seen = tmp_path / "web", [""]

    def look() -> None:
        for folder in folders_of(web):
            release = agreeing(folder)
            if folder.name == "latest":
                seen.append(release)

    with before_each_step(web, look):
        for folder in versions:
            assert published(folder, web)
    assert len(seen) > 30
    assert list(dict.fromkeys(seen)) == ["", "751NH-2566-1-v1", "751NH-2566-1-v2", "751NH-2566-1-v3"]
    assert seen == sorted(seen)
    assert verify(web / SHELF / "latest", KNOWN).code == HOLDS


def test_a_reader_at_the_same_time_finds_one_whole_version_after_another(tmp_path: Path) -> None:
    web, seen, faults, ended = tmp_path / "web", set(), list[str](), threading.Event()
    latest = web / SHELF / "latest"
    names = [f"{number}.csv" for number in range(20)]
    versions = [signed(tmp_path / "releases", number, *names[number:]) for number in range(1, 4)]
    published(versions[0], web)

    def read() -> None:
        while not ended.is_set() and not faults:
            opened = latest.stat().st_ino
            try:
                seen.add(agreeing(latest))
            except FileNotFoundError as fault:
                if latest.stat().st_ino == opened:  # else it was exchanged meanwhile, and the older one taken away
                    faults.append(f"latest is not whole: {fault}")
            except AssertionError as fault:
                faults.append(str(fault))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for folder in versions[1:]:
            published(folder, web)
    finally:
        ended.set()
        reader.join()
    assert faults == [] and seen


def killed_at(step: int, web: Path, act: Callable[[], object]) -> bool:
    """Whether the act was killed before that step."""
    left = iter(range(step))

    def look() -> None:
        if next(left, None) is None:
            raise Killed

    try:
        with before_each_step(web, look):
            act()
    except Killed:
        return True
    return False


@pytest.mark.parametrize("foreign", [(), (".htaccess",)], ids=["ours alone", "with a file of others"])
def test_killed_before_any_step_and_run_again_it_is_there_once_and_nothing_is_left_over(
    foreign: tuple[str, ...], versions: list[Path], tmp_path: Path
) -> None:
    web, releases = tmp_path / "web", tmp_path / "releases"
    published(versions[0], web)
    for name in foreign:
        (web / SHELF / "latest" / name).write_text("Require all granted", "ascii")
    shutil.copytree(web, tmp_path / "start")
    ledger = (releases / LEDGER).read_bytes()
    published(versions[1], web)
    end, step = everything(web), 0
    assert not [name for name in end if ".part" in name]
    assert {f"{SHELF}/latest/{name}" for name in foreign} <= end.keys()
    while True:
        shutil.rmtree(web)
        shutil.copytree(tmp_path / "start", web)
        (releases / LEDGER).write_bytes(ledger)
        if not killed_at(step, web, lambda: published(versions[1], web)):
            break
        for folder in folders_of(web):
            if not foreign or folder.name != "latest":
                agreeing(folder)
        assert published(versions[1], web)
        assert everything(web) == end, step
        assert len([one for one in read_ledger(releases) if one.kind == "publication"]) == 2
        step += 1
    assert step > 25


def test_what_others_keep_in_latest_stays_as_it_is(versions: list[Path], tmp_path: Path) -> None:
    web = tmp_path / "web"
    published(versions[0], web)
    (web / SHELF / "latest/statistics").mkdir()
    (web / SHELF / "latest/.htaccess").write_text("Require all granted", "ascii")
    before = [(web / SHELF / "latest" / name).stat() for name in (".", "statistics", ".htaccess")]
    published(versions[1], web)
    after = [(web / SHELF / "latest" / name).stat() for name in (".", "statistics", ".htaccess")]
    assert [one.st_ino for one in after] == [one.st_ino for one in before]
    assert (web / SHELF / "latest/budget.csv").is_file() and not (web / SHELF / "latest/report.pdf").exists()


def test_whoever_could_read_latest_still_can(versions: list[Path], tmp_path: Path) -> None:
    web = tmp_path / "web"
    published(versions[0], web)
    (web / SHELF / "latest").chmod(0o2750)
    before = os.umask(0o077)
    try:
        published(versions[1], web)
    finally:
        os.umask(before)
    assert agreeing(web / SHELF / "latest") == "751NH-2566-1-v2"
    assert stat.S_IMODE((web / SHELF / "latest").stat().st_mode) == 0o2750


def test_what_was_replaced_and_cannot_be_taken_away_stops_no_publication(
    versions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    web = tmp_path / "web"
    published(versions[0], web)
    monkeypatch.setattr(shutil, "rmtree", refused)
    assert [published(folder, web) for folder in versions[1:]] == [True, True]
    assert agreeing(web / SHELF / "latest") == "751NH-2566-1-v3"


def test_a_disk_that_is_full_keeps_no_half_of_a_folder(
    versions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    web = tmp_path / "web"
    published(versions[0], web)
    monkeypatch.setattr(folders, "_write", full)
    with pytest.raises(Unreachable, match="No space"):
        published(versions[1], web)
    assert list(web.rglob("*.part")) == []
    assert agreeing(web / SHELF / "latest") == "751NH-2566-1-v1"


def test_what_a_killed_run_left_of_another_version_is_taken_away(versions: list[Path], tmp_path: Path) -> None:
    web = tmp_path / "web"
    published(versions[0], web)
    left = web / SHELF / ".v2.part"
    left.mkdir()
    (left / "report.html").write_bytes(b"half")
    (web / SHELF / ".v2.approvals.jsonl.part").write_bytes(b"half")
    (web / SHELF / ".somebodys.part").write_bytes(b"theirs")
    published(versions[2], web)
    assert [path.name for path in web.rglob(".*")] == [".somebodys.part"]


def test_a_latest_that_is_a_link_to_a_version_is_replaced_and_the_version_stays(
    versions: list[Path], tmp_path: Path
) -> None:
    web = tmp_path / "web"
    published(versions[0], web)
    shutil.rmtree(web / SHELF / "latest")
    (web / SHELF / "latest").symlink_to("v1")
    published(versions[1], web)
    assert agreeing(web / SHELF / "v1") == "751NH-2566-1-v1"
    assert agreeing(web / SHELF / "latest") == "751NH-2566-1-v2"


def test_where_two_folders_cannot_be_exchanged_latest_changes_file_by_file(
    versions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    for folder in versions:
        published(folder, tmp_path / "exchanged")
    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    for folder in versions:
        published(folder, web)
    assert everything(web) == everything(tmp_path / "exchanged")


def test_an_exchange_that_is_refused_for_another_reason_is_told(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(OSError) as refused:
        folders._exchanged(tmp_path / "one", tmp_path / "none")
    assert refused.value.errno == errno.ENOENT
