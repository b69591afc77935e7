"""The day by which each report must be public, by fiscal year, and when to remind people of it.

An own deadlines.csv beside the settings goes before the one of the house; a year in neither ends with the month after
the cut-off, not confirmed.
"""

import csv
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from warehouse.vocabulary.errors import Words, WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, date_in

_Field = TypeVar("_Field")
_CONFIRMED = {"yes": True, "no": False}
_EXPECTED = {
    "fiscal_year": Words("ปีงบประมาณ พ.ศ. เช่น 2570", "a Buddhist year such as 2570"),
    "half": Words(" 1 หรือ 2", "1 or 2"),
    "deadline": Words("วันที่ เช่น 30 เมษายน 2570", "a day such as 30 เมษายน 2570"),
    "confirmed": Words(" yes หรือ no", "yes or no"),
    "source": Words("ข้อความ", "text"),
}
"""The columns of the file, and what stands in each."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, whether an announcement of that year was seen to confirm it, and what says so."""

    day: datetime.date
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The deadlines, those of the own file first, and how many days before one people are reminded."""

    own: Mapping[Period, Deadline] = field(default_factory=dict)
    reminder_days: tuple[int, ...] = (15, 5)

    def deadline_of(self, period: Period) -> Deadline:
        """As the own file says, else the house's, else 30 April or 31 October, not confirmed."""
        told = self.own.get(period) or _of_the_house().get(period)
        return told or Deadline(_month_after(period), False, "ค่าปกติ: สิ้นเดือนถัดจากวันตัดยอด")

    def stage(self, period: Period, today: datetime.date) -> str:
        """Which reminder is due: the days of the nearest one, "late" after the deadline; "" if none is yet."""
        left = (self.deadline_of(period).day - today).days
        if left < 0:
            return "late"
        return str(min((days for days in self.reminder_days if left <= days), default=""))


def read_deadlines(path: Path) -> dict[Period, Deadline]:
    """The deadlines of a file, in the columns of `_EXPECTED`; WrongSettings names a bad line and field."""
    try:
        return _deadlines(path.read_text(encoding="utf-8-sig").splitlines(), path)
    except (OSError, UnicodeDecodeError, csv.Error) as cause:
        raise WrongSettings(
            f"อ่านวันกำหนดใน {path} ไม่ได้: {cause}", f"the deadlines in {path} cannot be read: {cause}"
        ) from cause


def _deadlines(lines: Iterable[str], path: Path) -> dict[Period, Deadline]:
    found: dict[Period, Deadline] = {}
    reader = csv.DictReader(lines)
    for line in reader:
        read = partial(_read, path, reader.line_num, line)
        period = Period(read("fiscal_year", _fiscal_year), read("half", _half))
        found[period] = Deadline(read("deadline", _day), read("confirmed", _CONFIRMED.__getitem__), read("source", str))
    return found


def _read(path: Path, number: int, line: Mapping[str, str | None], name: str, read: Callable[[str], _Field]) -> _Field:
    """One field of a line; WrongSettings that names it where it is missing, or not what is expected there."""
    try:
        return read(str(line[name] or ""))
    except (ValueError, KeyError) as cause:
        written, expected = (line[name] or "" if name in line else "-"), _EXPECTED[name]
        raise WrongSettings(
            f"{path} บรรทัด {number}: {name} = {written} ต้องเป็น{expected.th} (หัวตาราง {','.join(_EXPECTED)})",
            f"{path}, line {number}: {name} = {written} must be {expected.en} (columns {','.join(_EXPECTED)})",
        ) from cause


def _fiscal_year(text: str) -> FiscalYear:
    return FiscalYear(int(text))


def _half(text: str) -> Half:
    return Half(int(text))


def _month_after(period: Period) -> datetime.date:
    two_months_on = (period.cut_off + datetime.timedelta(days=45)).replace(day=1)
    return two_months_on - datetime.timedelta(days=1)


@cache
def _of_the_house() -> dict[Period, Deadline]:
    of_the_house = files("flows.watch") / "deadlines.csv"
    return _deadlines(of_the_house.read_text(encoding="utf-8").splitlines(), Path(of_the_house.name))


def _day(text: str) -> datetime.date:
    day = date_in(text)
    if day is None:
        raise ValueError(f"not a day: {text}")
    return day
