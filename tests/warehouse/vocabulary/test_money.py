"""An amount is exactly what is printed, or it is refused."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warehouse.vocabulary.money import LARGEST, amount_shown, baht, baht_plain, baht_printed, satang_of
from warehouse.vocabulary.thai import to_thai_digits

amounts = st.integers(-LARGEST, LARGEST)


@given(amounts)
def test_what_we_print_is_read_as_the_same_amount(satang: int):
    assert satang_of(baht_printed(satang)) == satang
    assert satang_of(baht_plain(satang)) == satang
    assert satang_of(to_thai_digits(baht_printed(satang))) == satang


@given(amounts)
@example(LARGEST)
def test_a_number_cell_is_the_amount_it_shows(satang: int):
    assert satang_of(satang / 100) == satang


@given(amounts)
def test_a_decimal_and_a_whole_number_are_taken_exactly(satang: int):
    assert satang_of(baht(satang)) == satang
    assert satang_of(satang // 100) == satang // 100 * 100


@given(st.lists(st.integers(0, 10**11), min_size=2, max_size=20))
def test_a_sum_that_a_spreadsheet_computed_is_the_exact_sum(satang: list[int]):
    assert satang_of(sum(one / 100 for one in satang)) == sum(satang)


@given(st.integers(1, LARGEST))
def test_brackets_and_a_minus_mean_less_than_nothing(satang: int):
    assert satang_of(f"({baht_printed(satang)})") == -satang
    assert satang_of(f"-{baht_printed(satang)}") == -satang
    assert satang_of(f"\u2212{baht_plain(satang)}") == -satang


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        " ",
        "-",
        " - ",
        " -   ",
        "–",
        "—",
        "--",
        "\u00a0",
        "ไม่ใช้งบประมาณ",
        "ไม่ได้ใช้งบประมาณ",
        "ไม่มีงบประมาณ",
        "ไม่ใช้งบ",
        "0",
        "๐.๐๐",
        0,
        0.0,
    ],
)
def test_a_dash_a_blank_and_no_budget_are_nothing(nothing: str | float):
    assert satang_of(nothing) == 0


@pytest.mark.parametrize(
    ("printed", "satang"),
    [
        ("48,984.00", 48_984_00),
        ("๔๘,๙๘๔.๐๐", 48_984_00),
        ("1234.5", 1_234_50),
        ("1234.500", 1_234_50),
        (" 1,000 ", 1_000_00),
        ("+5", 5_00),
        (".50", 50),
        ("5.", 5_00),
        ("10,000.-", 10_000_00),
        ("฿ 1,000.25", 1_000_25),
        ("1,000 บาท", 1_000_00),
        ("1,000.00 ฿", 1_000_00),
        ("1,000.00฿", 1_000_00),
        ("(1,234.00)", -1_234_00),
        ("( 0.00 )", 0),
        ("\u202d1,000.00\u202c", 1_000_00),
    ],
)
def test_amounts_are_read_as_officers_write_them(printed: str, satang: int):
    assert satang_of(printed) == satang


@pytest.mark.parametrize(
    "wrong",
    [
        "1,23", "12,34,567", "1234,567", ",123", "1,234,56.00", "1.234.567", "1,234.5.6",  # grouped otherwise
        "1 234.00", "1.234,56", "1'234", "1e5", "0x10", "1_000", "Ⅳ",
        "--5", "+-5", "(-5)", "(5", "5)", "5-", "100.00-",
        "N/A", "#REF!", "nan", "inf", "๑๒ก", "บาท", "฿", "45%", "ประมาณ 500", "500-600", "รอรายงาน", ".", ".-",
        "\u202e00.5", "1.005", "0.001", "1.000000000000000000000000000000000001",
        1.005, 0.001, float("nan"), float("inf"), -float("inf"), True, False, Decimal("0.001"),
        "99999999999999999999", 1e300, 10**12, LARGEST / 100 + 0.01,
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_and_never_guessed(wrong: str | float | Decimal):
    with pytest.raises(ValueError, match=r"amount|decimals"):
        satang_of(wrong)


@given(st.text(st.sampled_from("0123456789๐๕๙,.-() +฿บาท"), max_size=14))
def test_a_text_is_read_to_its_last_digit_or_refused(text: str):
    try:
        satang = satang_of(text)
    except ValueError:
        return
    digits = "".join(str(int(one)) for one in text if one.isdecimal())
    _, _, fraction = (text.replace(".-", "")).partition(".")
    places = sum(one.isdecimal() for one in fraction)
    assert abs(satang) * 10**places == int(digits or "0") * 100


def test_baht_has_two_decimals_always():
    assert [baht_printed(one) for one in (0, 5, -100, 123_456_789)] == ["0.00", "0.05", "-1.00", "1,234,567.89"]
    assert baht_plain(4_898_400) == "48984.00"
    assert baht(1).as_tuple().exponent == -2


def test_an_amount_in_text_is_shown_as_people_read_it_and_other_text_as_it_is():
    assert [amount_shown(one) for one in ("48984", "๔๘,๙๘๔.๐๐", "4O.00")] == ["48,984.00", "48,984.00", "4O.00"]
