"""Folders of this machine that come, or change, in one step: whoever looks finds all of the old or all of the new."""

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

_EXCHANGE, _WORKING_FOLDER = 2, -100  # RENAME_EXCHANGE of linux/fs.h, AT_FDCWD of fcntl.h: Python has neither
_NOT_HERE = {
    errno.EINVAL,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.EXDEV,  # a lower layer of a container
    errno.EBUSY,  # a mount of its own
    errno.EPERM,  # a folder of somebody else's
}

_LEFT = re.compile(r"\.(latest|v\d+)(\.approvals\.jsonl)?\.part")


def put_folder(folder: Path, files: Mapping[str, bytes], ours: Collection[str]) -> bool:
    """Put the files there as one folder; False, and nothing is changed, where that cannot be done.

    They are written beside it under a name that nobody reads. Whatever lies there besides `ours` must stay as it is, so
    such a folder is not exchanged; nor where the system cannot exchange two.
    """
    staged, there = folder.with_name(f".{folder.name}.part"), os.path.lexists(folder)
    if os.path.lexists(staged) or (there and not folder.is_symlink() and _holds_more(folder, ours)):
        return False
    try:
        for name, content in files.items():
            _write(staged / name, content)
        if not there:
            staged.rename(folder)
            return True
        return _exchanged(_like(folder, staged), folder)
    finally:
        _take_away(staged)  # what was replaced, or what could not be finished: the disk may be full


def clear(folder: Path) -> None:
    """Take away what killed runs left half written, or half taken away, in a folder."""
    for path in folder.glob(".*.part"):
        if _LEFT.fullmatch(path.name):
            _take_away(path)


def _holds_more(folder: Path, ours: Collection[str]) -> bool:
    files = {each for name in ours for each in (name, f".{name}.part")}
    folders = {parent.as_posix() for name in ours for parent in PurePosixPath(name).parents}
    return any(path.relative_to(folder).as_posix() not in files | folders for path in folder.rglob("*"))


def _like(folder: Path, staged: Path) -> Path:
    """The folder that takes the place of another, as open to the same people: a web server's group, say."""
    kept = folder.stat()
    with suppress(PermissionError):
        os.chown(staged, -1, kept.st_gid)
    staged.chmod(stat.S_IMODE(kept.st_mode))
    return staged


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # or a power cut could leave the folder in place and its files empty


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders changed places; not where system or file system cannot: macOS, Windows, NFS."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(_WORKING_FOLDER, os.fsencode(one), _WORKING_FOLDER, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _take_away(path: Path) -> None:
    """What cannot be taken away stays, under a name that nobody reads: what is published does not hang on it."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
