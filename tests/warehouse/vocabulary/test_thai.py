"""Thai text has one spelling, however it was typed, printed or extracted."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warehouse.vocabulary.thai import MONTHS, MONTHS_SHORT, normal_text, to_arabic_digits, to_thai_digits

THAI = "".join(chr(code) for code in range(0x0E01, 0x0E5C) if not 0x0E3B <= code <= 0x0E3E)
MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"
PRIVATE = "".join(map(chr, range(0xF700, 0xF71B)))
texts = st.text(st.sampled_from(THAI + MARKS * 2 + PRIVATE + " \t\n\u00a0\u200b\u200dab1()é") | st.characters())


@given(texts)
@example("ก ุ้ำ่า")
@example("กํุา")
@example("e\u200b\u0301")
def test_spelling_twice_changes_nothing(text: str):
    assert normal_text(normal_text(text)) == normal_text(text)


@given(texts)
def test_nothing_is_left_that_looks_the_same_but_is_not(text: str):
    spelt = normal_text(text)
    assert spelt == unicodedata.normalize("NFC", spelt)
    assert spelt == spelt.strip() and "  " not in spelt and "\n" not in spelt
    assert "เเ" not in spelt and "\u0e4d\u0e32" not in spelt and not set(PRIVATE) & set(spelt)


@given(st.text(st.sampled_from(THAI.replace("\u0e4d", "") + " ")))
def test_sara_am_is_never_split(text: str):
    assert "\u0e4d" not in normal_text(text)
    assert ("\u0e33" in normal_text(text)) == ("\u0e33" in text)


def test_text_that_is_in_order_stays_as_it_is():
    for text in ["จำนวนเงินน้ำท่วม", "ก๋วยเตี๋ยว", "เบี้ยยังชีพผู้ป่วยเอดส์ (๕๐๐.- บาท)", "ปฏิญญา", "สิทธิ์ ฯลฯ", "พันธุ์", "ป้ำๆ เป๋อๆ"]:
        assert normal_text(text) == text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("จํานวน", "จำนวน"),
        ("จํ านวน", "จำนวน"),
        ("จ ำนวน", "จำนวน"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ประจำำปี", "ประจำปี"),
        ("ประจำาปี", "ประจำปี"),
        ("จงัหวัด", "จงัหวัด"),  # a mark on the wrong letter is a wrong word, not another spelling
        ("ท่ี", "ที่"),
        ("ทีี่่", "ที่"),
        ("ผู้ป่วย", "ผู้ป่วย"),
        ("ป\u0e49ู", "ปู้"),
        ("เเผนงาน", "แผนงาน"),
        ("ก ิจกรรม", "กิจกรรม"),
        ("ท\uf70aี", "ที่"),
        ("ญ\uf718", "ญ\u0e38"),
        ("งบ\u200bกลาง\ufeff", "งบกลาง"),
        ("  งบประมาณ\n อนุมัติ\u00a0(บาท) ", "งบประมาณ อนุมัติ (บาท)"),
    ],
)
def test_what_looks_the_same_on_paper_is_spelt_the_same(printed: str, meant: str):
    assert normal_text(printed) == meant


@given(st.integers(min_value=0))
def test_digits_go_to_thai_and_back(number: int):
    thai = to_thai_digits(str(number))
    assert thai.isdecimal() and not thai.isascii()
    assert to_arabic_digits(thai) == str(number)


def test_only_digits_change_their_shape():
    assert to_arabic_digits("๑,๒๓๔.๕๐ บาท ฿ก") == "1,234.50 บาท ฿ก"
    assert to_thai_digits("ข้อ 9") == "ข้อ ๙"


def test_there_are_twelve_months_each_in_two_spellings():
    assert len(set(MONTHS)) == len(set(MONTHS_SHORT)) == 12
    assert all(normal_text(month) == month for month in MONTHS + MONTHS_SHORT)
