"""Thai text: digits, months and one spelling for what looks the same on paper."""

import functools
import re
import unicodedata

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# fmt: off
MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
          "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]
MONTHS_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
# fmt: on

_BELOW, _ABOVE, _TONE, _TOP = (
    "\u0e38\u0e39\u0e3a",
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d",
    "\u0e48-\u0e4b",
    "\u0e4c",
)
_MARK = _BELOW + _ABOVE + _TONE + _TOP
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"\s+")
_MARKS_IN_A_ROW = re.compile(f"[{_MARK}]{{2,}}")
# Each consonant with at most one mark of a kind, in writing order: what nearly all text is already.
_IN_ORDER = re.compile(
    "(?:[ -~\u0e2f\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0e5b]"
    "|[\u0e01-\u0e2e][\u0e38-\u0e3a]?[\u0e31\u0e34-\u0e37\u0e47]?[\u0e48-\u0e4b]?\u0e4c?)*"
).fullmatch
_TWICE = ("  ", "เเ", "\u0e33\u0e32")

# Old Windows fonts kept shifted and narrow marks in the private use area; each stands for one Unicode mark.
_PRIVATE = dict(
    zip(
        range(0xF700, 0xF71B),
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d"
        "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)


def to_thai_digits(text: str) -> str:
    """The text with ๐–๙ for 0–9."""
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """The text with 0–9 for ๐–๙."""
    return text.translate(_TO_ARABIC)


@functools.lru_cache(maxsize=20_000)
def normal_text(text: str) -> str:
    """One spelling for what looks the same: NFC, marks in order and once, ํา as ำ, one space between words.

    Never NFKC or NFKD: they split ำ.
    """
    if _IN_ORDER(text) and not any(pair in text for pair in _TWICE):
        return text.strip()
    spelt = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_PRIVATE).replace("เเ", "แ")
    spelt = re.sub(f"(?<=[ก-ฮ]) +(?=[{_MARK}])", "", spelt)
    spelt = re.sub(f"([{_TONE}]?)\u0e4d([{_TONE}]?)\u0e32", lambda m: (m[1] or m[2]) + "\u0e33", spelt)
    spelt = re.sub(f"\u0e33([{_TONE}])", "\\1\u0e33", spelt).replace("\u0e33\u0e32", "\u0e33")
    return _SPACES.sub(" ", _MARKS_IN_A_ROW.sub(_in_writing_order, spelt)).strip()


def _in_writing_order(marks: re.Match[str]) -> str:
    return "".join(sorted(dict.fromkeys(marks[0]), key=_writing_order))


def _writing_order(mark: str) -> int:
    if mark in _BELOW:
        return 0
    if mark in _ABOVE:
        return 1
    return 3 if mark == _TOP else 2
