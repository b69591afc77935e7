"""Thai text: digits, months and one spelling for what looks the same on paper."""

import functools
import re
import unicodedata

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_DIGIT = re.compile("[๐-๙]")

# fmt: off
MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
          "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]
MONTHS_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
# fmt: on

_SARA_AM, _NIKHAHIT, _SARA_AA = "\u0e33", "\u0e4d", "\u0e32"
_BELOW, _ABOVE, _TONE, _TOP = "\u0e38-\u0e3a", "\u0e31\u0e34-\u0e37\u0e47", "\u0e48-\u0e4b", "\u0e4c"
_MARK = _BELOW + _ABOVE + _NIKHAHIT + _TONE + _TOP
_MARKS_IN_ORDER = (
    "\u0e3a\u0e38\u0e39"  # below, as NFC orders them
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"  # above
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # tones, thanthakhat
)
_PLACE = {mark: place for place, mark in enumerate(_MARKS_IN_ORDER)}

_LONGEST_REMEMBERED = 300
# Also what turns text to the left-to-right that it has; what turns it around would show another number, and stays.
_INVISIBLE = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\u200e\u202a\u202c\u202d\u2066\u2068\u2069]"
)
_SPACES = re.compile(r"\s+")
_SPACE_BEFORE_MARK = re.compile(f"(?<=[ก-ฮ]) (?=[{_MARK}])")
_MARKS_IN_A_ROW = re.compile(f"[{_MARK}]{{2,}}")
_SPLIT_SARA_AM = re.compile(f"([{_MARK}]*{_NIKHAHIT}[{_MARK}]*) ?{_SARA_AA}([{_SARA_AA}{_MARK}]*)")
# Each consonant with at most one mark of a kind, in writing order: what nearly all text is already.
_IN_ORDER = re.compile(
    "(?:[ -~\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0e5b]++"
    f"|(?<=[ก-ฮ])(?:[{_BELOW}][{_ABOVE}]?+[{_TONE}]?+{_TOP}?+|[{_ABOVE}][{_TONE}]?+{_TOP}?+|[{_TONE}]{_TOP}?+|{_TOP}))*+"
).fullmatch

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
    return _THAI_DIGIT.sub(lambda digit: str(ord(digit[0]) - ord("๐")), text)


def normal_text(text: str) -> str:
    """One spelling for what looks the same: NFC, marks in order and once, ํา as ำ, one space between words.

    Never NFKC or NFKD: they split ำ.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _spelt(text)


def _spelt(text: str) -> str:
    return text.strip(" ") if _is_normal(text) else _respelt(text)


# Labels and names come again in every row and every year.
_remembered = functools.lru_cache(maxsize=20_000)(_spelt)


def _is_normal(text: str) -> bool:
    if not _IN_ORDER(text):
        return False
    return not ("  " in text or "เเ" in text or " ำ" in text or "ำา" in text or "ำำ" in text)


def _respelt(text: str) -> str:
    spelt = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_PRIVATE))
    spelt = _SPACES.sub(" ", spelt).replace("เเ", "แ").replace(_SARA_AM, _NIKHAHIT + _SARA_AA)
    spelt = _MARKS_IN_A_ROW.sub(lambda marks: _in_order(marks[0]), _SPACE_BEFORE_MARK.sub("", spelt))
    return _SPLIT_SARA_AM.sub(lambda parts: _in_order(parts[1] + parts[2], _NIKHAHIT) + _SARA_AM, spelt).strip()


def _in_order(marks: str, without: str = "") -> str:
    return "".join(sorted(set(marks) - {_SARA_AA, without}, key=_PLACE.__getitem__))
