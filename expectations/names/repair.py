"""Names in a PDF put right by the master lists, where its font lost marks or put them out of order."""

import re
from collections.abc import Collection
from dataclasses import replace

from expectations.names.areas import districts_in, provinces
from expectations.names.labels import LISTS, WORD_IN_FRONT, is_known, known_names
from warehouse.vocabulary.organisations import organisation_names
from warehouse.vocabulary.records import Defect, Reading

# Marks above and below, what stands for no letter, and spaces: fonts lose and move these. The letters stay.
_UNSURE = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\0\ufffd\ue000-\uf8ff\\s]")


def repair_names(reading: Reading) -> None:
    """Change each name of a PDF that is in no list to the one name with the same letters, told as name.repaired.

    A name like none or like several stays; other exports keep every name as they spell it.
    """
    if not reading.is_print:
        return
    year = reading.title.fiscal_year.year if reading.title.fiscal_year else None
    for column in LISTS.keys() & reading.letters.keys():
        names = reading.columns[column]
        for printed in dict.fromkeys(names):
            if printed and not is_known(column, printed, year) and (meant := _label(column, printed, year)):
                row = reading.columns["source_row"][names.index(printed)]
                _tell(reading, printed, meant, column, row)
                names[:] = [meant if name == printed else name for name in names]
    _repair_title(reading)


def _label(column: str, printed: str, year: int | None) -> str | None:
    """A label as meant, with แผนงาน or งาน in front where it is printed so."""
    known, front = known_names(column, year), WORD_IN_FRONT.get(column, "")
    meant = only_like(printed, known)
    if meant or not front or not printed.startswith(front):
        return meant
    name = only_like(printed.removeprefix(front), known)
    return front + name if name else None


def _repair_title(reading: Reading) -> None:
    """The province first, as it tells which districts there are."""
    title = reading.title
    province = _named(reading, title.province, provinces())
    district = _named(reading, title.district, districts_in(province))
    organisation = _named(reading, title.organisation, organisation_names())
    reading.title = replace(title, organisation=organisation, district=district, province=province)


def _named(reading: Reading, printed: str | None, names: Collection[str]) -> str | None:
    if not printed or printed in names or not (meant := only_like(printed, names)):
        return printed
    _tell(reading, printed, meant)
    return meant


def only_like(printed: str, names: Collection[str]) -> str | None:
    """The one name with the same letters in the same order; None if there is none, or more than one."""
    letters = _letters(printed)
    alike = {name for name in names if _letters(name) == letters}
    return alike.pop() if len(alike) == 1 else None


def _letters(text: str) -> str:
    return _UNSURE.sub("", text).replace("\u0e33", "\u0e32")


def _tell(reading: Reading, printed: str, meant: str, column: str | None = None, row: int | None = None) -> None:
    cell = reading.cell(column, row) if column and row else None
    reading.defects.append(Defect("name.repaired", row, column, cell, printed, meant))
