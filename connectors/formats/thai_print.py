"""How well Thai came out of a printed page, and what can be mended without knowing the words."""

import re

_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # what stands above or below a consonant
_BROKEN = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![ก-ฮ{_MARK}])[{_MARK}]",  # a mark on nothing
        r"[\u0e48-\u0e4b][\u0e31\u0e34-\u0e3a\u0e47]",  # a tone below its vowel
        rf"([{_MARK}])\1",
        rf"([ก-ฮ][{_MARK}]+)\1",  # a letter with its marks printed twice
        "\u0e33\u0e32|\u0e4d",  # half of ำ
        r"[\ufffd\ue000-\uf8ff]|\(cid:",  # no letter at all
    )
]
_TWICE = re.compile(rf"([ก-ฮ][{_MARK}]{{2,}})\1")
_WRAP = re.compile(r"(?<=[\u0e01-\u0e5b])\n(?=[\u0e01-\u0e5b])")  # a line that ends between words still holds its space


def brokenness(text: str) -> float:
    """Places that Thai spelling does not allow, per thousand Thai letters; 0 for text that came out whole."""
    letters = len(re.findall("[\u0e01-\u0e5b]", text)) or 1
    return 1000 * sum(len(pattern.findall(text)) for pattern in _BROKEN) / letters


def mended(text: str) -> str:
    """The text on one line; Thai broken over lines is joined, and a letter with two marks stands once.

    Fonts that draw letter and marks as one shape print it twice into the text: ทั่ทั่วไป. No word repeats such a letter.
    """
    joined = _WRAP.sub("", text.strip().replace("\r", ""))
    return _TWICE.sub(r"\1", " ".join(joined.split()))
