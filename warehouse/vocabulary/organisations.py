"""The codes under which the Comptroller General knows municipalities and provincial organisations."""

import csv
import functools
from collections.abc import Collection
from importlib.resources import files


@functools.cache
def _codes() -> dict[str, list[str]]:
    text = (files("warehouse") / "reference" / "organisations.csv").read_text(encoding="utf-8-sig")
    codes: dict[str, list[str]] = {}
    for line in csv.DictReader(text.splitlines()):
        codes.setdefault(line["name"], []).append(line["code"])
    return codes


def organisation_names() -> Collection[str]:
    """The whole names of all of them."""
    return _codes().keys()


def code_of(name: str) -> str | None:
    """The 5-character code of an organisation by its whole name; None if none, or more than one, bears it."""
    found = _codes().get(name, [])
    return found[0] if len(found) == 1 else None


def is_known(name: str) -> bool:
    """Whether at least one municipality or provincial organisation bears this whole name."""
    return name in _codes()
