"""The inbox: a folder, often on a network share, where officers put what they exported.

Nothing in it is changed here; what is handled stays, unless settings name a folder for it (flows/handled.py).
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from connectors.fetched import Fetched
from connectors.limits import Limits
from warehouse.vocabulary.errors import ProngsaiError, Unreachable, Unreadable, WrongSettings
from warehouse.vocabulary.records import Organisation

_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload", ".download")
_LEFT_BY_PROGRAMS = (".", "~$", "thumbs.db", "desktop.ini")  # a dot hides .prongsai and LibreOffice's .~lock
_NOT_UTF8 = re.compile(r"[^/\\]*[\udc80-\udcff][^/\\]*")
_BY_HAND = {"manual", "จัดทำเอง"}  # folders, at any depth, of workbooks kept by hand while a system was down
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox, listed but not yet read."""

    path: Path
    size: int
    modified: float  # seconds since 1970, as the folder tells
    settled: bool  # False while it may still be being copied
    organisation: str | None  # the code that its folders tell, else its name
    others: tuple[str, ...]  # further known codes in its folders or name: a clash that people must settle
    error: OSError | None = None  # why it, a file or a folder, could not even be listed
    by_hand: bool = False  # a workbook that officers kept themselves: its folder says so


def arrived(
    folder: Path, organisations: Collection[Organisation], *, now: float, settled_after: float = 5.0
) -> list[Waiting]:
    """Every file in the inbox and its folders, by path; links are not followed, unfinished downloads not listed.

    A file touched within settled_after seconds of now (seconds since 1970) is listed as not settled; a folder that may
    not be opened stands in the list itself, so that reading it tells. Raises WrongSettings if there is no inbox,
    Unreachable if it does not answer.
    """
    codes = {organisation.code.upper(): organisation.code for organisation in organisations}
    listed = []
    for path, status in _found(folder):
        inside = path.relative_to(folder)
        organisation, others = _told(inside, codes)
        by_hand = not _BY_HAND.isdisjoint(part.lower() for part in inside.parent.parts)
        if isinstance(status, OSError):
            listed.append(Waiting(path, 0, 0.0, True, organisation, others, status))
            continue
        # A copied file keeps its old mtime: the moment it came here is its ctime.
        touched = max(status.st_mtime, status.st_ctime)
        # A date far ahead of us (a PC set to 2566) is no reason to wait for it.
        settled = abs(now - touched) >= settled_after
        listed.append(Waiting(path, status.st_size, status.st_mtime, settled, organisation, others, by_hand=by_hand))
    return sorted(listed, key=lambda file: str(file.path))


def read(files: Iterable[Waiting], limits: Limits) -> Iterator[Fetched | ProngsaiError]:
    """One answer a file in the same order, read when asked for: its bytes, or why there are none."""
    for file in files:
        try:
            yield _bytes_of(file, limits)
        except ProngsaiError as error:
            yield error
        except OSError as error:
            yield _unreadable(file.path, error)


def _found(folder: Path) -> Iterator[tuple[Path, os.stat_result | OSError]]:
    folders = [folder]
    for place in folders:  # grows as folders are found
        try:
            with os.scandir(place) as entries:
                inside = [entry for entry in entries if _is_handed_in(entry.name.lower())]
        except OSError as error:
            if place == folder:
                raise _no_inbox(folder, error) from error
            yield place, error
            continue
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                folders.append(place / entry.name)
            elif entry.is_file(follow_symlinks=False):
                yield place / entry.name, _status(entry)


def _status(entry: os.DirEntry[str]) -> os.stat_result | OSError:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError as error:  # taken away while we listed, or a share that stopped answering
        return error


def _is_handed_in(name: str) -> bool:
    return not name.startswith(_LEFT_BY_PROGRAMS) and not name.endswith(_UNFINISHED)


def _told(path: Path, codes: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """The organisation that a path inside the inbox tells, and the others that it names as well."""
    by_folder = _codes_in(" ".join(path.parent.parts), codes)
    by_name = _codes_in(path.stem, codes)
    told = by_folder or by_name
    organisation = told[0] if len(told) == 1 else None
    return organisation, tuple(code for code in dict.fromkeys(by_folder + by_name) if code != organisation)


def _codes_in(text: str, codes: Mapping[str, str]) -> list[str]:
    words = re.findall("[0-9A-Za-z]+", text)
    return list(dict.fromkeys(codes[word.upper()] for word in words if word.upper() in codes))


def _bytes_of(file: Waiting, limits: Limits) -> Fetched:
    if file.error is not None:
        raise file.error
    if not file.settled:
        raise _still_copied(file.path)
    with file.path.open("rb") as opened:
        status = os.fstat(opened.fileno())
        if (status.st_size, status.st_mtime) != (file.size, file.modified):
            raise _still_copied(file.path)
        if file.size > limits.bytes:
            size, most = f"{file.size:,}", f"{limits.bytes:,}"
            raise Unreadable(
                f"ไฟล์ {printable(file.path)} ใหญ่เกินไป ({size} ไบต์ รับได้ไม่เกิน {most}) กรุณาส่งเฉพาะรายงาน",
                f"{printable(file.path)} is too large ({size} bytes, at most {most}): hand in the report alone",
            )
        content = opened.read(file.size + 1)
    if len(content) != file.size:
        raise _still_copied(file.path)
    via: Literal["inbox", "hand"] = "hand" if file.by_hand else "inbox"
    return Fetched(content, printable(file.path.name), printable(file.path), via, file.organisation)


def _still_copied(path: Path) -> Unreachable:
    return Unreachable(
        f"{printable(path)} กำลังถูกคัดลอกหรือแก้ไขอยู่ จะอ่านในรอบถัดไป",
        f"{printable(path)} is still being copied or changed: it will be read next time",
    )


def _unreadable(path: Path, error: OSError) -> Unreachable:
    if isinstance(error, FileNotFoundError):
        th, en = "ไม่อยู่แล้ว ถ้ายังต้องใช้ กรุณาวางไฟล์อีกครั้ง", "is gone: put it back if it is still needed"
    elif isinstance(error, PermissionError):
        th, en = (
            "ไม่มีสิทธิ์อ่าน กรุณาให้สิทธิ์อ่านหรือปิดโปรแกรมที่เปิดไฟล์อยู่",
            "may not be read: grant access, or close what holds it open",
        )
    else:
        th, en = (
            f"อ่านไม่ได้ ({error.strerror}) กรุณาตรวจเครือข่ายแล้วลองใหม่",
            f"cannot be read ({error.strerror}): check the network and try again",
        )
    return Unreachable(f"{printable(path)} {th}", f"{printable(path)} {en}")


def _no_inbox(folder: Path, error: OSError) -> ProngsaiError:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return _unreadable(folder, error)
    return WrongSettings(
        f"ไม่พบโฟลเดอร์รับไฟล์ {folder} กรุณาสร้างโฟลเดอร์ ต่อไดรฟ์เครือข่าย หรือแก้ตำแหน่งใน prongsai.toml",
        f"There is no inbox folder {folder}: create it, connect the network drive, or correct prongsai.toml",
    )


def printable(path: Path | str) -> str:
    """The path as text of one line; a name that is not UTF-8 came from an old Thai Windows."""
    text = _NOT_UTF8.sub(lambda name: os.fsencode(name[0]).decode("cp874", errors="replace"), str(path))
    return _CONTROL.sub("?", text)
