"""Money: integer satang inside, Decimal baht at the edges, float nowhere."""

import re
from decimal import Decimal

from warehouse.vocabulary.thai import normal_text, to_arabic_digits

LARGEST = 10**13
"""Satang beyond which an amount is a mistake: 100,000 million baht, more than any organisation's budget of a year."""

_NOTHING = re.compile(r"[- ]*|ไม่(?:(?:ได้)?ใช้|มี)งบ(?:ประมาณ)?")
# 1,234.50 · 1234 · .5 · 1,234.- (no satang) · ฿1,234 · 1,234 ฿ · 1,234 บาท; commas only every three digits.
_AMOUNT = re.compile(r"([+-]?) ?฿? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.([0-9]+)|\.-?)? ?(?:บาท|฿)?")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")


def satang_of(amount: str | int | float | Decimal) -> int:
    """Satang of an amount in baht as a cell holds it.

    Text may have Thai digits, thousands commas, the sign in front or accountants' brackets; a dash or a blank is 0.
    Raises ValueError if it is no amount, is larger than LARGEST, or has a fraction of a satang: never a silently
    different number.
    """
    if isinstance(amount, bool):
        raise ValueError(f"not an amount: {amount!r}")
    if isinstance(amount, float):
        satang = _of_float(amount)
    elif isinstance(amount, int):
        satang = amount * 100
    else:
        satang = _of_text(amount if isinstance(amount, str) else f"{amount:f}")
    if abs(satang) > LARGEST:
        raise ValueError(f"too large an amount: {amount!r}")
    return satang


def _of_float(amount: float) -> int:
    if not abs(amount) * 100 <= LARGEST:  # nor if it is no number at all
        raise ValueError(f"not an amount: {amount!r}")
    satang = round(amount * 100)
    # A double keeps 15 digits; what is further away than that noise is a real fraction of a satang.
    if abs(amount * 100 - satang) > max(1e-3, abs(satang) * 1e-14):
        raise ValueError(f"more than two decimals: {amount!r}")
    return satang


def _of_text(text: str) -> int:
    printed = to_arabic_digits(normal_text(text)).translate(_DASHES)
    if _NOTHING.fullmatch(printed):
        return 0
    bracketed = printed.startswith("(") and printed.endswith(")")
    found = _AMOUNT.fullmatch(printed[1:-1].strip() if bracketed else printed)
    if not found or not (found[2] or found[3]) or (bracketed and found[1]):
        raise ValueError(f"not an amount: {text!r}")
    fraction = (found[3] or "").rstrip("0")
    if len(fraction) > 2:
        raise ValueError(f"more than two decimals: {text!r}")
    satang = int(found[2].replace(",", "") + fraction.ljust(2, "0"))
    return -satang if bracketed or found[1] == "-" else satang


def baht(satang: int) -> Decimal:
    """Baht with exactly two decimals."""
    return Decimal(satang).scaleb(-2)


def baht_plain(satang: int) -> str:
    """Baht for machines: 48984.00."""
    return f"{baht(satang):.2f}"


def baht_printed(satang: int) -> str:
    """Baht for people: 48,984.00."""
    return f"{baht(satang):,.2f}"


def amount_shown(text: str) -> str:
    """An amount in text as people read it, 48,984.00; text that is no amount as it is."""
    try:
        return baht_printed(satang_of(text))
    except ValueError:
        return text
