"""What a source declares: its columns, and the headings under which each year prints them."""

import csv
import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations

from warehouse.vocabulary.thai import normal_text, to_arabic_digits

KINDS = frozenset({"label", "text", "money", "integer", "tick", "status"})
PRESENCE = frozenset({"required", "expected", "optional"})
IGNORED = "ignored"
_FILES = ("source.toml", "columns.csv")
_FIELDS = ["column", "heading", "first_year", "last_year", "note"]
# The unit, (หน่วย : บาท) or บาท on a line of its own, and what a form prints beside: (+), (1), (6)=(1)+(2)-(3).
_LEFT_OUT = re.compile(r"\((?:หน่วย:?)?บาท\)|(?:หน่วย:?)?บาท$|จำนวนเงิน$|\([-+]\)|\(\d{1,2}\)[-+=()\d]*$|[:*.]")
_ALWAYS = (0, 9999)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One way in which a column was headed, and the fiscal years (Buddhist, inclusive) in which it was."""

    column: str
    doubtful: bool
    first_year: int
    last_year: int

    def holds_in(self, year: int | None) -> bool:
        """Whether it was printed in a fiscal year; True if the year is not known."""
        return year is None or self.first_year <= year <= self.last_year


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """One source: columns in their order, each with its kind and presence, and its known headings."""

    source: str
    title_th: str
    title_en: str
    kinds: dict[str, str]
    presence: dict[str, str]
    headings: dict[str, list[Heading]]  # by bare heading
    names: dict[str, list[str]]  # column -> its headings as declared, the usual one first
    changes: bool  # whether some heading holds in some years only

    def of_kind(self, *kinds: str) -> list[str]:
        """The columns of these kinds, in the declared order."""
        return [column for column, kind in self.kinds.items() if kind in kinds]

    def required(self) -> list[str]:
        """The columns without which the table cannot be read."""
        return [column for column, presence in self.presence.items() if presence == "required"]

    def heading_of(self, text: str, year: int | None) -> Heading | None:
        """What a printed heading stands for in a fiscal year (any, if the year is not known); None if unknown."""
        for heading in self.headings.get(bare_heading(text), ()):
            if heading.holds_in(year):
                return heading
        return None

    def printed_name(self, column: str) -> str:
        """The usual heading of a column, to name it to people."""
        return self.names[column][0]

    def bare_names(self, column: str) -> tuple[str, ...]:
        """Its headings without spaces and units."""
        return tuple(bare_heading(name) for name in self.names[column])


@functools.lru_cache(maxsize=10_000)
def bare_heading(text: str) -> str:
    """A heading without spaces, line breaks, its unit "(บาท)" and the shape of its digits."""
    return _LEFT_OUT.sub("", _SPACES.sub("", to_arabic_digits(normal_text(text))))


@functools.cache
def declared_sources() -> tuple[Declaration, ...]:
    """All sources: the folders beside this file that hold a source.toml, by name."""
    folders = sorted((f for f in files("connectors").iterdir() if (f / "source.toml").is_file()), key=lambda f: f.name)
    return tuple(read_declaration(folder) for folder in folders)


@functools.cache
def layouts_text() -> str:
    """All declarations as they are written: what is read depends on them."""
    folders = [files("connectors") / declaration.source for declaration in declared_sources()]
    return "".join((folder / name).read_text(encoding="utf-8") for folder in folders for name in _FILES)


def read_declaration(folder: Traversable) -> Declaration:
    """The declaration in a folder. Raises ValueError that names file and line where it is wrong: our own fault."""
    written = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    if missing := {"title_th", "title_en", "columns"} - written.keys():
        raise ValueError(f"{folder.name}/source.toml: no {', '.join(sorted(missing))}")
    kinds, presence = {}, {}
    for column, said in written["columns"].items():
        kind, _, need = said.partition(" ")
        if kind not in KINDS or need not in PRESENCE:
            raise ValueError(f"{folder.name}/source.toml: {column} = {said!r}")
        kinds[column], presence[column] = kind, need
    if not any(kinds[column] == "money" and presence[column] == "required" for column in kinds):
        raise ValueError(f"{folder.name}/source.toml: no column of money is required")
    headings: dict[str, list[Heading]] = {}
    names: dict[str, list[str]] = {column: [] for column in kinds}
    lines = csv.DictReader((folder / "columns.csv").read_text(encoding="utf-8").splitlines(), restval="")
    if lines.fieldnames != _FIELDS:
        raise ValueError(f"{folder.name}/columns.csv:1: not {','.join(_FIELDS)}")
    for line in lines:
        heading = _heading(line, kinds, f"{folder.name}/columns.csv:{lines.line_num}")
        headings.setdefault(bare_heading(line["heading"]), []).append(heading)
        if heading.column != IGNORED:
            names[heading.column].append(line["heading"])
    _refuse_ambiguity(headings, names, folder.name)
    years = {(heading.first_year, heading.last_year) for known in headings.values() for heading in known}
    changes = years != {_ALWAYS}
    return Declaration(folder.name, written["title_th"], written["title_en"], kinds, presence, headings, names, changes)


def _heading(line: dict[str, str], kinds: dict[str, str], place: str) -> Heading:
    column = line["column"].removesuffix("?")
    if column not in kinds and column != IGNORED:
        raise ValueError(f"{place}: unknown column {column!r}")
    if not bare_heading(line["heading"]):
        raise ValueError(f"{place}: no heading")
    years = [line[field] or str(always) for field, always in zip(("first_year", "last_year"), _ALWAYS, strict=True)]
    if not all(year.isdecimal() for year in years):
        raise ValueError(f"{place}: not a year: {', '.join(years)}")
    return Heading(column, line["column"].endswith("?"), int(years[0]), int(years[1]))


def _refuse_ambiguity(headings: dict[str, list[Heading]], names: dict[str, list[str]], source: str) -> None:
    for bare, known in headings.items():
        for one, other in combinations(known, 2):
            if one.first_year <= other.last_year and other.first_year <= one.last_year:
                raise ValueError(f"{source}/columns.csv: {bare} is declared twice for the same year")
    if unheaded := [column for column, known in names.items() if not known]:
        raise ValueError(f"{source}/columns.csv: no heading for {', '.join(unheaded)}")
