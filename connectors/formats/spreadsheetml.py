"""An Excel 2003 XML spreadsheet, usually named .xls, as grids."""

import datetime
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from connectors.formats import markup, refusals
from connectors.formats.allowance import Allowance
from connectors.grid import CellValue, Grid


def grids(xml: str, allowance: Allowance) -> list[Grid]:
    """One grid a worksheet, in order."""
    workbook = _Workbook(allowance)
    markup.read(xml, workbook, allowance)
    return workbook.grids


class _Workbook(ContentHandler):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._allowance = allowance
        self._within: list[str] = []  # the open elements
        self._text = ""
        self._type = ""
        self._value: CellValue = ""
        self._columns = 1  # that the open cell spans
        self._hidden = False
        self._start_sheet({})

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        own = {markup.local(key): attrs[key] for key in attrs.getNames()}
        self._within.append(markup.local(name))
        match self._within:
            case [*_, "Worksheet"]:
                self._start_sheet(own)
            case [*_, "Table", "Row"]:
                self._start_row(own)
            case [*_, "Row", "Cell"]:
                self._start_cell(own)
            case [*_, "Cell", "Data"]:
                self._type = own.get("Type", "String")
                self._text = ""
            case [*_, "Data", "Sup" | "Sub"]:  # the small 1 of a footnote is no digit of the amount before it
                self._text += " "
            case [*_, "WorksheetOptions", "Visible"]:
                self._text = ""

    def endElement(self, name: str) -> None:  # noqa: N802
        match self._within:
            case ["Workbook", "Worksheet"]:
                self.grids.append(
                    self._allowance.grid(
                        self._name, self._rows, self._hidden, self._unreadable, frozenset(self._hidden_rows)
                    )
                )
            case [*_, "Row", "Cell"]:
                self._end_cell()
            case [*_, "Cell", "Data"]:
                self._value = self._typed()
            case [*_, "WorksheetOptions", "Visible"]:
                self._hidden = self._text.strip() != "SheetVisible"
        self._within.pop()

    def characters(self, content: str) -> None:
        if "S" not in self._within:  # crossed out
            self._text += content

    def _start_sheet(self, own: dict[str, str]) -> None:
        self._name = own.get("Name", "")
        self._hidden = False
        self._rows: list[list[CellValue]] = []
        self._unreadable: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()

    def _start_row(self, own: dict[str, str]) -> None:
        row = _index(own, len(self._rows))
        self._allowance.check_rows(row + 1)
        self._rows.extend([] for _ in range(row + 1 - len(self._rows)))
        if own.get("Hidden") == "1":
            self._hidden_rows.add(row)

    def _start_cell(self, own: dict[str, str]) -> None:
        row = self._rows[-1]
        column = _index(own, len(row))
        self._columns = 1 + _number(own, "MergeAcross", 0)
        self._allowance.check_columns(column + self._columns)
        row.extend([""] * (column - len(row)))
        formula = own.get("Formula")
        self._type = "Error" if formula else "String"  # until Data says otherwise
        self._value = formula or ""

    def _end_cell(self) -> None:
        if self._type == "Error":
            self._unreadable[len(self._rows) - 1, len(self._rows[-1])] = str(self._value)
        self._rows[-1].extend([self._value, *[""] * (self._columns - 1)])

    def _typed(self) -> CellValue:
        text = self._text
        try:
            match self._type:
                case "Number":
                    return float(text)
                case "DateTime":
                    moment = datetime.datetime.fromisoformat(text)
                    return moment if moment.time() != datetime.time() else moment.date()
                case "Boolean":
                    return text.strip() == "1"
        except ValueError as error:
            raise refusals.damaged() from error
        return text


def _index(own: dict[str, str], following: int) -> int:
    """Where the row or cell stands, from 0; never before what already stands there."""
    place = _number(own, "Index", following + 1) - 1
    if place < following:
        raise refusals.damaged()
    return place


def _number(own: dict[str, str], name: str, otherwise: int) -> int:
    number = own.get(name, str(otherwise))
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise refusals.damaged()
    return int(number)
