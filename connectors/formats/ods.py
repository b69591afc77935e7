"""An OpenDocument spreadsheet as grids, or the tables of an OpenDocument text, each below the lines above it.

Not by calamine: it writes out repeated cells before any limit could be asked, and every sheet ends with a blank row
that repeats a million times.
"""

from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from connectors.formats import markup, refusals
from connectors.formats.allowance import Allowance
from connectors.formats.ods_sheet import Cell, Sheet, repeats
from connectors.formats.unpacked import Package
from connectors.grid import Grid

_NOT_OF_THE_CELL = {
    "office:annotation",
    "table:shapes",
    "table:tracked-changes",
    "text:tracked-changes",
    "table:dde-links",
    "text:note",
    "text:ruby-text",
}
_PARAGRAPHS = ("text:p", "text:h")
_REPEATED = "table:number-columns-repeated"


def packed_grids(package: Package, allowance: Allowance) -> list[Grid]:
    """One grid a sheet or table, in order."""
    if b"encryption-data" in package.part("meta-inf/manifest.xml"):
        raise refusals.password()
    return grids(markup.utf8(package.part("content.xml")), allowance)


def grids(xml: str, allowance: Allowance) -> list[Grid]:
    """The same of a document's content, or of a document in one file of XML (.fods)."""
    document = _Document(allowance)
    markup.read(xml, document, allowance)
    return document.grids


class _Document(ContentHandler):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._allowance = allowance
        self._hidden_styles: set[str] = set()
        self._raised_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._skipped = 0  # open elements whose text is not the cell's
        self._sheet: Sheet | None = None  # the open one
        self._cell = Cell({})  # the open one, or a line outside tables
        self._paragraphs = 0  # open ones: what stands outside them is the layout of the XML
        self._lines: list[Cell] = []  # above the next table

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        own = dict(attrs.items())
        if self._skipped or name in _NOT_OF_THE_CELL or own.get("text:style-name") in self._struck_styles:
            self._skipped += 1
        elif name == "style:style":
            self._style = own.get("style:name", "")
        elif name == "style:table-properties" and own.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "style:text-properties":
            self._note_letters(own)
        elif name.startswith("table:"):
            self._start_table_element(name, own)
        elif name.startswith("text:"):
            self._paragraphs += name in _PARAGRAPHS
            is_raised = own.get("text:style-name") in self._raised_styles
            # The small 1 of a footnote is no digit of the amount before it.
            self._cell.text += " " if is_raised else _blank(name, own, self._cell.text)

    def _note_letters(self, own: dict[str, str]) -> None:
        if own.get("style:text-position", "0").startswith(("super", "sub")):
            self._raised_styles.add(self._style)
        if own.get("style:text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def _start_table_element(self, name: str, own: dict[str, str]) -> None:
        if name == "table:table":
            self._start_table(own)
        elif name == "table:table-row" and self._sheet:
            self._sheet.start_row(own)
        elif name == "table:table-cell":
            self._cell = Cell(own)
        elif name == "table:covered-table-cell":  # what lies below a merged one is not seen
            self._cell = Cell({key: own[key] for key in own.keys() & {_REPEATED}}, is_covered=True)

    def _start_table(self, own: dict[str, str]) -> None:
        if self._sheet:
            raise refusals.no_table("เอกสารนี้มีตารางซ้อนในตาราง", "The document holds a table within a table")
        self._sheet = Sheet(self._allowance, own, hidden=own.get("table:style-name") in self._hidden_styles)
        for line in self._lines:
            self._sheet.start_row({})
            self._sheet.add(line)
            self._sheet.end_row()
        self._lines = []

    def endElement(self, name: str) -> None:  # noqa: N802
        if self._skipped:
            self._skipped -= 1
            return
        self._paragraphs -= name in _PARAGRAPHS
        if self._sheet:
            self._end_in(self._sheet, name)
        elif name in _PARAGRAPHS:
            self._lines += [self._cell] if self._cell.text.strip() else []
            self._allowance.check_rows(len(self._lines))
            self._cell = Cell({})

    def _end_in(self, sheet: Sheet, name: str) -> None:
        if name == "table:table":
            self.grids.append(sheet.grid())
            self._sheet = None
        elif name == "table:table-row":
            sheet.end_row()
        elif name in ("table:table-cell", "table:covered-table-cell"):
            sheet.add(self._cell)
            self._cell = Cell({})

    def characters(self, content: str) -> None:
        if self._paragraphs and not self._skipped:
            self._cell.text += content


def _blank(name: str, own: dict[str, str], before: str) -> str:
    """The space that an element stands for."""
    if name == "text:p":
        return "\n" if before else ""
    if name == "text:s":
        return " " * min(repeats(own, "text:c"), 1000)
    return {"text:tab": "\t", "text:line-break": "\n"}.get(name, "")
