"""Money: integer satang inside, Decimal baht at the edges, float nowhere."""

from decimal import Decimal, InvalidOperation

from warehouse.vocabulary.thai import to_arabic_digits

NOTHING_PRINTED = frozenset({"", "-", "–", "—"})


def satang_of(amount: str | int | float | Decimal) -> int:
    """Satang of an amount in baht as a cell holds it.

    Text may have Thai digits, thousands commas, the sign in front or accountants' brackets; a dash or a blank is 0.
    Raises ValueError if it is no amount, or has a fraction of a satang: never a silently different number.
    """
    if isinstance(amount, bool):
        raise ValueError(f"not an amount: {amount!r}")
    if isinstance(amount, float):
        satang = round(amount * 100)
        # A double keeps 15 digits; what is further away than that noise is a real fraction of a satang.
        if abs(amount * 100 - satang) > max(1e-3, abs(satang) * 1e-14):
            raise ValueError(f"more than two decimals: {amount!r}")
        return satang
    exact = (_decimal_of(amount) if isinstance(amount, str) else Decimal(amount)) * 100
    if exact != exact.to_integral_value():
        raise ValueError(f"more than two decimals: {amount!r}")
    return int(exact)


def _decimal_of(text: str) -> Decimal:
    digits = to_arabic_digits(text.replace("\u00a0", " ").replace("\u2212", "-").strip())
    if digits in NOTHING_PRINTED:
        return Decimal(0)
    negative = digits.startswith("(") and digits.endswith(")")
    bare = digits[1:-1].strip() if negative else digits
    if not _grouped_well(bare):
        raise ValueError(f"not an amount: {text!r}")
    try:
        value = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"not an amount: {text!r}") from None
    return -value if negative else value


def _grouped_well(bare: str) -> bool:
    """Whether only digits, one point, a sign and commas every three digits stand there (1,23 is no amount)."""
    whole, _, fraction = bare.lstrip("+-").partition(".")
    groups = whole.split(",")
    digits_only = all(part.isdecimal() for part in groups) and (not fraction or fraction.isdecimal())
    return digits_only and len(bare) - len(bare.lstrip("+-")) <= 1 and all(len(part) == 3 for part in groups[1:])


def baht(satang: int) -> Decimal:
    """Baht with exactly two decimals."""
    return Decimal(satang).scaleb(-2)


def baht_plain(satang: int) -> str:
    """Baht for machines: 48984.00."""
    return f"{baht(satang):.2f}"


def baht_printed(satang: int) -> str:
    """Baht for people: 48,984.00."""
    return f"{baht(satang):,.2f}"
