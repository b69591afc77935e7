"""The outbox: told once a cause, again after a while, and that it is over; kept until sent."""

import datetime
from dataclasses import replace

from sqlalchemy import select

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    RUAM_CHAI,
    budget,
    day,
    handed_in,
    load_on,
)
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import (
    RESOLVED,
    Message,
    keep_failed,
    keep_sent,
    next_to_send,
    open_causes,
    put_out,
    unsent,
)
from warehouse.store.transactions import reading
from warehouse.store.watch import keep_ended, last_ended, stopped_exports
from warehouse.tables import outbox

DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
LATE = Message("report 2566-1", "15", "รายงานยังไม่มี 3 หน่วยงาน", "สั่ง prongsai run")


def put(warehouse: Warehouse, *standing: Message, now: datetime.datetime, targets: tuple[str, ...] = ("mail",)) -> int:
    return put_out(
        warehouse,
        standing,
        targets,
        resolved=lambda last: replace(last, stage=RESOLVED, title=f"แก้ไขแล้ว: {last.title}"),
        now=now,
        repeat_after=DAY,
    )


def sent(warehouse: Warehouse, now: datetime.datetime, target: str = "mail") -> list[str]:
    titles = []
    while waiting := next_to_send(warehouse, target, now=now):
        keep_sent(warehouse, waiting.id, now=now)
        titles.append(waiting.message.title)
    return titles


def test_a_cause_is_told_once_and_again_after_a_day(warehouse: Warehouse):
    assert put(warehouse, LATE, now=day(0)) == 1
    assert sent(warehouse, day(0)) == [LATE.title]
    assert put(warehouse, LATE, now=day(0) + 23 * 60 * MINUTE) == 0
    assert put(warehouse, LATE, now=day(1)) == 1
    assert sent(warehouse, day(1)) == [LATE.title]


def test_a_new_stage_is_told_at_once(warehouse: Warehouse):
    put(warehouse, LATE, now=day(0))
    assert put(warehouse, replace(LATE, stage="5", title="เหลือ 5 วัน"), now=day(0) + MINUTE) == 1
    assert sent(warehouse, day(0) + MINUTE) == [LATE.title, "เหลือ 5 วัน"]


def test_what_is_over_is_told_once_and_may_come_back(warehouse: Warehouse):
    put(warehouse, LATE, now=day(0))
    assert open_causes(warehouse) == [LATE.cause]
    assert [put(warehouse, now=day(0) + MINUTE), put(warehouse, now=day(9))] == [1, 0]
    assert open_causes(warehouse) == []
    assert sent(warehouse, day(9)) == [LATE.title, f"แก้ไขแล้ว: {LATE.title}"]
    assert put(warehouse, LATE, now=day(9)) == 1


def test_each_target_is_told_on_its_own_and_a_new_one_hears_what_stands(warehouse: Warehouse):
    put(warehouse, LATE, now=day(0))
    assert put(warehouse, LATE, now=day(0) + MINUTE, targets=("mail", "line")) == 1
    assert sent(warehouse, day(0) + MINUTE, "line") == [LATE.title]
    assert put(warehouse, now=day(0) + 2 * MINUTE, targets=("line",)) == 1


def test_what_was_not_sent_waits_ever_longer_and_is_never_lost(warehouse: Warehouse):
    put(warehouse, LATE, now=day(0))
    now, pauses = day(0), []
    for _ in range(8):
        waiting = next_to_send(warehouse, "mail", now=now)
        assert waiting is not None and waiting.message == LATE
        keep_failed(warehouse, waiting.id, "connection refused")
        with reading(warehouse) as connection:
            again = connection.execute(select(outbox.c.try_at)).scalar_one()
        pauses.append((again - now) // MINUTE)
        assert next_to_send(warehouse, "mail", now=again - MINUTE) is None
        now = again
    assert pauses == [10, 20, 40, 80, 160, 320, 360, 360]
    assert unsent(warehouse) == {"mail": 1}
    assert put(warehouse, LATE, now=now + 9 * DAY) == 0  # not repeated on top of one that still waits
    assert sent(warehouse, now) == [LATE.title]
    assert unsent(warehouse) == {}


def test_a_message_behind_one_that_waits_does_not_overtake_it(warehouse: Warehouse):
    put(warehouse, LATE, now=day(0))
    assert next_to_send(warehouse, "mail", now=day(0)) is not None
    put(warehouse, now=day(0) + MINUTE)
    assert next_to_send(warehouse, "mail", now=day(0) + MINUTE) is None
    assert sent(warehouse, day(1)) == [LATE.title, f"แก้ไขแล้ว: {LATE.title}"]


def test_stopped_exports_are_the_last_of_their_place_and_period(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), CRITICAL, content="a"))
    load_on(warehouse, 0, handed_in(budget(1), CRITICAL, content="b", owner=RUAM_CHAI))
    load_on(warehouse, 0, handed_in(None, content="torn"))
    load_on(warehouse, 1, handed_in(budget(1), content="repaired", on=1))
    stopped = stopped_exports(warehouse)
    assert [(one.rule, one.organisation, one.period, one.file_name) for one in stopped] == [
        (CRITICAL.rule, RUAM_CHAI.code, FIRST_HALF, "b.xlsx"),
        ("unreadable", None, None, "torn.xlsx"),
    ]
    assert [one.said.th for one in stopped] == ["แถวไม่สมดุล", "อ่านไม่ได้"]


def test_when_a_verb_last_ended_well_is_remembered(warehouse: Warehouse):
    assert last_ended(warehouse, "sync") is None
    keep_ended(warehouse, "sync", now=day(0))
    keep_ended(warehouse, "sync", now=day(1))
    assert last_ended(warehouse, "sync") == day(1)
