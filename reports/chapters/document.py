"""A report as plain data: chapters of blocks, the same for every form in which it is printed."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Digits = Literal["mixed", "thai", "arabic"]
"""mixed: Thai in sentences, Arabic in tables and charts."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; figure: the key of the figure that it prints, if any; quoted: its digits stay as they are."""

    text: str
    figure: str | None = None
    quoted: bool = False


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Text
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a chapter."""

    text: str
    kind: Literal["subheading"] = "subheading"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    points: tuple[Text, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step with points below it."""

    text: Text
    points: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A title and its address."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled part of a measure: steps, paragraphs or links."""

    label: str
    steps: tuple[Step, ...] = ()
    paragraphs: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """The labelled parts of one measure."""

    fields: tuple[Field, ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure to see at a glance."""

    label: str
    value: str
    unit: str
    figure: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of figures to see at a glance."""

    figures: tuple[KeyFigure, ...]
    kind: Literal["key_figures"] = "key_figures"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is set; share 0 means as wide as its content, else its part of the width that is left."""

    align: Align = "left"
    share: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell over so many columns and rows; quoted: it says what a file says.

    id: others point to it; figure: the key of the figure that it prints.
    """

    text: str
    columns: int = 1
    rows: int = 1
    id: str | None = None
    quoted: bool = False
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a line, the heading of a group at a depth from 0, a subtotal or the total."""

    cells: tuple[Cell, ...]
    kind: Literal["line", "group", "subtotal", "total"] = "line"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and head rows that are repeated on each page; row_head: the column that names the row."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]
    row_head: int = 0
    note: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    """One pair of bars; widths in ten-thousandths of the longest; quoted: its label is what a file says."""

    label: str
    whole: str
    part: str
    percent: str
    whole_width: int
    part_width: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Pairs of bars: a whole and the part of it that is used."""

    id: str
    caption: str
    alternative: str
    whole_title: str
    part_title: str
    bars: tuple[Bar, ...]
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar in parts; widths in ten-thousandths of the longest bar, one a series; told says the same in words."""

    label: str
    told: str
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Bars whose parts add up, each part of one series."""

    id: str
    caption: str
    alternative: str
    series: tuple[str, ...]
    bars: tuple[StackedBar, ...]
    kind: Literal["stacked_chart"] = "stacked_chart"


Block = Paragraph | Subheading | Points | Fields | KeyFigures | Table | Chart | StackedChart


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and its blocks; wide chapters are printed on landscape pages."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    wide: bool = False
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. date is YYYY-MM-DD of its newest source; item: what it serves in an assessment.

    notes: what stands in for a missing file; chapters say it too.
    """

    title: str
    subtitle: str
    period: str
    organisation: str
    place: str
    date: str
    version: str
    chapters: tuple[Chapter, ...]
    item: str = ""
    notes: tuple[str, ...] = ()
    digits: Digits = "mixed"
