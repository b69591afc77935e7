"""What the lines around a table say: whose it is, for which year and months, and as of when."""

import datetime
import re
from collections.abc import Iterable

from warehouse.vocabulary.fiscal import MONTH_PATTERN, FiscalYear, Half, common_year, date_in, month_number
from warehouse.vocabulary.records import TitleBlock
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

_ENDS_A_NAME = r"(?=\s*(?:อำเภอ|อ\.|เขต|จังหวัด|จ\.|ประจำปี|ปีงบ|พ\.ศ\.|รอบ|งบ\s*\d|\(|,|$))"
_ORGANISATION = re.compile(
    r"((?:เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เมืองพัทยา)\S*?(?:\s\S+?)*?)" + _ENDS_A_NAME
)
_DISTRICT = re.compile(r"(?:อำเภอ|อ\.)\s*([ก-๙]+)")
_PROVINCE = re.compile(r"(?:จังหวัด|จ\.)\s*([ก-๙]+)")
_YEAR = re.compile(r"(?:ปีงบประมาณ\s*(?:พ\.\s?ศ\.)?|พ\.\s?ศ\.)\s*(\d{4})(?!\d)")
_MONTHS = re.compile(r"(?:รอบ|งบ)\s*(\d{1,2})\s*เดือน")
_RANGE = re.compile(
    rf"(?:เดือน)?({MONTH_PATTERN})\s*(?:พ\.ศ\.)?\s*(\d{{4}}|\d{{2}})?\s*(?:ถึง|-|–)\s*(?:เดือน)?({MONTH_PATTERN})\s*(?:พ\.ศ\.)?\s*(\d{{4}}|\d{{2}})"
)
_DATA_DATE = re.compile(r"(?:ข้อมูล\s*)?ณ\s*(?:วันที่)?\s*(.*)")
_CALL_DATE = re.compile(r"(?:วันที่(?:เรียกรายงาน|พิมพ์)|พิมพ์(?:เมื่อ|วันที่))\s*:?\s*(.*)")


def read_title_block(lines: Iterable[str]) -> TitleBlock:
    """What the lines say, the first word on each matter; what they do not say is None."""
    text = [to_arabic_digits(normal_text(line)) for line in lines]
    whole = "\n".join(text)
    months = int(found[1]) if (found := _MONTHS.search(whole)) else None
    first_month, last_month = _month_range(whole)
    return TitleBlock(
        organisation=_first(_ORGANISATION, text),
        district=_first(_DISTRICT, text),
        province=_first(_PROVINCE, text),
        fiscal_year=_fiscal_year(whole),
        half={6: Half.FIRST, 12: Half.FULL}.get(months) if months else None,
        months=months,
        first_month=first_month,
        last_month=last_month,
        data_date=_dated(_DATA_DATE, text),
        call_date=_dated(_CALL_DATE, text),
    )


def _first(pattern: re.Pattern[str], lines: list[str]) -> str | None:
    return next((found[1].strip() for line in lines if (found := pattern.search(line))), None)


def _fiscal_year(text: str) -> FiscalYear | None:
    for found in _YEAR.finditer(text):
        try:
            return FiscalYear(int(found[1]))
        except ValueError:
            continue
    return None


def _month_range(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    if not (found := _RANGE.search(text)):
        return None, None
    first, first_year, last, last_year = found.groups()
    try:
        end = datetime.date(common_year(int(last_year)), month_number(last), 1)
        year = common_year(int(first_year)) if first_year else end.year - (month_number(first) > end.month)
        return datetime.date(year, month_number(first), 1), end
    except ValueError:
        return None, None


def _dated(pattern: re.Pattern[str], lines: list[str]) -> datetime.date | None:
    return next((day for line in lines if (found := pattern.search(line)) and (day := date_in(found[1]))), None)
