"""Cells of one column as typed values. What cannot be taken is refused by name, never taken as another value."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

import numpy as np

from connectors.grid import CellValue
from warehouse.vocabulary.money import LARGEST, satang_of
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

Value = TypeVar("Value")
Refuse = Callable[[int, str], None]
"""Told of each cell that cannot be taken: its place in the column, and what stands there."""

# As typed, drawn, or left by the fonts Wingdings and Wingdings 2 (ü þ P R, and the same in the private use area).
TICKS = frozenset("✓✔√☑☒✗✘✅🗸/⁄vVxX×üþPR●•1\uf0fc\uf0fe\uf050\uf052")
_NO_TICKS = frozenset({"", "-", "–", "—", "☐", "□", "0"})
ERRORS = frozenset({"N/A", "n/a", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"})
_WHOLE = re.compile(r"(?:สอดคล้อง)?\(?(?:กับ)?(?:มิติ(?:ที่)?)?(\d{1,9})(?:\.0+)?\)?")
_DIMENSION = re.compile(r"มิติ ?(?:ที่)? ?(\d)(?!\d)")


def money_in(values: Sequence[CellValue], refuse: Refuse) -> list[int]:
    """Satang of each cell; 0 for a blank, a dash and a refused cell."""
    if set(map(type, values)) == {float}:
        baht = np.array(values)
        if (np.abs(baht) <= LARGEST / 100).all():  # which is false for what is no number
            satang = np.rint(baht * 100)
            # Where none is further from a whole number than the noise of doubles, none needs a second look.
            if (np.abs(baht * 100 - satang) < 1e-3).all():
                return cast(list[int], satang.astype(np.int64).tolist())
    return [_taken(value, place, _satang, 0, refuse) for place, value in enumerate(values)]


def text_in(values: Sequence[CellValue], refuse: Refuse) -> list[str]:
    """The text of each cell in one spelling; a whole number without its ".0"; blank for a refused cell."""
    if set(map(type, values)) == {str}:
        spelt = {text: normal_text(text) for text in set(cast(Sequence[str], values))}
        texts = list(map(spelt.__getitem__, cast(Sequence[str], values)))
    else:
        texts = [normal_text(as_text(value)) for value in values]
    if ERRORS.isdisjoint(texts):
        return texts
    for place, text in enumerate(texts):
        if text in ERRORS:
            refuse(place, text)
    return ["" if text in ERRORS else text for text in texts]


def integers_in(values: Sequence[CellValue], refuse: Refuse) -> list[int | None]:
    """A small number in each cell ("2", "มิติที่ ๒", 2.0); None for a blank and a refused cell."""
    return [_taken(value, place, _whole_number, None, refuse) for place, value in enumerate(values)]


def ticks_in(values: Sequence[CellValue], refuse: Refuse) -> list[bool]:
    """Whether each cell is marked."""
    return [bool(value) and _taken(value, place, _ticked, False, refuse) for place, value in enumerate(values)]


def as_text(value: CellValue) -> str:
    """A cell as people read it: nothing for an empty one, a whole number without its ".0"."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def dimension_in(line: str) -> str | None:
    """The number in a line such as "มิติที่ ๒ การบริหารราชการด้วยความโปร่งใส"."""
    found = _DIMENSION.match(to_arabic_digits(line))
    return found[1] if found else None


def _taken(value: CellValue, place: int, take: Callable[[CellValue], Value], otherwise: Value, refuse: Refuse) -> Value:
    try:
        return take(value)
    except ValueError:
        refuse(place, str(value))
        return otherwise


def _satang(value: CellValue) -> int:
    if value is None:
        return 0
    if isinstance(value, str | int | float):
        return satang_of(value)
    raise ValueError(value)


def _whole_number(value: CellValue) -> int | None:
    if isinstance(value, bool):
        raise ValueError(value)
    text = to_arabic_digits(normal_text(as_text(value))).replace(" ", "")
    if not text:
        return None
    if not (found := _WHOLE.fullmatch(text)):
        raise ValueError(value)
    return int(found[1])


def _ticked(value: CellValue) -> bool:
    if isinstance(value, bool):
        return value
    text = as_text(value).strip().removesuffix("\ufe0f")
    if text not in TICKS and text not in _NO_TICKS:
        raise ValueError(value)
    return text in TICKS
