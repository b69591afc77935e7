"""Everything that a warehouse knows, copied into an empty one; from SQLite to PostgreSQL or back as well."""

from sqlalchemy import Connection, Date, Engine, Table, func, insert, select

from warehouse.store.bulk import insert_rows
from warehouse.store.transactions import reading, writing
from warehouse.tables import Moment, metadata
from warehouse.vocabulary.errors import NotReady

_LOT = 10_000  # rows held in memory


def copy_rows(source: Engine, target: Engine) -> None:
    """Copy all rows, as they stand at one moment, in one transaction. Raises NotReady if the target is not empty."""
    with reading(source) as here, writing(target) as there:
        for table in metadata.sorted_tables:
            if there.execute(select(table).limit(1)).first() is not None:
                raise NotReady(
                    f"คลังข้อมูลปลายทาง {target.url.database} มีข้อมูลอยู่แล้ว โปรดระบุฐานข้อมูลที่ว่าง",
                    f"the warehouse {target.url.database} is not empty; name an empty one",
                )
        for table in metadata.sorted_tables:
            _copy(here, there, table)
            _count_on(there, table)


def _copy(here: Connection, there: Connection, table: Table) -> None:
    names = [column.name for column in table.columns]
    plain = not any(isinstance(column.type, (Moment, Date)) for column in table.columns)
    with here.execute(select(table).order_by(*table.primary_key).execution_options(yield_per=_LOT)) as rows:
        if plain:
            insert_rows(there, table, names, map(tuple, rows))
            return
        for some in rows.mappings().partitions():
            there.execute(insert(table), [dict(row) for row in some])


def _count_on(there: Connection, table: Table) -> None:
    """Where PostgreSQL counts the rows itself, it goes on after the last one."""
    counted = table.autoincrement_column
    if counted is not None and there.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        there.execute(select(func.setval(sequence, func.max(counted))))
