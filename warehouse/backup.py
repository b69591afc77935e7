"""Database, archive, releases and decisions in one file, as they stood at one moment, and back into empty places.

manifest.json        of every other file its sha256 and size
warehouse.db         all rows, as SQLite, whatever database they came from: a way from one to the other too
archive/…            every archived export with its sidecar
releases/…           every finished release
settings/…           what people wrote beside the settings (corrections, comments, words, public keys), by its setting
"""

import datetime
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO

from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.copying import copy_rows
from warehouse.vocabulary.errors import Damaged, NotReady, Unreachable

_MANIFEST, _ROWS = "manifest.json", "warehouse.db"
_PIECE = 1 << 20  # bytes held in memory
# What zipfile says of bytes that are not as written.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
Files = dict[str, dict[str, str | int]]
"""Name in the backup → its sha256 and size."""
_NONE: Mapping[str, Path] = MappingProxyType({})


def back_up(
    warehouse: Warehouse,
    *,
    archive: Path,
    releases: Path,
    target: Path,
    now: datetime.datetime,
    beside: Mapping[str, Path] = _NONE,
) -> Files:
    """Write one backup file, whole or not at all, while others may read and write; what it holds.

    beside: name of a setting to the file or folder that people wrote; what is not there is left out. Raises
    Unreachable if it cannot be written, Damaged if archived bytes are not what was archived.
    """
    partial = target.with_name(f".{target.name}.part")
    with _files_at_hand(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        rows = Path(folder) / _ROWS
        # The rows first: whatever they speak of is in archive and releases already.
        copy_rows(warehouse, open_warehouse(f"sqlite:///{rows}"))
        try:
            with partial.open("wb") as out:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as backup:
                    files = {_ROWS: _add(backup, rows, _ROWS)}
                    places = {"archive": archive, "releases": releases}
                    places |= {f"settings/{name}": path for name, path in beside.items()}
                    for path, name in (one for top, place in places.items() for one in _kept(place, top)):
                        files[name] = _add(backup, path, name)
                    said = {"made_at": now.astimezone(datetime.UTC).isoformat(), "files": files}
                    backup.writestr(_MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
                out.flush()
                os.fsync(out.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return files


def restore(
    source: Path, *, url: str, archive: Path, releases: Path, beside: Mapping[str, Path] = _NONE
) -> tuple[Files, list[str]]:
    """Bring everything back into an empty database and empty folders; what was restored, and what was left out.

    Left out is what people wrote beside the settings where it is there already, or `beside` names no place for it. The
    rows come last. Raises Damaged if the backup is not what was written, NotReady if a place is not empty, Unreachable
    if one cannot be written.
    """
    places = {"archive": archive, "releases": releases}
    with _files_at_hand(source), tempfile.TemporaryDirectory(prefix="prongsai-restore-") as folder:
        files = verified(source)
        for place in places.values():
            if place.is_dir() and any(place.iterdir()):
                raise NotReady(
                    f"โฟลเดอร์ {place} ไม่ว่าง โปรดระบุโฟลเดอร์ว่าง", f"the folder {place} is not empty; name an empty one"
                )
        places |= {f"settings/{name}": path for name, path in beside.items()}
        ways = {name: Path(folder) / name if name == _ROWS else _place(name, places) for name in files}
        left = [
            name for name, place in ways.items() if place is None or (name.startswith("settings/") and place.exists())
        ]
        target = open_warehouse(url)
        with zipfile.ZipFile(source) as backup:
            for name, way in ways.items():
                if way is None or name in left:
                    continue
                way.parent.mkdir(parents=True, exist_ok=True)
                with backup.open(name) as packed, way.open("wb") as out:
                    shutil.copyfileobj(packed, out, _PIECE)
        copy_rows(open_warehouse(f"sqlite:///{Path(folder) / _ROWS}"), target)
    return {name: said for name, said in files.items() if name not in left}, left


def _place(name: str, places: Mapping[str, Path]) -> Path | None:
    """Where a file of the backup comes to lie; None if there is no place for it."""
    path = PurePosixPath(name)
    for top, place in places.items():
        if path.is_relative_to(top):
            return place.joinpath(path.relative_to(top))
    return None


def verified(source: Path) -> Files:
    """What a backup holds. Raises Damaged if a file in it is not what was written, Unreachable if there is none."""
    with _files_at_hand(source), source.open("rb") as opened:
        try:
            with zipfile.ZipFile(opened) as backup:
                return _verified(backup)
        except (*_BROKEN, KeyError, ValueError) as cause:
            raise _damaged(source.name) from cause


def _verified(backup: zipfile.ZipFile) -> Files:
    files: Files = json.loads(backup.read(_MANIFEST))["files"]
    names = {name for name in backup.namelist() if name != _MANIFEST}
    for name in files.keys() | names:
        with backup.open(name) as packed:
            if files[name] != _said_of(packed) or not _is_ours(name):
                raise _damaged(name)
    return files


def _is_ours(name: str) -> bool:
    """Whether it is a place that we write to, and none outside."""
    path = PurePosixPath(name)
    return name == _ROWS or (
        path.parts[0] in ("archive", "releases", "settings") and len(path.parts) > 1 and ".." not in path.parts
    )


def _kept(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Every finished file in a folder, or the one file, and its name in the backup; a private key is its owner's."""
    if folder.is_file():
        yield folder, name
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if (
            path.is_file()
            and path.suffix not in (".part", ".key")
            and not any(part.startswith(".") for part in inside.parts)
        ):
            yield path, f"{name}/{inside.as_posix()}"


def _add(backup: zipfile.ZipFile, path: Path, name: str) -> dict[str, str | int]:
    with path.open("rb") as kept, backup.open(name, "w", force_zip64=True) as packed:
        said = _said_of(kept, packed)
    if name.startswith("archive/") and not path.suffix and said["sha256"] != path.name:
        raise _damaged(path.name)
    return said


def _said_of(opened: IO[bytes], copied: IO[bytes] | None = None) -> dict[str, str | int]:
    hashed, size = hashlib.sha256(), 0
    while piece := opened.read(_PIECE):
        hashed.update(piece)
        size += len(piece)
        if copied:
            copied.write(piece)
    return {"sha256": hashed.hexdigest(), "size": size}


def _damaged(name: str) -> Damaged:
    return Damaged(
        f"{name} ไม่ใช่อย่างที่เขียนไว้ โปรดใช้ข้อมูลสำรองชุดอื่น", f"{name} is not what was written; take another backup"
    )


@contextmanager
def _files_at_hand(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise Unreachable(
            f"ใช้ไฟล์สำรอง {path} ไม่ได้ ({cause}) โปรดตรวจสิทธิ์และพื้นที่ว่าง",
            f"the backup {path} cannot be used ({cause}); check its rights and free space",
        ) from cause
