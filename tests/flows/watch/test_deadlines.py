"""Deadlines by fiscal year: the house's table, an own file before it, the end of the next month behind it."""

import datetime
import re
from pathlib import Path

import pytest

from flows.watch.deadlines import Calendar, read_deadlines
from tests.warehouse.exports import FIRST_HALF, FULL_YEAR
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

OWN = "fiscal_year,half,deadline,confirmed,source\n2566,1,15 พฤษภาคม 2566,yes,ประกาศเลื่อน\n"


@pytest.mark.parametrize(
    ("period", "day", "confirmed"),
    [
        (Period(FiscalYear(2565), Half.FIRST), datetime.date(2022, 4, 30), True),
        (FIRST_HALF, datetime.date(2023, 4, 30), False),
        (FULL_YEAR, datetime.date(2023, 10, 31), False),
        (Period(FiscalYear(2599), Half.FIRST), datetime.date(2056, 4, 30), False),
    ],
)
def test_a_deadline_stands_in_the_table_or_is_the_end_of_the_next_month(
    period: Period, day: datetime.date, confirmed: bool
):
    due = Calendar().deadline_of(period)
    assert (due.day, due.confirmed) == (day, confirmed)
    assert due.source


def test_an_own_file_moves_a_deadline_and_leaves_the_others(tmp_path: Path):
    (tmp_path / "deadlines.csv").write_text(OWN, encoding="utf-8-sig")
    calendar = Calendar(read_deadlines(tmp_path / "deadlines.csv"), (30, 3))
    assert calendar.deadline_of(FIRST_HALF).day == datetime.date(2023, 5, 15)
    assert calendar.deadline_of(FULL_YEAR).day == datetime.date(2023, 10, 31)
    days = [
        datetime.date(2023, 4, 14),
        datetime.date(2023, 4, 15),
        datetime.date(2023, 5, 12),
        datetime.date(2023, 5, 16),
    ]
    assert [calendar.stage(FIRST_HALF, one) for one in days] == ["", "30", "3", "late"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("2023,1,15 พฤษภาคม 2566,yes,x", "fiscal_year.*2023"),
        ("2566,3,15 พฤษภาคม 2566,yes,x", "half.*3"),
        ("2566,,15 พฤษภาคม 2566,yes,x", "half"),
        ("2566,1,soon,yes,x", "deadline.*soon"),
        ("2566,1,15 พฤษภาคม 2566,maybe,x", "confirmed.*maybe"),
        ("2566,1,15 พฤษภาคม 2566", "confirmed"),
    ],
)
def test_a_deadline_that_is_none_is_a_wrong_setting_with_its_line_and_field(tmp_path: Path, line: str, named: str):
    (tmp_path / "own.csv").write_text(f"{OWN}{line}\n", encoding="utf-8")
    with pytest.raises(WrongSettings, match=f"line 3: {named}") as refused:
        read_deadlines(tmp_path / "own.csv")
    assert re.search(f"บรรทัด 3: {named}", refused.value.words.th)


def test_a_column_that_is_missing_is_named(tmp_path: Path):
    (tmp_path / "own.csv").write_text(OWN.replace(",confirmed", ",sure"), encoding="utf-8")
    with pytest.raises(WrongSettings, match="line 2: confirmed"):
        read_deadlines(tmp_path / "own.csv")
