"""prongsai sync, report and status: the gate closed, the gate opened, nothing done twice."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from python_calamine import load_workbook

from flows.cli import main

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def config(example: Path) -> list[str]:
    return ["--config", str(example / "prongsai.toml")]


@pytest.fixture
def uncorrected(example: Path) -> Path:
    (example / "corrections.toml").rename(example / "later.toml")
    return example


def rows(example: Path, query: str) -> list[tuple]:
    with sqlite3.connect(example / ".prongsai/warehouse.db") as connection:
        return connection.execute(query).fetchall()


def test_without_a_correction_the_gate_stays_closed(uncorrected: Path, config: list[str]):
    assert main([*config, "sync"]) == 1
    assert rows(uncorrected, "SELECT count(*) FROM budget_line") == [(0,)]
    assert rows(uncorrected, "SELECT count(*) FROM quarantined_row") == [(11,)]
    assert rows(uncorrected, "SELECT source FROM current_export") == [("eplannacc",)]
    kept = [path for path in (uncorrected / ".prongsai/archive").rglob("*") if path.is_file() and not path.suffix]
    assert len(kept) == 2
    assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 1
    assert not (uncorrected / "releases").exists()


def test_a_correction_opens_the_gate_and_the_trail_stays(uncorrected: Path, config: list[str]):
    main([*config, "sync"])
    (uncorrected / "later.toml").rename(uncorrected / "corrections.toml")
    assert main([*config, "sync"]) == 0
    assert rows(uncorrected, "SELECT sum(disbursed), sum(approved) FROM budget_line") == [(382212163, 849313000)]
    verdicts = rows(uncorrected, "SELECT verdict FROM export WHERE source = 'elaas' ORDER BY id")
    assert verdicts == [("rejected",), ("accepted",)]
    assert rows(uncorrected, "SELECT printed, corrected FROM correction") == [("68,984.00", "48,984.00")]


def test_the_same_files_again_change_nothing(example: Path, config: list[str], capsys: Printed):
    main([*config, "sync"])
    before = rows(example, "SELECT * FROM export") + rows(example, "SELECT * FROM budget_line")
    capsys.readouterr()
    assert main([*config, "sync", "--json"]) == 0
    assert {json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()} == {"known"}
    assert rows(example, "SELECT * FROM export") + rows(example, "SELECT * FROM budget_line") == before


def test_a_rejected_file_that_comes_again_is_still_told_as_rejected(
    uncorrected: Path, config: list[str], capsys: Printed
):
    main([*config, "sync"])
    capsys.readouterr()
    assert main([*config, "sync"]) == 1
    assert "I6" in capsys.readouterr().out


def test_a_file_that_was_rejected_stops_nothing_once_a_fixed_one_is_handed_in_beside_it(
    uncorrected: Path, config: list[str], capsys: Printed
):
    inbox = uncorrected / "inbox/751NH"
    assert main([*config, "sync"]) == 1
    sheet = load_workbook(inbox / "elaas_2566-03-31.xlsx").get_sheet_by_index(0)
    fixed = [["48984" if value == 68984.0 else value for value in row] for row in sheet.to_python()]
    with (inbox / "elaas-fixed.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(fixed)
    assert main([*config, "sync"]) == 0
    capsys.readouterr()
    assert main([*config, "sync", "--json"]) == 0
    said = {Path(one["origin"]).name: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (said["elaas_2566-03-31.xlsx"]["outcome"], said["elaas_2566-03-31.xlsx"]["accepted"]) == ("replaced", False)
    assert said["elaas-fixed.csv"]["accepted"]
    assert rows(uncorrected, "SELECT verdict FROM export WHERE source = 'elaas' ORDER BY id") == [
        ("rejected",),
        ("accepted",),
    ]


def test_a_damaged_file_stops_no_other(example: Path, config: list[str], capsys: Printed):
    (example / "inbox/751NH/broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert main([*config, "sync"]) == 2
    assert "broken.xlsx" in capsys.readouterr().out
    assert rows(example, "SELECT source FROM current_export ORDER BY source") == [("elaas",), ("eplannacc",)]
    assert rows(example, "SELECT verdict, source FROM export WHERE file_name = 'broken.xlsx'") == [("unreadable", "")]


def test_only_one_source_can_be_asked_for_and_the_rest_follows_later(example: Path, config: list[str]):
    assert main([*config, "sync", "--source", "eplannacc"]) == 0
    assert rows(example, "SELECT source FROM current_export") == [("eplannacc",)]
    assert main([*config, "sync"]) == 0
    assert rows(example, "SELECT source FROM current_export ORDER BY source") == [("elaas",), ("eplannacc",)]


def test_a_report_gives_its_files_and_figures(example: Path, config: list[str], capsys: Printed):
    main([*config, "sync"])
    capsys.readouterr()
    wanted = ["report", "--json", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    assert main([*config, *wanted]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["release"] == "751NH-2566-1-v1"
    assert {"pdf", "html", "manifest"} <= set(said["files"])
    assert all(Path(path).is_file() for path in said["files"].values())
    assert said["figures"]["disbursed"] == "3822121.63"
    assert "ยอดรวมทุกยอดเท่ากับผลรวมของรายการ" in Path(said["files"]["html"]).read_text(encoding="utf-8")
    assert main([*config, *wanted]) == 0
    assert json.loads(capsys.readouterr().out)["release"] == "751NH-2566-1-v1"
    assert rows(example, "SELECT id FROM release") == [("751NH-2566-1-v1",)]


def test_status_reads_what_came_and_what_is_missing(example: Path, config: list[str], capsys: Printed):
    main([*config, "sync"])
    capsys.readouterr()
    assert main([*config, "status", "--json", "--period", "2566-1", "--fail-if-late"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ready"] is True and said["release"] is None and said["deadline"] == "2023-04-30"
    assert {one["source"]: one["verdict"] for one in said["sources"]} == {"elaas": "accepted", "eplannacc": "accepted"}
    main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"])
    assert main([*config, "status", "--period", "2566-1", "--fail-if-late"]) == 0


@pytest.mark.parametrize("where", ["before", "after"])
def test_config_goes_before_or_after_the_verb(example: Path, where: str):
    config = ["--config", str(example / "prongsai.toml")]
    assert main([*config, "status"] if where == "before" else ["status", *config]) == 0


def test_an_organisation_that_is_not_configured_is_a_usage_error(config: list[str], capsys: Printed):
    assert main([*config, "report", "--organisation", "99999", "--fiscal-year", "2566", "--half", "1"]) == 64
    assert main([*config, "sync", "--organisation", "99999"]) == 64
    assert "99999" in capsys.readouterr().err


def test_a_christian_year_is_refused(config: list[str], capsys: Printed):
    with pytest.raises(SystemExit) as ended:
        main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2023", "--half", "1"])
    assert ended.value.code == 64
    assert "'2023' ไม่ใช่ปีงบประมาณ พ.ศ." in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([*config, "status", "--period", "2566"])
    assert ended.value.code == 64
    assert "2566-1" in capsys.readouterr().err.splitlines()[-1]


def test_the_digits_that_are_set_reach_the_report(example: Path, config: list[str]):
    settings = example / "prongsai.toml"
    settings.write_text('digits = "arabic"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    main([*config, "sync"])
    assert main([*config, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    page = (example / "releases/751NH/2566-1/v1/plan.html").read_text(encoding="utf-8")
    assert "ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน" in page


def test_an_own_word_template_is_used(example: Path, config: list[str]):
    assert main(["template", str(example / "แม่แบบ")]) == 0
    assert (example / "แม่แบบ/report.docx").is_file()
    assert main(["template", str(example)]) == 0
    assert main(["template", str(example)]) == 64  # never over one that is there
    settings = example / "prongsai.toml"
    settings.write_text('report_template = "report.docx"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    main([*config, "sync"])
    wanted = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    assert main([*config, *wanted]) == 0
    (example / "report.docx").write_bytes(b"no Word document")
    assert main([*config, *wanted]) == 64


def test_data_docs_are_written_a_folder_a_run_only_where_the_settings_ask_for_them(example: Path, config: list[str]):
    settings = example / "prongsai.toml"
    assert main([*config, "sync", "--source", "eplannacc"]) == 0
    assert list(example.rglob("index.html")) == []
    settings.write_text('data_docs = "data docs"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert main([*config, "sync"]) == 0
    [site] = (example / "data docs").iterdir()
    assert (site / "index.html").is_file()
    assert main([*config, "sync"]) == 0  # with nothing new nothing is judged
    assert [*(example / "data docs").iterdir()] == [site]
