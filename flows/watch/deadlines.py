"""The day by which each report must be public, by fiscal year, and when to remind people of it.

An own deadlines.csv beside the settings goes before the one of the house; a year in neither ends with the month after
the cut-off, not confirmed.
"""

import csv
import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, date_in


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
    """The deadlines of a file: fiscal_year, half, deadline, confirmed, source; WrongSettings names a bad line."""
    try:
        return _deadlines(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError, ValueError, KeyError, csv.Error) as cause:
        raise WrongSettings(
            f"อ่านวันกำหนดใน {path} ไม่ได้: {cause} หัวตารางคือ fiscal_year,half,deadline,confirmed,source",
            f"the deadlines in {path} cannot be read: {cause}; columns are fiscal_year,half,deadline,confirmed,source",
        ) from cause


def _deadlines(lines: Iterable[str]) -> dict[Period, Deadline]:
    found: dict[Period, Deadline] = {}
    reader = csv.DictReader(lines)
    for line in reader:
        try:
            period = Period(FiscalYear(int(line["fiscal_year"])), Half(int(line["half"])))
            confirmed = {"yes": True, "no": False}[line["confirmed"]]
            found[period] = Deadline(_day(line["deadline"]), confirmed, line["source"])
        except (ValueError, KeyError, TypeError) as cause:
            raise ValueError(f"line {reader.line_num}: {cause}") from cause
    return found


def _month_after(period: Period) -> datetime.date:
    two_months_on = (period.cut_off + datetime.timedelta(days=45)).replace(day=1)
    return two_months_on - datetime.timedelta(days=1)


@functools.cache
def _of_the_house() -> dict[Period, Deadline]:
    return _deadlines((files("flows.watch") / "deadlines.csv").read_text(encoding="utf-8").splitlines())


def _day(text: str) -> datetime.date:
    day = date_in(text)
    if day is None:
        raise ValueError(f"not a day: {text}")
    return day
