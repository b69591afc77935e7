"""A file that comes is compared with the one before it: stored, shown, and made anew by a rebuild."""

import datetime
import itertools
import json
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


@pytest.fixture
def compared(example: Path, config: list[str], capsys: Printed) -> str:
    """What a sync says of the file of March, after that of February."""
    hand_in(example, BEFORE, FEBRUARY, "28 กุมภาพันธ์ 2566")
    assert "เทียบกับ" not in synced(config, capsys)
    hand_in(example, AFTER, MARCH, "31 มีนาคม 2566")
    return synced(config, capsys)


def test_a_new_file_is_told_by_what_it_changes(example: Path, compared: str):
    [line] = [line for line in compared.splitlines() if "เทียบกับ" in line]
    sizes = [(example / "inbox/751NH" / name).stat().st_size for name in (AFTER, BEFORE)]
    assert line == (
        f"    ± ข้อมูล ณ 31 มีนาคม 2566 เทียบกับข้อมูล ณ 28 กุมภาพันธ์ 2566 ({BEFORE}): รายการ 0 (ใหม่ 1 หายไป 1)"
        f" · เบิกจ่าย +23,984.00 · คงเหลือ -23,984.00 · ขนาดไฟล์ {sizes[0] - sizes[1]:+} ไบต์"
    )
    page = max((example / ".prongsai/findings").glob("*.html"))
    section = page.read_text(encoding="utf-8").split('id="differences"')[1].split("</section>")[0]
    assert all(said in section for said in (BEFORE, AFTER, "สำรองจ่าย", "เบี้ยยังชีพผู้ป่วยเอดส์", "เบิกจ่าย +23,984.00"))


def test_the_difference_is_kept_and_seen_in_baht(example: Path, compared: str):
    kept = rows(
        example / ".prongsai/warehouse.db",
        "SELECT file_name, since_file_name, row_change, lines_new, lines_gone, disbursed_change_baht,"
        " approved_change_baht, budget_change_baht, gone_lines FROM export_differences",
    )
    assert kept == [(AFTER, BEFORE, 0, 1, 1, 23984, 0, None, '["งบกลาง / สำรองจ่าย"]')]


def test_a_rebuild_makes_every_difference_anew(example: Path, config: list[str], compared: str):
    assert main([*config, "rebuild"]) == 0
    query = "SELECT * FROM difference"
    kept = rows(example / ".prongsai/warehouse.db", query)
    assert rows(example / ".prongsai/rebuilt.db", query) == kept
    assert len(kept) == 1


def test_a_rejected_file_is_compared_too_and_a_known_one_is_not(
    example: Path, config: list[str], capsys: Printed, compared: str
):
    hand_in(example, "wrong.csv", [(what, approved, -paid) for what, approved, paid in MARCH], "31 มีนาคม 2566")
    said = [json.loads(line) for line in synced(config, capsys, "--json", exit_code=1).splitlines()]
    assert [(one["accepted"], one["outcome"]) for one in said] == [
        (True, "known"),
        (True, "known"),
        (False, "rejected"),
    ]
    assert [one["difference"] for one in said[:2]] == [None, None]
    size = (example / "inbox/751NH/wrong.csv").stat().st_size - (example / "inbox/751NH" / AFTER).stat().st_size
    assert said[2]["difference"] == {
        "previous": {
            "file": AFTER,
            "period": "2566-1",
            "data_date": "2023-03-31",
            "fetched_at": "2023-04-01T04:00:00+00:00",
        },
        "data_date": "2023-03-31",
        "size": size,
        "rows": 0,
        "totals": {
            "approved": "0.00",
            "transfer_in": "0.00",
            "transfer_out": "0.00",
            "committed": "0.00",
            "disbursed": "-133968.00",
            "remaining": "133968.00",
        },
        "new": [],
        "gone": [],
    }


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
