"""A web page, often named .xls, as grids: its lines and tables stacked in rows, as Excel shows it."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.grid import CellValue, Grid

CHUNK = 100_000
_LINE_ELEMENTS = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "center", "caption"}
_NOT_SHOWN = {"script", "style", "title", "datalist", "noscript", "template", "rt", "rp", "del", "s", "strike"}
_FIELDS = {"text", "number"}  # whose value a form shows as a cell's text
_CELLS = {"td", "th"}
_ROWS = {"table", "thead", "tbody", "tfoot", "tr"}  # what of them is hidden is read, and told
_TABLE_ENDS = re.compile("</table", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = re.compile(
    r"visibility\s*:\s*hidden|text-decoration[^;]{0,100}line-through|mso-hide\s*:\s*all", re.IGNORECASE
)  # what is so keeps its place
_EXACT = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][-+]?\d{1,2})?", re.ASCII)
_DATA_ROWS, _DATA_COLUMNS = 3, 4  # a smaller table holds titles or signatures


def grids(text: str, allowance: Allowance) -> list[Grid]:
    """The page as one grid; as several where data tables of different width follow, each row still in its place."""
    from lxml import etree

    page = _Page(allowance)
    parser = etree.HTMLParser(target=page)
    try:
        for start in range(0, len(text), CHUNK):
            allowance.check_time()
            parser.feed(text[start : start + CHUNK])
        parser.close()
    except etree.LxmlError as error:
        raise refusals.damaged() from error
    if page.asks_password:
        raise refusals.no_table("ไฟล์นี้คือหน้าเข้าสู่ระบบ ไม่ใช่รายงาน", "This is a login page, not a report")
    if len(_TABLE_ENDS.findall(text)) < page.count:
        raise refusals.damaged()
    if not page.count:
        raise refusals.no_table("ไฟล์นี้คือหน้าเว็บที่ไม่มีตาราง", "This is a web page without a table")
    return page.grids()


@dataclass
class _Table:
    """An open table."""

    number: int
    row: list[CellValue] | None = None
    spans: dict[int, int] = field(default_factory=dict)  # column -> rows below that a cell still covers
    cell: tuple[int, int] | None = None  # columns and rows of the open cell
    exact: float | None = None  # what it holds, where Excel rounded what it shows
    is_hidden: bool = False


class _Page:
    """Takes the parser's events."""

    def __init__(self, allowance: Allowance) -> None:
        self.count = 0  # of tables
        self.asks_password = False
        self._allowance = allowance
        self._rows: list[list[CellValue]] = []
        self._numbers: list[int] = []  # of each row's table, 0 for a line of text
        self._hidden_rows: set[int] = set()
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.asks_password |= tag == "input" and attributes.get("type", "").lower() == "password"
        if self._skipped or tag in _NOT_SHOWN or self._is_hidden(tag, attributes):
            self._skipped += 1
        elif tag in _LINE_ELEMENTS:
            self._text.append("\n")
        elif tag in ("table", "tr"):
            self._end_row()
            self._start_row(tag, attributes)
        elif tag in _CELLS and self._tables:
            self._end_cell()
            self._add_lines()  # what a cell holds below a table of its own
            self._tables[-1].cell = (self._span(attributes, "colspan"), self._span(attributes, "rowspan"))
            self._tables[-1].exact = (
                float(attributes["x:num"]) if _EXACT.fullmatch(attributes.get("x:num", "")) else None
            )
            self._skipped = int(_is_unseen(attributes))
        elif tag == "sup":  # the small 1 of a footnote is no digit of the amount before it
            self._text.append(" ")
        elif tag == "input":
            self._text.append(_shown_in(attributes))

    def end(self, tag: str) -> None:
        """An element ends, by itself or as the parser sees it."""
        if self._skipped:
            self._skipped -= 1
        elif tag in _LINE_ELEMENTS:
            self._text.append("\n")
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table", "html"):
            self._end_row()
            if tag == "table" and self._tables:
                self._tables.pop()

    def data(self, text: str) -> None:
        """Text as written."""
        if not self._skipped:
            self._text.append(re.sub(r"\s+", " ", text))

    def close(self) -> None:
        """The page is over."""
        self._end_row()
        self._tables.clear()

    def grids(self) -> list[Grid]:
        """The rows so far, cut after each data table that another of different width follows."""
        sizes: dict[int, tuple[int, int, int]] = {}  # table -> rows, columns, row after the last
        for place, (number, row) in enumerate(zip(self._numbers, self._rows, strict=True)):
            rows, columns, _ = sizes.get(number, (0, 0, 0))
            sizes[number] = (rows + 1, max(columns, len(row)), place + 1)
        data_tables = [
            (columns, end)
            for number, (rows, columns, end) in sizes.items()
            if number and rows >= _DATA_ROWS and columns >= _DATA_COLUMNS
        ]
        cuts = [end for (width, end), (next_width, _) in pairwise(data_tables) if width != next_width]
        return [
            self._allowance.grid(
                f"ตาราง {index + 1}",
                [list[CellValue]() for _ in range(start)] + self._rows[start:end],
                hidden_rows=frozenset(row for row in self._hidden_rows if start <= row < end),
            )
            for index, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(self._rows)], strict=True))
        ]

    def _is_hidden(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether a part of a cell, or a cell, is not shown, as what a page sorts its rows by."""
        if tag == "option":
            return "selected" not in attributes
        is_hidden = _is_not_shown(attributes) or (tag not in _CELLS and _is_unseen(attributes))
        return is_hidden and bool(self._tables) and tag not in _ROWS

    def _start_row(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.count += 1
            self._tables.append(_Table(self.count))
        elif self._tables:
            self._tables[-1].row = []
            self._tables[-1].is_hidden = _is_not_shown(attributes) or _is_unseen(attributes)

    def _end_cell(self) -> None:
        """Put the open cell into its row, to the right of what cells above still cover."""
        if not self._tables or not self._tables[-1].cell:
            return
        table = self._tables[-1]
        row = table.row = table.row or []
        _cover(table, row)
        columns, rows = self._tables[-1].cell
        self._allowance.check_columns(len(row) + columns)
        table.spans.update(dict.fromkeys(range(len(row), len(row) + columns), rows - 1))
        shown = "\n".join(self._lines())
        row.extend([shown if table.exact is None else table.exact, *[""] * (columns - 1)])
        table.cell = None

    def _end_row(self) -> None:
        """Put the open row, or the lines of text outside tables, below what is there."""
        self._end_cell()
        table = self._tables[-1] if self._tables else None
        if not table or table.row is None:
            self._add_lines()
            return
        _cover(table, table.row)
        table.spans = {column: rows - (column >= len(table.row)) for column, rows in table.spans.items() if rows > 0}
        if table.is_hidden:
            self._hidden_rows.add(len(self._rows))
        self._rows.append(table.row)
        self._allowance.check_rows(len(self._rows))
        self._numbers.append(table.number)
        table.row = None

    def _add_lines(self) -> None:
        lines = self._lines()
        self._allowance.check_rows(len(self._rows) + len(lines))
        self._rows.extend([line] for line in lines)
        self._numbers.extend(0 for _ in lines)

    def _lines(self) -> list[str]:
        lines = [" ".join(line.split()) for line in "".join(self._text).split("\n")]
        self._text.clear()
        return [line for line in lines if line]

    def _span(self, attributes: dict[str, str], name: str) -> int:
        span = attributes.get(name, "1").strip()
        return max(int(span), 1) if span.isascii() and span.isdigit() and len(span) < 9 else 1


def _is_not_shown(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _is_unseen(attributes: dict[str, str]) -> bool:
    return "style" in attributes and bool(_UNSEEN.search(attributes["style"]))


def _shown_in(attributes: dict[str, str]) -> str:
    """What the field of a form shows: its value, or the mark of a box."""
    if "checked" in attributes:
        return "✓"
    return attributes.get("value", "") if attributes.get("type", "text").lower() in _FIELDS else ""


def _cover(table: _Table, row: list[CellValue]) -> None:
    """Blanks where cells above reach into the row."""
    while table.spans.get(len(row), 0) > 0:
        table.spans[len(row)] -= 1
        row.append("")
