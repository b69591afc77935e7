"""A warehouse opened: SQLite in one file by default, PostgreSQL by URL, migrated to the tables of this version."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from warehouse.vocabulary.errors import Unreachable, WrongSettings

Warehouse = Engine
"""An open warehouse: what the rooms above hand to each other without importing sqlalchemy."""
MIGRATIONS = files("warehouse") / "migrations"
_BUSY_SECONDS = 30


def open_warehouse(url: str) -> Warehouse:
    """An engine on a warehouse whose tables are those of this version; made, or migrated, if they are not.

    Raises WrongSettings for a URL that names no database we know, Unreachable if it does not answer.
    """
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if _version(connection) != _newest_version():
                _migrate(connection)
    except OperationalError as cause:
        raise Unreachable(
            f"เปิดคลังข้อมูล {engine.url} ไม่ได้: {cause.orig} โปรดตรวจว่าฐานข้อมูลทำงานอยู่และมีที่ว่าง",
            f"the warehouse {engine.url} cannot be opened: {cause.orig}; check that it runs and has room",
        ) from cause
    return engine


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as cause:
        raise WrongSettings(
            "database_url ใน prongsai.toml ไม่ถูกต้อง ใช้ sqlite:///ไฟล์ หรือ postgresql+psycopg://ผู้ใช้@เครื่อง/ฐานข้อมูล",
            "database_url in prongsai.toml is wrong; use sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE",
        ) from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver would begin, and commit, where we do not say so
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: Connection) -> None:
    # One that reads first and writes later could find itself outdated in between: take the write lock at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newest_version() -> str:
    return max(file.name for file in (MIGRATIONS / "versions").iterdir() if file.name.endswith(".py")).split("_")[0]


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
