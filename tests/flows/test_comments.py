"""prongsai comment: what a person says of a finding is printed beside it, in every form of the next version."""

import csv
import io
import json
from pathlib import Path

import pytest

from flows.cli import main
from reports.proof.statements import seen
from reports.proof.tables import workbook_rows
from reports.proof.text import docx_text

Printed = pytest.CaptureFixture[str]
KEY = "eplannacc:plan.all_dimensions"
SAID = "ระบบให้ส่งออกได้เฉพาะมิติที่ ๑ จึงไม่มีมิติอื่น"
WHO = "ปลัดเทศบาล"
REPORT = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]


@pytest.fixture
def config(reported: Path) -> list[str]:
    """Settings of an example whose first report is made."""
    return ["--lang", "en", "--config", str(reported / "prongsai.toml")]


def comment(release: str, *, finding: str = KEY, text: str = SAID, who: str = WHO) -> list[str]:
    return ["comment", release, "--finding", finding, "--text", text, "--who", who]


def test_a_comment_on_a_draft_is_printed_in_every_form_of_the_next_version_and_the_draft_stays(
    example: Path, config: list[str], capsys: Printed
):
    draft = example / "releases/751NH/2566-1/v1"
    before = {path.name: path.read_bytes() for path in draft.iterdir()}
    assert main([*config, *comment("751NH-2566-1-v1")]) == 0
    capsys.readouterr()
    assert main([*config, *REPORT, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["release"] == "751NH-2566-1-v2"
    files = {name: Path(path).read_bytes() for name, path in said["files"].items()}
    assert all(seen(SAID) in pdf_text(files[kind]) for kind in ("pdf", "plan_pdf"))
    assert seen(SAID) in docx_text(files["docx"]) and SAID in files["html"].decode("utf-8")
    assert any(SAID in cell for row in workbook_rows(files["xlsx"])["คุณภาพข้อมูล"] for cell in row)
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(files["findings_csv"].decode("utf-8-sig")))}
    assert rows["plan.all_dimensions"]["comment"].startswith(f"{SAID} ({WHO}, ")
    manifest = json.loads(files["manifest"])
    assert [one["comments"][0]["who"] for one in manifest["findings"] if one["comments"]] == [WHO]
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == before
    assert main([*config, *REPORT]) == 0
    assert "unchanged 751NH-2566-1-v2" in capsys.readouterr().out


def test_a_comment_on_what_is_no_longer_found_is_told_and_changes_nothing(
    example: Path, config: list[str], capsys: Printed
):
    assert main([*config, *comment("751NH-2566-1-v1")]) == 0
    path = example / "comments.toml"
    path.write_text(path.read_text("utf-8").replace('observed = "1"', 'observed = "3"'), "utf-8")
    capsys.readouterr()
    assert main([*config, *REPORT]) == 0
    told = capsys.readouterr()
    assert "unchanged 751NH-2566-1-v1" in told.out
    assert f"the comment of {WHO} has expired" in told.err and "plan.all_dimensions" in told.err


@pytest.mark.parametrize("other", [{"finding": "elaas:no.such"}, {"text": " "}, {"who": ""}, {"text": "ก" * 1001}])
def test_a_comment_on_nothing_of_nothing_or_of_nobody_is_refused_and_nothing_written(
    example: Path, config: list[str], capsys: Printed, other: dict[str, str]
):
    assert main([*config, *comment("751NH-2566-1-v1", **other)]) == 64
    told = capsys.readouterr().err
    assert KEY in told if "finding" in other else "comment 1" in told
    assert not (example / "comments.toml").exists()


def pdf_text(content: bytes) -> str:
    """The text layer as it is compared."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pages:
        return seen("".join(page.get_textpage().get_text_range() for page in pages))
