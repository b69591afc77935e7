"""Which item of the ITA assessment (OIT) a public document serves: ita_items.csv, by fiscal year and half."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

_FILE = Path(__file__).with_name("ita_items.csv")


@dataclass(frozen=True, slots=True)
class ItaItem:
    """One numbered item. The numbering changes every year; not confirmed: the list of that year was not seen."""

    item: str
    confirmed: bool
    source: str


@cache
def ita_items() -> dict[tuple[Period, str], ItaItem]:
    """All items known, by the period of the report and the document: measures, budget or plan."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            (Period(FiscalYear(int(line["fiscal_year"])), Half(int(line["half"]))), line["document"]): ItaItem(
                line["item"], _confirmed(line["confirmed"]), line["source"]
            )
            for line in csv.DictReader(file)
        }


def _confirmed(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{_FILE.name}: confirmed must be yes or no, not {text!r}")
    return text == "yes"
