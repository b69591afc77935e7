"""The lines around a table say whose it is, for which months, and as of when."""

import csv
import datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.titleblock import read_title_block
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period, thai_month
from warehouse.vocabulary.records import TitleBlock
from warehouse.vocabulary.thai import MONTHS_SHORT, to_thai_digits

OCTOBER, MARCH, SEPTEMBER = datetime.date(2022, 10, 1), datetime.date(2023, 3, 1), datetime.date(2023, 9, 1)
LAST = datetime.date(2023, 3, 31)
NAMES = [
    line["name"]
    for line in csv.DictReader(
        (files("warehouse") / "reference" / "organisations.csv").read_text(encoding="utf-8-sig").splitlines()
    )
]
periods = st.builds(Period, st.builds(FiscalYear, st.integers(2540, 2600)), st.sampled_from(Half))


def test_the_usual_title_tells_all():
    assert read_title_block(
        [
            "รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
            "รอบ ๖ เดือน (เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)",
            "เทศบาลตำบลคลองแสนแสบ อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา",
            "ข้อมูล ณ วันที่ 31 มีนาคม 2566   วันที่เรียกรายงาน 10/04/2566",
        ]
    ) == TitleBlock(
        organisation="เทศบาลตำบลคลองแสนแสบ",
        district="บางน้ำเปรี้ยว",
        province="ฉะเชิงเทรา",
        fiscal_year=FiscalYear(2566),
        half=Half.FIRST,
        months=6,
        first_month=OCTOBER,
        last_month=MARCH,
        data_date=LAST,
        call_date=datetime.date(2023, 4, 10),
    )


def test_lines_that_say_nothing_leave_everything_open():
    assert read_title_block([]) == read_title_block(["รายงาน", "ตารางที่ 1", "(หน่วย: บาท)"]) == TitleBlock()


@pytest.mark.parametrize(
    "line",
    [
        "{} อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา",
        "{}อำเภอบางน้ำเปรี้ยวจังหวัดฉะเชิงเทราประจำปีงบประมาณ 2566",
        "รายงานของ{} พ.ศ. 2566 รอบ 6 เดือน",
        "หน่วยงาน : {} (751NH)",
    ],
)
def test_every_known_organisation_is_read_from_a_title(line: str):
    assert [name for name in NAMES if read_title_block([line.format(name)]).organisation != name] == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("เทศบาลตำบล คลองแสนแสบ อำเภอบางน้ำเปรี้ยว", "เทศบาลตำบลคลองแสนแสบ"),
        ("เทศบาล ตำบลคลอง แสนแสบ จังหวัดฉะเชิงเทรา", "เทศบาลตำบลคลองแสนแสบ"),
        ("สำนักงานเทศบาลตำบลคลองแสนแสบ", "เทศบาลตำบลคลองแสนแสบ"),
        ("ทต.คลองแสนแสบ อ.บางน้ำเปรี้ยว จ.ฉะเชิงเทรา", "เทศบาลตำบลคลองแสนแสบ"),
        ("ทม. กระบี่ จ.กระบี่", "เทศบาลเมืองกระบี่"),
        ("อบต.แม่ใส อ.เมือง จ.พะเยา", "องค์การบริหารส่วนตำบลแม่ใส"),
        ("อบจ.กระบี่", "องค์การบริหารส่วนจังหวัดกระบี่"),
        ("องค์การบริหารส่วน ตำบล แม่ใส ตำบลแม่ใส อำเภอเมืองพะเยา", "องค์การบริหารส่วนตำบลแม่ใส"),
        ("เทศบาลตำบลรวมใจพัฒนา อำเภอพังโคน", "เทศบาลตำบลรวมใจพัฒนา"),
        ("เทศบาลตำบลทดสอบ 1 อำเภอบางน้ำเปรี้ยว", "เทศบาลตำบลทดสอบ 1"),
        ("เทศบาลตำบลทดสอบ ข้อมูล ณ วันที่ 31 มีนาคม 2566", "เทศบาลตำบลทดสอบ"),
        ("เทศบาลตำบลทดสอบ ระหว่างวันที่ 1 ตุลาคม 2565 ถึงวันที่ 31 มีนาคม 2566", "เทศบาลตำบลทดสอบ"),
        ("เมืองพัทยา จังหวัดชลบุรี", "เมืองพัทยา"),
        ("เทศบาล", None),
        ("เทศบาลตำบล", None),
        ("เทศบาลตำบล อำเภอบางน้ำเปรี้ยว", None),
    ],
)
def test_a_name_is_read_however_its_words_are_parted(line: str, name: str | None):
    assert read_title_block([line]).organisation == name


