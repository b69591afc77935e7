"""Reports of many municipalities at once: on all cores, and one that cannot be made stops no other."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from flows.cli import main
from flows.report import make
from flows.reporting import LOT, Made, failures, make_reports
from flows.settings import Settings, read_settings
from tests.bench.exports import write_exports
from warehouse.store.connection import open_warehouse
from warehouse.store.releases import failed_reports
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

pytestmark = pytest.mark.slow

FIRST_HALF = Period(FiscalYear(2566), Half.FIRST)
NOW = datetime.datetime(2023, 4, 20, tzinfo=datetime.UTC)
ALL = ["report", "--fiscal-year", "2566", "--half", "1"]
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three municipalities whose exports are loaded, and a fourth that handed in nothing."""
    folder = tmp_path_factory.mktemp("synced")
    write_exports(folder, 3, lines=15)
    with (folder / "organisations.csv").open("a", encoding="utf-8") as file:
        file.write("00003,เทศบาลตำบลทดสอบ 4,บางน้ำเปรี้ยว,ฉะเชิงเทรา\r\n")
    (folder / "prongsai.toml").write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', encoding="utf-8")
    assert main(["--config", str(folder / "prongsai.toml"), "sync"]) == 0
    return folder


@pytest.fixture
def place(synced: Path, tmp_path: Path) -> Path:
    """A copy of them, where no report is made yet."""
    return Path(shutil.copytree(synced, tmp_path / "place"))


def test_all_that_are_ready_are_made_and_one_that_cannot_be_made_stops_no_other(place: Path, capsys: Printed):
    (place / "words").mkdir()
    (place / "words/00001.toml").write_text("[measure.9]\n", encoding="utf-8")
    config = ["--config", str(place / "prongsai.toml")]
    assert main([*config, *ALL, "--json"]) == 1
    said = {one["organisation"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {code: one["release"] for code, one in said.items()} == {
        "00000": "00000-2566-1-v1",
        "00001": None,
        "00002": "00002-2566-1-v1",
    }
    assert "measure.9" in said["00001"]["error"] and said["00000"]["error"] is None
    assert all(Path(path).is_file() for path in said["00002"]["files"].values())

    main([*config, "status", "--period", "2566-1", "--json"])
    known = {one["organisation"]["code"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert "measure.9" in known["00001"]["failed"]["reason"] and known["00000"]["failed"] is None
    main([*config, "status", "--period", "2566-1", "--lang", "en"])
    told = capsys.readouterr().out.partition("00002 ")[0].partition("00001 ")[2]
    assert "measure.9" in told and "could not be made" in told and "can be made" not in told

    (place / "words/00001.toml").unlink()
    assert main([*config, *ALL, "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert "3 reports: 1 new, 2 unchanged, 0 failed; 1 organisations not ready" in told.out
    assert told.err == ""
    main([*config, "status", "--period", "2566-1", "--json"])
    assert [json.loads(line)["failed"] for line in capsys.readouterr().out.splitlines()] == [None] * 4


def test_a_report_asked_for_alone_is_remembered_as_failed_but_not_one_whose_files_are_missing(place: Path):
    (place / "words").mkdir()
    (place / "words/00001.toml").write_text("[measure.9]\n", encoding="utf-8")
    for code in ("00001", "00003"):
        assert main(["--config", str(place / "prongsai.toml"), *ALL, "--organisation", code]) != 0
    [one] = failed_reports(open_warehouse(read_settings(place / "prongsai.toml").warehouse_url))
    assert (one.organisation, one.period) == ("00001", FIRST_HALF) and "measure.9" in one.said.th


def test_with_none_ready_the_next_step_is_told(place: Path, capsys: Printed):
    assert main(["--config", str(place / "prongsai.toml"), *ALL[:-1], "2"]) == 1
    assert "prongsai status --period 2566-2" in capsys.readouterr().err


def test_failures_are_told_in_one_line_however_many_there_are():
    failed = [Made(f"{number:05}", FIRST_HALF, error=Words("ข้อความผิด", "wrong words")) for number in range(7)]
    assert failures([]) == ""
    thai, english = failures(failed[:1]).split(" / ")
    assert thai == "ทำไม่ได้ 1 จาก 1 ฉบับ — 00000 2566-1: ข้อความผิด"
    assert english == "1 of 1 reports could not be made — 00000 2566-1: wrong words"
    assert failures(failed).startswith("ทำไม่ได้ 7 จาก 7 ฉบับ — 00000 2566-1:")
    assert "และอีก 2 / 7 of 7" in failures(failed) and failures(failed).endswith("and 2 more")


def test_what_is_wanted_is_asked_for_a_lot_at_a_time(place: Path):
    asked: list[str] = []
    wanted = ((asked.append(code) or code, FIRST_HALF) for code in map(str, range(10 * LOT)))
    made = make_reports(read_settings(place / "prongsai.toml"), wanted, now=NOW)
    assert next(made).error  # of an organisation that is not there
    assert len(asked) == LOT
    made.close()


def test_a_run_tells_of_each_report_when_it_is_done(place: Path):
    told: list[int] = []
    [made] = make.fn(str(place / "prongsai.toml"), [("00003", FIRST_HALF)], 1, told.append)  # whose files are missing
    assert made.error and told == [1]


class Deadly(Settings):
    """Settings whose first municipality kills its process, and whose last shows a bug of ours."""

    def words_file(self, code: str) -> Path | None:
        if code == "00000":
            os.kill(os.getpid(), signal.SIGKILL)
        if code == "00002":
            raise KeyError(code)
        return None


def test_a_process_that_dies_takes_one_report_with_it_and_a_bug_is_not_hidden(place: Path):
    settings = Deadly(**read_settings(place / "prongsai.toml").model_dump())
    made = make_reports(settings, [(f"0000{number}", FIRST_HALF) for number in range(3)], now=NOW)
    first, second = sorted((next(made), next(made)), key=lambda one: one.organisation)
    assert first.organisation == "00000" and first.error and "died" in first.error.en
    assert second.release and second.release.id == "00001-2566-1-v1"
    with pytest.raises(KeyError):
        next(made)
    known = {one.organisation: one.said.en for one in failed_reports(open_warehouse(settings.warehouse_url))}
    assert "died" in known["00000"] and "KeyError" in known["00002"] and len(known) == 2


REPORTS = """
import datetime, multiprocessing, sys, threading, time
from pathlib import Path
from flows.reporting import make_reports
from flows.settings import read_settings
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import period_from
def tell():
    while not multiprocessing.active_children():
        time.sleep(0.01)
    print(*(one.pid for one in multiprocessing.active_children()), flush=True)
if __name__ == "__main__":
    threading.Thread(target=tell).start()
    wanted = [(code, period_from("2566-1")) for code in ("00000", "00001")]
    list(make_reports(read_settings(Path(sys.argv[1])), wanted, now=datetime.datetime.now(datetime.UTC)))
"""


def test_a_killed_run_leaves_no_process_behind(place: Path):
    script = place / "makes.py"
    script.write_text(REPORTS)
    command = [sys.executable, str(script), str(place / "prongsai.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        makers = [psutil.Process(int(pid)) for pid in run.stdout.readline().split()]
        run.kill()
    assert makers
    _, left = psutil.wait_procs(makers, timeout=60)
    for one in left:
        one.kill()
    assert left == []
