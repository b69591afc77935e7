"""What calamine does not tell about a worksheet, seen in its XML: extents, errors, formulas, hidden rows."""

import re
from dataclasses import replace
from functools import cache
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from connectors.formats import markup, refusals
from connectors.formats.allowance import Allowance
from connectors.grid import Grid
from connectors.limits import Limits

Position = tuple[int, int]  # row and column from 0

# Only a full reading can tell. A pattern that begins with fixed bytes is searched ten times as fast as a choice.
_FORMULA = re.compile(rb"<f[\s/>]")
_FORMULA_WITHOUT_VALUE = re.compile(rb"</f>(?!<v>[^<])|/></c>")
_HIDDEN = re.compile(rb'hidden="[^0f]')
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_ERROR_TYPE = re.compile(rb"""(<(?:[^\s<>/]*:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2""")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def is_simple(part: bytes, limits: Limits, is_stale: bool) -> bool:
    """Whether all is written as Excel writes it, surely within the limits, without errors or uncalculated formulas.

    `is_stale` tells that no formula of the workbook is calculated.
    """
    return not (
        _doubtful_cell(limits).search(part)
        or _PREFIXED_CELL.search(part)
        or _HIDDEN.search(part)
        or (_FORMULA.search(part) and (is_stale or _FORMULA_WITHOUT_VALUE.search(part)))
    )


@cache
def _doubtful_cell(limits: Limits) -> re.Pattern[bytes]:
    blocks = min(limits.columns // 26 - 1, 26)  # AA-AZ is the first
    columns = f"[A-Z]|[A-{chr(64 + blocks)}][A-Z]" if blocks > 0 else f"[A-{chr(64 + min(limits.columns, 26))}]"
    more_digits = max(len(str(limits.rows)) - 2, 0)
    # The commonest first: that halves the time.
    attributes = '>| t="s">| s="[0-9]+">| s="[0-9]+" t="s">|(?: (?:s|t|cm|vm|ph)="(?!e")[^"<>]*")*/?>'
    return re.compile(rf'<c(?! r="(?:{columns})[1-9][0-9]{{0,{more_digits}}}"(?:{attributes}))(?![A-Za-z])'.encode())


def seen_in(part: bytes, allowance: Allowance, is_stale: bool) -> "Seen":
    """What a full reading of the sheet's XML shows; raises Unreadable if a cell lies beyond the limits."""
    seen = Seen(allowance, is_stale)
    markup.read(markup.utf8(part), seen, allowance)
    return seen


def with_errors_as_text(part: bytes) -> bytes:
    """The part in which #REF! and its kind are text: calamine gives blanks for some and refuses the others."""
    return _ERROR_TYPE.sub(rb"\1\2str\2", part)


def marked(grid: Grid, seen: "Seen") -> Grid:
    """The grid with what was seen: an unreadable cell holds its text, never a blank or a number."""
    rows = grid.rows
    if seen.unreadable:
        height = max(len(rows), max(row for row, _ in seen.unreadable) + 1)
        width = max(len(rows[0]) if rows else 0, max(column for _, column in seen.unreadable) + 1)
        rows = [row + [""] * (width - len(row)) for row in rows] + [[""] * width for _ in range(height - len(rows))]
        for (row, column), text in seen.unreadable.items():
            rows[row][column] = text
    hidden_rows = frozenset(row for row in seen.hidden_rows if row < len(rows))
    return replace(grid, rows=rows, unreadable=seen.unreadable, hidden_rows=hidden_rows)


class Seen(ContentHandler):
    """Errors, formulas that were never calculated, and hidden rows; cells are placed as calamine places them."""

    def __init__(self, allowance: Allowance, is_stale: bool) -> None:
        super().__init__()
        self._is_stale = is_stale
        self.unreadable: dict[Position, str] = {}
        self.hidden_rows: set[int] = set()
        self._allowance = allowance
        self._row = self._column = 0  # of the next cell that does not say where it is
        self._cell: Position | None = None
        self._type = ""
        self._texts: dict[str, str] = {}  # of the open cell, by element: calamine skips a cell without any
        self._element = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = markup.local(name)
        if name == "row":
            self._start_row(attrs)
        elif name == "c":
            self._start_cell(attrs)
        elif self._cell:
            self._element = name
            self._texts.setdefault(name, "")

    def endElement(self, name: str) -> None:  # noqa: N802
        name = markup.local(name)
        if name == "row":
            self._row += 1
            self._column = 0
        elif name == "c":
            self._end_cell()
        self._element = ""

    def characters(self, content: str) -> None:
        if self._element:
            self._texts[self._element] += content

    def _start_row(self, attrs: AttributesImpl) -> None:
        if "r" in attrs:
            self._row = _position("A" + attrs["r"])[0]
        if attrs.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self._row)

    def _start_cell(self, attrs: AttributesImpl) -> None:
        if self._cell:  # a cell inside a cell
            raise refusals.damaged()
        self._cell = _position(attrs["r"]) if "r" in attrs else (self._row, self._column)
        self._column = self._cell[1] + 1
        self._type = attrs.get("t", "")
        self._texts = {}

    def _end_cell(self) -> None:
        if self._cell and self._texts:
            row, column = self._cell
            self._allowance.check_rows(row + 1)
            self._allowance.check_columns(column + 1)
            value = self._texts.get("v", "")
            if self._type == "e":
                self.unreadable[self._cell] = value
            elif "f" in self._texts and (
                self._is_stale or (not value and ("v" not in self._texts or self._type != "str"))
            ):
                self.unreadable[self._cell] = "=" + self._texts["f"]
        self._cell = None


def _position(reference: str) -> Position:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise refusals.damaged()
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
