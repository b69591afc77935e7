"""Handled files: what counts leaves the inbox, where the settings name a folder for it."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from connectors.inbox import Waiting, printable
from flows.job import Wanted
from flows.line import ExportResult
from flows.settings import Settings
from warehouse.vocabulary.errors import Words


def move_handled(
    settings: Settings, wanted: Wanted, files: Sequence[Waiting], results: Sequence[ExportResult]
) -> Words | None:
    """Move the waiting files all of whose tables count, under the same subfolders; what to say if some would not go.

    What counts is archived. A file stays that was overwritten since it was read, and one that a sync of one
    organisation may have found to be another's, as its folder and name do not tell.
    """
    if settings.handled is None:
        return None
    stopped = {one.origin for one in results if one.stopped}
    counting = {one.sha256 for one in results} - {one.sha256 for one in results if one.stopped}
    inbox, folder = settings.path(settings.inbox), settings.path(settings.handled)
    failed: list[tuple[Path, OSError]] = []
    for file in files:
        if not file.settled or file.error or str(file.path) in stopped:
            continue
        if wanted.organisation not in (None, file.organisation):
            continue
        try:
            sha256 = _sha256_of(file)
            if sha256 in counting:
                _move(file.path, folder / file.path.relative_to(inbox), sha256)
        except OSError as error:
            if os.path.lexists(file.path) or not isinstance(error, FileNotFoundError):  # else another sync moved it
                failed.append((file.path, error))
    return _not_moved(folder, failed) if failed else None


def _sha256_of(file: Waiting) -> str:
    """That of the file as it is now; empty where its size tells already that it is another."""
    with file.path.open("rb") as opened:
        if os.fstat(opened.fileno()).st_size != file.size:
            return ""
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _move(path: Path, target: Path, sha256: str) -> None:
    """Move a file whole or not at all, on another file system too; beside another of its name it is named by sha256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):
        target = target.with_name(f"{target.stem}.{sha256[:12]}{target.suffix}")
    partial = target.with_name(f".{sha256}.part")  # short: a name of 85 Thai letters has no room for more
    try:
        shutil.move(path, partial)
    except OSError:
        if os.path.lexists(path):
            partial.unlink(missing_ok=True)
        raise
    partial.replace(target)


def _not_moved(folder: Path, failed: Sequence[tuple[Path, OSError]]) -> Words:
    path, error = failed[0]
    place, count = printable(path), f"{len(failed):,}"
    return Words(
        f"ย้าย {count} ไฟล์ที่นำเข้าแล้วไป {folder} ไม่ได้ เช่น {place} ({error.strerror}) ข้อมูลไม่หาย รอบถัดไปจะย้ายใหม่ "
        "กรุณาให้สิทธิ์เขียน ปิดโปรแกรมที่เปิดไฟล์อยู่ หรือตรวจเครือข่ายและที่ว่าง",
        f"{count} files that are loaded could not be moved to {folder}, such as {place} ({error.strerror}): nothing is "
        "lost and the next sync tries again; grant access, close what holds them open, or check network and disk room",
    )
