"""A warehouse opened: SQLite in one file by default, PostgreSQL by URL, migrated to the tables of this version."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from warehouse.store.transactions import MIGRATES, WRITES, reading, writing
from warehouse.vocabulary.errors import ProngsaiError, Unreachable, WrongSettings

Warehouse = Engine
"""An open warehouse: what the rooms above hand to each other without importing sqlalchemy."""
MIGRATIONS = files("warehouse") / "migrations"
_POSTGRESQL = "postgresql+psycopg"
_BUSY_SECONDS = 30


def open_warehouse(url: str) -> Warehouse:
    """An engine on a warehouse whose tables are those of this version; made, or migrated, if they are not.

    Raises WrongSettings for a URL that names no database we know or one of a newer Prongsai, Unreachable if it does
    not answer, Damaged if it is no database any more.
    """
    engine = _engine(url)
    with reading(engine) as connection:
        version = _version(connection)
    if version != versions()[-1]:
        with writing(engine, migrates=True) as connection:
            migrate(connection, versions()[-1])
    return engine


def versions() -> list[str]:
    """The versions of the tables that this Prongsai knows, the newest last."""
    names = [file.name for file in (MIGRATIONS / "versions").iterdir()]
    return sorted(name.partition("_")[0] for name in names if name.endswith(".py"))


def migrate(connection: Connection, version: str) -> None:
    """Take the tables to a version, from whichever they are at; "base" is none. Raises WrongSettings if it is newer."""
    from alembic import command
    from alembic.config import Config

    found = _version(connection)
    if found not in (None, *versions()):
        raise WrongSettings(
            f"คลังข้อมูลเป็นของ Prongsai รุ่นใหม่กว่า (ตารางรุ่น {found}) โปรดติดตั้งรุ่นใหม่",
            f"the warehouse is of a newer Prongsai (tables {found}); install that one",
        )
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if version == "base" or (found is not None and version < found):
        command.downgrade(config, version)
    else:
        command.upgrade(config, version)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername == "sqlite":
            return _sqlite_engine(parsed)
        if parsed.drivername in ("postgresql", _POSTGRESQL):
            return create_engine(parsed.set(drivername=_POSTGRESQL), hide_parameters=True, poolclass=NullPool)
    except ModuleNotFoundError as cause:
        raise WrongSettings(
            'ยังไม่ได้ติดตั้งตัวเชื่อมต่อ PostgreSQL โปรดสั่ง pip install "prongsai[postgresql]"',
            'the driver for PostgreSQL is not installed; run pip install "prongsai[postgresql]"',
        ) from cause
    except ArgumentError as cause:
        raise _wrong_url() from cause
    raise _wrong_url()


def _wrong_url() -> ProngsaiError:
    return WrongSettings(
        "database_url ใน prongsai.toml ไม่ถูกต้อง ใช้ sqlite:///ไฟล์ หรือ postgresql://ผู้ใช้@เครื่อง/ฐานข้อมูล",
        "database_url in prongsai.toml is wrong; use sqlite:///FILE or postgresql://USER@HOST/DATABASE",
    )


def _sqlite_engine(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise _wrong_url()
    folder = Path(url.database).parent
    try:
        if not url.database.startswith("file:"):  # a URI, which SQLite reads by itself
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise Unreachable(
            f"สร้างโฟลเดอร์ {folder} ไม่ได้ ({cause.strerror}) โปรดตรวจสิทธิ์และพื้นที่ว่าง",
            f"the folder {folder} cannot be made ({cause.strerror}); check its rights and free space",
        ) from cause
    waits = {} if "timeout" in url.query else {"timeout": _BUSY_SECONDS}
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=waits)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver would begin, and commit, where we do not say so
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if MIGRATES in options:  # a table that others refer to is changed by making it anew
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    # One that reads first and writes later could find itself outdated in between: a writer takes the lock at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITES in options else "BEGIN")
