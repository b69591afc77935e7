"""prongsai check: what others script against."""

import json
from pathlib import Path

import pytest

from flows.cli import main

Printed = pytest.CaptureFixture[str]

FACTS = {"file", "sha256", "source", "organisation", "fiscal_year", "half", "rows", "totals"}
KEYS = FACTS | {"accepted", "error", "findings"}


def checked(capsys: Printed, *command: str) -> tuple[int, list[dict]]:
    code = main(["check", "--json", *command])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_budget_example_has_one_critical_finding_named_to_the_cell(example: Path, capsys: Printed):
    code, [said] = checked(capsys, str(example / "inbox/751NH/elaas_2566-03-31.xlsx"))
    assert code == 1
    assert set(said) == KEYS
    assert said["source"] == "elaas"
    assert said["organisation"] == {"code": "751NH", "name": "เทศบาลตำบลคลองแสนแสบ"}
    assert (said["fiscal_year"], said["half"], said["rows"]) == (2566, 1, 11)
    assert said["totals"]["approved"] == "8493130.00"
    assert said["totals"]["disbursed"] == "3842121.63"
    assert said["accepted"] is False
    [critical] = [one for one in said["findings"] if one["severity"] == "critical"]
    assert (critical["row"], critical["source_row"], critical["cell"], critical["column"]) == (0, 6, "I6", "disbursed")
    assert (critical["observed"], critical["expected"]) == ("68984.00", "48984.00")
    assert "I6" in critical["message"] and "48,984.00" in critical["message"]


def test_the_plan_example_is_accepted_with_its_statuses(example: Path, capsys: Printed):
    code, [said] = checked(capsys, str(example / "inbox/751NH/eplannacc_2566-03-31.xlsx"))
    assert code == 0
    assert set(said) == KEYS | {"statuses"}
    assert said["rows"] == 7
    assert said["totals"] == {"budget": "55000.00", "disbursed": "0.00"}
    assert said["statuses"] == {"awaiting_report": 4, "in_progress": 3, "completed": 0, "not_feasible": 0}
    assert said["accepted"] is True


def test_check_writes_nothing(example: Path, capsys: Printed):
    before = sorted(path for path in example.rglob("*"))
    main(["check", "--config", str(example / "prongsai.toml"), str(example / "inbox/751NH/elaas_2566-03-31.xlsx")])
    assert sorted(path for path in example.rglob("*")) == before


def test_two_files_give_two_lines_and_the_worst_exit_code(example: Path, capsys: Printed):
    inbox = example / "inbox/751NH"
    code, said = checked(capsys, str(inbox / "eplannacc_2566-03-31.xlsx"), str(inbox / "missing.xlsx"))
    assert code == 2
    assert [one["accepted"] for one in said] == [True, False]
    assert said[1]["error"] and said[1]["sha256"] is None


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(40), b"PK\x03\x04 no zip"])
def test_a_file_that_is_no_workbook_is_one_clear_thai_line_and_exit_2(content: bytes, tmp_path: Path, capsys: Printed):
    path = tmp_path / "รายงาน.xlsx"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    assert "รายงาน.xlsx" in line and any("ก" <= letter <= "ฮ" for letter in line.split(":", 1)[1])


def test_a_workbook_of_another_report_is_told_as_such_in_english_too(tmp_path: Path, capsys: Printed):
    import xlsxwriter

    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["ชื่อ", "เลขที่", "วันที่"])
    assert main(["check", "--lang", "en", str(path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "no table of a known report" in line


def test_no_file_named_is_a_usage_error_64(capsys: Printed):
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 64
    assert "FILE" in capsys.readouterr().err


def test_a_file_of_another_municipality_than_configured_is_refused(example: Path, capsys: Printed):
    settings = example / "prongsai.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("คลองแสนแสบ", "บางน้ำเปรี้ยว"), encoding="utf-8")
    code, [said] = checked(capsys, "--config", str(settings), str(example / "inbox/751NH/eplannacc_2566-03-31.xlsx"))
    assert code == 1
    assert "organisation.name" in [one["rule"] for one in said["findings"]]
