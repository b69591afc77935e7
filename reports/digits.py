"""The digits that people read: Thai in sentences and Arabic in tables, or one of them throughout.

What a file says (names, cells, sheets, addresses) is quoted: its digits stay as they stand there.
"""

from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from reports.chapters.document import (
    Bar,
    Cell,
    Chapter,
    Chart,
    Digits,
    Document,
    KeyFigure,
    Run,
    StackedBar,
    StackedChart,
    Subheading,
    Table,
)
from warehouse.vocabulary.thai import to_arabic_digits, to_thai_digits

_SENTENCES: dict[type, tuple[str, ...]] = {
    Run: ("text",),
    Subheading: ("text",),
    Table: ("caption",),
    Chart: ("caption",),
    StackedChart: ("caption",),
    Chapter: ("heading",),
    Document: ("title", "subtitle", "period", "version"),
}
_NUMBERS: dict[type, tuple[str, ...]] = {
    Cell: ("text",),
    KeyFigure: ("value", "unit"),
    Bar: ("label", "whole", "part", "percent"),
    StackedBar: ("label", "told"),
}


def sentence(text: str, digits: Digits) -> str:
    """A text of sentences or headings."""
    return to_arabic_digits(text) if digits == "arabic" else to_thai_digits(text)


def number(text: str, digits: Digits) -> str:
    """A text of tables and charts."""
    return to_thai_digits(text) if digits == "thai" else to_arabic_digits(text)


def in_digits(document: Document, digits: Digits) -> Document:
    """The document with all that is not quoted in these digits."""
    return replace(cast(Document, _converted(document, digits)), digits=digits)


def _converted(value: Any, digits: Digits) -> Any:
    if isinstance(value, tuple):
        return tuple(_converted(each, digits) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kind = type(value)
    quoted = isinstance(value, Run | Cell | Bar) and value.quoted  # its first text
    changed = {name: sentence(getattr(value, name), digits) for name in _SENTENCES.get(kind, ())[quoted:]}
    changed |= {name: number(getattr(value, name), digits) for name in _NUMBERS.get(kind, ())[quoted:]}
    for each in fields(value):
        part = getattr(value, each.name)
        if isinstance(part, tuple):
            changed[each.name] = _converted(part, digits)
    return replace(value, **changed) if changed else value
