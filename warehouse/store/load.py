"""Judged exports into the warehouse: accepted rows become facts, the rows of a rejected export are quarantined."""

import datetime
import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, RowMapping, exists, func, insert, select, update

from warehouse.archive import reach_the_disk
from warehouse.store.current import current_exports
from warehouse.store.readings import content_hash, keep_facts, quarantine
from warehouse.store.rows import Row, correction_rows, difference_row, export_row, finding_rows, storable
from warehouse.store.transactions import reading, writing
from warehouse.tables import correction, difference, export, finding, organisation
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import JudgedExport, Organisation

Key = tuple[str, str]
"""(sha256, judged_by): bytes, and all that their verdict depends on beside them."""
_MOST_VARIABLES = 10_000  # in one statement; SQLite takes 32,766


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
class _Decided:
    """One judged export that the warehouse does not hold yet: its row, and what becomes of it."""

    row: Row
    judged: JudgedExport
    outcome: Outcome


def seen_before(engine: Engine, keys: Collection[Key]) -> dict[Key, list[Seen]]:
    """The tables that were found in these bytes, in order, for those that were judged just so before."""
    with reading(engine) as connection:
        return _seen(connection, set(keys))


def facts_accepted(engine: Engine, sha256: str, organisation: str, source: str) -> list[tuple[str, int]]:
    """Each time that these bytes were accepted for an organisation: by what they were judged, and which facts count."""
    columns = export.c
    mine = columns.sha256 == sha256, columns.organisation == organisation, columns.source == source
    wanted = select(columns.judged_by, columns.facts).where(*mine, columns.verdict == "accepted").order_by(columns.id)
    with reading(engine) as connection:
        return [(row.judged_by, row.facts) for row in connection.execute(wanted)]


def replaced_exports(engine: Engine, rejected: Collection[int]) -> set[int]:
    """Those of some rejected exports (ids) after which a file came that is accepted in their place."""
    one, later = export, export.alias()
    same = (later.c[name] == one.c[name] for name in ("organisation", "source", "fiscal_year", "half"))
    after = exists().where(*same, later.c.verdict == "accepted", later.c.fetched_at > one.c.fetched_at)
    ids, replaced = sorted(rejected), set[int]()
    with reading(engine) as connection:
        for first in range(0, len(ids), _MOST_VARIABLES):
            some = one.c.id.in_(ids[first : first + _MOST_VARIABLES])
            replaced.update(connection.execute(select(one.c.id).where(some, after)).scalars())
    return replaced


def load(engine: Engine, batch: Sequence[JudgedExport], *, now: datetime.datetime) -> list[Outcome]:
    """Load a batch of judged exports in one transaction, all or none; what became of each, in their order.

    All tables of one export stand in one batch. What another sync loaded in the meantime is left as it is. `now` (UTC)
    is from when the warehouse knows them.
    """
    placed = list(_placed(batch))
    if not placed:
        return []
    reach_the_disk()  # no row may speak of bytes that a power cut could still take
    with writing(engine) as connection:
        known = _seen(connection, {_key(one) for one in batch})
        _keep_organisations(connection, {one.organisation.code: one.organisation for one in batch if one.organisation})
        new = _decide(connection, [(place, one) for place, one in placed if _key(one) not in known], now)
        _insert(connection, new)
    made = iter(new)
    return [_outcome_of(known[_key(one)][place]) if _key(one) in known else next(made).outcome for place, one in placed]


def _key(one: JudgedExport) -> Key:
    return one.export.sha256, one.judged_by


def _placed(batch: Iterable[JudgedExport]) -> Iterator[tuple[int, JudgedExport]]:
    places: dict[Key, int] = defaultdict(int)
    for one in batch:
        yield places[_key(one)], one
        places[_key(one)] += 1


