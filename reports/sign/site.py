"""Where releases are published: a folder, or whatever fsspec reaches by an address (SFTP, S3, WebDAV)."""

import urllib.request
from collections.abc import Collection, Mapping
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, unquote, urlsplit

from reports.sign.approvals import sha256_text
from reports.sign.folders import clear, put_folder
from reports.sign.systems import FOREIGN, SECONDS, kinds_of, opened, write_whole
from warehouse.vocabulary.errors import Damaged, Unreachable, Words, WrongSettings


def shown_target(target: str) -> str:
    """A target as it may be told: a full path, or an address without user and password.

    Raises WrongSettings for an address whose password could be taken for a part of something else, and so be told.
    """
    if "://" not in target:
        return Path(target).resolve().as_posix()
    scheme, _, rest = target.partition("://")
    with suppress(ValueError):  # no port
        parts = urlsplit(target)
        port = f":{parts.port}" if parts.port else ""
        if "::" not in scheme and not (":" in parts.netloc and "@" in rest.removeprefix(parts.netloc)):
            return parts._replace(netloc=f"{parts.hostname or ''}{port}", query="", fragment="").geturl()
    raise WrongSettings(
        "อ่านที่อยู่ของปลายทางไม่ได้ โปรดเขียนอักขระพิเศษในรหัสผ่านแบบ URL เช่น @ เป็น %40 / เป็น %2F # เป็น %23",
        "the address of the target is not clear: percent-encode what is special in its password, @ as %40, / as %2F",
    )


class Site:
    """A target, reached. Paths are relative to it; every file is there whole or not at all."""

    def __init__(self, target: str) -> None:
        self.name = shown_target(target)
        self._reached = _Reached(target)
        try:
            with self._reached:
                self._system, self._root = opened(target)
        except ImportError as cause:
            raise WrongSettings(
                f'ใช้ปลายทาง {self.name} ต้องติดตั้งเพิ่ม: pip install "prongsai[targets]" ({cause})',
                f'the target {self.name} needs more to be installed: pip install "prongsai[targets]" ({cause})',
            ) from cause
        except ValueError as cause:
            raise WrongSettings(
                f"ใช้ปลายทาง {self.name} ไม่ได้: {cause}", f"the target {self.name} cannot be used: {cause}"
            ) from cause

    def content(self, path: str) -> bytes | None:
        """What is at a path, None if nothing is."""
        with self._reached:
            try:
                return bytes(self._system.cat_file(self._full(path)))
            except FileNotFoundError:
                return None

    def put(self, path: str, content: bytes, *, replace: bool) -> bool:
        """Put a file there whole; whether it was not there. Raises Damaged if other bytes are there and must stay."""
        there = self.content(path)
        if there == content:
            return False
        if there is not None and not replace:
            raise Damaged(
                f"{self.name}/{path} มีเนื้อหาอื่นอยู่แล้ว ฉบับที่เผยแพร่แล้วต้องไม่เปลี่ยน โปรดตรวจว่าใครแก้ไข แล้วย้ายไฟล์นั้นออกก่อน",
                f"{self.name}/{path} holds something else, and a published version never changes: "
                "find out who changed it, then move that file away",
            )
        with self._reached:
            write_whole(self._system, self._full(path), content)
        return True

    def put_folder(self, path: str, files: Mapping[str, bytes], *, ours: Collection[str] = ()) -> bool:
        """Put a folder there, in one step where that can be, else file by file in their order; whether it was not so.

        ours: names that may hold other bytes and are taken away where they are none of the files; none of a version.
        Raises Damaged if other bytes are there and must stay.
        """
        folder, here = Path(self._full(path)), "file" in kinds_of(self._system)
        there = {name: self.content(f"{path}/{name}") for name in dict.fromkeys([*sorted(ours), *files])}
        missing = all(content is None for content in there.values())
        with self._reached:
            if here:
                clear(folder.parent)
            if all(content == files.get(name) for name, content in there.items()):
                return False
            if here and (ours or missing) and put_folder(folder, files, there):
                return True
            for name, content in there.items():
                if content is not None and name not in files:
                    self._system.rm_file(self._full(f"{path}/{name}"))
        for name, content in files.items():
            self.put(f"{path}/{name}", content, replace=bool(ours))
        return True

    def _full(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}"


class _Reached:
    """What goes wrong inside says that the target does not answer, without its password."""

    def __init__(self, target: str) -> None:
        self._name, password = shown_target(target), urlsplit(target).password or ""
        self._hidden = {password, unquote(password)} - {""}

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, OSError) or (kind and kind.__module__.partition(".")[0] in FOREIGN):
            cause = str(error) or type(error).__name__
            for each in self._hidden:
                cause = cause.replace(each, "***")
            raise Unreachable(
                f"เข้าถึง {self._name} ไม่ได้: {cause} โปรดตรวจการเชื่อมต่อและสิทธิ์ แล้วสั่งอีกครั้ง",
                f"{self._name} does not answer: {cause}; check connection and rights, then run this again",
            ) from error


def check_address(address: str) -> None:
    """Raises WrongSettings for a public address that no browser opens."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise WrongSettings(
            f"ที่อยู่สาธารณะต้องขึ้นต้นด้วย http:// หรือ https:// ไม่ใช่ {address}",
            f"a public address starts with http:// or https://, unlike {address}",
        )


def check_public(address: str, contents: Mapping[str, bytes], left: Words) -> None:
    """Get every file from its public address and compare; `left` says what is there and what to do where they differ.

    Raises Unreachable, or Damaged if other bytes come.
    """
    for path, content in contents.items():
        url = f"{address.rstrip('/')}/{quote(path)}"
        try:
            asked = urllib.request.Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310 - `check_address`
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
                came = answer.read(len(content) + 1)
        except (OSError, HTTPException) as cause:
            raise Unreachable(
                f"อ่าน {url} กลับมาตรวจไม่ได้: {cause} {left.th}",
                f"{url} cannot be read back: {cause}; {left.en}",
            ) from cause
        if sha256_text(came) != sha256_text(content):
            raise Damaged(
                f"{url} ไม่ใช่ไฟล์ที่เผยแพร่ อาจเป็นแคชของเว็บไซต์ หรือที่อยู่ผิด {left.th}",
                f"{url} is not the file that was published: a cache, or a wrong address; {left.en}",
            )
