"""The day by which each report must be public: as deadlines.csv says, else the end of the month after the cut-off."""

import csv
import datetime
import functools
from dataclasses import dataclass
from importlib.resources import files

from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, date_in


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, whether an announcement of that year was seen to confirm it, and what says so."""

    day: datetime.date
    confirmed: bool
    source: str


def deadline_of(period: Period) -> Deadline:
    """As deadlines.csv says; for a year that it does not hold 30 April or 31 October, not confirmed."""
    return _table().get(period) or Deadline(_month_after(period), False, "ค่าปกติ: สิ้นเดือนถัดจากวันตัดยอด")


def _month_after(period: Period) -> datetime.date:
    two_months_on = (period.cut_off + datetime.timedelta(days=45)).replace(day=1)
    return two_months_on - datetime.timedelta(days=1)


@functools.cache
def _table() -> dict[Period, Deadline]:
    text = (files("flows") / "deadlines.csv").read_text(encoding="utf-8")
    return {
        Period(FiscalYear(int(line["fiscal_year"])), Half(int(line["half"]))): Deadline(
            _day(line["deadline"]), {"yes": True, "no": False}[line["confirmed"]], line["source"]
        )
        for line in csv.DictReader(text.splitlines())
    }


def _day(text: str) -> datetime.date:
    day = date_in(text)
    if day is None:
        raise ValueError(f"deadlines.csv: not a day: {text}")
    return day
