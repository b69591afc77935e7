"""One and the same table, handed in in every form: the same rows, totals, statuses and findings."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from flows.cli import main
from tests.conftest import EXAMPLE
from tests.connectors.formats.written import EVERY_FORMAT

INBOX = EXAMPLE / "inbox" / "751NH"
TABLES = {path.stem.split("_")[0]: path for path in INBOX.glob("*.xlsx")}
SAME = ("source", "organisation", "fiscal_year", "half", "rows", "totals", "statuses", "accepted")


def printed(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.mark.parametrize("source", TABLES)
@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_check_says_the_same_of_every_form(form: str, source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "รายงาน"  # no ending: a form is told by content
    path.write_bytes(EVERY_FORMAT[form](printed(TABLES[source])))
    assert main(["check", "--json", str(path)]) == main(["check", "--json", str(TABLES[source])])
    seen, expected = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert {key: seen.get(key) for key in SAME} == {key: expected.get(key) for key in SAME}
    assert found_in(seen) == found_in(expected)


@pytest.mark.parametrize(("form", "district"), [("pdf", ["บางน้ำเปรี้ยว"]), ("xlsx", [])])
def test_a_name_that_lost_its_marks_is_put_right_in_a_pdf_alone_and_told(
    form: str, district: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    rows = [[str(c).replace("บางน้ำเปรี้ยว", "บางนาเปรยว") for c in row] for row in printed(TABLES["elaas"])]
    (tmp_path / "export").write_bytes(EVERY_FORMAT[form](rows))
    main(["check", "--json", str(tmp_path / "export")])
    said = json.loads(capsys.readouterr().out)["findings"]
    assert [one["expected"] for one in said if one["rule"] == "name.repaired"] == district
    assert ("organisation.place" in {one["rule"] for one in said}) is not bool(district)


def found_in(said: dict[str, list[dict[str, str]]]) -> set[tuple[str, str, str, str]]:
    return {(one["rule"], one["row"], one["observed"], one["expected"]) for one in said["findings"]}


def test_a_file_of_two_tables_is_taken_whole_or_not_at_all(example: Path, capsys: pytest.CaptureFixture[str]):
    inbox = example / "inbox" / "751NH"
    both = [row for path in sorted(inbox.glob("*.xlsx")) for row in [*printed(path), []]]
    for path in inbox.glob("*.xlsx"):
        path.unlink()
    (inbox / "รายงาน.csv").write_bytes(EVERY_FORMAT["csv with mark"](both))
    config = ["--config", str(example / "prongsai.toml")]
    assert main(["sync", "--source", "elaas", *config]) == 0
    capsys.readouterr()
    assert main(["sync", "--json", *config]) == 0
    seen = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["source"], one["outcome"]) for one in seen] == [("elaas", "known"), ("eplannacc", "known")]
