"""What a text file may have lost on its way: letters, its end, or the commas that were part of its amounts."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from connectors.formats import refusals

_THAI = re.compile("[\u0e01-\u0e5b]")
_LOST = re.compile(r"\?{3}")
_LEADING = re.compile(r"[-(]?\d{1,3}")  # of an amount with a comma, the figures before it and those after
_FOLLOWING = re.compile(r"\d{3}(?:\.\d+)?\)?")
_WHOLE = re.compile(r"[-(]?(?:\d{1,3}(?:,\d{3})+|\d{5,}|\d{4,}(?=\.))(?:\.\d+)?\)?")


def refuse_lost_letters(text: str) -> None:
    """Raises Unreadable if a program that knows no Thai wrote question marks for it."""
    if _LOST.search(text) and not _THAI.search(text):
        raise refusals.lost_letters()


def refuse_parted_amounts(rows: Sequence[Sequence[str]], width: int) -> None:
    """Raises Unreadable if 55,000.00 without quotes became two cells, 55 and 000.00.

    So it surely is in a row of more cells than usual. Where no amount of the file has its thousands in one cell it is
    in any row, but for a single figure before an amount: that is a dimension or a number, unless 000 follows.
    """
    none_whole = not any(_WHOLE.fullmatch(cell) for cells in rows for cell in cells)
    for row, cells in enumerate(rows):
        for leading, following in _parted(cells):
            surely = len(leading) > 1 or following.startswith("0")
            if len(cells) > width or (none_whole and surely):
                raise refusals.parted_amount(row + 1, f"{leading},{following}")


def _parted(cells: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for a, b in pairwise(cells) if a and b and _LEADING.fullmatch(a) and _FOLLOWING.fullmatch(b))


def refuse_cut_short(text: str, rows: Sequence[Sequence[str]], width: int) -> None:
    """Raises Unreadable if the file ends within its last row: without a line end, and before all cells are there."""
    if text.endswith(("\n", "\r", "\x1a")) or not rows or len(rows[-1]) < 2:
        return
    first = next((row for row, cells in enumerate(rows) if len(cells) >= width), 0)
    others = [len(cells) for cells in rows[first:-1] if len(cells) > 1]
    if others and len(rows[-1]) < min(others):
        raise refusals.damaged()