def test_a_name_may_go_on_in_the_next_row():
    assert read_title_block(["เทศบาลตำบล", "คลองแสนแสบ", "อำเภอบางน้ำเปรี้ยว"]).organisation == "เทศบาลตำบลคลองแสนแสบ"


@pytest.mark.parametrize(
    ("line", "district", "province"),
    [
        ("อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา"),
        ("อำเภอ บางน้ำเปรี้ยว จังหวัด ฉะเชิงเทรา", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา"),
        ("อ.บางน้ำเปรี้ยว จ.ฉะเชิงเทรา", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา"),
        ("อำเภอบางน้ำเปรี้ยวจังหวัดฉะเชิงเทรา", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา"),
        ("อำเภอเมือง จังหวัดฉะเชิงเทรา", "เมืองฉะเชิงเทรา", "ฉะเชิงเทรา"),
        ("อำเภอเมืองฉะเชิงเทรา", "เมืองฉะเชิงเทรา", None),
        ("อบต.แม่ใส", None, None),
        ("พ.ศ. 2566 อ.ส.ม.", None, None),
    ],
)
def test_district_and_province_are_read_short_and_in_full(line: str, district: str | None, province: str | None):
    title = read_title_block([line])
    assert (title.district, title.province) == (district, province)


@pytest.mark.parametrize(
    "line",
    [
        "ประจำปีงบประมาณ พ.ศ. 2566", "ปีงบประมาณ ๒๕๖๖", "ประจำปีงบประมาณ ๒๕๖๖", "ปีงบประมาณ : 2566", "ปีงบประมาณ 66",
        "ปีงบ 2566", "ประจำปี 2566", "ประจำปี พ.ศ.2566", "แผนปฏิบัติการ ปี 2566", "แผนปฏิบัติการ พ.ศ. 2566 รอบ 6 เดือน",
        "แผนปฏิบัติการป้องกันการทุจริต (พ.ศ. 2566 - 2570) ประจำปีงบประมาณ พ.ศ. 2566",
        "ตามระเบียบว่าด้วยวิธีการงบประมาณ พ.ศ. 2563 ประจำปีงบประมาณ พ.ศ. 2566",
        "ข้อมูล ณ วันที่ 31 ธันวาคม พ.ศ. 2565 ปีงบประมาณ พ.ศ. 2566",
        "(เดือนตุลาคม พ.ศ. 2565 ถึงเดือนมีนาคม พ.ศ. 2566)",
        "ประจำปี งบประมาณ พ.ศ. 2566", "ปีงบประมาณพุทธศักราช ๒๕๖๖", "ประจำปีพุทธศักราช 2566", "ปีงบประมาณ (พ.ศ. 2566)",
    ],
)  # fmt: skip
def test_the_fiscal_year_is_read_and_no_other_year(line: str):
    assert read_title_block([line]).fiscal_year == FiscalYear(2566)


@pytest.mark.parametrize(
    "line",
    [
        "ปีงบประมาณ 2023",  # a Christian year is never taken for a Buddhist one
        "ปีงบประมาณ 23", "ปีงบประมาณ ๒๓", "ปีงบประมาณ พ.ศ. 49",  # nor is what may be one, cut short
        "ปีงบประมาณ 12 เดือน",
        "แผนปฏิบัติการ พ.ศ. 2566-2570", "ปีงบประมาณ 2566/2567",
        "พ.ศ. 2566 ถึง พ.ศ. 2570", "ตามระเบียบว่าด้วยวิธีการงบประมาณ พ.ศ. 2563",
        "ณ วันที่ 31 มีนาคม พ.ศ. 2566", "ปีงบประมาณ", "โทร 2566",
    ],
)  # fmt: skip
def test_a_year_that_is_not_the_fiscal_year_is_not_taken_for_it(line: str):
    assert read_title_block([line]).fiscal_year is None


@pytest.mark.parametrize(
    ("line", "half", "months"),
    [
        ("รอบ ๖ เดือน", Half.FIRST, 6),
        ("รอบ 6 เดือนแรก", Half.FIRST, 6),
        ("6 เดือนแรกของปีงบประมาณ", Half.FIRST, 6),
        ("รอบหกเดือน", Half.FIRST, 6),
        ("รอบการรายงาน 6 เดือน", Half.FIRST, 6),
        ("รอบที่ 1 (6 เดือน)", Half.FIRST, 6),
        ("ราย 6 เดือน", Half.FIRST, 6),
        ("ครึ่งปีแรก", Half.FIRST, 6),
        ("ไตรมาสที่ 1-2", Half.FIRST, 6),
        ("ไตรมาส 1 และไตรมาส 2", Half.FIRST, 6),
        ("รอบ ๑๒ เดือน", Half.FULL, 12),
        ("รอบสิบสองเดือน", Half.FULL, 12),
        ("ไตรมาสที่ 1 - 4", Half.FULL, 12),
        ("รอบ 6 เดือนหลัง", None, 6),  # April to September is no half of ours
        ("ครึ่งปีหลัง", None, None),
        ("ไตรมาสที่ 2", None, None),
        ("งบ ๕ เดือน", None, 5),
        ("รอบ 9 เดือน", None, 9),
        ("ดำเนินการภายใน 6 เดือน", None, None),
        ("ประจำปีงบประมาณ พ.ศ. 2566", None, None),
    ],
)
def test_the_half_is_read_from_words(line: str, half: Half | None, months: int | None):
    title = read_title_block([line])
    assert (title.half, title.months) == (half, months)


@pytest.mark.parametrize(
    "line",
    [
        "(เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)", "ระหว่างวันที่ 1 ตุลาคม 2565 ถึงวันที่ 31 มีนาคม 2566",
        "ตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๕ ถึงวันที่ ๓๑ มีนาคม พ.ศ. ๒๕๖๖", "1 ต.ค. 65 - 31 มี.ค. 66", "(ต.ค.65-มี.ค.66)",
        "ตุลาคม - มีนาคม 2566", "ตุลาคม 2565 – มีนาคม 2566", "ตุลาคม 2565 จนถึง มีนาคม 2566", "จาก 01/10/2565 ถึง 31/03/2566",
        "1 ตุลาคม 2022 - 31 มีนาคม 2023", "ระหว่างเดือนตุลาคม 2565 ถึงเดือน มีนาคม 2566",
        "ตั้งแต่วันที่ 2022-10-01 ถึงวันที่ 2023-03-31", "2565-10-01 00:00:00 - 2566-03-31 00:00:00", "01/10/22 - 31/03/23",
    ],
)  # fmt: skip
def test_a_range_of_months_from_october_tells_year_and_half_where_no_word_does(line: str):
    title = read_title_block([line])
    assert (title.first_month, title.last_month) == (OCTOBER, MARCH)
    assert (title.fiscal_year, title.half, title.months) == (FiscalYear(2566), Half.FIRST, None)


@given(periods, st.booleans(), st.booleans())
def test_the_range_of_any_period_tells_that_period(period: Period, thai: bool, by_day: bool):
    start, end = period.start, period.cut_off
    words = f"ระหว่างวันที่ 1 {thai_month(start)} ถึงวันที่ {end.day} {thai_month(end)}" if by_day else period.words
    title = read_title_block([to_thai_digits(words) if thai else words])
    assert (title.fiscal_year, title.half) == (period.fiscal_year, period.half)
    assert title.data_date == (end if by_day else None)


@given(st.integers(1, 12), st.integers(0, 30))
def test_months_that_are_no_period_tell_none(first: int, more: int):
    last = datetime.date(2023 + (first + more - 1) // 12, (first + more - 1) % 12 + 1, 1)
    title = read_title_block(
        [f"{MONTHS_SHORT[first - 1]} 66 - {MONTHS_SHORT[last.month - 1]} {(last.year + 43) % 100}"]
    )
    assert (title.first_month, title.last_month) == (datetime.date(2023, first, 1), last)
    assert (title.half is None) == (first != 10 or more not in (5, 11))


def test_the_full_year_is_told_by_its_range():
    title = read_title_block(["ตุลาคม 2565 - กันยายน 2566"])
    assert (title.half, title.last_month) == (Half.FULL, SEPTEMBER)


def test_words_and_range_that_disagree_are_both_kept_for_the_checks():
    title = read_title_block(["งบ ๕ เดือน (เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)"])
    assert (title.months, title.half, title.last_month) == (5, Half.FIRST, MARCH)
    title = read_title_block(["รอบ 6 เดือน ตุลาคม 2565 - กันยายน 2566"])
    assert (title.months, title.half, title.last_month) == (6, Half.FIRST, SEPTEMBER)
    title = read_title_block(["รอบ 6 เดือนหลัง ตุลาคม 2565 - กันยายน 2566"])
    assert (title.months, title.half) == (6, None)


@pytest.mark.parametrize(
    "line",
    [
        "ข้อมูล ณ วันที่ 31 มีนาคม 2566", "ข้อมูล ณ ๓๑ มี.ค. ๖๖", "รายงาน ณ วันที่ 31/03/2566", "ข้อมูลณวันที่ 2566-03-31 00:00:00",
        "ข้อมูลถึงวันที่ 31 มีนาคม 2566", "ข้อมูลเมื่อวันที่ 31 มีนาคม 2566", "ณ สิ้นวันที่ 31 มีนาคม 2566",
        "พิมพ์วันที่ 10 เมษายน 2566 ข้อมูล ณ วันที่ 31 มีนาคม 2566",
    ],
)  # fmt: skip
def test_the_day_of_the_data_is_read(line: str):
    assert read_title_block([line]).data_date == LAST


@pytest.mark.parametrize(
    "line",
    ["เรียกรายงาน ณ วันที่ 10 เม.ย. 66", "พิมพ์เมื่อ 10/04/2566 09:15", "วันที่พิมพ์ 10 เมษายน 2566", "ผู้พิมพ์ วันที่ 2023-04-10"],
)
def test_the_day_of_the_call_is_not_taken_for_the_day_of_the_data(line: str):
    title = read_title_block([line])
    assert (title.call_date, title.data_date) == (datetime.date(2023, 4, 10), None)


def test_no_word_that_merely_ends_in_the_sign_for_as_of_gives_a_date():
    assert read_title_block(["งบประมาณ 1 ตุลาคม 2565"]).data_date is None


def test_a_range_that_ends_early_gives_its_last_day_as_the_day_of_the_data():
    assert read_title_block(["1 ต.ค. 65 - 15 มี.ค. 66"]).data_date == datetime.date(2023, 3, 15)


def test_the_first_word_on_each_matter_counts():
    title = read_title_block(["ปีงบประมาณ 2566", "ทต.คลองแสนแสบ", "ปีงบประมาณ 2565", "ทต.บางน้ำเปรี้ยว"])
    assert (title.fiscal_year, title.organisation) == (FiscalYear(2566), "เทศบาลตำบลคลองแสนแสบ")


@given(st.lists(st.text(st.sampled_from("ปีงบประมาณพ.ศเทศาลตำนจั่วยอ ขู๖6๑/-–\n(ณที่เดื"), max_size=60), max_size=3))
def test_no_title_is_too_odd_to_read(lines: list[str]):
    assert isinstance(read_title_block(lines), TitleBlock)
