"""Every byte that was fetched, kept before it is read: write-once, named by sha256, with a sidecar of how it came."""

import datetime
import hashlib
import json
import os
from pathlib import Path
from typing import Literal

from warehouse.vocabulary.errors import Damaged
from warehouse.vocabulary.records import Export


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
    now: datetime.datetime,
) -> Export:
    """The export that these bytes are; written if they are new, else as they first came."""
    sha256 = sha256_of(content)
    path = _path(folder, sha256)
    if path.with_suffix(".json").is_file():
        return sidecar(folder, sha256)
    export = Export(sha256, len(content), file_name, origin, now.replace(microsecond=0), via, organisation)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_once(path, content)
    said = {
        "sha256": sha256,
        "size": export.size,
        "file_name": file_name,
        "origin": origin,
        "fetched_at": export.fetched_at.isoformat(),
        "via": via,
        "organisation": organisation,
    }
    # The sidecar last: bytes without one were never completely archived and are written again.
    _write_once(path.with_suffix(".json"), json.dumps(said, ensure_ascii=False, indent=1).encode())
    return export


def sidecar(folder: Path, sha256: str) -> Export:
    """What is known of archived bytes. Raises Damaged if the sidecar does not say."""
    path = _path(folder, sha256).with_suffix(".json")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        fetched_at = datetime.datetime.fromisoformat(said["fetched_at"])
        return Export(
            said["sha256"],
            said["size"],
            said["file_name"],
            said["origin"],
            fetched_at,
            said["via"],
            said["organisation"],
        )
    except (OSError, ValueError, KeyError) as cause:
        raise Damaged(
            f"ข้อมูลกำกับไฟล์ในคลังเสียหาย: {path.name} โปรดกู้คืนจากข้อมูลสำรอง",
            f"the archive's record is damaged: {path.name}; restore it from a backup",
        ) from cause


def archived_bytes(folder: Path, sha256: str) -> bytes:
    """The bytes, proven to be those that were archived. Raises Damaged if they are not."""
    path = _path(folder, sha256)
    content = path.read_bytes() if path.is_file() else b""
    if sha256_of(content) != sha256:
        raise Damaged(
            f"ไฟล์ในคลังไม่ตรงกับที่จัดเก็บไว้: {path.name} โปรดกู้คืนจากข้อมูลสำรอง",
            f"archived bytes are not what was archived: {path.name}; restore them from a backup",
        )
    return content


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _write_once(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)
