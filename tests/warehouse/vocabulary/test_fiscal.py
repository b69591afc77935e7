"""The fiscal year turns on 1 October, and bears the Buddhist year of its end."""

import calendar
import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import (
    MONTH_PATTERN,
    FiscalYear,
    Half,
    Period,
    buddhist_year,
    common_year,
    date_in,
    date_words,
    fiscal_year_of,
    fiscal_year_printed,
    moment_words,
    month_number,
    months_words,
    period_ended_by,
    period_from,
    thai_date,
    thai_month,
)
from warehouse.vocabulary.thai import MONTHS, MONTHS_SHORT, to_thai_digits

days = st.dates(datetime.date(1942, 1, 1), datetime.date(2150, 1, 1))
MARCH = datetime.date(2023, 3, 31)


def test_fiscal_year_turns_on_the_first_of_october():
    assert fiscal_year_of(datetime.date(2022, 9, 30)) == FiscalYear(2565)
    assert fiscal_year_of(datetime.date(2022, 10, 1)) == FiscalYear(2566)
    assert fiscal_year_of(datetime.date(2023, 9, 30)) == FiscalYear(2566)


@given(days)
def test_every_day_lies_within_its_fiscal_year(day: datetime.date):
    year = fiscal_year_of(day)
    assert year.start <= day <= year.end
    assert (year.start.month, year.start.day, year.end.month, year.end.day) == (10, 1, 9, 30)
    assert buddhist_year(year.end) == year.year


@pytest.mark.parametrize("year", [2023, 66, 0, -2566, 2484, 2701])
def test_a_christian_year_is_no_fiscal_year(year: int):
    with pytest.raises(ValueError, match="not a Buddhist year"):
        FiscalYear(year)


@pytest.mark.parametrize(("printed", "year"), [(2566, 2566), (66, 2566), (50, 2550), (99, 2599)])
def test_a_title_may_print_the_last_two_digits_of_a_buddhist_year(printed: int, year: int):
    assert fiscal_year_printed(printed) == FiscalYear(year)


@pytest.mark.parametrize("printed", [0, 23, 49, 100, 2023])
def test_a_number_that_may_be_a_christian_year_is_no_printed_fiscal_year(printed: int):
    with pytest.raises(ValueError, match="not a Buddhist year"):
        fiscal_year_printed(printed)


def test_a_half_ends_in_march_and_the_full_year_in_september():
    first, full = Period(FiscalYear(2566), Half.FIRST), Period(FiscalYear(2566), Half.FULL)
    assert (first.start, first.cut_off) == (datetime.date(2022, 10, 1), MARCH)
    assert (full.start, full.cut_off) == (datetime.date(2022, 10, 1), datetime.date(2023, 9, 30))
    assert (Half.FIRST.months, Half.FULL.months) == (6, 12)
    assert first.words == "ตุลาคม 2565 - มีนาคม 2566"
    assert (str(first), str(full)) == ("2566-1", "2566-2")
    assert first < full < Period(FiscalYear(2567), Half.FIRST)


@given(st.dates(datetime.date(1944, 1, 1), datetime.date(2150, 1, 1)))
def test_the_latest_period_has_ended_and_the_next_one_has_not(day: datetime.date):
    period = period_ended_by(day)
    following = (
        Period(period.fiscal_year, Half.FULL)
        if period.half is Half.FIRST
        else Period(FiscalYear(period.fiscal_year.year + 1), Half.FIRST)
    )
    assert period.cut_off <= day < following.cut_off


