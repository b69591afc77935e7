"""Folders of this machine that come, or change, in one step: whoever looks finds all of the old or all of the new."""

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

_EXCHANGE, _WORKING_FOLDER = 2, -100  # RENAME_EXCHANGE of linux/fs.h, AT_FDCWD of fcntl.h: Python has neither
_NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV}  # the last: a lower layer of a container

_LEFT = re.compile(r"\.(latest|v\d+)(\.approvals\.jsonl)?\.part")


def put_folder(folder: Path, files: Mapping[str, bytes], ours: Collection[str]) -> bool:
    """Put the files there as one folder; False, and nothing is changed, where this system cannot exchange two.

    They are written beside it under a name that nobody reads. What lies in its place and is none of `ours` comes along.
    """
    staged = folder.with_name(f".{folder.name}.part")
    for name, content in files.items():
        _write(staged / name, content)
    if not os.path.lexists(folder):
        staged.rename(folder)
        return True
    replaced = {each for name in ours for each in (name, f".{name}.part")}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name not in replaced and (path.is_symlink() or path.is_file()):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, staged / name, follow_symlinks=False)
    done = _exchanged(staged, folder)
    _take_away(staged)
    return done


def clear(folder: Path) -> None:
    """Take away what killed runs left half written, or half taken away, in a folder."""
    for path in folder.glob(".*.part"):
        if _LEFT.fullmatch(path.name):
            _take_away(path)


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
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
