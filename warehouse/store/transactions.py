"""The two ways into a warehouse: many read one state of it, one writes all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from warehouse.vocabulary.errors import Damaged, ProngsaiError, Unreachable, Words, WrongSettings

WRITES, MIGRATES = "prongsai_writes", "prongsai_migrates"
WRITER = int.from_bytes(b"prongsai")  # what the writer locks: any number that nobody else in the database does
_WAIT = "30s"

_NO_ROOM = Words("พื้นที่เก็บข้อมูลเต็ม โปรดเพิ่มพื้นที่แล้วลองใหม่", "there is no room left; make some and try again")
_BUSY = Words("โปรแกรมอื่นกำลังเขียนอยู่ โปรดลองใหม่ภายหลัง", "another program is writing to it; try again later")
_NO_RIGHT = Words(
    "ไม่มีสิทธิ์เขียน โปรดตรวจสิทธิ์ของไฟล์และโฟลเดอร์", "it may not be written; check the rights of file and folder"
)
_DISK = Words("โปรดตรวจว่าดิสก์มีที่ว่างและใช้งานได้ แล้วลองใหม่", "check that the disk works and has room, then try again")
_AWAY = Words(
    "โปรดตรวจว่าฐานข้อมูลทำงานอยู่และเครือข่ายปกติ แล้วลองใหม่", "check that it runs and can be reached, then try again"
)
_CAUSES: dict[int | str, Words] = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _NO_RIGHT,
    sqlite3.SQLITE_CANTOPEN: _NO_RIGHT,
    sqlite3.SQLITE_PERM: _NO_RIGHT,
    sqlite3.SQLITE_IOERR: _DISK,
    "53100": _NO_ROOM,
    "55P03": _BUSY,
}


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One state of the warehouse throughout; blocks no writer and waits for none. Raises as `writing`."""
    with _plain_errors(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield connection


@contextmanager
def writing(engine: Engine, *, migrates: bool = False) -> Iterator[Connection]:
    """One transaction, all or nothing, by the only writer there is for as long as it lasts.

    Raises Unreachable if the database does not answer, has no room or stays locked by another, WrongSettings if we may
    not write to it, Damaged if it is no database any more.
    """
    options = {WRITES: True} | ({MIGRATES: True} if migrates else {})
    with _plain_errors(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Whoever set a limit of their own keeps it; without one we would wait for ever.
            limited = "SELECT set_config('lock_timeout', :wait, true) WHERE current_setting('lock_timeout') = '0'"
            connection.execute(text(limited), {"wait": _WAIT})
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER})
        yield connection


@contextmanager
def _plain_errors(engine: Engine) -> Iterator[None]:
    driver: Any = engine.dialect.loaded_dbapi
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        if told := _told(engine, error.orig if isinstance(error, DBAPIError) else error):
            raise told from error
        raise


def _told(engine: Engine, cause: Any) -> ProngsaiError | None:
    """The error that people are told of; None for a fault of ours: a statement or a row that cannot be."""
    place = engine.url.set(query={}).render_as_string(hide_password=True)
    driver: Any = engine.dialect.loaded_dbapi
    if engine.dialect.name == "sqlite":
        # The first byte is the kind; what is above it only details.
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return Damaged(
                f"คลังข้อมูล {place} เสียหาย ({cause}) โปรดกู้คืนจากข้อมูลสำรอง",
                f"the warehouse {place} is damaged ({cause}); restore it from a backup",
            )
        known = code in _CAUSES
    else:
        code = cause.sqlstate
        if code == "42501":
            return WrongSettings(
                f"ผู้ใช้ของฐานข้อมูล {place} ไม่มีสิทธิ์: {cause} โปรดใช้ผู้ใช้ที่มีสิทธิ์เขียนใน database_url",
                f"the database user of {place} may not do this: {cause}; name one in database_url who may",
            )
        known = isinstance(cause, (driver.OperationalError, driver.InterfaceError))
    if not known:
        return None
    advice = _CAUSES.get(code, _AWAY)
    said = " ".join(str(cause).split())
    return Unreachable(
        f"ใช้คลังข้อมูล {place} ไม่ได้ ({said}): {advice.th}",
        f"the warehouse {place} cannot be used ({said}): {advice.en}",
    )
