"""Which item of the ITA assessment (OIT) a public document serves, by fiscal year and half.

The numbering changes every year: an own file beside the settings goes before ita_items.csv of the house.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

DOCUMENTS = ("measures", "budget", "plan")
_FILE = Path(__file__).with_name("ita_items.csv")


@dataclass(frozen=True, slots=True)
class ItaItem:
    """One numbered item. The numbering changes every year; not confirmed: the list of that year was not seen."""

    item: str
    confirmed: bool
    source: str


Items = Mapping[tuple[Period, str], ItaItem]
"""By the period of the report and the document: measures, budget or plan."""


@cache
def ita_items() -> Items:
    """All items that the house knows."""
    return _items(_FILE.read_text(encoding="utf-8").splitlines())


def items_of(period: Period, own: Path | None) -> dict[str, ItaItem]:
    """The items of one period by document, those of an own file first. Raises WrongSettings that names a bad line."""
    items = {**ita_items(), **(_read(own) if own else {})}
    return {document: item for (of, document), item in items.items() if of == period}


def _read(path: Path) -> Items:
    try:
        return _items(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, ValueError, csv.Error) as cause:
        columns = "fiscal_year,half,document,item,confirmed,source"
        raise WrongSettings(
            f"อ่านข้อ ITA ใน {path} ไม่ได้: {cause} หัวตารางคือ {columns}",
            f"the ITA items in {path} cannot be read: {cause}; columns are {columns}",
        ) from cause


def _items(lines: Iterable[str]) -> Items:
    found: dict[tuple[Period, str], ItaItem] = {}
    reader = csv.DictReader(lines)
    for line in reader:
        try:
            period = Period(FiscalYear(int(line["fiscal_year"])), Half(int(line["half"])))
            item = ItaItem(_told(line["item"]), {"yes": True, "no": False}[line["confirmed"]], _told(line["source"]))
            found[period, DOCUMENTS[DOCUMENTS.index(line["document"])]] = item
        except (ValueError, KeyError, TypeError) as cause:
            raise ValueError(f"line {reader.line_num}: {cause}") from cause
    return found


def _told(text: str | None) -> str:
    if not text:
        raise ValueError("item and source must be told")
    return text
