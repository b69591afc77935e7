"""The part of a printed table that stands on one page, and how it goes below the parts before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.formats.pdf_page import Box, has_ink
from connectors.formats.thai_print import mended
from connectors.grid import CellValue

NUMBER = re.compile(r"[0-9,.()\-\s]*[0-9][0-9,.()\-\s]*")
_LONGEST_WORD = 12  # letters and marks: Thai lines are broken between words that no space parts
_MOST_HEIGHTS_BELOW = 4  # of a letter: where a break would leave a line alone, two lines stay empty


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell's text with its line breaks, and where it stands."""

    text: str
    box: Box


@dataclass
class Piece:
    """A table, or as much of it as stands on one page; or lines of text, which have no columns."""

    columns: int
    rows: list[list[CellValue]]
    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: list[Sequence[PrintedCell | None]] = field(default_factory=list)  # one a row of a table, none for a line
    _last: int | None = None  # the last row that is no heading printed again
    _has_numbers: bool = False
    _worded: set[tuple[CellValue, ...]] = field(default_factory=set)  # rows of words alone
    _labelled: set[frozenset[int]] = field(default_factory=set)  # the columns of those that stand below a number

    def extend(self, piece: Piece) -> None:
        """Put a piece below this one."""
        for row in piece.own_rows(self._worded):
            cells = piece.rows[row]
            self._last = len(self.rows) + row
            if _has_number(cells):
                self._has_numbers = True
                continue
            self._worded.add(tuple(cells))
            if self._has_numbers:
                self._labelled.add(_filled(cells))
        self.unreadable |= {(row + len(self.rows), column): text for (row, column), text in piece.unreadable.items()}
        self.rows += piece.rows
        self.cells += piece.cells or [()] * len(piece.rows)

    def take_rest(self, below: Piece) -> None:
        """Join to the last row what a page break parted from it; its place on the next page is left blank.

        That is the first row there if it has words alone, each below words whose last line had hardly room for one
        more. Where another row has words in just these columns it may be a label, and stays a row.
        """
        last, first = self._last, next(iter(below.own_rows(self._worded)), None)
        if last is None or first is None or any(row == first for row, _ in below.unreadable):
            return
        rest = _filled(below.rows[first])
        if not rest < _filled(self.rows[last]) or rest in self._labelled:
            return
        pairs = zip(self.cells[last], below.cells[first], strict=True)
        joined = [_joined(*pair) if column in rest else pair[0] for column, pair in enumerate(pairs)]
        if all(joined[column] for column in rest):
            self.cells[last] = joined
            self.rows[last] = [mended(cell.text) if cell else "" for cell in joined]
            below.rows[first], below.cells[first] = [""] * below.columns, ()

    def own_rows(self, worded: Collection[tuple[CellValue, ...]]) -> list[int]:
        """The table's rows without the headings that were already printed above it; `worded` holds those."""
        return [
            row
            for row, cells in enumerate(self.cells)
            if cells and (_has_number(self.rows[row]) or tuple(self.rows[row]) not in worded)
        ]


def _has_number(cells: Sequence[CellValue]) -> bool:
    return any(NUMBER.fullmatch(str(cell)) for cell in cells)


def _filled(cells: Sequence[CellValue]) -> frozenset[int]:
    return frozenset(column for column, cell in enumerate(cells) if cell)


def _joined(upper: PrintedCell | None, lower: PrintedCell | None) -> PrintedCell | None:
    """Both as one cell if the words of the upper go down to its bottom and fill their last line; None if not.

    Some writers break lines up to a letter before they are full.
    """
    if not (upper and lower) or NUMBER.fullmatch(upper.text) or NUMBER.fullmatch(lower.text):
        return None
    lines, rest = upper.box.lines(), lower.box.lines()
    if not (lines and rest):
        return None
    left, _, right, bottom = upper.box.place
    last, word = lines[-1], rest[0][:_LONGEST_WORD]
    margin = min(min(line[0]["x0"] - left, right - line[-1]["x1"]) for line in lines)
    height = last[0]["bottom"] - last[0]["top"]
    room = right - left - 2 * margin - _width(last)
    if room > _width(word) + height or bottom - last[0]["bottom"] > _MOST_HEIGHTS_BELOW * height:
        return None
    # PDFium also puts a space where only the next cell begins.
    space = "" if has_ink(upper.box.characters[-1]) else " "
    return replace(lower, text=f"{upper.text.rstrip()}{space}\n{lower.text}")


def _width(line: Sequence[Any]) -> float:
    return float(line[-1]["x1"] - line[0]["x0"])
