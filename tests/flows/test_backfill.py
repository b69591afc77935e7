"""prongsai backfill: the plan first, then only what is missing; a kill, a bad file or a lost portal stops nothing."""

import csv
import functools
import http.server
import io
import json
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.command.backfill import backfill
from flows.settings import read_settings
from tests.bench.exports import write_exports
from tests.flows.test_reporting import Deadly
from tests.loopback import listening
from tests.torture.trials import Trials, child_process
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, period_from, periods_between

pytestmark = pytest.mark.slow

Printed = pytest.CaptureFixture[str]
RANGE = ["--from", "2566-1", "--to", "2566-2"]
FIRST = ["--from", "2566-1", "--to", "2566-1"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two organisations, each with both files of the first half of 2566."""
    fill(tmp_path / "place")
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")
    return tmp_path / "place"


def fill(place: Path) -> None:
    write_exports(place, 2, lines=15)
    (place / "prongsai.toml").write_text('organisations = "organisations.csv"\n', encoding="utf-8")


def run(place: Path, *arguments: str) -> int:
    return main(["backfill", "--config", str(place / "prongsai.toml"), *(arguments or RANGE)])


def said(capsys: Printed) -> dict[tuple[str, str], dict]:
    """What was said of each report."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {(one["organisation"], one["period"]): one for one in lines if "state" in one}


def states(capsys: Printed) -> list[str]:
    return [one["state"] for one in said(capsys).values()]


def test_periods_follow_each_other_and_end_with_the_last():
    first, last = Period(FiscalYear(2566), Half.FULL), Period(FiscalYear(2568), Half.FIRST)
    assert list(map(str, periods_between(first, last))) == ["2566-2", "2567-1", "2567-2", "2568-1"]
    assert periods_between(last, first) == []


def test_without_yes_only_the_plan_is_shown(place: Path, capsys: Printed):
    assert run(place) == 0
    shown = capsys.readouterr().out
    assert "2566-1: 2 หน่วยงาน" in shown and "--yes" in shown and "ยังไม่มีไฟล์ที่ผ่านการตรวจ e-LAAS, e-PlanNACC" in shown
    assert not (place / "releases").exists()
    assert run(place, *RANGE, "--json") == 0
    assert set(states(capsys)) == {"missing"}


def test_every_report_is_made_once_and_a_second_run_fills_only_gaps(place: Path, capsys: Printed):
    assert run(place, *RANGE, "--yes", "--json") == 1  # 2566-2 has no file
    made = said(capsys)
    assert {key: one["state"] for key, one in made.items()} == {
        ("00000", "2566-1"): "made",
        ("00001", "2566-1"): "made",
        ("00000", "2566-2"): "missing",
        ("00001", "2566-2"): "missing",
    }
    assert made["00001", "2566-1"]["release"] == "00001-2566-1-v1"
    assert made["00000", "2566-2"]["missing"] == ["elaas", "eplannacc"]
    written = {path: path.stat().st_mtime_ns for path in (place / "releases").rglob("*")}
    assert run(place, *FIRST, "--yes", "--json") == 0
    assert states(capsys) == ["done", "done"]
    assert {path: path.stat().st_mtime_ns for path in (place / "releases").rglob("*")} == written


def test_files_that_are_judged_otherwise_make_a_new_version_though_no_file_came(place: Path, capsys: Printed):
    assert run(place, *FIRST, "--yes", "--json") == 0
    project, line = named_in(place / "releases/00000/2566-1/v1")
    match = f'project = "{project}"\nbudget_line = "{line}"\nwho = "ปลัด"\nwhen = 2023-04-12\n'
    match = f'[[match]]\norganisation = "00000"\nfiscal_year = 2566\n{match}'
    (place / "crosswalk.toml").write_text(match, encoding="utf-8")
    capsys.readouterr()
    assert run(place, *FIRST, "--yes", "--json") == 0
    assert said(capsys)["00000", "2566-1"]["release"] == "00000-2566-1-v2"
    assert run(place, *FIRST, "--yes", "--json") == 0
    assert states(capsys) == ["done", "done"]


def named_in(release: Path) -> tuple[str, str]:
    """The names of a project and of a budget line that a release tells."""
    rows = [csv.DictReader(io.StringIO((release / name).read_text("utf-8-sig"))) for name in ("plan.csv", "budget.csv")]
    return tuple(next(table)["project"] for table in rows)


def test_one_organisation_can_be_asked_for(place: Path, capsys: Printed):
    one = [*FIRST, "--organisation", "00001"]
    assert run(place, *one, "--yes", "--json") == 0
    assert list(said(capsys)) == [("00001", "2566-1")]
    assert not (place / "releases/00000").exists()


@pytest.mark.parametrize("wrong", [["--from", "2566-2", "--to", "2566-1"], [*RANGE, "--organisation", "99999"]])
def test_a_range_backwards_and_an_unknown_organisation_are_usage_errors(place: Path, wrong: list[str]):
    assert run(place, *wrong) == 64


def test_one_failure_does_not_stop_the_rest(place: Path, capsys: Printed):
    (place / "words").mkdir()
    (place / "words/00000.toml").write_text("nonsense = 1", encoding="utf-8")
    (place / "inbox/00000/broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert run(place, *FIRST, "--yes", "--json") == 2
    found = said(capsys)
    assert found["00000", "2566-1"]["state"] == "failed" and "00000.toml" in found["00000", "2566-1"]["error"]
    assert found["00001", "2566-1"]["state"] == "made"


def test_reports_are_made_by_processes_of_their_own_and_one_that_dies_stops_no_other(place: Path, capsys: Printed):
    settings = Deadly(**read_settings(place / "prongsai.toml").model_dump())
    first = period_from("2566-1")
    asked = Namespace(first=first, last=first, organisation=None, yes=True, json=True, lang="en")
    assert backfill(settings, asked) == 1
    found = said(capsys)
    assert found["00000", "2566-1"]["state"] == "failed" and "died" in found["00000", "2566-1"]["error"]
    assert found["00001", "2566-1"]["state"] == "made"


def test_a_corrected_export_makes_the_next_version_and_leaves_the_others(place: Path, capsys: Printed):
    run(place, *RANGE, "--yes")
    capsys.readouterr()
    write_exports(place / "new", 2, lines=30)
    shutil.copy(place / "new/inbox/00001/elaas_2566-03-31.xlsx", place / "inbox/00001/corrected.xlsx")
    shutil.rmtree(place / "new")
    run(place, *RANGE, "--yes", "--json")
    found = said(capsys)
    assert found["00001", "2566-1"]["release"] == "00001-2566-1-v2"
    assert found["00000", "2566-1"]["state"] == "done"


def test_what_only_the_archive_still_holds_is_judged_by_the_corrections_of_now(example: Path, capsys: Printed):
    (example / "corrections.toml").rename(example / "later.toml")
    assert main(["sync", "--config", str(example / "prongsai.toml")]) == 1
    shutil.rmtree(example / "inbox/751NH")
    (example / "later.toml").rename(example / "corrections.toml")
    capsys.readouterr()
    assert run(example, *FIRST) == 0
    assert "คลังไฟล์ 2 ไฟล์" in capsys.readouterr().out
    assert run(example, *FIRST, "--yes", "--json") == 0
    assert states(capsys) == ["made"]


def test_damaged_archived_bytes_are_told_and_the_rest_goes_on(place: Path, capsys: Printed):
    main(["sync", "--config", str(place / "prongsai.toml")])
    with sqlite3.connect(place / ".prongsai/warehouse.db") as warehouse:
        [(sha256,)] = warehouse.execute(
            "SELECT sha256 FROM export WHERE source = 'elaas' AND organisation = '00000' AND fiscal_year = 2566"
        ).fetchall()
    (place / ".prongsai/warehouse.db").unlink()
    (place / ".prongsai/archive" / sha256[:2] / sha256).write_bytes(b"x")
    shutil.rmtree(place / "inbox")
    capsys.readouterr()
    assert run(place, *FIRST, "--yes", "--json") == 1
    found = said(capsys)
    assert [one["state"] for one in found.values()] == ["missing", "made"]


# ---- portals


@pytest.fixture
def portal(place: Path) -> Iterator[str]:
    """A web server that hands out what lay in the inbox, and no inbox any more."""
    web = place / "web"
    for path in sorted((place / "inbox").rglob("*.xlsx")):
        source, _, day = path.stem.partition("_")
        to = web / day[:4] / source / f"{path.parent.name}.xlsx"
        to.parent.mkdir(parents=True, exist_ok=True)
        path.rename(to)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=web)
    with listening(handler) as address:
        yield f"{address}/"


def declare(place: Path, address: str) -> None:
    for source in ("elaas", "eplannacc"):
        recipe = f'name = "{source}"\naddress = "{address}"\ntries = 1\npause = 0.0\n[files]\nkind = "address"\n'
        recipe += f'address = "{{fiscal_year}}/{source}/{{organisation}}.xlsx"\n'
        (place / f"{source}.toml").write_text(recipe, encoding="utf-8")
    settings = place / "prongsai.toml"
    listed = 'portals = ["elaas.toml", "eplannacc.toml"]\n'
    settings.write_text(listed + settings.read_text(encoding="utf-8"), encoding="utf-8")


def test_portals_are_asked_for_each_period_and_only_for_what_is_missing(place: Path, portal: str, capsys: Printed):
    declare(place, portal)
    assert run(place, *FIRST, "--yes", "--json") == 0
    assert states(capsys) == ["made", "made"]
    shutil.rmtree(place / "web/2566")  # never asked for again
    assert run(place, *FIRST, "--yes", "--json") == 0
    assert states(capsys) == ["done", "done"]


def test_a_year_that_a_portal_does_not_have_stops_no_later_one(place: Path, portal: str, capsys: Printed):
    declare(place, portal)
    run(place, "--from", "2565-2", "--to", "2566-1", "--yes", "--json")
    assert {period: one["state"] for (_, period), one in said(capsys).items()}["2566-1"] == "made"


def test_a_portal_out_of_reach_is_told_and_the_inbox_goes_on(place: Path, capsys: Printed):
    declare(place, "http://127.0.0.1:9/")
    assert run(place, *RANGE, "--yes") == 1
    shown = capsys.readouterr().out
    assert "127.0.0.1:9" in shown and "✓ 00001-2566-1-v1" in shown


# ---- a kill


@pytest.mark.server
def test_a_backfill_that_was_killed_is_completed_by_the_next(tmp_path: Path):
    fill(tmp_path / "place")
    command = ["backfill", "--config", str(tmp_path / "place/prongsai.toml"), *FIRST, "--yes"]
    with child_process() as child:
        trial = Trials(child, tmp_path, lambda: "")
        trial.url = f"sqlite:///{tmp_path}/place/.prongsai/warehouse.db"
        for fatal in (["return warehouse.archive.archived", 3], ["return flows.command.backfill._say_outcome", 1]):
            assert trial.run(commands=[command], fatal=fatal, watched="calls")["ended"] == -9
            trial.check_nothing_is_half_done()
        killed = trial.state()
        assert killed.rows["release"]
        assert trial.run(commands=[command])["exits"] == [0]
    whole = trial.state()
    assert len(whole.rows["release"]) == 2 and len(whole.rows["export"]) == 4
    assert killed.files.items() <= whole.files.items()


def test_a_backfill_in_english(place: Path, capsys: Printed):
    assert run(place, "--lang", "en", *RANGE) == 0
    assert "nothing was done; add --yes" in capsys.readouterr().out
