"""The secrets that a recipe names: from the environment, files or Prefect, hidden wherever text is shown."""

import contextlib
import html
import json
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from connectors.portal import address
from connectors.portal.recipe import REFERENCE, Recipe
from warehouse.vocabulary.errors import WrongSettings


class Secrets:
    """Secrets by the reference that names them: "env:NAME", "file:PATH" or "prefect:BLOCK"."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        spellings = {spelling for value in values.values() for spelling in _spellings(value)}
        # The longest first: a secret may begin another one.
        alternatives = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        self._pattern = re.compile(alternatives or r"(?!)", re.IGNORECASE)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self._values)})"

    def of(self, value: str) -> str:
        """The secret that the value names, or the value itself if it names none."""
        if value.startswith(REFERENCE) and value not in self._values:
            raise _missing(value)
        return self._values.get(value, value)

    def hidden_in(self, text: str) -> str:
        """The text without any secret, however it is spelt there; nothing at all where only that hides it."""
        shown = self._pattern.sub(address.HIDDEN, text)
        return "" if self._pattern.search(shown) else shown

    @contextlib.contextmanager
    def hidden_in_logs(self) -> Iterator[None]:
        """Meanwhile what the HTTP library logs has neither secrets nor query strings."""

        def hide(record: logging.LogRecord) -> bool:
            record.msg = self.hidden_in(re.sub(r"\?[^\s\"')]*", f"?{address.HIDDEN}", record.getMessage()))
            record.args = ()
            return True

        loggers = [logging.getLogger(f"urllib3.{name}") for name in ("connection", "connectionpool")]
        for logger in loggers:
            logger.addFilter(hide)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeFilter(hide)


def secrets_of(recipe: Recipe, environment: Mapping[str, str], block: Callable[[str], str] | None = None) -> Secrets:
    """The secrets that a recipe names; `block` gives the text of a Prefect block, None where no Prefect runs.

    Raises WrongSettings for one that is missing, empty, or readable by others.
    """
    return Secrets({reference: _secret(reference, environment, block) for reference in recipe.references})


def _secret(reference: str, environment: Mapping[str, str], block: Callable[[str], str] | None) -> str:
    kind, _, name = reference.partition(":")
    value = environment[name] if kind == "env" and name in environment else ""
    if kind == "file":
        value = _secret_in(Path(name))
    elif kind == "prefect":
        value = _secret_of_prefect(reference, name, block)
    if not value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _missing(reference)
    return value


def _secret_of_prefect(reference: str, name: str, block: Callable[[str], str] | None) -> str:
    if block is None:
        raise WrongSettings(
            f"ความลับ {reference} เก็บอยู่ใน Prefect ซึ่งคำสั่งนี้ไม่ได้ใช้ กรุณาสั่ง prongsai run หรือใช้ prongsai serve",
            f"The secret {reference} is kept in Prefect, which this command does without: use prongsai run or serve",
        )
    return block(name)


def _missing(reference: str) -> WrongSettings:
    return WrongSettings(
        f"ความลับ {reference} ไม่มี ว่างเปล่า หรืออ่านไม่ได้ กรุณาตั้งค่าตามที่ไฟล์กำหนดพอร์ทัลอ้างถึง",
        f"The secret {reference} is missing, empty or may not be read: set what the portal recipe names",
    )


def _secret_in(path: Path) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise WrongSettings(
                f"ไฟล์ความลับ {path} เปิดให้ผู้อื่นอ่านได้ กรุณาสั่ง chmod 600",
                f"The secrets file {path} is open to others: chmod 600 it",
            )
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return ""


def _spellings(value: str) -> Iterator[str]:
    """The secret as addresses, forms, pages, logs and code write it."""
    written = value.encode("utf-8", errors="surrogatepass")
    yield value
    yield from (quote(written, safe=safe) for safe in ("", "/", "!#$%&'()*+,/:;=?@[]~"))
    yield from (
        quote_plus(written),
        quote(quote(written, safe=""), safe=""),
        html.escape(value),
        html.escape(value, quote=False),
    )
    yield from (
        repr(value)[1:-1],
        ascii(value)[1:-1],
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
    )
