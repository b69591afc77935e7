"""A portal named in the settings is synced like the inbox, and its troubles stop nothing else."""

import datetime
import functools
import http.server
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from flows.cli import main
from flows.job import Wanted
from flows.settings import read_settings
from flows.sync import from_portal
from flows.watch.watchdog import wrong_now
from tests.loopback import listening
from warehouse.store.connection import open_warehouse
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


@pytest.fixture
def portal(example: Path) -> Iterator[str]:
    """A web server that hands out the example's plan workbook, and no longer the inbox."""
    folder = example / "web"
    folder.mkdir()
    (example / "inbox/751NH/eplannacc_2566-03-31.xlsx").rename(folder / "751NH.xlsx")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with listening(handler) as address:
        yield f"{address}/"


def declare(example: Path, address: str) -> list[str]:
    recipe = f'name = "ทดสอบ"\naddress = "{address}"\ntries = 1\npause = 0.0\n'
    recipe += '[files]\nkind = "address"\naddress = "{organisation}.xlsx"\n'
    (example / "portal.toml").write_text(recipe, encoding="utf-8")
    settings = example / "prongsai.toml"
    settings.write_text('portals = ["portal.toml"]\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    return ["--config", str(settings)]


def test_what_a_portal_hands_out_is_loaded_once(example: Path, portal: str, capsys: pytest.CaptureFixture[str]):
    config = declare(example, portal)
    assert main([*config, "sync"]) == 0
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        came = warehouse.execute("SELECT source, via FROM export ORDER BY source").fetchall()
    assert came == [("elaas", "inbox"), ("eplannacc", "portal")]
    capsys.readouterr()
    assert main([*config, "sync", "--json"]) == 0
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["source"], one["outcome"]) for one in again] == [("elaas", "known")]  # the portal had nothing new


def test_the_sweep_asks_a_portal_for_what_earlier_periods_lack_and_once(example: Path, portal: str):
    config = declare(example, portal)[1]
    recipe = example / "portal.toml"
    recipe.write_text(recipe.read_text("utf-8").replace('"{organisation}', '"{fiscal_year}/{organisation}'), "utf-8")
    (example / "web/2566").mkdir()
    (example / "web/751NH.xlsx").rename(example / "web/2566/751NH.xlsx")
    a_year_later = datetime.datetime(2024, 4, 20, tzinfo=datetime.UTC)

    def given(late: bool) -> list[Period | None]:
        results = from_portal.fn(config, "portal.toml", Wanted(), a_year_later, late)
        return [one.period for one in results if one.accepted]

    assert given(late=False) == []
    assert given(late=True) == [Period(FiscalYear(2566), Half.FIRST)]
    assert given(late=True) == []


def test_a_portal_shows_how_many_organisations_it_was_asked_for(
    example: Path, portal: str, monkeypatch: pytest.MonkeyPatch
):
    config = declare(example, portal)[1]
    with Path(config).open("a", encoding="utf-8") as settings:
        for code in ("00123", "99999"):  # of which it has nothing
            settings.write(f'\n[[organisation]]\ncode = "{code}"\nname = "อื่น"\ndistrict = "อื่น"\nprovince = "อื่น"\n')
    shown: list[str] = []

    def show(*_: object, description: str, **__: object) -> UUID:
        shown.append(description)
        return uuid4()

    monkeypatch.setattr("flows.pages.artifacts._FEW", 1)
    monkeypatch.setattr("flows.pages.artifacts._EVERY", 0)
    monkeypatch.setattr("flows.pages.artifacts.create_progress_artifact", show)
    monkeypatch.setattr("flows.pages.artifacts.update_progress_artifact", show)
    results = from_portal.fn(
        config, "portal.toml", Wanted(), datetime.datetime(2023, 4, 20, tzinfo=datetime.UTC), False
    )
    assert [one.accepted for one in results].count(True) == 1
    asked = "หน่วยงานที่ถามพอร์ทัล portal.toml แล้ว / organisations asked for"
    assert shown == [f"{asked} {number} / 3" for number in (1, 2, 3)]


