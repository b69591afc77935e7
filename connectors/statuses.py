"""The status of a plan project: the one column that is ticked, or the word that is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.cells import Refuse
from connectors.declaration import Declaration


def statuses_in(
    ticks: Mapping[str, Sequence[bool]], words: Sequence[str], declaration: Declaration, refuse: Refuse
) -> dict[str, list[Any]]:
    """status: the first that a row tells or None; tick_count: how many different ones it tells, ticked or in words."""
    named = _named(words, declaration, refuse)
    status: list[str | None] = []
    count: list[int] = []
    for row, name in enumerate(named):
        told = [column for column, marks in ticks.items() if marks[row]]
        if name is not None and name not in told:
            told.append(name)
        status.append(told[0] if told else None)
        count.append(len(told))
    return {"status": status, "tick_count": count}


def _named(words: Sequence[str], declaration: Declaration, refuse: Refuse) -> list[str | None]:
    """The column whose heading each word is; a word that is none is refused."""
    named: list[str | None] = []
    for row, word in enumerate(words):
        heading = declaration.heading_of(word, None) if word.strip("-– ") else None
        is_status = heading is not None and declaration.kinds.get(heading.column) == "tick"
        if word.strip("-– ") and not is_status:
            refuse(row, word)
        named.append(heading.column if heading and is_status else None)
    return named
