"""The status of a plan project: the one column that is ticked, or the word that is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.declaration import Declaration


def status_ticked(ticks: Mapping[str, Sequence[bool]], rows: int) -> dict[str, list[Any]]:
    """status: the first ticked column or None; tick_count: how many are ticked."""
    status: list[str | None] = [None] * rows
    count = [0] * rows
    for column, marks in reversed(list(ticks.items())):
        for row, marked in enumerate(marks):
            if marked:
                status[row] = column
                count[row] += 1
    return {"status": status, "tick_count": count}


def status_named(words: Sequence[str], declaration: Declaration) -> dict[str, list[Any]]:
    """status: the column whose heading the word is, or None; tick_count: 1 where a known word stands."""
    found = [declaration.heading_of(word, None) if word else None for word in words]
    ticks = set(declaration.of_kind("tick"))
    status = [heading.column if heading and heading.column in ticks else None for heading in found]
    return {"status": status, "tick_count": [int(one is not None) for one in status]}