def _seen(connection: Connection, keys: Collection[Key]) -> dict[Key, list[Seen]]:
    one = export.c
    columns = one.id, one.sha256, one.judged_by, one.source, one.verdict, one.error_th, one.error_en
    hashes = sorted({sha256 for sha256, _ in keys})
    seen: dict[Key, list[Seen]] = {}
    for first in range(0, len(hashes), _MOST_VARIABLES):
        some = select(*columns).where(one.sha256.in_(hashes[first : first + _MOST_VARIABLES])).order_by(one.id)
        for row in connection.execute(some):
            if (key := (row.sha256, row.judged_by)) in keys:
                error = Words(row.error_th, row.error_en) if row.error_th else None
                seen.setdefault(key, []).append(Seen(row.id, row.source, row.verdict == "accepted", error))
    return seen


def _outcome_of(seen: Seen) -> Outcome:
    if seen.error:
        return Outcome.UNREADABLE
    return Outcome.SAME if seen.accepted else Outcome.REJECTED


def _decide(
    connection: Connection, batch: Sequence[tuple[int, JudgedExport]], now: datetime.datetime
) -> list[_Decided]:
    owners = {one.organisation.code for _, one in batch if one.organisation}
    rows = connection.execute(current_exports(export.c.organisation.in_(owners))).mappings()
    current: dict[object, Row | RowMapping] = {_subject(row): row for row in rows}
    # Safe because only the holder of the writer's lock counts on.
    next_id = (connection.execute(select(func.max(export.c.id))).scalar() or 0) + 1
    new = []
    for export_id, (place, one) in enumerate(batch, start=next_id):
        row = export_row(one) | {"id": export_id, "place": place, "loaded_at": now, "replaces": None}
        before = current.get(_subject(row))
        outcome = _outcome(row, one, before)
        if row["facts"] and (before is None or before["fetched_at"] <= row["fetched_at"]):
            row["replaces"] = before["id"] if before else None
            current[_subject(row)] = row
        new.append(_Decided(row, one, outcome))
    return new


def _subject(row: Row | RowMapping) -> object:
    return row["organisation"], row["source"], row["fiscal_year"], row["half"]


def _outcome(row: Row, one: JudgedExport, before: Row | RowMapping | None) -> Outcome:
    """What becomes of an export, also written into its row."""
    content = content_hash(one.reading) if one.reading else None
    facts = None
    if one.reading is None:
        outcome = Outcome.UNREADABLE
    elif not one.accepted or one.organisation is None:
        outcome = Outcome.REJECTED
    elif before and before["content_hash"] == content:
        outcome, facts = Outcome.SAME, before["facts"]
    else:
        outcome, facts = Outcome.LOADED, row["id"]
    row |= {"verdict": "accepted" if facts else outcome.value, "content_hash": content, "facts": facts}
    return outcome


def _insert(connection: Connection, new: Sequence[_Decided]) -> None:
    details = (
        (export, [one.row for one in new]),
        (finding, [row for one in new for row in finding_rows(one.row["id"], one.judged.findings)]),
        (difference, [difference_row(one.row["id"], one.judged.difference) for one in new if one.judged.difference]),
        (correction, [row for one in new for row in correction_rows(one.row["id"], one.judged.corrections)]),
    )
    for table, rows in details:
        if rows:
            connection.execute(insert(table), [storable(row) for row in rows])
    read = [(one.row["id"], one.judged.reading, one.outcome) for one in new if one.judged.reading]
    keep_facts(connection, [(export_id, table) for export_id, table, outcome in read if outcome is Outcome.LOADED])
    quarantine(connection, [(export_id, table) for export_id, table, outcome in read if outcome is Outcome.REJECTED])


def _keep_organisations(connection: Connection, organisations: dict[str, Organisation]) -> None:
    rows = connection.execute(select(organisation).where(organisation.c.code.in_(organisations)))
    known = {row.code: Organisation(*row) for row in rows}
    if new := [asdict(one) for code, one in organisations.items() if code not in known]:
        connection.execute(insert(organisation), new)
    for code, one in organisations.items():
        if code in known and known[code] != one:
            connection.execute(update(organisation).where(organisation.c.code == code).values(asdict(one)))
