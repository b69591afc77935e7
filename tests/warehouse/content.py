"""What a warehouse says, whoever loaded it and in which order: two that were told the same are equal."""

from collections import Counter
from typing import Any

from sqlalchemy import Column, select

from warehouse.store.connection import Warehouse
from warehouse.store.transactions import reading
from warehouse.tables import Moment, export, metadata


def content_of(warehouse: Warehouse) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows of every table, exports named by their bytes instead of a number, without the moments they came at."""
    with reading(warehouse) as connection:
        keys = select(export.c.id, export.c.sha256, export.c.judged_by, export.c.place)
        names = {number: tuple(key) for number, *key in connection.execute(keys)}

        def said(column: Column[Any], value: Any) -> Any:
            return names.get(value, value) if column is export.c.id or column.references(export.c.id) else value

        content = {}
        for table in metadata.sorted_tables:
            columns = [column for column in table.c if not isinstance(column.type, Moment)]
            rows = connection.execute(select(*columns))
            content[table.name] = Counter(tuple(map(said, columns, row)) for row in rows)
    return content
