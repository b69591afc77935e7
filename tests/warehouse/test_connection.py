"""Opening a warehouse, and what is said when it cannot be opened or used."""

import sqlite3
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, func, select

from tests.warehouse.exports import budget, handed_in, load_on
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.releases import ready_reports
from warehouse.store.transactions import reading, writing
from warehouse.tables import export
from warehouse.vocabulary.errors import Damaged, Unreachable, WrongSettings

EXPORT = handed_in(budget(1, 2), content="a")


def nothing_is_loaded_but_can_be(warehouse: Warehouse) -> bool:
    with reading(warehouse) as connection:
        empty = connection.execute(select(func.count()).select_from(export)).scalar() == 0
    return empty and load_on(warehouse, 0, EXPORT) == ["loaded"]


def test_a_warehouse_is_made_where_there_is_none_and_found_again(empty_url: str):
    load_on(open_warehouse(empty_url), 0, EXPORT)
    with reading(open_warehouse(empty_url)) as connection:
        assert connection.execute(select(export.c.sha256)).scalars().all() == [EXPORT.export.sha256]


def test_an_sqlite_warehouse_makes_its_folder(tmp_path: Path):
    open_warehouse(f"sqlite:///{tmp_path}/ปี 2566/คลัง/warehouse.db")
    assert (tmp_path / "ปี 2566" / "คลัง" / "warehouse.db").is_file()


@pytest.mark.parametrize(
    "url",
    [
        "warehouse.db",
        "",
        "mysql://x@y/z",
        "sqlite://",
        "sqlite:///:memory:",
        "nosuch://x",
        "postgresql+asyncpg://x@y/z",
    ],
)
def test_a_url_that_names_no_database_we_know_is_a_wrong_setting(url: str):
    with pytest.raises(WrongSettings, match="database_url"):
        open_warehouse(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(WrongSettings, match=r"prongsai\[postgresql\]"):
        open_warehouse("postgresql://x@y/z")


def test_a_server_that_does_not_answer_is_unreachable_and_no_password_is_told():
    with pytest.raises(Unreachable) as told:
        open_warehouse("postgresql://officer:secret@127.0.0.1:1/prongsai?password=secret2&connect_timeout=5")
    assert "127.0.0.1" in told.value.words.th
    assert "secret" not in told.value.words.th + told.value.words.en


def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable, match="cannot be made"):
        open_warehouse(f"sqlite:///{tmp_path}/file/warehouse.db")


def test_a_folder_in_the_place_of_the_database_is_unreachable(tmp_path: Path):
    (tmp_path / "warehouse.db").mkdir()
    with pytest.raises(Unreachable, match="rights"):
        open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path):
    (tmp_path / "warehouse.db").write_bytes(b"no database at all, but long enough " * 200)
    with pytest.raises(Damaged, match="backup"):
        open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")


def test_a_database_with_a_torn_page_is_damaged(tmp_path: Path):
    path = tmp_path / "warehouse.db"
    warehouse = open_warehouse(f"sqlite:///{path}")
    load_on(warehouse, 0, *(handed_in(budget(*range(500)), content=str(number)) for number in range(5)))
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 60] = b"\xa5" * 4096 * 40
    path.write_bytes(content)
    with pytest.raises(Damaged, match="backup"), reading(warehouse) as connection:
        connection.exec_driver_sql("SELECT sum(approved), max(project) FROM budget_line NOT INDEXED").all()


def test_a_database_of_a_newer_prongsai_is_left_alone(url: str):
    with writing(open_warehouse(url)) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSettings, match="newer"):
        open_warehouse(url)


def test_a_read_only_sqlite_file_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    load_on(open_warehouse(f"sqlite:///{tmp_path}/warehouse.db"), 0, EXPORT)
    read_only = open_warehouse(f"sqlite:///file:{tmp_path}/warehouse.db?mode=ro&uri=true")
    assert ready_reports(read_only) == []
    with pytest.raises(Unreachable) as told:
        load_on(read_only, 1, handed_in(budget(3), content="b"))
    assert "ไม่มีสิทธิ์เขียน" in told.value.words.th
    assert not (tmp_path / "file:").exists()  # a URI names no folder


def test_an_sqlite_file_that_another_program_writes_is_told_as_busy(tmp_path: Path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db?timeout=0.1")
    other = sqlite3.connect(tmp_path / "warehouse.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unreachable) as told:
        load_on(warehouse, 0, EXPORT)
    other.close()
    assert "โปรแกรมอื่นกำลังเขียน" in told.value.words.th
    assert nothing_is_loaded_but_can_be(warehouse)


def test_a_full_disk_under_sqlite_is_one_clear_error_and_nothing_half_written(tmp_path: Path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    full = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    event.listen(full, "connect", lambda driver, _: driver.execute("PRAGMA max_page_count = 1").fetchone())
    with pytest.raises(Unreachable) as told:
        load_on(full, 0, EXPORT, handed_in(budget(*range(5_000)), content="b"))
    assert "พื้นที่เก็บข้อมูลเต็ม" in told.value.words.th
    assert nothing_is_loaded_but_can_be(warehouse)


def failing_at_a_row(warehouse: Warehouse, deed: str) -> None:
    with writing(warehouse) as connection:
        connection.exec_driver_sql(
            f"CREATE FUNCTION deed() RETURNS trigger AS $$ BEGIN {deed}; RETURN NEW; END $$ LANGUAGE plpgsql"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER deed BEFORE INSERT ON budget_line FOR EACH ROW WHEN (NEW.disbursed = 666)"
            " EXECUTE FUNCTION deed()"
        )


@pytest.mark.server
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("deed", "advice"),
    [
        ("RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'", "พื้นที่เก็บข้อมูลเต็ม"),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", "โปรดตรวจว่าฐานข้อมูลทำงานอยู่"),
    ],
)
def test_a_server_that_fails_in_the_middle_is_one_clear_error(warehouse: Warehouse, deed: str, advice: str):
    failing_at_a_row(warehouse, deed)
    with pytest.raises(Unreachable) as told:
        load_on(warehouse, 0, EXPORT, handed_in(budget(1, 2, 666, 3), content="b"))
    assert advice in told.value.words.th
    assert nothing_is_loaded_but_can_be(warehouse)


@pytest.mark.server
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_postgresql_that_another_sync_holds_too_long_is_told_as_busy(warehouse: Warehouse, url: str):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {warehouse.url.database} SET lock_timeout = '100ms'")
    with writing(warehouse), pytest.raises(Unreachable) as told:
        load_on(warehouse, 0, EXPORT)
    assert "โปรแกรมอื่นกำลังเขียน" in told.value.words.th
    assert nothing_is_loaded_but_can_be(warehouse)
