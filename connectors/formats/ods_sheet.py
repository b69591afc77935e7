"""Rows and cells of one OpenDocument sheet, repeated ones written out where something stands in them."""

import datetime
import re
from dataclasses import dataclass

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.grid import CellValue, Grid

# As old LibreOffice writes them: as number 0, with the error as the text shown.
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)|Err:[0-9]+")


@dataclass
class Cell:
    """A cell's attributes and the text shown in it."""

    own: dict[str, str]
    text: str = ""
    is_covered: bool = False  # by a merged one

    def is_unreadable(self) -> bool:
        """Whether it shows an error, or is a formula that was never calculated."""
        uncalculated = "table:formula" in self.own and "office:value-type" not in self.own
        return uncalculated or self.own.get("calcext:value-type") == "error" or bool(_ERROR.fullmatch(self.text))

    def value(self) -> CellValue:
        """The value by its type; the text shown where there is none, or where it cannot be read."""
        if self.is_covered:
            return ""
        if self.is_unreadable():
            return self.text or self.own.get("table:formula", "")
        try:
            match self.own.get("office:value-type"):
                case "currency" if self.own.get("office:currency", "THB") != "THB":
                    return self.text
                case "float" | "currency":
                    return float(self.own["office:value"])
                case "boolean":
                    return self.own["office:boolean-value"] == "true"
                case "date":
                    moment = datetime.datetime.fromisoformat(self.own["office:date-value"])
                    return moment if "T" in self.own["office:date-value"] else moment.date()
        except (KeyError, ValueError) as error:
            raise refusals.damaged() from error
        return self.text


class Sheet:
    """Gathers rows; blank ones, and blank cells, count only once something follows them."""

    def __init__(self, allowance: Allowance, own: dict[str, str], hidden: bool) -> None:
        self._allowance = allowance
        self._name = own.get("table:name", "")
        self._hidden = hidden
        self._rows: list[list[CellValue]] = []
        self._blank_rows = 0
        self._unreadable: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()
        self.start_row({})

    def start_row(self, own: dict[str, str]) -> None:
        """A row begins, which may stand for many."""
        self._row: list[CellValue] = []
        self._blank_cells = 0
        self._errors: dict[int, str] = {}
        self._row_repeats = repeats(own, "table:number-rows-repeated")
        self._row_hidden = own.get("table:visibility") in ("collapse", "filter")

    def add(self, cell: Cell) -> None:
        """The next cell of the row, which may stand for many."""
        count = repeats(cell.own, "table:number-columns-repeated")
        value = cell.value()
        if value == "":
            self._blank_cells += count
            return
        column = len(self._row) + self._blank_cells
        self._allowance.check_columns(column + count)
        self._row.extend([""] * self._blank_cells + [value] * count)
        self._blank_cells = 0
        if cell.is_unreadable():
            self._errors.update(dict.fromkeys(range(column, column + count), str(value)))

    def end_row(self) -> None:
        """The row is complete."""
        if not self._row:
            self._blank_rows += self._row_repeats
            return
        first = len(self._rows) + self._blank_rows
        places = range(first, first + self._row_repeats)
        self._allowance.check_rows(places.stop)
        self._rows.extend([] for _ in range(self._blank_rows))
        self._rows.extend(list(self._row) for _ in places)
        self._blank_rows = 0
        self._unreadable.update({(row, column): text for row in places for column, text in self._errors.items()})
        self._hidden_rows.update(places if self._row_hidden else ())

    def grid(self) -> Grid:
        """The sheet as read."""
        return self._allowance.grid(
            self._name, self._rows, self._hidden, self._unreadable, frozenset(self._hidden_rows)
        )


def repeats(own: dict[str, str], name: str) -> int:
    """How many the element stands for."""
    count = own.get(name, "1")
    if not (count.isascii() and count.isdigit() and len(count) < 9):
        raise refusals.damaged()
    return int(count)
