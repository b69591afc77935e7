"""Whether two warehouses say the same: what a rebuild from the archive is proven by."""

import hashlib
import json

from sqlalchemy import Connection, Engine, Row, select

from warehouse.store.current import current_exports
from warehouse.store.readings import FACTS
from warehouse.store.rows import period_of
from warehouse.store.transactions import reading
from warehouse.tables import export
from warehouse.vocabulary.fiscal import Period

Subject = tuple[str, str, Period]
"""(organisation's code, source, period)."""


def differing_facts(one: Engine, other: Engine) -> list[Subject]:
    """Whose current facts are not the same in both: missing in one, from other bytes, or a row that differs."""
    here, there = _current_facts(one), _current_facts(other)
    return sorted(subject for subject in here | there if here.get(subject) != there.get(subject))


def is_empty(engine: Engine) -> bool:
    """Whether nothing was ever loaded into a warehouse."""
    with reading(engine) as connection:
        return connection.execute(select(export.c.id).limit(1)).first() is None


def _current_facts(engine: Engine) -> dict[Subject, str]:
    with reading(engine) as connection:
        exports = connection.execute(current_exports()).mappings().all()
        return {
            (row["organisation"], row["source"], period_of(row)): _hash(
                row["sha256"], _facts(connection, row["source"], row["facts"])
            )
            for row in exports
        }


def _facts(connection: Connection, source: str, export_id: int) -> list[Row[tuple[object, ...]]]:
    table, columns = FACTS[source]
    wanted = select(*(table.c[column] for column in columns)).where(table.c.export_id == export_id)
    return list(connection.execute(wanted.order_by(table.c.source_row)))


def _hash(sha256: str, rows: list[Row[tuple[object, ...]]]) -> str:
    return hashlib.sha256(json.dumps([sha256, *map(list, rows)]).encode()).hexdigest()
