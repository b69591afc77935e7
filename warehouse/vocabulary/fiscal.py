"""The Thai fiscal year: Buddhist era, 1 October to 30 September, named by the year of its end."""

import datetime
import enum
import re
from dataclasses import dataclass

from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.thai import MONTHS, MONTHS_SHORT, to_arabic_digits, to_thai_digits

_BUDDHIST_ERA = 543
_THAILAND = datetime.timezone(
    datetime.timedelta(hours=7)
)  # exact since 1 January 2484 BE (1941 CE), when the Thai year began to turn in January
_FIRST_YEAR, _LAST_YEAR = 2485, 2700
_FIRST_TWO_DIGITS = 50  # 50-99 are 2550-2599, before which no report of ours was made; 00-49 are Christian years
# Not by strftime: that speaks the language of the machine.
# fmt: off
_ENGLISH = ("January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December")
# fmt: on


class Half(enum.IntEnum):
    """Which report of the year: after six months, or after all twelve."""

    FIRST = 1
    FULL = 2

    @property
    def months(self) -> int:
        """Months from October to the cut-off."""
        return 6 * self


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """A fiscal year by its Buddhist number; raises ValueError for what can only be a Christian year."""

    year: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ValueError(f"not a Buddhist year: {self.year}")

    @property
    def start(self) -> datetime.date:
        """1 October of the year before."""
        return datetime.date(self.year - _BUDDHIST_ERA - 1, 10, 1)

    @property
    def end(self) -> datetime.date:
        """30 September."""
        return datetime.date(self.year - _BUDDHIST_ERA, 9, 30)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """What one report covers: (fiscal year, half), never a loose range of dates."""

    fiscal_year: FiscalYear
    half: Half

    @property
    def start(self) -> datetime.date:
        """1 October."""
        return self.fiscal_year.start

    @property
    def cut_off(self) -> datetime.date:
        """The last day that counts: 31 March, or 30 September."""
        return self.fiscal_year.end.replace(month=3, day=31) if self.half is Half.FIRST else self.fiscal_year.end

    @property
    def words(self) -> str:
        """ตุลาคม 2565 - มีนาคม 2566, in Arabic digits."""
        return months_words(self.start, self.cut_off).th

    def __str__(self) -> str:
        return f"{self.fiscal_year.year}-{self.half.value}"


def fiscal_year_of(day: datetime.date) -> FiscalYear:
    """The fiscal year that a day belongs to; ValueError before 2485 BE or after 2700."""
    return FiscalYear(buddhist_year(day) + (day.month >= 10))


def fiscal_year_printed(number: int) -> FiscalYear:
    """The fiscal year that a title prints as 2566 or 66. ValueError for any other: 23 may be of the Christian 2023."""
    return FiscalYear(number + 2500 if _FIRST_TWO_DIGITS <= number < 100 else number)


def period_ended_by(day: datetime.date) -> Period:
    """The latest period whose cut-off is not after the day."""
    year = fiscal_year_of(day)
    first = Period(year, Half.FIRST)
    if day >= first.cut_off:
        return Period(year, Half.FULL) if day >= year.end else first
    return Period(FiscalYear(year.year - 1), Half.FULL)


def period_from(text: str) -> Period:
    """The period written 2566-1. Raises ValueError for any other text."""
    year, _, half = text.partition("-")
    return Period(FiscalYear(int(year)), Half(int(half)))


def periods_between(first: Period, last: Period) -> list[Period]:
    """Every period from one to another, both included, oldest first; none where the first is the later."""
    years = range(first.fiscal_year.year, last.fiscal_year.year + 1)
    periods = (Period(FiscalYear(year), half) for year in years for half in Half)
    return [one for one in periods if first <= one <= last]


def thai_day(moment: datetime.datetime) -> datetime.date:
    """The day that it is in Thailand (UTC+7, no summer time) at a moment with a zone."""
    return moment.astimezone(_THAILAND).date()


