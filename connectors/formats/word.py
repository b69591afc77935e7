"""The tables of a Word document (.docx) as grids, each below the lines of text that stand above it.

Not by python-docx: it builds the whole document in memory, and climbs a merged column anew for every row of it.
"""

from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from connectors.formats import markup, refusals
from connectors.formats.allowance import Allowance
from connectors.formats.unpacked import Package
from connectors.grid import CellValue, Grid

_NOT_SHOWN = {"w:moveFrom", "w:del", "w:rt", "mc:Fallback"}
_TEXT = {"w:t", "m:t"}  # of a line, and of a formula
_STRUCK_OUT = {"w:vanish", "w:strike", "w:dstrike"}  # hidden letters, and those that a person crossed out


def grids(package: Package, allowance: Allowance) -> list[Grid]:
    """One grid a table, in order; tables of as many columns that follow each other are one."""
    document = _Document(allowance)
    markup.read(markup.utf8(package.part("word/document.xml")), document, allowance)
    document.end_grid()
    if not document.grids:
        raise refusals.no_table("เอกสาร Word นี้ไม่มีตาราง", "The Word document holds no table")
    return document.grids


@dataclass
class _Table:
    """An open table; the document's body is held like one, with its paragraphs for rows."""

    rows: list[list[CellValue]] = field(default_factory=list)
    text: str = ""  # of the open cell
    columns: int = 1  # that the open cell spans
    is_covered: bool = False  # the open cell belongs to the one above


class _Document(ContentHandler):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._allowance = allowance
        self._skipped = 0  # open elements whose text is not shown
        self._within_text = False
        self._is_run = self._is_struck_out = False  # a run is open; it is not shown
        self._tables = [_Table()]  # the body, and in it the open ones, as a cell may hold another
        self._count = 0  # of tables that ended
        self._rows: list[list[CellValue]] = []  # of the grid so far
        self._shape = (0, 0)  # how deep its tables stand in others, and their columns
        self._first = 0  # the number of the first of them

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if self._skipped or name in _NOT_SHOWN:
            self._skipped += 1
            return
        if name == "w:tbl":
            self._tables.append(_Table())
        elif name in _TEXT:
            self._within_text = not self._is_struck_out
        elif name == "w:r":
            self._is_run = True
        elif self._is_run and name in _STRUCK_OUT:
            self._is_struck_out = attrs.get("w:val") not in ("0", "false", "off")
        else:
            self._start_in(self._tables[-1], name, attrs)

    def _start_in(self, table: _Table, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "w:tr":
                table.rows.append([])
                self._allowance.check_rows(len(table.rows))
            case "w:tc":
                table.text, table.columns, table.is_covered = "", 1, False
            case "w:gridSpan":
                table.columns = self._width(attrs)
            case "w:gridBefore":
                table.rows[-1].extend([""] * self._width(attrs))
            case "w:vMerge":
                table.is_covered = attrs.get("w:val") != "restart"
            case "w:vertAlign":  # the small 1 of a footnote is no digit of the amount before it
                table.text += " " if self._is_run else ""
            case _:
                table.text += _mark(name, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        if self._skipped:
            self._skipped -= 1
            return
        table = self._tables[-1]
        match name:
            case _ if name in _TEXT:
                self._within_text = False
            case "w:r":
                self._is_run = self._is_struck_out = False
            case "w:p":
                self._end_paragraph(table)
            case "w:tc":
                value = "" if table.is_covered else table.text.strip(" \n")
                table.rows[-1].extend([value, *[""] * (table.columns - 1)])
            case "w:tbl":
                self._end_table(self._tables.pop())

    def characters(self, content: str) -> None:
        if self._within_text and not self._skipped:
            self._tables[-1].text += content

    def _end_paragraph(self, table: _Table) -> None:
        if len(self._tables) > 1:
            table.text += "\n"
            return
        table.rows.extend([line.strip()] for line in table.text.split("\n") if line.strip())
        table.text = ""
        self._allowance.check_rows(len(table.rows))

    def _end_table(self, table: _Table) -> None:
        """Put a table below the one before it, or begin a grid with it."""
        self._count += 1
        shape = len(self._tables), max(map(len, table.rows), default=0)
        if shape != self._shape:
            self.end_grid()
            self._shape, self._first = shape, self._count
        above, self._tables[0].rows = self._tables[0].rows, []
        for outer in self._tables[1:]:  # a page within a table has its title beside the inner one, in the same cell
            above += [[line] for line in outer.text.split("\n") if line]
        self._rows += above + table.rows
        self._allowance.check_rows(len(self._rows))

    def end_grid(self) -> None:
        """No table follows that would go on with this one."""
        if self._first:
            self.grids.append(self._allowance.grid(f"ตาราง {self._first}", self._rows))
        self._rows = []

    def _width(self, attrs: AttributesImpl) -> int:
        width = attrs.get("w:val") or "1"
        if not (width.isascii() and width.isdigit() and len(width) < 9):
            raise refusals.damaged()
        self._allowance.check_columns(int(width))
        return int(width)


def _mark(name: str, attrs: AttributesImpl) -> str:
    """What an element prints that holds no text of its own."""
    if name == "w:sym":  # a tick of Wingdings is F0FC
        return chr(int(attrs["w:char"], 16) & 0xFF)
    if name == "w:tab" and not attrs.getLength():  # one with attributes is a tab stop
        return "\t"
    return {"w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}.get(name, "")
