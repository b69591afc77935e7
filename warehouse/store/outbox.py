"""The outbox: messages about what is wrong, one a cause and target, kept until they are sent."""

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.store.transactions import reading, writing
from warehouse.tables import outbox

RESOLVED = "resolved"
_FIRST_PAUSE = datetime.timedelta(minutes=10)
_LONGEST_PAUSE = datetime.timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told about one cause; a new `stage` of it is told at once, else it is repeated after a while."""

    cause: str
    stage: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is to be sent now."""

    id: int
    message: Message


def open_causes(engine: Engine) -> list[str]:
    """The causes that somebody was told of, or is to be, and not yet that they are resolved."""
    with reading(engine) as connection:
        return sorted({last.cause for _, last, _, _ in _last_told(connection) if last.stage != RESOLVED})


def put_out(
    engine: Engine,
    standing: Sequence[Message],
    targets: Collection[str],
    *,
    resolved: Callable[[Message], Message],
    now: datetime.datetime,
    repeat_after: datetime.timedelta,
    unseen: Collection[str] = (),
) -> int:
    """Put what each target must be told into the outbox; gives how many messages that are.

    `standing` is all that is wrong now: what is new or at a new stage is told, what was told `repeat_after` ago is
    told again, of what is wrong no longer `resolved` makes a message out of the last one; of `unseen` causes, which
    nobody could look at, nothing.
    """
    with writing(engine) as connection:
        last = {(target, told.cause): (told, made, sent) for target, told, made, sent in _last_told(connection)}
        new: list[tuple[str, Message]] = []
        for target in targets:
            for one in standing:
                told, made, sent = last.get((target, one.cause), (None, now, None))
                if told is None or told.stage != one.stage or (sent and now - made >= repeat_after):
                    new.append((target, one))
        open_still = {*unseen, *(one.cause for one in standing)}
        for (target, cause), (told, _, _) in last.items():
            if target in targets and cause not in open_still and told.stage != RESOLVED:
                new.append((target, resolved(told)))
        for target, one in new:
            _keep(connection, target, one, now)
    return len(new)


def next_to_send(engine: Engine, target: str, *, now: datetime.datetime) -> Waiting | None:
    """The target's oldest message that was not sent, if it is time for it; counted as tried before it is handed out.

    A process that dies with it leaves it to be tried again: a message may come twice, never not at all.
    """
    with writing(engine) as connection:
        unsent = select(outbox).where(outbox.c.target == target, outbox.c.sent_at.is_(None)).order_by(outbox.c.id)
        row = connection.execute(unsent.limit(1)).mappings().first()
        if row is None or row["try_at"] > now:
            return None
        pause = min(_FIRST_PAUSE * 2 ** min(row["tries"], 10), _LONGEST_PAUSE)
        tried = {"tries": row["tries"] + 1, "try_at": now + pause}
        connection.execute(update(outbox).where(outbox.c.id == row["id"]).values(tried))
    return Waiting(row["id"], Message(row["cause"], row["stage"], row["title"], row["body"]))


def keep_sent(engine: Engine, message_id: int, *, now: datetime.datetime) -> None:
    """Remember that a message went out."""
    with writing(engine) as connection:
        connection.execute(update(outbox).where(outbox.c.id == message_id).values(sent_at=now, error=None))


def keep_failed(engine: Engine, message_id: int, error: str) -> None:
    """Remember why a message did not go out."""
    with writing(engine) as connection:
        connection.execute(update(outbox).where(outbox.c.id == message_id).values(error=error))


def unsent(engine: Engine) -> dict[str, int]:
    """Target → how many of its messages were not sent yet."""
    waiting = select(outbox.c.target, func.count()).where(outbox.c.sent_at.is_(None)).group_by(outbox.c.target)
    with reading(engine) as connection:
        return dict(connection.execute(waiting.order_by(outbox.c.target)).tuples().all())


def _last_told(
    connection: Connection,
) -> Iterator[tuple[str, Message, datetime.datetime, datetime.datetime | None]]:
    newest = select(func.max(outbox.c.id)).group_by(outbox.c.cause, outbox.c.target)
    for row in connection.execute(select(outbox).where(outbox.c.id.in_(newest))).mappings():
        told = Message(row["cause"], row["stage"], row["title"], row["body"])
        yield row["target"], told, row["made_at"], row["sent_at"]


def _keep(connection: Connection, target: str, one: Message, now: datetime.datetime) -> None:
    written = {"cause": one.cause, "stage": one.stage, "title": one.title, "body": one.body}
    connection.execute(insert(outbox).values(**written, target=target, made_at=now, tries=0, try_at=now))