@given(st.dates(datetime.date(2007, 1, 1), datetime.date(2056, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: datetime.date):
    year, name, short = buddhist_year(day), MONTHS[day.month - 1], MONTHS_SHORT[day.month - 1]
    for written in (
        thai_date(day),
        f"{day.day} {short} {year}",
        f"{day.day} {short} {year % 100:02}",
        f"{day.day}{name}{year % 100:02}",
        f"{day:%d/%m}/{year}",
        f"{day:%d-%m}-{year % 100:02}",
        f"{day:%Y-%m-%d}",
    ):
        assert date_in(written) == date_in(to_thai_digits(written)) == day


@pytest.mark.parametrize(
    "text",
    [
        "31 มีนาคม 2566", "๓๑ มีนาคม ๒๕๖๖", "๓๑ มี.ค. ๖๖", "31 มีค 66", "31 มี.ค 2566", "31 มี. ค. 2566", "31มีนาคม2566",
        "31 มีนาคม พ.ศ. 2566", "31/03/2566", "31/3/66", "31-03-2566", "31.03.2566", "2023-03-31", "31/03/2023",
        "31/3/23", "2566-03-31", "2566-03-31 00:00:00", "2566/3/31",
        "2023-03-31T00:00", "31 มีนาคม พุทธศักราช ๒๕๖๖", "ข้อมูล ณ วันที่ 31 มีนาคม 2566 เวลา 16.30 น.",
        "เลขที่ 99/99/2566 ลงวันที่ 31 มีนาคม 2566", "31 มีนาคม 2566 พิมพ์เมื่อ 10/04/2566",
    ],
)  # fmt: skip
def test_the_end_of_march_is_read_from_every_form(text: str):
    assert date_in(text) == MARCH


def test_a_workbook_that_keeps_a_buddhist_year_as_a_christian_one_is_understood():
    assert date_in(str(datetime.datetime(2566, 3, 31))) == MARCH  # noqa: DTZ001
    assert date_in(str(datetime.date(2566, 3, 31))) == MARCH


@pytest.mark.parametrize(
    "text", ["", "มีนาคม 2566", "31 มีนาคม", "32 มีนาคม 2566", "30/02/2566", "31/03/1066", "131/03/2566", "2566"]
)
def test_what_is_no_day_is_none(text: str):
    assert date_in(text) is None


def test_the_first_day_in_a_text_counts_whatever_its_form():
    assert date_in("10/04/2566 ข้อมูล ณ 31 มีนาคม 2566") == datetime.date(2023, 4, 10)
    assert date_in("ข้อมูล ณ 31 มีนาคม 2566 10/04/2566") == MARCH


@pytest.mark.parametrize(
    ("written", "year"), [(2566, 2023), (66, 2023), (2023, 2023), (23, 2023), (49, 2049), (50, 2007), (2485, 1942)]
)
def test_a_year_is_understood_with_two_digits_and_in_both_eras(written: int, year: int):
    assert common_year(written) == year


@pytest.mark.parametrize("written", [100, 1500, 2300, 9999, -1])
def test_other_numbers_are_no_years(written: int):
    with pytest.raises(ValueError, match="not a year"):
        common_year(written)


def test_every_month_is_known_by_each_of_its_names():
    for number, (name, short) in enumerate(zip(MONTHS, MONTHS_SHORT, strict=True), start=1):
        for written in (name, short, short.replace(".", ""), short.removesuffix("."), short.replace(".", ". ", 1)):
            found = re.match(MONTH_PATTERN, written)
            assert found and month_number(found[0]) == number
    with pytest.raises(KeyError):
        month_number("มีมา")


def test_days_and_months_are_printed_in_buddhist_years():
    assert thai_date(MARCH) == "31 มีนาคม 2566"
    assert thai_date(MARCH, thai_digits=True) == "๓๑ มีนาคม ๒๕๖๖"
    assert thai_month(MARCH) == "มีนาคม 2566"


def test_days_and_months_are_said_in_english_too():
    assert date_words(MARCH) == Words("31 มีนาคม 2566", "31 March 2566 BE")
    months = Words("ตุลาคม 2565 - มีนาคม 2566", "October 2565 - March 2566 BE")
    assert months_words(FiscalYear(2566).start, MARCH) == months
    days = [date_words(datetime.date(2023, month, 1)).en for month in range(1, 13)]
    assert days == [f"1 {month} 2566 BE" for month in calendar.month_name[1:]]


@given(st.integers(2485, 2700), st.sampled_from(Half))
def test_a_period_is_read_as_it_is_written(year: int, half: Half):
    period = Period(FiscalYear(year), half)
    assert period_from(str(period)) == period


@pytest.mark.parametrize("text", ["", "2566", "2566-", "2566-3", "66-1", "2566-1-v1"])
def test_what_is_no_period_is_refused(text: str):
    with pytest.raises(ValueError):
        period_from(text)


def test_a_moment_is_told_as_it_is_in_thailand_by_the_months_of_each_language():
    late = datetime.datetime(2024, 3, 4, 17, 5, tzinfo=datetime.UTC)
    assert moment_words(late) == Words("5 มีนาคม 2567 เวลา 00:05 น.", "5 March 2567 BE, 00:05")
