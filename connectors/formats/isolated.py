"""Readers whose libraries trust their input, run in a process of its own.

What a hostile file does there, from taking all memory to crashing the interpreter, ends there, and nothing that a
library prints is seen. It costs a tenth of a second to start.
"""

import datetime
import importlib
import json
import os
import subprocess
import sys
from dataclasses import astuple
from typing import Any

from connectors.formats import refusals
from connectors.formats.allowance import Allowance
from connectors.grid import Grid
from connectors.limits import Limits
from warehouse.vocabulary.errors import Unreadable

MEMORY = 2_000_000_000  # bytes of address space, where the system can hold a process to it


def grids(reader: str, content: bytes, allowance: Allowance) -> list[Grid]:
    """What connectors.formats.<reader> finds; damaged if its process dies."""
    bounds = json.dumps(astuple(allowance.limits))
    try:
        process = subprocess.run(  # noqa: S603 - our own module, by a name of ours
            [sys.executable, "-c", "from connectors.formats import isolated; isolated.main()", reader, bounds],
            input=content,
            capture_output=True,
            timeout=allowance.seconds_left(),
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_slow(allowance.limits) from error
    except subprocess.CalledProcessError as error:
        raise refusals.damaged() from error
    answer = json.loads(process.stdout, object_hook=_moment)
    if "refused" in answer:
        raise Unreadable(*answer["refused"])
    return [
        Grid(
            grid["name"],
            grid["rows"],
            grid["hidden"],
            {(row, column): text for row, column, text in grid["unreadable"]},
            frozenset(grid["hidden_rows"]),
        )
        for grid in answer["grids"]
    ]


def main() -> None:
    """Read standard input and print the grids, or why there are none."""
    reader, bounds = sys.argv[1:]
    _bound_memory()
    module = importlib.import_module(f"connectors.formats.{reader}")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print goes where nothing is kept
    try:
        found = module.grids(sys.stdin.buffer.read(), Allowance(Limits(*json.loads(bounds))))
    except Unreadable as refusal:
        answer: dict[str, Any] = {"refused": [refusal.words.th, refusal.words.en]}
    else:
        answer = {"grids": [_sent(grid) for grid in found]}
    with answers:
        json.dump(answer, answers, default=_text)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows, where time alone is bounded
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _sent(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "rows": grid.rows,
        "hidden": grid.hidden,
        "unreadable": [(row, column, text) for (row, column), text in grid.unreadable.items()],
        "hidden_rows": sorted(grid.hidden_rows),
    }


def _text(moment: datetime.date | datetime.time) -> dict[str, str]:
    return {type(moment).__name__: moment.isoformat()}


def _moment(found: dict[str, Any]) -> Any:
    for kind in (datetime.datetime, datetime.date, datetime.time):
        if found.keys() == {kind.__name__}:
            return kind.fromisoformat(found[kind.__name__])
    return found
