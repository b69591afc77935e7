"""Judged exports into the warehouse: accepted rows become facts, the rows of a rejected export are quarantined."""

import datetime
import enum
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from warehouse.store.rows import correction_rows, export_row, finding_rows, quarantined_rows
from warehouse.tables import (
    budget_line,
    correction,
    export,
    finding,
    organisation,
    plan_project,
    quarantined_row,
)
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import LABELS, MONEY, JudgedExport, Organisation, Reading

FACTS: dict[str, tuple[Table, tuple[str, ...]]] = {
    "elaas": (budget_line, ("source_row", *LABELS, *MONEY)),
    "eplannacc": (
        plan_project,
        ("source_row", "number", "project", "dimension", "budget", "disbursed", "status", "note"),
    ),
}
"""Where the rows of each source are kept, and which columns of a reading they are."""


class Outcome(enum.StrEnum):
    """What a load did with one export."""

    LOADED = "loaded"  # its rows are new facts
    SAME = "same"  # accepted, but its rows are already facts: seen again
    REJECTED = "rejected"  # quarantined; nothing current changed
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Seen:
    """One table of an export that was judged before, and how."""

    export_id: int
    source: str
    accepted: bool
    error: Words | None


@dataclass(frozen=True, slots=True)
class _Current:
    """The latest accepted export of one organisation, source and period."""

    export_id: int
    facts: int
    content_hash: str


_Key = tuple[str | None, str, int | None, int | None]


def seen_before(engine: Engine, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Seen]]:
    """(sha256, judged_by) -> the tables that were found in these bytes, for those that were judged just so before."""
    wanted = set(keys)
    seen: dict[tuple[str, str], list[Seen]] = {}
    with engine.connect() as connection:
        hashes = {sha256 for sha256, _ in wanted}
        for row in connection.execute(select(export).where(export.c.sha256.in_(hashes)).order_by(export.c.id)):
            error = Words(row.error_th, row.error_en) if row.error_th else None
            if (row.sha256, row.judged_by) in wanted:
                one = Seen(row.id, row.source, row.verdict == "accepted", error)
                seen.setdefault((row.sha256, row.judged_by), []).append(one)
    return seen


def load(engine: Engine, batch: Sequence[JudgedExport], *, now: datetime.datetime) -> list[Outcome]:
    """Load a batch of judged exports in one transaction, all or none; what became of each, in their order.

    `now` (UTC) is from when the warehouse knows them.
    """
    with engine.begin() as connection:
        _keep_organisations(connection, {one.organisation.code: one.organisation for one in batch if one.organisation})
        current = _current(connection, {one.organisation.code for one in batch if one.organisation})
        next_id = (connection.execute(select(func.max(export.c.id))).scalar() or 0) + 1
        outcomes = []
        for export_id, one in enumerate(batch, start=next_id):
            outcomes.append(_load_one(connection, export_id, one, current, now))
    return outcomes


def _load_one(
    connection: Connection, export_id: int, one: JudgedExport, current: dict[_Key, _Current], now: datetime.datetime
) -> Outcome:
    row = export_row(one)
    key = (row["organisation"], row["source"], row["fiscal_year"], row["half"])
    before = current.get(key)
    content = _content_hash(one.reading) if one.reading else None
    outcome = _outcome(one, content, before)
    facts = export_id if outcome is Outcome.LOADED else before.facts if before and outcome is Outcome.SAME else None
    if content and facts:
        current[key] = _Current(export_id, facts, content)
    row |= {
        "id": export_id,
        "verdict": "accepted" if facts else outcome.value,
        "content_hash": content,
        "facts": facts,
        "replaces": before.export_id if before and facts else None,
        "loaded_at": now,
    }
    connection.execute(insert(export), row)
    for table, rows in (
        (finding, list(finding_rows(export_id, one.findings))),
        (correction, list(correction_rows(export_id, one.corrections))),
    ):
        if rows:
            connection.execute(insert(table), rows)
    if one.reading:
        _load_rows(connection, export_id, one.reading, outcome)
    return outcome


def _load_rows(connection: Connection, export_id: int, reading: Reading, outcome: Outcome) -> None:
    """Facts for a loaded export, quarantine for a rejected one; every row that was read is in one of them."""
    if outcome is Outcome.LOADED:
        table, columns = FACTS[reading.source]
        read = [reading.columns[column] for column in columns]
        rows: list[tuple[Any, ...]] = [(export_id, *row) for row in zip(*read, strict=True)]
        _insert_many(connection, table, ("export_id", *columns), rows)
    elif outcome is Outcome.REJECTED:
        table, columns = quarantined_row, ("export_id", "source_row", "content")
        _insert_many(connection, table, columns, list(quarantined_rows(export_id, reading)))
    else:
        return
    kept = connection.execute(select(func.count()).select_from(table).where(table.c.export_id == export_id)).scalar()
    if kept != reading.rows:
        raise RuntimeError(f"{reading.rows} rows were read and {kept} kept: nothing of this batch is loaded")


def _insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        # Tuples straight to the driver: six times as fast as a dictionary a row.
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))  # noqa: S608
    else:
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


def _keep_organisations(connection: Connection, organisations: dict[str, Organisation]) -> None:
    rows = connection.execute(select(organisation).where(organisation.c.code.in_(organisations)))
    known = {row.code: Organisation(*row) for row in rows}
    for code, one in organisations.items():
        if code not in known:
            connection.execute(insert(organisation).values(asdict(one)))
        elif known[code] != one:
            connection.execute(update(organisation).where(organisation.c.code == code).values(asdict(one)))


def _current(connection: Connection, organisations: Iterable[str]) -> dict[_Key, _Current]:
    one = export.c
    accepted = connection.execute(
        select(one.organisation, one.source, one.fiscal_year, one.half, one.id, one.facts, one.content_hash)
        .where(one.verdict == "accepted", one.organisation.in_(organisations))
        .order_by(one.id)
    )
    return {(code, source, year, half): _Current(*found) for code, source, year, half, *found in accepted}


def _outcome(one: JudgedExport, content: str | None, before: _Current | None) -> Outcome:
    if one.reading is None:
        return Outcome.UNREADABLE
    if not one.accepted or one.organisation is None:
        return Outcome.REJECTED
    return Outcome.SAME if before and before.content_hash == content else Outcome.LOADED


def _content_hash(reading: Reading) -> str:
    """The same for the same typed rows, whatever bytes they came in."""
    return hashlib.sha256(json.dumps([reading.source, sorted(reading.columns.items())]).encode()).hexdigest()
