"""The rows of a reading: facts where it is accepted, quarantined where it is rejected. None is lost on the way."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Connection, Table, func, select

from warehouse.store.bulk import insert_rows
from warehouse.tables import budget_line, plan_project, quarantined_row
from warehouse.vocabulary.records import LABELS, MONEY, MONEY_OF, Reading

FACTS: dict[str, tuple[Table, tuple[str, ...]]] = {
    "elaas": (budget_line, ("source_row", *LABELS, *MONEY)),
    "eplannacc": (
        plan_project,
        ("source_row", "number", "project", "dimension", "budget", "disbursed", "status", "note"),
    ),
}
"""Where the rows of each source are kept, and which columns of a reading they are."""

Kept = Sequence[tuple[int, Reading]]
"""(export's id, what was read in it)."""


def content_hash(reading: Reading) -> str:
    """The same for the same typed rows, whatever bytes they came in."""
    return hashlib.sha256(json.dumps([reading.source, sorted(reading.columns.items())]).encode()).hexdigest()


def keep_facts(connection: Connection, kept: Kept) -> None:
    """Add the rows of accepted exports as facts. Raises RuntimeError if one, or any of its money, is not there."""
    for source in sorted({reading.source for _, reading in kept}):
        table, columns = FACTS[source]
        mine = [(export_id, reading) for export_id, reading in kept if reading.source == source]
        rows = (
            zip(repeat(export_id, reading.rows), *(reading.columns[column] for column in columns), strict=True)
            for export_id, reading in mine
        )
        insert_rows(connection, table, ("export_id", *columns), chain.from_iterable(rows))
        _check_all_there(connection, table, mine, MONEY_OF[source])


def quarantine(connection: Connection, kept: Kept) -> None:
    """Set the rows of rejected exports aside, as JSON. Raises RuntimeError if one is not there afterwards."""
    if kept:
        rows = chain.from_iterable(_as_json(export_id, reading) for export_id, reading in kept)
        insert_rows(connection, quarantined_row, ("export_id", "source_row", "content"), rows)
        _check_all_there(connection, quarantined_row, kept)


def _as_json(export_id: int, reading: Reading) -> Iterator[tuple[Any, ...]]:
    names = [name for name in reading.columns if name != "source_row"]
    columns = (reading.columns[name] for name in names)
    for source_row, *values in zip(reading.columns["source_row"], *columns, strict=True):
        yield export_id, source_row, json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)


def _check_all_there(connection: Connection, table: Table, kept: Kept, money: Sequence[str] = ()) -> None:
    """Raise RuntimeError unless each export's rows, and the sums of its money, are what was read and checked."""
    mine = table.c.export_id.between(kept[0][0], kept[-1][0])
    sums = (func.sum(table.c[column]) for column in money)
    counts = select(table.c.export_id, func.count(), *sums).where(mine).group_by(table.c.export_id)
    there = {tuple(map(int, counted)) for counted in connection.execute(counts)}  # PostgreSQL sums to Decimal
    expected = {
        (export_id, reading.rows, *(sum(reading.columns[column]) for column in money))
        for export_id, reading in kept
        if reading.rows
    }
    if there != expected:
        raise RuntimeError(f"read and kept differ, nothing of this batch is loaded: {sorted(there ^ expected)[:3]}")
