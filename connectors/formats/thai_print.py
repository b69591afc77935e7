"""How well Thai came out of a printed page, and what can be mended without knowing the words."""

import re

_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # what stands above or below a consonant
UNKNOWN = "\0"  # what pdfminer makes of a shape whose letter the font does not tell
_IS_MARK = re.compile(f"[{_MARK}\u0e4d{UNKNOWN}]")
_BROKEN = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![ก-ฮ{_MARK}])[{_MARK}]",  # a mark on nothing
        r"[\u0e48-\u0e4b][\u0e31\u0e34-\u0e3a\u0e47]",  # a tone below its vowel
        rf"([{_MARK}])\1",
        rf"([ก-ฮ][{_MARK}]+)\1",  # a letter with its marks printed twice
        "\u0e33\u0e32|\u0e4d",  # half of ำ
        rf"([ก-ฮ][{_MARK}]+)[ก-ฮะ-ำเ-ไ][{_MARK}]*\1",  # the same, a letter later
        rf"[{UNKNOWN}\ufffd\ue000-\uf8ff]|\(cid:",  # no letter at all
    )
]
_TWICE = re.compile(rf"([ก-ฮ][{_MARK}]{{2,}})\1")
_SARA_AM = re.compile(r"[\u0e33\u0e4d]([\u0e48-\u0e4b]?) ?\u0e32")  # as fonts draw it, in two parts
_TONE_IN_AM = re.compile(r"[\u0e33\u0e4d][^\u0e01-\u0e5b\s]\u0e32")  # LibreOffice notes any sign for it, as in นำ$า
_WITH_UNKNOWN = re.compile(rf"([ก-ฮ])([{_MARK}]*{UNKNOWN}[{_MARK}{UNKNOWN}]*)(\u0e32?)")
_LINE_END_HYPHEN = "\x02"  # what PDFium makes of it
_WRAP = re.compile(r"(?<=[\u0e01-\u0e5b])\n(?=[\u0e01-\u0e5b])")  # a line that ends between words still holds its space


def brokenness(text: str) -> float:
    """Places that Thai spelling does not allow, per thousand Thai letters; 0 for text that came out whole."""
    letters = len(re.findall("[\u0e01-\u0e5b]", text)) or 1
    return 1000 * sum(len(pattern.findall(text)) for pattern in _BROKEN) / letters


def mended(text: str) -> str:
    """The text on one line; Thai broken over lines is joined, and a letter with two marks stands once.

    Fonts that draw letter and marks as one shape print it twice into the text: ทั่ทั่วไป. No word repeats such a letter.
    """
    joined = _WRAP.sub("", text.strip().replace("\r", "").replace(_LINE_END_HYPHEN, "-"))
    return _TWICE.sub(r"\1", _SARA_AM.sub("\\1\u0e33", " ".join(joined.split())))


def filled(text: str, other: str) -> str:
    """The text with each shape that told no letter as the other reading has it, where that reads it in one way only.

    Writers note the letters of marks that they move beside the shapes; PDFium reads these, but Chrome's twice.
    """
    others = "".join(other.split())

    def as_read(found: re.Match[str]) -> str:
        letter, marks, vowel = found.groups()
        known = [mark for mark in marks if mark not in (UNKNOWN, "\u0e4d")]
        ways = set(re.findall(f"{letter}([{_MARK}]*{'[าำ]' if vowel else ''})", others)) - {"".join(known) + vowel}
        fitting = [way for way in ways if set(known) <= set(way)]
        return letter + fitting[0] if len(fitting) == 1 else found[0]

    return _WITH_UNKNOWN.sub(as_read, _TONE_IN_AM.sub(f"{UNKNOWN}\u0e32", text))


def is_mark(text: str) -> bool:
    """Whether a character stands above or below the one before it."""
    return bool(_IS_MARK.fullmatch(text))
