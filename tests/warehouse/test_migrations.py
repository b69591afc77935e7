"""Up, down, with data, and the same tables as the ones that the code speaks of."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from tests.warehouse.exports import budget, handed_in, load_on
from warehouse.store.connection import Warehouse, _engine, migrate, open_warehouse, versions
from warehouse.store.transactions import reading, writing
from warehouse.tables import metadata

_EXPORT = (
    "INSERT INTO export VALUES ({id}, '{sha256}', 'rules', 'elaas', '{sheet}', '751E0', 2566, 1, 'accepted', 'hash',"
    " {id}, NULL, 1, 9, 'a.xlsx', 'inbox/a.xlsx', 'inbox', '2023-04-01 02:30:00.000000', '2023-04-02 02:30:00.000000',"
    " 'null', 'null', NULL, NULL)"
)
FIRST_VERSION = (
    "INSERT INTO organisation VALUES ('751E0', 'เทศบาล', 'อำเภอ', 'จังหวัด')",
    _EXPORT.format(id=1, sha256="aa", sheet="รายงาน"),
    _EXPORT.format(id=2, sha256="aa", sheet="รายงาน 2"),
    _EXPORT.format(id=3, sha256="bb", sheet="รายงาน"),
    "INSERT INTO budget_line VALUES (1, 6, '', 'งาน', 'งบ', '', 'โครงการ', 100, 0, 0, 0, 40, 60)",
    "INSERT INTO finding VALUES (3, 0, 'total.none', 'warning', 'null', NULL, NULL, NULL, NULL, NULL, 'ไทย', 'none')",
)


def tables(warehouse: Warehouse) -> set[str]:
    inspector = inspect(warehouse)
    return {*inspector.get_table_names(), *inspector.get_view_names()} - {"alembic_version"}


def moved(warehouse: Warehouse, version: str) -> None:
    with writing(warehouse, migrates=True) as connection:
        migrate(connection, version)


def test_migrations_make_the_tables_that_the_code_speaks_of(warehouse: Warehouse):
    with reading(warehouse) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_version_goes_down_to_nothing_and_up_again(warehouse: Warehouse):
    newest = tables(warehouse)
    seen = []
    for version in [*reversed(versions()), "base"]:
        moved(warehouse, version)
        seen.append(tables(warehouse))
    assert seen[-1] == set()
    for version, before in zip(versions(), reversed(seen[:-1]), strict=True):
        moved(warehouse, version)
        assert tables(warehouse) == before
    assert tables(warehouse) == newest


def test_a_filled_warehouse_goes_down_and_up_with_its_rows(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1, 2), content="a"))
    moved(warehouse, "0001")
    open_warehouse(warehouse.url.render_as_string(hide_password=False))
    with reading(warehouse) as connection:
        assert connection.execute(text("SELECT count(*) FROM current_budget")).scalar() == 2


def test_a_warehouse_of_the_first_version_is_migrated_with_its_rows(empty_url: str):
    old = _engine(empty_url)
    moved(old, "0001")
    with writing(old) as connection:
        for statement in FIRST_VERSION:
            connection.execute(text(statement))
    warehouse = open_warehouse(empty_url)
    with reading(warehouse) as connection:
        assert connection.execute(text("SELECT id, place FROM export ORDER BY id")).all() == [(1, 0), (2, 1), (3, 0)]
        assert connection.execute(text("SELECT project, disbursed FROM budget_line")).all() == [("โครงการ", 40)]
        assert connection.execute(text("SELECT message_th FROM finding")).scalar() == "ไทย"
        if warehouse.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert load_on(warehouse, 30, handed_in(budget(1), content="c", on=30)) == ["loaded"]


def test_a_migration_that_fails_half_way_leaves_the_version_before(empty_url: str):
    old = _engine(empty_url)
    moved(old, "0001")
    with writing(old) as connection:
        for statement in (*FIRST_VERSION, "CREATE TABLE open_findings (in_the_way integer)"):
            connection.execute(text(statement))
    before = tables(old)
    with pytest.raises(DBAPIError, match="already exists"):
        open_warehouse(empty_url)
    assert tables(old) == before
    with reading(old) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        assert connection.execute(text("SELECT count(*) FROM export")).scalar() == 3
