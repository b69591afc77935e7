"""The part of a printed table that stands on one page, and how it goes below the parts before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.formats.thai_print import mended
from connectors.grid import CellValue

Box = tuple[float, float, float, float]  # left, top, right, bottom in points, from the top left of the page

NUMBER = re.compile(r"[0-9,.()\-\s]*[0-9][0-9,.()\-\s]*")
_LONGEST_WORD = 12  # letters and marks: Thai lines are broken between words that no space parts
_MOST_HEIGHTS_BELOW = 4  # of a letter: where a break would leave a line alone, two lines stay empty


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as it stands on a page of pdfplumber's: its text with line breaks, and where it is."""

    text: str
    page: Any
    box: Box

    def lines(self) -> list[list[Any]]:
        """The characters of each line, from the left."""
        left, top, right, bottom = self.box
        lines: list[list[Any]] = []
        for one in sorted(self.page.chars, key=lambda one: float(one["bottom"])):
            x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
            if left < x < right and top < y < bottom:
                if not lines or y > lines[-1][0]["bottom"]:
                    lines.append([])
                lines[-1].append(one)
        return [sorted(line, key=lambda one: float(one["x0"])) for line in lines if _inked(line)]


@dataclass
class Piece:
    """A table, or as much of it as stands on one page; or lines of text, which have no columns."""

    columns: int
    rows: list[list[CellValue]]
    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: list[Sequence[PrintedCell | None]] = field(default_factory=list)  # one a row of a table, none for a line

    def extend(self, piece: Piece) -> None:
        """Put a piece below this one."""
        self.unreadable |= {(row + len(self.rows), column): text for (row, column), text in piece.unreadable.items()}
        self.rows += piece.rows
        self.cells += piece.cells or [()] * len(piece.rows)

    def take_rest(self, below: Piece) -> None:
        """Join to the last row what a page break parted from it; its place on the next page is left blank.

        That is the first row there if it has words alone, each below words whose last line had no room for one more.
        Where another row has words in just these columns it may be a label, and stays a row.
        """
        own = [row for row in range(len(self.rows)) if self._is_own(row, self.rows[:row])]
        first = next((row for row in range(len(below.rows)) if below._is_own(row, self.rows)), None)
        if not own or first is None or any(row == first for row, _ in below.unreadable):
            return
        last, rest = own[-1], below._filled(first)
        lines = own[next((place for place, row in enumerate(own) if self._has_number(row)), len(own)) :]
        if not rest < self._filled(last) or any(self._filled(row) == rest for row in lines):
            return
        pairs = zip(self.cells[last], below.cells[first], strict=True)
        joined = [_joined(*pair) if column in rest else pair[0] for column, pair in enumerate(pairs)]
        if all(joined[column] for column in rest):
            self.cells[last] = joined
            self.rows[last] = [mended(cell.text) if cell else "" for cell in joined]
            below.rows[first], below.cells[first] = [""] * below.columns, ()

    def _is_own(self, row: int, above: Sequence[Sequence[CellValue]]) -> bool:
        """Whether a row is the table's own, and not a heading that is printed again on each page."""
        return bool(self.cells[row]) and (self._has_number(row) or self.rows[row] not in above)

    def _has_number(self, row: int) -> bool:
        return any(NUMBER.fullmatch(str(cell)) for cell in self.rows[row])

    def _filled(self, row: int) -> set[int]:
        return {column for column, cell in enumerate(self.rows[row]) if cell}


def _joined(upper: PrintedCell | None, lower: PrintedCell | None) -> PrintedCell | None:
    """Both as one cell if the words of the upper go down to its bottom and fill their last line; None if not."""
    if not (upper and lower) or NUMBER.fullmatch(upper.text) or NUMBER.fullmatch(lower.text):
        return None
    lines, rest = upper.lines(), lower.lines()
    if not (lines and rest):
        return None
    left, _, right, bottom = upper.box
    last, word = _inked(lines[-1]), _inked(rest[0])[:_LONGEST_WORD]
    margin = min(min(line[0]["x0"] - left, right - line[-1]["x1"]) for line in map(_inked, lines))
    has_room = right - left - 2 * margin - _width(last) >= _width(word)
    heights_below = (bottom - last[0]["bottom"]) / (last[0]["bottom"] - last[0]["top"])
    if has_room or heights_below > _MOST_HEIGHTS_BELOW:
        return None
    # PDFium also puts a space where only the next cell begins.
    space = " " if lines[-1][-1]["text"].isspace() else ""
    return replace(lower, text=f"{upper.text.rstrip()}{space}\n{lower.text}")


def _inked(line: Sequence[Any]) -> list[Any]:
    return [one for one in line if not one["text"].isspace()]


def _width(line: Sequence[Any]) -> float:
    return float(line[-1]["x1"] - line[0]["x0"])
