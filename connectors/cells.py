"""Cells of one column as typed values. What cannot be taken is kept as a defect, never as another value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from connectors.grid import CellValue
from warehouse.vocabulary.money import satang_of
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

Value = TypeVar("Value")
TICKS = frozenset("✓✔√☑☒⁄/xXü×")
_WHOLE = re.compile(r"(?:มิติ(?:ที่)?)?\s*(\d+)(?:\.0+)?")


@dataclass(slots=True)
class Column:
    """One column's cells for some rows, and what is to be done with a cell that cannot be taken."""

    values: Sequence[CellValue]
    refuse: Callable[[int, str], None]  # (place in values, what stands there)


def money_in(column: Column) -> list[int]:
    """Satang of each cell; 0 for a blank, a dash and a refused cell."""
    values = column.values
    if all(type(value) is float for value in values):
        satang = [round(value * 100) for value in values]  # type: ignore[operator,arg-type]
        if all(abs(value * 100 - whole) < 1e-3 for value, whole in zip(values, satang, strict=True)):  # type: ignore[operator]
            return satang
    return [_taken(column, place, value, _satang, 0) for place, value in enumerate(values)]


def text_in(column: Column) -> list[str]:
    """The text of each cell in one spelling; a whole number without its ".0"."""
    return [normal_text(value) if isinstance(value, str) else _as_text(value) for value in column.values]


def integers_in(column: Column) -> list[int | None]:
    """A small number in each cell ("2", "มิติที่ ๒", 2.0); None for a blank and a refused cell."""
    return [_taken(column, place, value, _whole_number, None) for place, value in enumerate(column.values)]


def ticks_in(column: Column) -> list[bool]:
    """Whether each cell is marked."""
    return [_taken(column, place, value, _ticked, False) for place, value in enumerate(column.values)]


def _taken(column: Column, place: int, value: CellValue, take: Callable[[CellValue], Value], otherwise: Value) -> Value:
    try:
        return take(value)
    except ValueError:
        column.refuse(place, str(value))
        return otherwise


def _satang(value: CellValue) -> int:
    if value is None:
        return 0
    if isinstance(value, (str, int, float)):
        return satang_of(value)
    raise ValueError(value)


def _as_text(value: CellValue) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole_number(value: CellValue) -> int | None:
    text = to_arabic_digits(_as_text(value)).strip()
    if not text:
        return None
    if not (found := _WHOLE.fullmatch(text)):
        raise ValueError(value)
    return int(found[1])


def _ticked(value: CellValue) -> bool:
    text = _as_text(value).strip()
    if text and text not in TICKS:
        raise ValueError(value)
    return bool(text)