def test_a_portal_out_of_reach_is_told_and_the_inbox_goes_on(
    example: Path, portal: str, capsys: pytest.CaptureFixture[str]
):
    config = declare(example, "http://127.0.0.1:9/")
    assert main([*config, "sync"]) == 1
    said = capsys.readouterr().out
    assert "ทดสอบ" in said
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        assert warehouse.execute("SELECT source FROM current_export").fetchall() == [("elaas",)]


def test_a_file_that_was_fetched_but_not_loaded_is_fetched_again(example: Path, portal: str):
    config = declare(example, portal)
    in_the_way = example / ".prongsai/archive"
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_text("not a folder")
    assert main([*config, "sync"]) == 1
    in_the_way.unlink()
    assert main([*config, "sync"]) == 0
    assert loaded(example) == [("elaas",), ("eplannacc",)]


def test_a_file_is_fetched_again_where_it_would_be_judged_otherwise(
    example: Path, portal: str, capsys: pytest.CaptureFixture[str]
):
    config = declare(example, portal)
    assert main([*config, "sync"]) == 0
    settings = example / "prongsai.toml"
    settings.write_text(settings.read_text("utf-8").replace('district = "', 'district = "ไม่ใช่'), "utf-8")
    capsys.readouterr()
    assert main([*config, "sync", "--json"]) == 1
    outcomes = {one["source"]: one["outcome"] for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert outcomes == {"elaas": "rejected", "eplannacc": "rejected"}


def test_what_is_not_asked_for_is_there_the_next_time(example: Path, portal: str):
    config = declare(example, portal)
    assert main([*config, "sync", "--source", "elaas"]) == 0
    assert loaded(example) == [("elaas",)]
    assert main([*config, "sync"]) == 0
    assert loaded(example) == [("elaas",), ("eplannacc",)]


def loaded(example: Path) -> list[tuple[str]]:
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        return warehouse.execute("SELECT source FROM current_export ORDER BY source").fetchall()


def test_what_came_by_hand_before_is_known_to_the_portal_too(example: Path, portal: str):
    config = declare(example, portal)
    by_hand = example / "inbox/751NH/แผน.xlsx"
    by_hand.write_bytes((example / "web/751NH.xlsx").read_bytes())
    assert main([*config, "sync"]) == 0
    remembered = json.loads((example / ".prongsai/portals/portal.json").read_text("utf-8"))
    assert list(remembered["files"]) == [f"{portal}751NH.xlsx"]


def test_a_portal_that_gives_nothing_but_trouble_for_a_day_and_a_half_is_told(
    example: Path, portal: str, monkeypatch: pytest.MonkeyPatch
):
    config, start = declare(example, portal), datetime.datetime(2023, 4, 20, tzinfo=datetime.UTC)
    settings = read_settings(Path(config[1]))

    def synced(hours: int) -> None:
        monkeypatch.setattr("flows.command.sync.now", lambda: start + datetime.timedelta(hours=hours))
        main([*config, "sync"])

    def told(hours: int) -> list[str]:
        now, warehouse = start + datetime.timedelta(hours=hours), open_warehouse(settings.warehouse_url)
        wrong = wrong_now(settings, warehouse, Period(FiscalYear(2566), Half.FIRST), now=now, watchdog=True)
        return [one.message.cause for one in wrong if one.overdue and one.message.cause.startswith("portal")]

    assert told(0) == ["portal portal.toml"]  # which was never asked
    synced(0)
    assert (told(36), told(37)) == ([], ["portal portal.toml"])
    (example / "web/751NH.xlsx").unlink()  # what is not there yet is no trouble
    synced(30)
    assert (told(66), told(67)) == ([], ["portal portal.toml"])
    recipe = example / "portal.toml"
    recipe.write_text(recipe.read_text("utf-8").replace(portal, "http://127.0.0.1:9/"), "utf-8")
    synced(50)
    assert told(67) == ["portal portal.toml"]


def test_a_secret_that_prefect_keeps_is_told_by_the_plain_command_which_does_not_start_it(example: Path, portal: str):
    config = declare(example, portal)
    with (example / "portal.toml").open("a", encoding="utf-8") as recipe:
        recipe.write('[login]\nkind = "bearer"\ntoken = "prefect:portal-token"\n')
    code = f"import sys\nfrom flows.cli import main\nprint(main({[*config, 'sync']!r}), 'prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "prefect:portal-token" in done.stdout and "prongsai run" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 False"
