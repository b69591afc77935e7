"""prongsai correct: a decision becomes a record, and the record opens the gate."""

import sqlite3
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from flows.cli import main

WHY = ["--reason", "พิมพ์ผิดหนึ่งหลัก", "--who", "ผู้อำนวยการกองคลัง"]


@pytest.fixture
def handed_in(example: Path) -> list[str]:
    """The command line up to the file, in an example without corrections."""
    (example / "corrections.toml").unlink()
    return ["--config", str(example / "prongsai.toml"), "correct", str(example / "inbox/751NH/elaas_2566-03-31.xlsx")]


def test_the_suggested_correction_is_recorded_and_opens_the_gate(
    example: Path, handed_in: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main([*handed_in[:2], "sync"]) == 1
    page = next((example / ".prongsai/findings").glob("*.html")).read_text(encoding="utf-8")
    assert "printed = &#34;68,984.00&#34;\nright = &#34;48,984.00&#34;" in page
    capsys.readouterr()
    assert main([*handed_in, "--suggested", *WHY]) == 0
    assert "I6: 68,984.00 → 48,984.00" in capsys.readouterr().out
    [record] = tomllib.loads((example / "corrections.toml").read_text(encoding="utf-8"))["correction"]
    assert (record["cell"], record["printed"], record["right"]) == ("I6", "68,984.00", "48,984.00")
    assert main([*handed_in[:2], "sync"]) == 0
    assert "68,984.00 เป็น 48,984.00" in capsys.readouterr().out


def test_a_cell_is_corrected_with_what_it_printed_and_earlier_records_stay(example: Path, handed_in: list[str]):
    assert main([*handed_in, "--cell", "I6", "--to", "๔๘๙๘๔", *WHY]) == 0
    assert main([*handed_in, "--cell", "D7", "--to", 'ชื่อ "ใหม่"', *WHY]) == 0
    records = tomllib.loads((example / "corrections.toml").read_text(encoding="utf-8"))["correction"]
    assert [one["printed"] for one in records] == ["68,984.00", "เงินสมทบกองทุนเงินทดแทน"]
    assert [one["right"] for one in records] == ["48,984.00", 'ชื่อ "ใหม่"']


def test_the_status_of_a_project_is_corrected_at_one_of_its_ticks(example: Path, handed_in: list[str]):
    handed_in[-1] = str(example / "inbox/751NH/eplannacc_2566-03-31.xlsx")
    assert main([*handed_in, "--cell", "G6", "--to", "อยู่ระหว่างดำเนินการ", *WHY]) == 0
    [record] = tomllib.loads((example / "corrections.toml").read_text(encoding="utf-8"))["correction"]
    assert (record["printed"], record["right"]) == ("รอรายงาน", "อยู่ระหว่างดำเนินการ")
    assert main([*handed_in[:2], "sync", "--source", "eplannacc"]) == 0
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        statuses = warehouse.execute("SELECT status FROM current_plan ORDER BY source_row").fetchall()
    assert statuses[0] == ("in_progress",)


@pytest.mark.parametrize("name", ["--reason", "--who"])
def test_a_suggestion_too_needs_a_name_and_a_reason(example: Path, handed_in: list[str], name: str):
    said = dict(zip(WHY[::2], WHY[1::2], strict=True))
    assert main([*handed_in, "--suggested", *chain(*(said | {name: " "}).items())]) == 64
    del said[name]
    with pytest.raises(SystemExit) as ended:
        main([*handed_in, "--suggested", *chain(*said.items())])
    assert ended.value.code == 64
    assert not (example / "corrections.toml").exists()


def test_what_is_corrected_already_is_neither_suggested_nor_recorded_again(
    example: Path, handed_in: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main([*handed_in, "--suggested", *WHY]) == 0
    before = (example / "corrections.toml").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main([*handed_in, "--suggested", *WHY]) == 1
    assert "prongsai sync" in capsys.readouterr().err
    assert main([*handed_in, "--cell", "I6", "--to", "58,984.00", *WHY]) == 1
    assert "I6" in capsys.readouterr().err
    assert (example / "corrections.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("cell", ["A99", "ZZ6"])
def test_a_cell_without_a_value_is_told_and_nothing_written(example: Path, handed_in: list[str], cell: str):
    assert main([*handed_in, "--cell", cell, "--to", "1", *WHY]) == 1
    assert not (example / "corrections.toml").exists()


@pytest.mark.parametrize(
    ("file", "cell"), [("elaas", "G7"), ("elaas", "I17"), ("eplannacc", "C6"), ("eplannacc", "G6")]
)
def test_a_value_that_is_none_of_its_column_is_refused(
    example: Path, handed_in: list[str], file: str, cell: str, capsys: pytest.CaptureFixture[str]
):
    handed_in[-1] = str(example / f"inbox/751NH/{file}_2566-03-31.xlsx")
    assert main([*handed_in, "--cell", cell, "--to", "abc", *WHY]) == 1
    assert '"abc"' in capsys.readouterr().err
    assert not (example / "corrections.toml").exists()


def test_nothing_to_suggest_is_told(example: Path, handed_in: list[str]):
    handed_in[-1] = str(example / "inbox/751NH/eplannacc_2566-03-31.xlsx")
    assert main([*handed_in, "--suggested", *WHY]) == 1


@pytest.mark.parametrize("words", [["--cell", "I6"], ["--cell", "6I", "--to", "1"], [], ["--suggested", "--to", "1"]])
def test_half_a_decision_is_a_usage_error(handed_in: list[str], words: list[str]):
    with pytest.raises(SystemExit) as ended:
        main([*handed_in, *words, *WHY])
    assert ended.value.code == 64
