"""What the lines around a table say: whose it is, for which year and months, and as of when."""

import datetime
import re
from collections.abc import Iterable

from connectors.titlename import organisation_in
from connectors.titleperiod import PrintedRange, fiscal_year_in, months_in, range_in
from warehouse.vocabulary.fiscal import FiscalYear, Half, date_in, fiscal_year_of
from warehouse.vocabulary.records import TitleBlock
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

_DISTRICT = re.compile(r"(?:อำเภอ|(?<![ก-๙.])อ\.) ?([ก-๙]{2,}?)(?= ?(?:จังหวัด|จ\.)|[^ก-๙]|$)", re.MULTILINE)
_PROVINCE = re.compile(r"(?:จังหวัด|(?<![ก-๙.])จ\.) ?([ก-๙]{2,}?)(?=ประจำ|ปีงบ|[^ก-๙]|$)", re.MULTILINE)
_CALLED = re.compile(r"เรียกรายงาน|พิมพ์|(?:ออก|จัดทำ)รายงาน")
_AS_OF = re.compile(r"ข้อมูล ?(?:ณ|เมื่อ|ถึง)? ?(?:สิ้น)?วันที่|ข้อมูล ?ณ|(?<![ก-๙])ณ (?:วันที่)?|(?<![ก-๙])ณวันที่")
_CAPITAL = "เมือง"
_DATE_WIDTH = 40


def read_title_block(lines: Iterable[str]) -> TitleBlock:
    """What the lines say, the first word on each matter; what they do not say is None.

    A printed range of months from October tells year and half where no word does.
    """
    text = [to_arabic_digits(normal_text(line)) for line in lines]
    whole = "\n".join(text)
    months, half = months_in(whole)
    printed = range_in(whole)
    told_year, told_half = _told_by(printed)
    district, province = _first(_DISTRICT, whole), _first(_PROVINCE, whole)
    return TitleBlock(
        organisation=organisation_in(whole),
        # In full the district of a capital bears the province's name.
        district=_CAPITAL + province if district == _CAPITAL and province else district,
        province=province,
        fiscal_year=fiscal_year_in(whole) or told_year,
        half=half or (told_half if months not in (6, 12) or months == printed.months else None),
        months=months,
        first_month=printed.first_month,
        last_month=printed.last_month,
        data_date=_data_date(text) or printed.last_day,
        call_date=_call_date(text),
    )


def _told_by(printed: PrintedRange) -> tuple[FiscalYear | None, Half | None]:
    half = next((half for half in Half if half.months == printed.months), None)
    if half is None or printed.first_month is None or printed.last_month is None or printed.first_month.month != 10:
        return None, None
    return fiscal_year_of(printed.last_month), half


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _data_date(lines: Iterable[str]) -> datetime.date | None:
    for line in lines:
        for found in _AS_OF.finditer(line):
            called = _CALLED.search(line, max(0, found.start() - 20), found.start())
            if not called and (day := date_in(line[found.end() : found.end() + _DATE_WIDTH])):
                return day
    return None


def _call_date(lines: Iterable[str]) -> datetime.date | None:
    for line in lines:
        if (found := _CALLED.search(line)) and (day := date_in(line[found.end() : found.end() + _DATE_WIDTH])):
            return day
    return None
