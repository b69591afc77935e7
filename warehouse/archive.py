"""Every byte that was fetched, kept before it is read: write-once, named by sha256, with a sidecar of how it came.

ab/abcdef…               the bytes
ab/abcdef….json          how they came, where their place told no organisation
ab/abcdef….751NH.json    how they came in the place of one: a file in the wrong folder comes once more in the right one
ab/abcdef….751NH.75100.json    how they came where the path names others, too
"""

import datetime
import hashlib
import json
import os
import uuid
from pathlib import Path
from typing import Literal

from warehouse.vocabulary.errors import Damaged, Unreachable, WrongSettings
from warehouse.vocabulary.records import Export

_YEARS = range(2020, 2400)  # of the common era; a computer that counts Buddhist years would outdate all that follows

_SYNCS_AT_ONCE = hasattr(os, "sync")  # not on Windows


def sha256_of(content: bytes) -> str:
    """The name under which bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def archived(
    folder: Path,
    content: bytes,
    *,
    file_name: str,
    origin: str,
    via: Literal["inbox", "portal", "hand"],
    organisation: str | None,
    others: tuple[str, ...] = (),
    now: datetime.datetime,
) -> Export:
    """The export that these bytes are; written if they are new in this place, else as they first came there.

    Raises Unreachable if it cannot be written, Damaged if its sidecar does not say, WrongSettings for a clock that
    cannot be right.
    """
    sha256 = sha256_of(content)
    path = _path(folder, sha256)
    known = path.with_name(".".join([sha256, *filter(None, [organisation]), *others, "json"]))
    if _size(known):  # a power cut may leave an empty one: then nothing was archived
        if _size(path) != len(content):
            _write(path, content)
        return _sidecar(known)
    if now.year not in _YEARS:
        raise WrongSettings(
            f"นาฬิกาของเครื่องบอกปี ค.ศ. {now.year} โปรดตั้งวันเวลาให้ถูกต้องก่อนนำเข้าไฟล์",
            f"this computer's clock says {now.year} CE; set it right before files are taken in",
        )
    fetched_at = now.astimezone(datetime.UTC)
    export = Export(sha256, len(content), file_name, origin, fetched_at, via, organisation, others)
    said = {
        "sha256": sha256,
        "size": export.size,
        "file_name": file_name,
        "origin": origin,
        "fetched_at": fetched_at.isoformat(),
        "via": via,
        "organisation": organisation,
        "others": others,
    }
    _write(path, content)
    # The sidecar last: bytes without one were never completely archived and are written again.
    _write(known, json.dumps(said, ensure_ascii=False, indent=1).encode())
    return export


def reach_the_disk() -> None:
    """Returns when all that was archived would outlive a power cut: once for many files, as each alone takes 3 ms."""
    if _SYNCS_AT_ONCE:
        os.sync()


def archived_exports(folder: Path) -> list[Export]:
    """All that was ever archived, in the order it came: what a rebuild reads. Raises Damaged for a faulty sidecar."""
    exports = [_sidecar(path) for path in folder.glob("??/*.json")]
    return sorted(exports, key=lambda one: (one.fetched_at, one.origin, one.sha256, one.organisation or ""))


def archived_bytes(folder: Path, sha256: str) -> bytes:
    """The bytes, proven to be those that were archived. Raises Damaged if they are not."""
    path = _path(folder, sha256)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as cause:
        raise _unreachable(folder, cause) from cause
    if sha256_of(content) != sha256:
        raise Damaged(
            f"ไฟล์ในคลังไม่ตรงกับที่จัดเก็บไว้: {path.name} โปรดกู้คืนจากข้อมูลสำรอง",
            f"archived bytes are not what was archived: {path.name}; restore them from a backup",
        )
    return content


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _sidecar(path: Path) -> Export:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Export(
            said["sha256"],
            said["size"],
            said["file_name"],
            said["origin"],
            datetime.datetime.fromisoformat(said["fetched_at"]),
            said["via"],
            said["organisation"],
            tuple(said.get("others", ())),  # older archives do not keep them
        )
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise Damaged(
            f"ข้อมูลกำกับไฟล์ในคลังเสียหาย: {path.name} โปรดกู้คืนจากข้อมูลสำรอง",
            f"the archive's record is damaged: {path.name}; restore it from a backup",
        ) from cause


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as cause:
        raise _unreachable(path.parent.parent, cause) from cause


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        with partial.open("wb") as out:
            out.write(content)
            if not _SYNCS_AT_ONCE:
                out.flush()
                os.fsync(out.fileno())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _unreachable(folder: Path, cause: OSError) -> Unreachable:
    return Unreachable(
        f"ใช้คลังไฟล์ {folder} ไม่ได้ ({cause.strerror}) โปรดตรวจสิทธิ์และพื้นที่ว่าง แล้วลองใหม่",
        f"the archive {folder} cannot be used ({cause.strerror}); check its rights and free space, then try again",
    )
