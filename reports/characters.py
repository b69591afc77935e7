"""Characters that the report's fonts have, so that one emoji in a project's name cannot stop a report."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_RANGES = Path(__file__).parent / "fonts" / "characters.txt"
_SPACE = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
STAND_IN = "□"


@cache
def printable() -> frozenset[int]:
    """Code points that every style of the fonts has."""
    ranges = (line.split("-") for line in _RANGES.read_text("ascii").split())
    return frozenset(code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def unprintable_in(text: str) -> list[str]:
    """The characters of a text that the fonts lack, once each; those that nobody sees do not count."""
    return sorted({character for character in set(text) if _fitted(character) == STAND_IN != character})


def fitted(value: Any) -> Any:
    """The same plain data with □ for what the fonts lack, a space for a line break and nothing for the invisible."""
    if isinstance(value, str):
        return value if printable().issuperset(map(ord, value)) else "".join(map(_fitted, _SPACE.sub(" ", value)))
    if isinstance(value, dict):
        return {key: fitted(each) for key, each in value.items()}
    return [fitted(each) for each in value] if isinstance(value, list | tuple) else value


def _fitted(character: str) -> str:
    if ord(character) in printable():
        return character
    if _SPACE.fullmatch(character):
        return " "
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf") or 0xFE00 <= ord(character) <= 0xFE0F else STAND_IN


def code_points(characters: list[str]) -> str:
    """U+1F600 U+4E2D, for a note that can itself be printed."""
    return " ".join(f"U+{ord(character):04X}" for character in characters)
