"""What a source declares: its columns, and the headings under which each year prints them."""

import csv
import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from warehouse.vocabulary.thai import normal_text, to_arabic_digits

KINDS = frozenset({"label", "text", "money", "integer", "tick", "status"})
PRESENCE = frozenset({"required", "expected", "optional"})
IGNORED = "ignored"
_FILES = ("source.toml", "columns.csv")
_LEFT_OUT = re.compile(r"\((?:บาท|หน่วย:?บาท)\)|[\s:*.]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One way in which a column was headed, and the fiscal years (Buddhist, inclusive) in which it was."""

    column: str
    doubtful: bool
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Declaration:
    """One source: columns in their order, each with its kind and presence, and its known headings."""

    source: str
    title_th: str
    title_en: str
    kinds: dict[str, str]
    presence: dict[str, str]
    headings: dict[str, list[Heading]]  # by bare heading

    def of_kind(self, *kinds: str) -> list[str]:
        """The columns of these kinds, in the declared order."""
        return [column for column, kind in self.kinds.items() if kind in kinds]

    def required(self) -> list[str]:
        """The columns without which the table cannot be read."""
        return [column for column, presence in self.presence.items() if presence == "required"]

    def heading_of(self, text: str, year: int | None) -> Heading | None:
        """What a printed heading stands for in a fiscal year (any, if the year is not known); None if unknown."""
        for heading in self.headings.get(bare_heading(text), ()):
            if year is None or heading.first_year <= year <= heading.last_year:
                return heading
        return None

    def printed_name(self, column: str) -> str:
        """The first declared heading of a column, to name it to people."""
        for bare, headings in self.headings.items():
            if any(heading.column == column for heading in headings):
                return bare
        return column


@functools.lru_cache(maxsize=10_000)
def bare_heading(text: str) -> str:
    """A heading without spaces, line breaks, its unit "(บาท)" and the shape of its digits."""
    return _LEFT_OUT.sub("", to_arabic_digits(normal_text(text)))


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
    kinds, presence = {}, {}
    for column, said in written["columns"].items():
        kinds[column], presence[column] = said.split()
        if kinds[column] not in KINDS or presence[column] not in PRESENCE:
            raise ValueError(f"{folder.name}/source.toml: {column} = {said!r}")
    headings: dict[str, list[Heading]] = {}
    lines = csv.DictReader((folder / "columns.csv").read_text(encoding="utf-8").splitlines())
    for number, line in enumerate(lines, start=2):
        column = line["column"].removesuffix("?")
        if column not in kinds and column != IGNORED:
            raise ValueError(f"{folder.name}/columns.csv:{number}: unknown column {column!r}")
        heading = Heading(
            column, line["column"].endswith("?"), int(line["first_year"] or 0), int(line["last_year"] or 9999)
        )
        headings.setdefault(bare_heading(line["heading"]), []).append(heading)
    return Declaration(folder.name, written["title_th"], written["title_en"], kinds, presence, headings)
