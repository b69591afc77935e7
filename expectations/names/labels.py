"""The names that a table may print in a fiscal year, and the nearest of them to one that is not known."""

import csv
import functools
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

from expectations.case import Case

LISTS = {
    "programme": "programmes.csv",
    "work": "works.csv",
    "category": "categories.csv",
    "expense_type": "expense_types.csv",
}
"""The list of names for each label column of a budget."""
WORD_IN_FRONT = {"programme": "แผนงาน", "work": "งาน"}
"""What may stand before a name."""


def known_names(column: str, year: int | None) -> Collection[str]:
    """The names of a list in a year; of every year, if the year is not known."""
    return _known(column, year).values()


def is_known(column: str, name: str, year: int | None) -> bool:
    """Whether a list has a name in a year, with or without the word in front."""
    return not _spellings(column, name).isdisjoint(_known(column, year))


def unknown_rows(case: Case, column: str) -> Iterator[int]:
    """The first leaf row of each name in a label column that no list has for the year; a blank is no name."""
    printed = case.reading.columns[column]
    for name in dict.fromkeys(printed):
        if name and not is_known(column, name, _year(case)):
            yield printed.index(name)


def misplaced_rows(case: Case) -> Iterator[int]:
    """The first leaf row of each work (งาน) under a programme (แผนงาน) to which the list does not give it."""
    pairs = list(zip(case.reading.columns["programme"], case.reading.columns["work"], strict=True))
    programmes = _known("programme", _year(case))
    for programme, work in dict.fromkeys(pairs):
        right = _programmes_of(work, _year(case))
        printed = _spellings("programme", programme)
        if right and printed & programmes.keys() and not printed & {_key(one) for one in right}:
            yield pairs.index((programme, work))


def nearest_name(case: Case, column: str, row: int) -> str | None:
    """The known name that is most like the one in a row; None if none is alike."""
    from rapidfuzz import fuzz, process  # only where a name is not known

    known = _known(column, _year(case))
    spelt = min(_spellings(column, case.reading.columns[column][row]), key=len)
    found = process.extractOne(spelt, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return known[found[0]] if found else None


def right_programme(case: Case, row: int) -> str:
    """The programmes to which the list gives the work of a row."""
    return " หรือ ".join(_programmes_of(case.reading.columns["work"][row], _year(case)))


def _year(case: Case) -> int | None:
    return case.period.fiscal_year.year if case.period else None


@functools.cache
def _known(column: str, year: int | None) -> Mapping[str, str]:
    """The names of a list in a year by how they are compared; of every year, if the year is not known."""
    return {_key(line["name"]): line["name"] for line in _lines(column, year)}


@functools.lru_cache(maxsize=4096)
def _programmes_of(work: str, year: int | None) -> tuple[str, ...]:
    spellings = _spellings("work", work)
    return tuple(line["programme"] for line in _lines("work", year) if _key(line["name"]) in spellings)


@functools.lru_cache(maxsize=4096)
def _spellings(column: str, name: str) -> frozenset[str]:
    key = _key(name)
    return frozenset((key, key.removeprefix(WORD_IN_FRONT.get(column, ""))))


def _key(name: str) -> str:
    return "".join(name.split())


@functools.cache
def _lines(column: str, year: int | None) -> list[dict[str, str]]:
    text = (files("expectations") / "names" / LISTS[column]).read_text(encoding="utf-8")
    return [line for line in csv.DictReader(text.splitlines()) if year is None or _in_use(line, year)]


def _in_use(line: Mapping[str, str], year: int) -> bool:
    return (not line["first_year"] or int(line["first_year"]) <= year) and (
        not line["last_year"] or year <= int(line["last_year"])
    )
