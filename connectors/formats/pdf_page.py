"""A page of a PDF, and the text in a box on it as read in more than one way: none reads every font's Thai."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from connectors.formats.thai_print import filled, is_mark

Place = tuple[float, float, float, float]  # left, top, right, bottom in points, from the top left of the page as shown

_SPACE = 0.2  # of a letter's size; what is less is the room between letters
_SMALL = 0.85  # of the largest letter beside it


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, with pdfplumber's characters in it as they were drawn and what PDFium reads there."""

    place: Place
    characters: list[Any]
    by_pdfium: str

    def as_drawn(self) -> str:
        """The characters in the order of drawing, which for most writers is that of the text."""
        text, last = "", None
        for one in self.characters:
            if last and not last["top"] < _height(one) < last["bottom"]:
                text, last = text + "\n", None
            if last and not is_mark(one["text"]) and one["x0"] - last["x1"] > _SPACE * one["size"]:
                text += " "
            text += one["text"]
            last = last if last and is_mark(one["text"]) else one
        return filled(text, self.by_pdfium)

    def from_the_left(self) -> str:
        """The characters from left to right, line by line."""
        from pdfplumber.utils.text import extract_text

        return str(extract_text(self.characters))

    def has_small_letters(self) -> bool:
        """Whether some of its letters are much smaller than others, as raised ones are."""
        sizes = [float(one["size"]) for one in self.characters if has_ink(one)]
        return bool(sizes) and min(sizes) < _SMALL * max(sizes)

    def has_lost_letters(self) -> bool:
        """Whether something was drawn for which its font tells no letter, or one that nobody sees.

        What has no width, and stands alone, is a blank.
        """
        drawn = [one for one in self.characters if has_ink(one)]
        lost = [one for one in drawn if any(category(letter) in ("Cc", "Cf") for letter in one["text"])]
        return any(one["x1"] > one["x0"] for one in lost) or 0 < len(lost) < len(drawn)

    def lines(self) -> list[list[Any]]:
        """The characters of each line, from the left."""
        lines: list[list[Any]] = []
        for one in sorted(filter(has_ink, self.characters), key=lambda one: float(one["bottom"])):
            if not lines or _height(one) > lines[-1][0]["bottom"]:
                lines.append([])
            lines[-1].append(one)
        return [sorted(line, key=lambda one: float(one["x0"])) for line in lines]


def has_ink(character: Any) -> bool:
    """Whether it is no blank."""
    return not character["text"].isspace()


class PdfPage:
    """One page, as both libraries have it."""

    def __init__(self, page: Any, printed: Any) -> None:
        self._page, self._printed = page, printed
        self._numbered = sorted(enumerate(page.chars), key=lambda pair: _height(pair[1]))
        self._heights = [_height(one) for _, one in self._numbered]

    def box(self, place: Place) -> Box:
        """What stands at a place; pdfplumber counts it from the top of the page as shown, PDFium on it unturned."""
        left, top, right, bottom = place
        band = self._numbered[bisect_left(self._heights, top) : bisect_left(self._heights, bottom)]
        inside = [pair for pair in band if left <= (pair[1]["x0"] + pair[1]["x1"]) / 2 < right]
        characters = [one for _, one in sorted(inside, key=lambda pair: pair[0])]
        width, height = self._page.width, self._page.height
        unturned = {
            0: (left, height - bottom, right, height - top),
            90: (top, left, bottom, right),
            180: (width - right, top, width - left, bottom),
            270: (height - bottom, width - right, height - top, width - left),
        }
        text = self._printed.get_text_bounded(*unturned[self._page.rotation])
        return Box(place, characters, text)


def _height(character: Any) -> float:
    return float(character["top"] + character["bottom"]) / 2
