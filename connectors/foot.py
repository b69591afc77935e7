"""What stands in the columns of amounts below the last line of a table, and is none: signatures, dates, percentages."""

import re
from collections.abc import Sequence

from connectors.cells import ERRORS, TICKS, as_text
from connectors.grid import Grid
from warehouse.vocabulary.money import satang_of

_PERCENTAGES = re.compile(r"(?:คิดเป็น ?)?(?:ร้อยละ|เปอร์เซ็นต์|%)(?: ?\(?(?:%|ร้อยละ|การเบิกจ่าย|ของ.{1,60})\)?)*")

_WORDS = re.compile("[A-Za-z\u0e01-\u0e2e/]")


def is_percentages(words: Sequence[str]) -> bool:
    """Whether a row with these words holds the percentages of the amounts above it."""
    return bool(_PERCENTAGES.fullmatch(" ".join(words)))


def foot_row(
    grid: Grid, rows: Sequence[int], money: Sequence[int], marks: Sequence[int], names: Sequence[int]
) -> int | None:
    """The first of the rows at the end that hold words alone where amounts and marks stand; None if there is none.

    The foot stands apart, or has nothing below the name. A line with words in place of each amount is a line.
    """
    first = None
    for row in reversed(rows):
        is_named = any(grid.text(row, place) for place in names)
        is_full = all(grid.text(row, place).strip() for place in money)
        if (is_named and is_full) or any(_is_value(grid, row, place) for place in [*money, *marks]):
            break
        if not is_named or not any(cell not in ("", None) for cell in grid.rows[row - 1]):
            first = row
    return first


def _is_value(grid: Grid, row: int, place: int) -> bool:
    """Whether a cell holds an amount, a mark or an error, or what was meant for one."""
    value = grid.rows[row][place]
    if value in ("", None):
        return False
    text = as_text(value).strip()
    if not isinstance(value, str) or (row, place) in grid.unreadable or text in ERRORS | TICKS:
        return True
    if any(map(str.isdecimal, text)) and not _WORDS.search(text):
        return True
    try:
        satang_of(text)
    except ValueError:
        return False
    return True
