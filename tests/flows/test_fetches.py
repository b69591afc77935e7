"""A file that comes is compared with the one before it: stored, shown, and made anew by a rebuild."""

import datetime
import itertools
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.cli import main

Printed = pytest.CaptureFixture[str]
BEFORE, AFTER = "elaas_2566-02-28.csv", "elaas_2566-03-31.csv"
TITLE = [
    "รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. 2566",
    "รอบ 6 เดือน (เดือนตุลาคม 2565 ถึงเดือนมีนาคม 2566)",
    "เทศบาลตำบลคลองแสนแสบ อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา",
]
HEADINGS = "งาน,งบ,ประเภทรายจ่าย,โครงการ,งบประมาณอนุมัติ,โอนเพิ่ม,โอนลด,ผูกพัน,เบิกจ่าย,คงเหลือ"
Line = tuple[str, int, int]
"""(project, approved, disbursed) in baht."""
FEBRUARY: list[Line] = [
    ("เงินสมทบกองทุนประกันสังคม", 168000, 40000),
    ("เงินสมทบกองทุนเงินทดแทน", 10000, 3000),
    ("สำรองจ่าย", 90000, 0),
]
MARCH: list[Line] = [
    ("เงินสมทบกองทุนประกันสังคม", 168000, 48984),
    ("เงินสมทบกองทุนเงินทดแทน", 10000, 3000),
    ("เบี้ยยังชีพผู้ป่วยเอดส์", 90000, 15000),
]


@pytest.fixture
def config(example: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How to name the settings of the example, whose inbox is empty; every sync runs an hour after the one before."""
    for path in (example / "inbox/751NH").iterdir():
        path.unlink()
    (example / "corrections.toml").unlink()
    start = datetime.datetime(2023, 4, 1, 2, tzinfo=datetime.UTC)
    hours = (start + datetime.timedelta(hours=number) for number in itertools.count())
    monkeypatch.setattr("flows.command.sync.now", lambda: next(hours))
    return ["--config", str(example / "prongsai.toml")]


def hand_in(example: Path, name: str, lines: Sequence[Line], data_date: str) -> None:
    rows = [*TITLE, f"ข้อมูล ณ วันที่ {data_date}", HEADINGS]
    rows += [f"งบกลาง,งบกลาง,งบกลาง,{what},{approved},0,0,0,{paid},{approved - paid}" for what, approved, paid in lines]
    approved, paid = sum(line[1] for line in lines), sum(line[2] for line in lines)
    rows.append(f",,,รวมทั้งสิ้น,{approved},0,0,0,{paid},{approved - paid}")
    (example / "inbox/751NH" / name).write_text("\n".join(rows), encoding="utf-8")


def synced(config: list[str], capsys: Printed, *options: str, exit_code: int = 0) -> str:
    capsys.readouterr()
    assert main([*config, "sync", *options]) == exit_code
    return capsys.readouterr().out


def rows(database: Path, query: str) -> list[tuple]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def test_a_table_that_is_only_judged_anew_keeps_what_was_found_against_the_one_before(
    example: Path, config: list[str], capsys: Printed
):
    hand_in(example, BEFORE, FEBRUARY, "28 กุมภาพันธ์ 2566")
    synced(config, capsys)
    hand_in(example, AFTER, MARCH, "31 มีนาคม 2566")
    synced(config, capsys)
    (example / "crosswalk.toml").write_text("", encoding="utf-8")  # other decisions: everything is judged anew
    synced(config, capsys)
    judged = rows(
        example / ".prongsai/warehouse.db",
        "SELECT file_name, count(finding.rule) FROM export LEFT JOIN finding ON export_id = id"
        " AND rule = 'history.line_gone' GROUP BY id ORDER BY id",
    )
    assert judged == [(BEFORE, 0), (AFTER, 1), (BEFORE, 0), (AFTER, 1)]


def test_what_was_rejected_for_its_lost_lines_is_rejected_by_a_rebuild_too(
    example: Path, config: list[str], capsys: Printed
):
    hand_in(example, BEFORE, FEBRUARY, "28 กุมภาพันธ์ 2566")
    synced(config, capsys)
    hand_in(example, AFTER, MARCH[:1], "31 มีนาคม 2566")
    synced(config, capsys, exit_code=1)
    assert main([*config, "rebuild"]) == 0
