"""Lines that are gone stop an export until a person confirms it, and the report tells who did."""

import json
import tomllib
from pathlib import Path

import pytest

from flows.cli import main

Printed = pytest.CaptureFixture[str]
REPORT = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
TITLE = "รายงานตามแผนป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน เทศบาลตำบลคลองแสนแสบ"
WHY = {"reason": "สภามีมติยกเลิกโครงการ", "who": "ปลัดเทศบาล"}


def hand_in(example: Path, name: str, projects: int) -> None:
    """A plan of so many projects of 100 baht."""
    lines = [f"{number},โครงการที่ {number},{(number - 1) % 4 + 1},100,0,,✓,," for number in range(1, projects + 1)]
    heading = "ลำดับ,โครงการ,มิติ,งบประมาณ,เบิกจ่าย,รอรายงาน,อยู่ระหว่างดำเนินการ,ดำเนินการแล้วเสร็จ,หมายเหตุ"
    path = example / "inbox/751NH" / name
    path.write_text("\n".join([TITLE, heading, *lines]), encoding="utf-8-sig")


def confirm(example: Path, rows_before: int, rows: int) -> None:
    numbers = {"fiscal_year": 2566, "half": 1, "rows_before": rows_before, "rows": rows}
    said = {"organisation": "751NH", "source": "eplannacc", **numbers, **WHY}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    text = "\n".join(["[[confirmation]]", *lines, "when = 2023-04-12"])
    (example / "confirmations.toml").write_text(text, encoding="utf-8")
    assert tomllib.loads(text)


@pytest.fixture
def shrunk(example: Path) -> list[str]:
    """The command line of an example whose plan lost half of its ten projects."""
    config = ["--lang", "en", "--config", str(example / "prongsai.toml")]
    (example / "inbox/751NH/eplannacc_2566-03-31.xlsx").unlink()
    hand_in(example, "eplannacc-1.csv", 10)
    assert main([*config, "sync"]) == 0
    hand_in(example, "eplannacc-2.csv", 5)
    assert main([*config, "sync"]) == 1
    return config


def test_confirmed_lines_open_the_gate_and_are_told_in_the_report(example: Path, shrunk: list[str], capsys: Printed):
    assert main([*shrunk, *REPORT, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["figures"]["plan_projects"] == 10
    confirm(example, 10, 5)
    assert main([*shrunk, "sync"]) == 0
    assert "expired" not in capsys.readouterr().out
    assert main([*shrunk, *REPORT, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["figures"]["plan_projects"] == 5
    page = Path(said["files"]["html"]).read_text(encoding="utf-8")
    assert all(text in page for text in ("จาก 10 เหลือ 5 รายการ", *WHY.values(), "12 เมษายน 2566"))


def test_a_confirmation_of_other_rows_opens_nothing_and_is_told_as_expired(
    example: Path, shrunk: list[str], capsys: Printed
):
    confirm(example, 10, 4)
    assert main([*shrunk, "sync"]) == 1
    assert "no longer that of the files (now 5 rows): from 10 rows to 4" in capsys.readouterr().out


def test_the_findings_page_has_the_confirmation_ready_but_for_who_and_why(example: Path, shrunk: list[str]):
    page = max((example / ".prongsai/findings").glob("*.html")).read_text(encoding="utf-8")
    draft = page.split("[[confirmation]]")[1].split("</pre>")[0]
    assert "rows_before = 10\nrows = 5\n" in draft and "who = &#34;&#34;" in draft
