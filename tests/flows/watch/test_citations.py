"""Evidence links of the words files: dead ones are told in status, page and watchdog, and never stop a report."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.settings import read_settings
from flows.watch.citations import dead_citations
from flows.watch.watchdog import wrong_now
from tests.connectors.website import served_site
from tests.warehouse.exports import FIRST_HALF, day
from warehouse.store.connection import open_warehouse

Printed = pytest.CaptureFixture[str]
STATUS = ["status", "--period", "2566-1"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with served_site(monkeypatch) as address:
        yield address


@pytest.fixture
def config(example: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The example, whose second measure cites a page that opens and one that is gone; nothing waits between two."""
    monkeypatch.setattr("connectors.links._PAUSE", 0)
    words = f"""
    [measure.2]
    evidence = [{{ title = "ประกาศ", url = "{site}/200" }}, {{ title = "คู่มือ", url = "{site}/404" }}]
    [measure.3]
    evidence = "faulty"
    """
    (example / "words/751NH.toml").write_text(words.replace("    ", ""), encoding="utf-8")
    return ["--lang", "en", "--config", str(example / "prongsai.toml")]


def test_a_dead_link_is_told_with_its_measure_until_it_is_mended(
    example: Path, config: list[str], site: str, capsys: Printed
):
    assert main([*config, *STATUS]) == 0
    assert "dead" not in capsys.readouterr().out  # not tried yet
    assert main([*config, *STATUS, "--links"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "dead since" in line)
    assert "measure 2, “คู่มือ”" in line and f"status 404): {site}/404" in line
    assert main([*config, *STATUS, "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)["dead_links"]
    assert (told["measure"], told["address"], told["reason"]) == (2, f"{site}/404", "the site answers with status 404")
    assert main([*config, *STATUS, "--html", str(example / "status.html")]) == 0
    page = (example / "status.html").read_text(encoding="utf-8")
    assert "ลิงก์หลักฐานเปิดไม่ได้ 1 ลิงก์ ของ 1 หน่วยงาน" in page and "ลิงก์หลักฐานมาตรการที่ 2 “คู่มือ” เปิดไม่ได้ตั้งแต่" in page

    (example / "words/751NH.toml").write_text("", encoding="utf-8")
    capsys.readouterr()
    assert main([*config, *STATUS, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dead_links"] == []


def test_the_watchdog_is_told_once_and_nothing_is_overdue(example: Path, config: list[str]):
    main([*config, *STATUS, "--links"])
    settings = read_settings(example / "prongsai.toml")
    warehouse = open_warehouse(settings.warehouse_url)
    [one] = [
        each
        for each in wrong_now(settings, warehouse, FIRST_HALF, now=day(0), watchdog=True)
        if each.message.cause == "evidence"
    ]
    assert not one.overdue and "words/<รหัสหน่วยงาน>.toml" in one.message.body


def test_a_words_file_that_cannot_be_read_hides_no_other_and_a_dead_link_stops_no_report(
    example: Path, config: list[str], site: str
):
    cited = f'[measure.2]\nevidence = [{{ title = "ก", url = "{site}/404" }}]\n'
    (example / "words/751NH.toml").write_text(cited, encoding="utf-8")
    main([*config, *STATUS, "--links"])
    assert main([*config, "sync"]) == 0
    assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    (example / "words/751NH.toml").write_text("[measure", encoding="utf-8")
    settings = read_settings(example / "prongsai.toml")
    assert dead_citations(settings, open_warehouse(settings.warehouse_url)) == []
