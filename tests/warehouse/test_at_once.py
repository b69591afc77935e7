"""Several at once: readers wait for nobody, writers one after another, and nothing is loaded twice."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from tests.warehouse.exports import CRITICAL, budget, day, handed_in, load_on, plan
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.load import load
from warehouse.store.releases import ready_reports
from warehouse.store.transactions import reading, writing
from warehouse.tables import budget_line, export, organisation

BUDGET, PLAN = handed_in(budget(1), content="a"), handed_in(plan(1), content="plan")


def rename(connection: object, name: str) -> None:
    connection.execute(organisation.update().values(name=name))


def name_seen(connection: object) -> str:
    return connection.execute(select(organisation.c.name)).scalar_one()


def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_done(warehouse: Warehouse):
    load_on(warehouse, 0, BUDGET, PLAN)
    with writing(warehouse) as writer:
        rename(writer, "ระหว่างทาง")
        with reading(warehouse) as reader:
            assert name_seen(reader) == BUDGET.organisation.name
        assert len(ready_reports(warehouse)) == 1


def test_a_writer_does_not_wait_for_a_reader_who_sees_one_state_throughout(warehouse: Warehouse):
    load_on(warehouse, 0, BUDGET, PLAN)
    with reading(warehouse) as reader:
        before = name_seen(reader)
        with writing(warehouse) as writer:
            rename(writer, "ใหม่")
        assert name_seen(reader) == before
    with reading(warehouse) as reader:
        assert name_seen(reader) == "ใหม่"


def test_syncs_that_load_the_same_at_the_same_time_load_it_once(warehouse: Warehouse):
    batch = [handed_in(budget(*range(50)), content=str(number)) for number in range(20)]
    batch += [handed_in(budget(1), CRITICAL, content="bad"), handed_in(None, content="unreadable")]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: load(warehouse, batch, now=day(0)), range(4)))
    assert sum(one == "loaded" for outcome in outcomes for one in outcome) == 1
    assert all(outcome[-2:] == ["rejected", "unreadable"] for outcome in outcomes)
    with reading(warehouse) as connection:
        assert connection.execute(select(func.count()).select_from(export)).scalar() == len(batch)
        assert connection.execute(select(func.count()).select_from(budget_line)).scalar() == 50


def test_syncs_of_different_exports_at_the_same_time_give_each_its_own_id(warehouse: Warehouse):
    batches = [[handed_in(budget(number), content=f"{thread} {number}") for number in range(9)] for thread in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda batch: load(warehouse, batch, now=day(0)), batches))
    with reading(warehouse) as connection:
        ids = connection.execute(select(export.c.id).order_by(export.c.id)).scalars().all()
    assert ids == list(range(1, 37))


def test_many_may_open_a_database_without_tables_at_once(empty_url: str):
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_warehouse, [empty_url] * 4))
    assert [ready_reports(one) for one in opened] == [[]] * 4
