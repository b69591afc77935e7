"""Evidence links of the words files: dead ones are told in status, page and watchdog, and never stop a report."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.settings import read_settings
from flows.watch.citations import dead_citations
from flows.watch.watchdog import wrong_now
from tests.connectors.website import served_site
from tests.reports.sign.signing import everything
from tests.warehouse.exports import FIRST_HALF, day
from warehouse.store.connection import open_warehouse
from warehouse.store.links import keep_links

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
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "words/751NH.toml: warning 1" in lines
    place = next(place for place, line in enumerate(lines) if "dead since" in line)
    assert lines[place].startswith("! [warning] evidence of measure 2, “คู่มือ” in words/751NH.toml, dead since ")
    assert lines[place].endswith(f"status 404): {site}/404") and lines[place + 1].startswith("→ bring the page back")
    assert main([*config, *STATUS, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    [told] = said["dead_links"]
    assert (told["measure"], told["address"], told["reason"]) == (2, f"{site}/404", "the site answers with status 404")
    assert (told["rule"], told["severity"], told["file"]) == ("evidence.link_dead", "warning", "words/751NH.toml")
    assert told["observed"] == told["address"] and told["message"] == lines[place].removeprefix("! [warning] ")
    assert said["findings"] == {"warning": 1}
    assert main([*config, *STATUS, "--html", str(example / "status.html")]) == 0
    page = (example / "status.html").read_text(encoding="utf-8")
    assert "ลิงก์หลักฐานเปิดไม่ได้ 1 ลิงก์ ของ 1 หน่วยงาน" in page and "ลิงก์หลักฐานมาตรการที่ 2 “คู่มือ” ใน words/751NH.toml" in page
    assert "ข้อสังเกตใน words/751NH.toml: เตือน 1" in page

    (example / "words/751NH.toml").write_text("", encoding="utf-8")
    capsys.readouterr()
    assert main([*config, *STATUS, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["dead_links"], said["findings"]) == ([], {})


def test_a_dead_link_is_a_finding_of_its_organisation_that_stops_and_changes_no_report(
    example: Path, config: list[str], site: str, capsys: Printed
):
    report = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    cited = f'[measure.2]\nevidence = [{{ title = "คู่มือ", url = "{site}/404" }}]\n'
    (example / "words/751NH.toml").write_text(cited, encoding="utf-8")
    assert main([*config, *STATUS, "--links"]) == 0
    assert main([*config, "sync"]) == 0
    capsys.readouterr()
    assert main([*config, *STATUS, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    counted = sum((Counter(source["findings"]) for source in said["sources"]), Counter({"warning": 1}))
    assert said["findings"] == counted and counted["warning"] > 1

    page = next((example / ".prongsai/findings").glob("*.html")).read_text(encoding="utf-8")
    article = page.partition(">words/751NH.toml <span")[2].partition("</article>")[0]
    assert "“คู่มือ” ใน words/751NH.toml เปิดไม่ได้ตั้งแต่" in article and f"{site}/404" in article
    assert "นำหน้าเว็บกลับมา" in article and "evidence.link_dead" in article and "รอบ" not in article
    assert "ตรวจ 2 ตาราง ผ่าน 2 ตาราง" in page and "ลิงก์หลักฐานที่เปิดไม่ได้ไม่พิมพ์" in page

    assert main([*config, *report]) == 0
    before = everything(example / "releases")
    keep_links(open_warehouse(read_settings(example / "prongsai.toml").warehouse_url), [], {}, now=day(0))
    assert main([*config, *report]) == 0
    assert everything(example / "releases") == before  # nothing of a report hangs on what a site answers


def test_the_watchdog_is_told_once_and_nothing_is_overdue(example: Path, config: list[str]):
    main([*config, *STATUS, "--links"])
    settings = read_settings(example / "prongsai.toml")
    warehouse = open_warehouse(settings.warehouse_url)
    [one] = [
        each
        for each in wrong_now(settings, warehouse, FIRST_HALF, now=day(0), watchdog=True)
        if each.message.cause == "evidence"
    ]
    assert not one.overdue and "ใน words/751NH.toml" in one.message.body and "นำหน้าเว็บกลับมา" in one.message.body


def test_a_words_file_that_cannot_be_read_hides_no_other(example: Path, config: list[str]):
    main([*config, *STATUS, "--links"])
    (example / "words/751NH.toml").write_text("[measure", encoding="utf-8")
    settings = read_settings(example / "prongsai.toml")
    assert dead_citations(settings, open_warehouse(settings.warehouse_url)) == []
