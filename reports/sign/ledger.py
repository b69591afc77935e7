"""The ledger of all that was signed and published: one file, only ever added to, each line chained to the last.

releases/LEDGER.jsonl                          every record of every release
releases/<code>/<period>/v1.approvals.jsonl    the approvals of one release again, so that they travel with it
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from reports.sign.approvals import line_of, lines_in, record_in, sha256_text
from warehouse.vocabulary.errors import Damaged, Unreachable, WrongSettings

LEDGER = "LEDGER.jsonl"
_BEFORE_THE_FIRST = "0" * 64
_ID = re.compile(r"(?P<code>[^/\\\\-]+)-(?P<period>\d{4}-[12])-(?P<version>v[1-9]\d*)")
_KEYS = {"number", "previous", "kind", "record"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; kind: "approval" or "publication"."""

    number: int
    kind: str
    record: Mapping[str, Any]


def shelf_root(folder: Path) -> Path:
    """The folder of all releases that a release's own folder (<root>/<code>/<period>/v1) lies in."""
    return folder.resolve().parent.parent.parent


def folder_of(releases: Path, release: str) -> Path:
    """Where the release of an id lies, or would lie. Raises ValueError for what is no id."""
    found = _ID.fullmatch(release)
    if found is None:
        raise ValueError(release)
    return releases / found["code"] / found["period"] / found["version"]


def release_folder(releases: Path, release: str) -> Path:
    """The folder of a release named by its id (751NH-2566-1-v1) or by the folder itself. Raises WrongSettings."""
    folder = folder_of(releases, release) if _ID.fullmatch(release) else Path(release)
    if not folder.is_dir():
        raise WrongSettings(
            f"ไม่พบฉบับ {release} โปรดระบุรหัส เช่น 751NH-2566-1-v1 หรือโฟลเดอร์ของฉบับนั้น",
            f"there is no release {release}; give its id, such as 751NH-2566-1-v1, or its folder",
        )
    return folder


def approvals_file(folder: Path) -> Path:
    """Where the approvals of the release in a folder lie: beside it, as the folder itself never changes."""
    return folder.with_name(f"{folder.name}.approvals.jsonl")


def entries_in(content: bytes, place: str) -> list[Entry]:
    """The lines of a ledger. Raises Damaged that names the first line which is not as it was written."""
    previous = _BEFORE_THE_FIRST
    entries: list[Entry] = []
    for number, line in enumerate(lines_in(content, place) if content else [], 1):
        here = f"{place}:{number}"
        said = record_in(line, here)
        if said.get("number") != number or said.get("previous") != previous or said.keys() != _KEYS:
            raise Damaged(
                f"{here}: บัญชีการลงนามไม่ต่อเนื่อง มีบรรทัดถูกแก้ ลบ สลับ หรือแทรก โปรดกู้คืนจากข้อมูลสำรอง",
                f"{here}: the ledger's chain is broken: a line was changed, removed, moved or put in; restore a backup",
            )
        entries.append(Entry(number, said["kind"], said["record"]))
        previous = sha256_text(line)
    return entries


def read_ledger(root: Path) -> list[Entry]:
    """All entries, none if nothing was ever signed. Raises Damaged for a broken chain."""
    return entries_in(_kept(root), LEDGER)


def last_published(root: Path, code: str, period: str) -> int:
    """The newest version of a report that is on record as published, 0 if none is; the chain is not proven here."""
    lines = enumerate(_kept(root).split(b"\n"), 1)
    told = (record_in(line, f"{LEDGER}:{number}") for number, line in lines if b'"kind":"publication"' in line)
    return newest_version((one["record"] for one in told), code, period)


def newest_version(publications: Iterable[Mapping[str, Any]], code: str, period: str) -> int:
    """The newest version of a report among records of publications, 0 if there is none."""
    return max((one["version"] for one in publications if (one["code"], one["period"]) == (code, period)), default=0)


class Ledger:
    """The ledger while it is held open for one writer."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        content = file.read()
        self._finished = _finished(content)
        self._file.truncate(len(self._finished))  # what a killed writer left unfinished was never acknowledged
        self.entries = entries_in(self._finished, LEDGER)

    def append(self, kind: str, record: Mapping[str, Any]) -> None:
        """Add one record; it is on the disk when this returns."""
        lines = lines_in(self._finished, LEDGER) if self._finished else []
        previous = sha256_text(lines[-1]) if lines else _BEFORE_THE_FIRST
        number = len(lines) + 1
        line = line_of({"number": number, "previous": previous, "kind": kind, "record": record}) + b"\n"
        self._file.seek(len(self._finished))
        self._file.write(line)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._finished += line
        self.entries.append(Entry(number, kind, record))


@contextmanager
def open_ledger(root: Path) -> Iterator[Ledger]:
    """The ledger for one writer at a time. Raises Damaged for a broken chain, Unreachable if it cannot be written."""
    with locked(root / LEDGER) as file:
        yield Ledger(file)


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """A file for reading and writing, made if need be, for one process at a time; the lock ends with its process."""
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
    except OSError as cause:
        raise Unreachable(
            f"เปิด {path} เพื่อเขียนไม่ได้ ({cause.strerror}) โปรดตรวจสิทธิ์", f"{path} cannot be written ({cause.strerror})"
        ) from cause
    with file:
        _lock(file)
        yield file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(1 << 40)  # Windows locks bytes, not files: one that nobody reads
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


def _kept(root: Path) -> bytes:
    """The whole lines of the ledger, none if nothing was ever signed."""
    path = root / LEDGER
    return _finished(path.read_bytes()) if path.is_file() else b""


def _finished(content: bytes) -> bytes:
    return content[: content.rfind(b"\n") + 1]
