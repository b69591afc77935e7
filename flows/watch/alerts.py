"""Alerts: what is wrong goes through the outbox of the warehouse to every target: e-mail, LINE, Teams, a webhook …"""

import datetime
import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from connectors.portal import Secrets
from flows.address import NAMED, address_of
from warehouse.archive import sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import (
    RESOLVED,
    Message,
    keep_failed,
    keep_sent,
    next_to_send,
    put_out,
)
from warehouse.vocabulary.errors import WrongSettings

_SENDER = "โปร่งใส"


@dataclass(frozen=True, slots=True)
class Target:
    """Where alerts go. The name is shown and kept; the address, which may hold passwords, never is."""

    name: str
    address: str = field(repr=False)


Send = Callable[[Target, Message], str | None]
"""Sends one message; gives why it failed, None if it went out."""


def targets_of(
    written: Sequence[str], environment: Mapping[str, str], folder: Path, setting: str = "alerts"
) -> list[Target]:
    """The targets of a setting: "env:NAME" and "file:PATH" name where the address stands, or it stands there itself.

    Raises WrongSettings, naming the target's place in the list, for one that is missing or that nothing can send to.
    """
    found = []
    for number, one in enumerate(written, start=1):
        address = address_of(one, environment, folder)
        named = one.startswith(NAMED)
        scheme = address.partition("://")[0]
        name = one if named else f"{scheme}:{sha256_of(one.encode())[:8]}"
        if not address or not _accepts(address):
            shown = one if named else scheme
            raise WrongSettings(
                f"{setting} ลำดับที่ {number} ({shown}) ใช้ไม่ได้: ว่างเปล่า อ่านไม่ได้ หรือไม่ใช่ที่อยู่ของ Apprise",
                f"{setting}, number {number} ({shown}): empty, not readable, or no address of Apprise",
            )
        found.append(Target(name, address))
    return found


def tell(
    warehouse: Warehouse,
    standing: Sequence[Message],
    targets: Sequence[Target],
    *,
    now: datetime.datetime,
    repeat_after: datetime.timedelta,
    unseen: Collection[str] = (),
) -> tuple[int, dict[str, str]]:
    """Put out what must be told, then send all that waits: how many went out, and by target why the rest did not.

    unseen: causes that nobody could look at just now, which are therefore not told as over.
    One target that is down holds up no other; what it misses waits in the outbox, in order, for the next time.
    """
    names = [one.name for one in targets]
    put_out(warehouse, standing, names, resolved=resolved, now=now, repeat_after=repeat_after, unseen=unseen)
    sent, failed = 0, dict[str, str]()
    for target in targets:
        while waiting := next_to_send(warehouse, target.name, now=now):
            error = send(target, waiting.message)
            if error is not None:
                keep_failed(warehouse, waiting.id, error)
                failed[target.name] = error
                break
            keep_sent(warehouse, waiting.id, now=now)
            sent += 1
    return sent, failed


def resolved(last: Message) -> Message:
    """The message that what was told last is wrong no longer."""
    body = "เรื่องนี้เรียบร้อยแล้ว ไม่ต้องทำอะไรเพิ่ม\n\nThis is settled; there is nothing more to do."
    return replace(last, stage=RESOLVED, title=f"แก้ไขแล้ว / Resolved: {last.title}", body=body)


def send(target: Target, message: Message) -> str | None:
    """Send one message at once; gives why it failed, without any secret, None if it went out."""
    secrets = Secrets(
        {"address": target.address, **{str(place): one for place, one in enumerate(_parts(target.address))}}
    )
    with secrets.hidden_in_logs(), _heard() as said:
        notifier = _notifier(target.address)
        went = notifier is not None and notifier.notify(title=f"[{_SENDER}] {message.title}", body=message.body)
    if went:
        return None
    return secrets.hidden_in(" / ".join(said))[:500] or "ส่งไม่สำเร็จ / not sent"


def _accepts(address: str) -> bool:
    with _heard():
        return _notifier(address) is not None


def _notifier(address: str) -> Any:
    import apprise  # only when something is to be sent

    asset = apprise.AppriseAsset(app_id="Prongsai", app_desc=_SENDER, app_url="", secure_logging=True)
    notifier = apprise.Apprise(asset=asset)
    return notifier if notifier.add(address) else None


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Apprise says meanwhile: for us alone, because it may name what is secret."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, ear = logging.getLogger("apprise"), Ear(logging.WARNING)
    before = logger.propagate, logger.level
    logger.addHandler(ear)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        logger.removeHandler(ear)
        logger.propagate = before[0]
        logger.setLevel(before[1])


def _parts(address: str) -> list[str]:
    """Whatever in an address may be secret: each piece behind the scheme that is not short, quoted and unquoted."""
    pieces = re.split(r"[/:@?&=,]+", address.partition("://")[2])
    return [spelt for piece in pieces for spelt in {piece, unquote(piece)} if len(spelt) >= 4]
