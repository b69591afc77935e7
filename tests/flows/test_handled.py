"""The setting `handled`: what counts leaves the inbox, all else stays, and nothing is lost on the way."""

import errno
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from connectors.inbox import Waiting, arrived
from flows.cli import main
from flows.handled import move_handled
from flows.job import Wanted
from flows.line import ExportResult
from flows.settings import Settings, read_settings
from tests.flows.api import newest, posted
from warehouse.archive import sha256_of
from warehouse.store.load import Outcome
from warehouse.vocabulary.errors import Words, WrongSettings

Printed = pytest.CaptureFixture[str]
ELAAS, PLAN = "751NH/elaas_2566-03-31.xlsx", "751NH/eplannacc_2566-03-31.xlsx"


@pytest.fixture
def config(example: Path) -> list[str]:
    """The command line up to the verb, in an example whose handled files are moved."""
    settings = example / "prongsai.toml"
    settings.write_text('handled = "handled"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    return ["--config", str(settings)]


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """An office with an empty inbox."""
    (tmp_path / "inbox").mkdir()
    return Settings(folder=tmp_path, handled=Path("handled"))


def found(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def handed_in(office: Settings, name: str, content: bytes = b"new") -> ExportResult:
    """A file in the inbox, and the result that it counts."""
    path = office.folder / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return ExportResult(str(path), Outcome.LOADED, True, sha256_of(content))


def waiting(office: Settings, settled_after: float = 0) -> list[Waiting]:
    return arrived(office.folder / "inbox", (), now=time.time(), settled_after=settled_after)


def moved(office: Settings, *results: ExportResult) -> Words | None:
    return move_handled(office, Wanted(), waiting(office), results)


def test_what_counts_is_moved_under_the_same_subfolders_and_known_to_every_later_command(
    example: Path, config: list[str], capsys: Printed
):
    assert main([*config, "sync"]) == 0
    assert (found(example / "inbox"), found(example / "handled")) == ([], [ELAAS, PLAN])
    assert (example / "inbox/751NH").is_dir()  # officers go on putting files there
    assert main([*config, "sync"]) == 0
    assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    assert main([*config, "status", "--period", "2566-1", "--fail-if-late"]) == 0
    capsys.readouterr()
    assert main([*config, "rebuild"]) == 0
    assert "2 ตาราง" in capsys.readouterr().out


def test_unless_told_every_file_stays(example: Path):
    assert main(["--config", str(example / "prongsai.toml"), "sync"]) == 0
    assert found(example / "inbox") == [ELAAS, PLAN]
    assert not (example / "handled").exists()


def test_what_is_stopped_unreadable_or_not_asked_for_stays_until_it_counts(example: Path, config: list[str]):
    (example / "corrections.toml").rename(example / "later.toml")
    (example / "inbox/751NH/broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert main([*config, "sync", "--source", "elaas"]) == 2
    assert found(example / "inbox") == ["751NH/broken.xlsx", ELAAS, PLAN]
    assert main([*config, "sync"]) == 2
    assert found(example / "handled") == [PLAN]
    (example / "later.toml").rename(example / "corrections.toml")
    assert main([*config, "sync"]) == 2
    assert found(example / "inbox") == ["751NH/broken.xlsx"]


def test_what_an_earlier_sync_loaded_is_moved_once_it_is_asked_for(example: Path):
    plain = ["--config", str(example / "prongsai.toml")]
    assert main([*plain, "sync"]) == 0
    settings = example / "prongsai.toml"
    settings.write_text('handled = "handled"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copy(example / "inbox" / PLAN, example / "inbox/751NH/again.xlsx")
    assert main([*plain, "sync", "--organisation", "751NH", "--source", "eplannacc"]) == 0
    assert found(example / "handled") == ["751NH/again.xlsx", PLAN]
    assert main([*plain, "sync"]) == 0
    assert found(example / "inbox") == []


def test_the_sync_of_one_organisation_leaves_what_its_folder_does_not_tell_to_be_its(office: Settings):
    result = handed_in(office, "no-folder.xlsx")
    assert move_handled(office, Wanted(None, "751NH"), waiting(office), [result]) is None
    assert found(office.folder / "inbox") == ["no-folder.xlsx"]


def test_a_file_that_was_overwritten_since_it_was_read_stays(office: Settings):
    results = [handed_in(office, name, b"old") for name in ("same-size.xlsx", "longer.xlsx", "gone.xlsx", "good.xlsx")]
    listed = waiting(office)
    handed_in(office, "same-size.xlsx", b"new")
    handed_in(office, "longer.xlsx", b"newer")
    (office.folder / "inbox/gone.xlsx").unlink()
    assert move_handled(office, Wanted(), listed, results) is None
    assert found(office.folder / "inbox") == ["longer.xlsx", "same-size.xlsx"]
    assert found(office.folder / "handled") == ["good.xlsx"]


def test_a_file_that_may_still_be_being_copied_stays(office: Settings):
    result = handed_in(office, "a.xlsx")
    assert move_handled(office, Wanted(), waiting(office, settled_after=3600), [result]) is None
    assert found(office.folder / "inbox") == ["a.xlsx"]


def test_one_table_that_is_stopped_holds_back_the_whole_file(office: Settings):
    good = handed_in(office, "two-tables.xlsx")
    assert moved(office, good, ExportResult(good.origin, Outcome.REJECTED, False, good.sha256)) is None
    assert found(office.folder / "inbox") == ["two-tables.xlsx"]


def test_of_files_with_one_name_each_is_kept_and_the_same_bytes_twice_once_more_only(office: Settings):
    for content in (b"first", b"second", b"third", b"second"):
        assert moved(office, handed_in(office, "751NH/budget.xlsx", content)) is None
    second, third = (f"751NH/budget.{sha256_of(content)[:12]}.xlsx" for content in (b"second", b"third"))
    assert found(office.folder / "handled") == sorted(["751NH/budget.xlsx", second, third])
    assert (office.folder / "handled" / second).read_bytes() == b"second"
    assert (office.folder / "handled/751NH/budget.xlsx").read_bytes() == b"first"


def test_the_folder_may_be_on_another_file_system(office: Settings):
    memory = Path("/dev/shm")  # in memory, on every Linux
    if not memory.is_dir() or memory.stat().st_dev == office.folder.stat().st_dev:
        pytest.skip("there is one file system only")
    elsewhere = memory / f"prongsai-{os.getpid()}"
    try:
        told = moved(office.model_copy(update={"handled": elsewhere}), handed_in(office, "751NH/งบ.xlsx"))
        assert told is None and found(elsewhere) == ["751NH/งบ.xlsx"] and found(office.folder / "inbox") == []
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


def test_files_that_cannot_be_moved_stay_and_are_told_in_one_line_while_the_others_go(office: Settings):
    results = [handed_in(office, name) for name in ("751NH/a.xlsx", "751NH/b.xlsx", "75100/c.xlsx")]
    (office.folder / "handled").mkdir()
    (office.folder / "handled/751NH").write_text("a file in the folder's place")
    told = moved(office, *results)
    assert told and "2 ไฟล์" in told.th and "2 files" in told.en and "a.xlsx" in told.th and "\n" not in told.th
    assert found(office.folder / "inbox") == ["751NH/a.xlsx", "751NH/b.xlsx"]
    assert found(office.folder / "handled") == ["75100/c.xlsx", "751NH"]


def test_a_copy_that_fails_half_way_leaves_the_file_where_it_is(office: Settings, monkeypatch: pytest.MonkeyPatch):
    def full(_: Path, target: Path) -> None:
        Path(target).write_bytes(b"n")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "move", full)  # no disk is filled for a test
    told = moved(office, handed_in(office, "a.xlsx"))
    assert told and "No space left" in told.th
    assert (found(office.folder / "inbox"), found(office.folder / "handled")) == (["a.xlsx"], [])


def test_a_sync_whose_handled_folder_cannot_be_written_says_so_and_ends_well(
    example: Path, config: list[str], capsys: Printed
):
    (example / "handled").write_text("a file in the folder's place")
    assert main([*config, "sync", "--json"]) == 0
    said = capsys.readouterr()
    assert all(json.loads(line)["accepted"] for line in said.out.splitlines())
    assert said.err.count("\n") == 1 and "2 ไฟล์" in said.err
    assert found(example / "inbox") == [ELAAS, PLAN]


@pytest.mark.parametrize("handled", ["inbox", "inbox/done", "./inbox/../inbox/done", "", "link/done"])
def test_a_folder_in_which_files_would_be_read_again_is_refused_by_name(handled: str, tmp_path: Path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "inbox")
    (tmp_path / "prongsai.toml").write_text(f'handled = "{handled}"', encoding="utf-8")
    with pytest.raises(WrongSettings, match=r"prongsai\.toml.*handled"):
        read_settings(tmp_path / "prongsai.toml")


def test_after_rules_changed_a_file_counts_again_by_backfill_or_back_in_the_inbox(
    example: Path, config: list[str], monkeypatch: pytest.MonkeyPatch
):
    def accepted() -> list[tuple[str, int]]:
        with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
            query = "SELECT source, count(*) FROM export WHERE verdict = 'accepted' GROUP BY source ORDER BY source"
            return warehouse.execute(query).fetchall()

    assert main([*config, "sync"]) == 0
    monkeypatch.setattr("flows.job.READING_VERSION", 1000)
    assert main([*config, "sync"]) == 0
    assert accepted() == [("elaas", 1), ("eplannacc", 1)]  # what lies in `handled` is not looked at
    shutil.move(example / "handled" / PLAN, example / "inbox" / PLAN)
    assert main([*config, "sync"]) == 0
    assert accepted() == [("elaas", 1), ("eplannacc", 2)]
    assert found(example / "inbox") == []
    assert main([*config, "backfill", "--from", "2566-1", "--to", "2566-1", "--yes"]) == 0
    assert accepted() == [("elaas", 2), ("eplannacc", 2)]


def test_a_handled_file_is_corrected_where_it_lies_and_the_command_says_how_that_counts(
    example: Path, config: list[str], capsys: Printed
):
    assert main([*config, "sync"]) == 0
    capsys.readouterr()
    change = ["--cell", "D7", "--to", "เงินสมทบ", "--reason", "พิมพ์ผิด", "--who", "ผู้อำนวยการกองคลัง"]
    assert main([*config, "--lang", "en", "correct", str(example / "handled" / ELAAS), *change]) == 0
    told = "prongsai backfill --from 2566-1 --to 2566-1 --yes"
    assert told in capsys.readouterr().out
    assert main([*config, *told.split()[1:]]) == 0
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        corrected = warehouse.execute("SELECT corrected FROM correction WHERE cell = 'D7'").fetchall()
    assert corrected == [("เงินสมทบ",)]


@pytest.mark.server
def test_the_flow_moves_them_too_and_tells_what_it_could_not_move(
    example: Path, config: list[str], prefect: dict[str, str]
):
    shutil.move(example / "inbox" / PLAN, example / "inbox/plan.xlsx")
    (example / "handled").mkdir()
    (example / "handled/751NH").write_text("a file in the folder's place")
    command, url = [sys.executable, "-m", "flows.cli", *config, "run"], prefect["PREFECT_API_URL"]
    subprocess.run(command, env=os.environ | prefect, capture_output=True, check=True)
    [run] = newest(url, name={"any_": ["sync-all-all"]})
    mine = {"flow_run_id": {"any_": [run["id"]]}}
    logged = posted(url, "logs/filter", {"logs": mine | {"level": {"ge_": logging.WARNING}}})
    [warned] = [one["message"] for one in logged]
    summaries = posted(url, "artifacts/filter", {"artifacts": mine})
    assert warned.startswith("ย้าย 1 ไฟล์") and any("ย้าย 1 ไฟล์" in str(one["data"]) for one in summaries)
    assert (found(example / "inbox"), found(example / "handled")) == ([ELAAS], ["751NH", "plan.xlsx"])