def moment_words(moment: datetime.datetime) -> Words:
    """31 มีนาคม 2566 เวลา 09:30 น.; in English 31 March 2566 BE, 09:30, as it is in Thailand."""
    local, day = moment.astimezone(_THAILAND), date_words(thai_day(moment))
    return Words(f"{day.th} เวลา {local:%H:%M} น.", f"{day.en}, {local:%H:%M}")


def buddhist_year(day: datetime.date) -> int:
    """2566 for a day of 2023."""
    return day.year + _BUDDHIST_ERA


def thai_date(day: datetime.date, *, thai_digits: bool = False) -> str:
    """31 มีนาคม 2566."""
    text = f"{day.day} {thai_month(day)}"
    return to_thai_digits(text) if thai_digits else text


def thai_month(day: datetime.date) -> str:
    """มีนาคม 2566."""
    return f"{MONTHS[day.month - 1]} {buddhist_year(day)}"


def date_words(day: datetime.date) -> Words:
    """31 มีนาคม 2566; in English 31 March 2566 BE."""
    return Words(thai_date(day), f"{day.day} {_english_month(day)} BE")


def months_words(first: datetime.date, last: datetime.date) -> Words:
    """ตุลาคม 2565 - มีนาคม 2566; in English October 2565 - March 2566 BE."""
    return Words(f"{thai_month(first)} - {thai_month(last)}", f"{_english_month(first)} - {_english_month(last)} BE")


def _english_month(day: datetime.date) -> str:
    return f"{_ENGLISH[day.month - 1]} {buddhist_year(day)}"


_MONTH_NUMBER = {name.replace(".", ""): number % 12 + 1 for number, name in enumerate([*MONTHS, *MONTHS_SHORT])}
_DOTS = re.compile(r"[.\s]")
MONTH_PATTERN = "|".join([*MONTHS, *(r"\.?\s?".join(name.split(".")[:2]) + r"\.?" for name in MONTHS_SHORT)])
"""A Thai month as people write it: มีนาคม, มี.ค., มีค or มี. ค."""
_WORDED = re.compile(rf"(?<!\d)(\d{{1,2}})\s*({MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?|พุทธศักราช)?\s*(\d{{4}}|\d{{2}})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_ORDER = {_WORDED: (2, 1, 0), _SLASHED: (2, 1, 0), _ISO: (0, 1, 2)}


def month_number(name: str) -> int:
    """1–12 of a Thai month's name as MONTH_PATTERN finds it; KeyError if it is none."""
    return _MONTH_NUMBER[_DOTS.sub("", name)]


def common_year(year: int) -> int:
    """The Christian year of a year as people write it: 2566, 66, 2023 or 23. Raises ValueError for any other number."""
    if 0 <= year < 100:
        year += 2000 if year < _FIRST_TWO_DIGITS else 2500
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return year - _BUDDHIST_ERA
    if _FIRST_YEAR <= year + _BUDDHIST_ERA <= _LAST_YEAR:
        return year
    raise ValueError(f"not a year: {year}")


def date_in(text: str) -> datetime.date | None:
    """The first day written in a text: 31 มีนาคม 2566, ๓๑ มี.ค. ๖๖, 31/03/2566 or 2023-03-31; None if there is none.

    A workbook that keeps 31 March 2566 as a day of the Christian year 2566 says 2566-03-31, and is understood.
    """
    digits = to_arabic_digits(text)
    found = [match for pattern in _ORDER for match in pattern.finditer(digits)]
    days = (_day(match) for match in sorted(found, key=re.Match.start))
    return next((day for day in days if day), None)


def _day(match: re.Match[str]) -> datetime.date | None:
    year, month, day = (match.groups()[place] for place in _ORDER[match.re])
    try:
        number = int(month) if month.isdecimal() else month_number(month)
        return datetime.date(common_year(int(year)), number, int(day))
    except ValueError:
        return None
