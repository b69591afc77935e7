"""The fiscal year and the months that a title names. Texts come in one spelling and with Arabic digits."""

import datetime
import re
from dataclasses import dataclass

from warehouse.vocabulary.fiscal import MONTH_PATTERN, FiscalYear, Half, common_year, fiscal_year_printed, month_number

_ERA = r"(?:พ\.? ?ศ\.?|พุทธศักราช)"
_ALONE = rf"(?!\d)(?! ?(?:-|–|—|/|ถึง) ?{_ERA}? ?\d{{4}})"  # 2566-2570 are the years of a plan
_TO_A_YEAR = re.compile(r"\d{4} ?(?:-|–|—|/|ถึง) ?$")
_TWO_DIGITS = rf"\d{{2}}(?! ?(?:{MONTH_PATTERN}|[/.-]\d))"
# The surest words come first, as dates and cited laws bear years too.
_YEARS = (
    re.compile(rf"ปี ?งบ(?:ประมาณ)? ?:? ?{_ERA}? ?:? ?(\d{{4}}|{_TWO_DIGITS}){_ALONE}"),
    re.compile(rf"(?:ประจำปี|(?<![ก-๙])ปี) ?:? ?{_ERA}? ?(\d{{4}}){_ALONE}"),
    re.compile(rf"{_ERA} ?(\d{{4}}){_ALONE}"),
)
_OTHER_YEAR = re.compile(rf"ระเบียบ|พระราชบัญญัติ|พ\.ร\.บ|กฎกระทรวง|ประกาศ|หลักเกณฑ์|(?:{MONTH_PATTERN}) ?$")

_NEAR = 120  # characters

_NUMBERS = {"สาม": 3, "หก": 6, "เก้า": 9, "สิบสอง": 12}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)}) ?เดือน ?"
_LATER = ("หลัง", "ท้าย", "สุดท้าย")
_MONTHS = (
    re.compile(rf"(?:รอบ|งบ|งวด)[^\d\n]{{0,20}}?(?:ที่ ?\d ?\(?)? ?{_NUMBER}({'|'.join(_LATER)})?"),
    re.compile(rf"{_NUMBER}(แรก|{'|'.join(_LATER)})"),
    re.compile(rf"(?:ราย|ระยะ) ?{_NUMBER}()"),
)
_QUARTERS = re.compile(r"ไตรมาส(?:ที่)? ?1 ?(?:-|–|ถึง|และ|,) ?(?:ไตรมาส(?:ที่)?)? ?([24])")
_HALF_YEAR = re.compile(r"ครึ่งปี(?:งบประมาณ)?แรก|ครึ่งแรกของปี|รอบครึ่งปี(?!(?:งบประมาณ)?หลัง)")

_DAY = r"(?:วันที่ ?)?(?:(\d{1,2}) ?)?(?:เดือน ?)?"
_TO = r" ?(?:จนถึง|ถึง|-|–|—|~) ?"
_MONTH = rf"({MONTH_PATTERN}) ?{_ERA}? ?(\d{{4}}|\d{{2}}(?!\d))"
_WORDED_RANGE = re.compile(rf"{_MONTH}?{_TO}{_DAY}{_MONTH}")
_SLASHED = r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})"
_SLASHED_RANGE = re.compile(rf"(?<!\d){_SLASHED}{_TO}(?:วันที่ ?)?{_SLASHED}(?!\d)")
_DATED = r"(\d{4})-(\d{2})-(\d{2})"  # a date of a workbook
_DATED_RANGE = re.compile(rf"(?<!\d){_DATED}(?: 00:00:00)?{_TO}(?:วันที่ ?)?{_DATED}(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedRange:
    """Months from and to, each by its first day, and the very last day where one is printed; None if there is none."""

    first_month: datetime.date | None = None
    last_month: datetime.date | None = None
    last_day: datetime.date | None = None

    @property
    def months(self) -> int | None:
        """How many months, both counted."""
        if self.first_month is None or self.last_month is None:
            return None
        first, last = self.first_month, self.last_month
        return (last.year - first.year) * 12 + last.month - first.month + 1


def fiscal_year_in(text: str) -> FiscalYear | None:
    """The fiscal year that is named: no year of a law, a date, a plan of several years, nor a Christian one."""
    for pattern in _YEARS:
        for found in pattern.finditer(text):
            line = text[max(text.rfind("\n", 0, found.start()) + 1, found.start() - _NEAR) : found.start()]
            if _TO_A_YEAR.search(line) or (pattern is _YEARS[-1] and _OTHER_YEAR.search(line)):
                continue
            try:
                return fiscal_year_printed(int(found[1]))
            except ValueError:
                continue
    return None


def months_in(text: str) -> tuple[int | None, Half | None]:
    """How many months are named, and the half that they are; the later six months are no half of ours."""
    for pattern in _MONTHS:
        if found := pattern.search(text):
            months = int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
            return months, None if found[2] in _LATER else _half_of(months)
    if found := _QUARTERS.search(text):
        months = int(found[1]) * 3
        return months, _half_of(months)
    return (6, Half.FIRST) if _HALF_YEAR.search(text) else (None, None)


def _half_of(months: int) -> Half | None:
    return next((half for half in Half if half.months == months), None)


def range_in(text: str) -> PrintedRange:
    """The first range of months or days: (เดือนตุลาคม 2565 ถึงเดือนมีนาคม 2566), 1 ต.ค. 65 - 31 มี.ค. 66."""
    for found in _WORDED_RANGE.finditer(text):
        first, first_year, last_day, last, last_year = found.groups()
        if printed := _range(month_number(first), first_year, last_day, month_number(last), last_year):
            return printed
    for found in _SLASHED_RANGE.finditer(text):
        _, first, first_year, last_day, last, last_year = found.groups()
        if printed := _range(int(first), first_year, last_day, int(last), last_year):
            return printed
    for found in _DATED_RANGE.finditer(text):
        first_year, first, _, last_year, last, last_day = found.groups()
        if printed := _range(int(first), first_year, last_day, int(last), last_year):
            return printed
    return PrintedRange()


def _range(first: int, first_year: str | None, day: str | None, last: int, last_year: str) -> PrintedRange | None:
    try:
        end = datetime.date(common_year(int(last_year)), last, 1)
        year = common_year(int(first_year)) if first_year else end.year - (first > last)
        last_day = end.replace(day=int(day)) if day else None
        return PrintedRange(datetime.date(year, first, 1), end, last_day)
    except ValueError:
        return None
