"""What a load makes of judged exports: new facts, the same again, quarantine, or the trail of the unreadable."""

import datetime
import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    FULL_YEAR,
    KHLONG,
    RUAM_CHAI,
    WARNING,
    budget,
    correction,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse
from warehouse.store.facts import findings_of, report_facts
from warehouse.store.load import Outcome, load, replaced_exports, seen_before
from warehouse.store.transactions import reading, writing
from warehouse.tables import budget_line, export, organisation, quarantined_row
from warehouse.vocabulary.errors import NotReady
from warehouse.vocabulary.records import Organisation

PLAN = handed_in(plan(100), content="plan")


def count(warehouse: Warehouse, table: object) -> int:
    with reading(warehouse) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


def disbursed(warehouse: Warehouse, **at: object) -> list[int]:
    return [line.disbursed for line in report_facts(warehouse, KHLONG.code, FIRST_HALF, **at).budget_lines]


def test_accepted_rows_become_facts_as_they_were_read(warehouse: Warehouse):
    assert load_on(warehouse, 0, handed_in(budget(10, 20), WARNING, content="a"), PLAN) == [Outcome.LOADED] * 2
    facts = report_facts(warehouse, KHLONG.code, FIRST_HALF)
    assert facts.organisation == KHLONG
    assert [(line.source_row, line.disbursed, line.remaining) for line in facts.budget_lines] == [
        (6, 10, 99_990),
        (7, 20, 99_980),
    ]
    assert facts.plan_projects[0].number == "00"
    assert facts.budget.findings == (WARNING,)
    assert facts.budget.export.fetched_at == day(0)
    assert facts.budget.title.data_date == budget().title.data_date
    assert facts.budget.letters == {"disbursed": "I"}


def test_codes_that_look_like_numbers_stay_text(warehouse: Warehouse):
    load_on(warehouse, 0, *(handed_in(budget(1), content=one.code, owner=one) for one in (KHLONG, RUAM_CHAI)))
    with reading(warehouse) as connection:
        codes = connection.execute(select(organisation.c.code).order_by(organisation.c.code)).scalars().all()
        seen = connection.execute(text("SELECT DISTINCT organisation FROM current_budget ORDER BY 1")).scalars().all()
    assert codes == seen == ["00123", "751E0"]


def test_a_whole_batch_of_nothing_is_nothing(warehouse: Warehouse):
    assert load_on(warehouse, 0) == []


def test_bytes_that_were_judged_just_so_before_are_known(warehouse: Warehouse):
    one = handed_in(budget(10), content="a")
    key, other = (one.export.sha256, "rules"), (one.export.sha256, "other rules")
    assert seen_before(warehouse, {key}) == {}
    load_on(warehouse, 0, one)
    seen = seen_before(warehouse, {key, other})
    assert list(seen) == [key]
    assert [(table.source, table.accepted, table.error) for table in seen[key]] == [("elaas", True, None)]


def test_a_country_of_hashes_can_be_asked_for_at_once(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), content="7"))
    keys = {(handed_in(None, content=str(number)).export.sha256, "rules") for number in range(40_000)}
    assert len(seen_before(warehouse, keys)) == 1


def test_what_another_sync_loaded_meanwhile_is_not_loaded_twice(warehouse: Warehouse):
    batch = (
        handed_in(budget(10), content="a"),
        handed_in(budget(1), CRITICAL, content="b"),
        handed_in(None, content="c"),
    )
    assert load_on(warehouse, 0, *batch) == [Outcome.LOADED, Outcome.REJECTED, Outcome.UNREADABLE]
    assert load_on(warehouse, 1, *batch, PLAN) == [
        Outcome.SAME,
        Outcome.REJECTED,
        Outcome.UNREADABLE,
        Outcome.LOADED,
    ]
    assert count(warehouse, export) == 4


def test_the_same_rows_in_other_bytes_are_seen_again_and_no_new_facts(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10, 20), content="a"), PLAN)
    assert load_on(warehouse, 1, handed_in(budget(10, 20), content="b", on=1)) == [Outcome.SAME]
    assert count(warehouse, budget_line) == 2
    facts = report_facts(warehouse, KHLONG.code, FIRST_HALF)
    assert (facts.budget.export.file_name, len(facts.budget_lines)) == ("b.xlsx", 2)


def test_a_rejected_export_is_quarantined_and_changes_nothing_current(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10), content="a"), PLAN)
    before = report_facts(warehouse, KHLONG.code, FIRST_HALF)
    bad = handed_in(budget(99, 98), CRITICAL, content="b", on=1)
    assert load_on(warehouse, 1, bad) == [Outcome.REJECTED]
    assert report_facts(warehouse, KHLONG.code, FIRST_HALF) == before
    assert count(warehouse, budget_line) == 1
    with reading(warehouse) as connection:
        kept = connection.execute(select(quarantined_row).order_by(quarantined_row.c.source_row)).all()
    assert [(row.source_row, json.loads(row.content)["disbursed"]) for row in kept] == [(6, 99), (7, 98)]
    [seen] = seen_before(warehouse, {(bad.export.sha256, "rules")})[bad.export.sha256, "rules"]
    assert findings_of(warehouse, [seen.export_id]) == {seen.export_id: (CRITICAL,)}


def test_an_accepted_export_of_nobody_known_is_quarantined(warehouse: Warehouse):
    assert load_on(warehouse, 0, handed_in(budget(1), content="a", owner=None)) == [Outcome.REJECTED]
    assert count(warehouse, quarantined_row) == 1


def test_an_unreadable_export_leaves_its_trail(warehouse: Warehouse):
    one = handed_in(None, content="a")
    assert load_on(warehouse, 0, one) == [Outcome.UNREADABLE]
    [seen] = seen_before(warehouse, {(one.export.sha256, "rules")})[one.export.sha256, "rules"]
    assert (seen.source, seen.accepted, seen.error) == ("", False, one.error)


def test_a_fixed_export_replaces_the_one_before_and_the_trail_stays(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10), content="a"), PLAN)
    load_on(warehouse, 1, handed_in(budget(99), CRITICAL, content="b", on=1))
    load_on(warehouse, 2, handed_in(budget(30), content="c", on=2))
    assert disbursed(warehouse) == [30]
    with reading(warehouse) as connection:
        budgets = export.c.source == "elaas"
        trail = connection.execute(select(export).where(budgets).order_by(export.c.id)).all()
    assert [one.verdict for one in trail] == ["accepted", "rejected", "accepted"]
    assert [one.replaces for one in trail] == [None, None, trail[0].id]
    assert count(warehouse, budget_line) == 2


def test_rows_handed_in_again_after_a_change_are_current_again(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10), content="a"), PLAN)
    load_on(warehouse, 1, handed_in(budget(20), content="b", on=1))
    assert load_on(warehouse, 2, handed_in(budget(10), content="c", on=2)) == [Outcome.LOADED]
    assert disbursed(warehouse) == [10]


def test_bytes_that_are_only_judged_anew_do_not_overtake_what_came_later(warehouse: Warehouse):
    older, newer = handed_in(budget(10), content="z"), handed_in(budget(20), content="a", on=1)
    load_on(warehouse, 0, older, PLAN)
    load_on(warehouse, 1, newer)
    again = [
        handed_in(budget(20), content="a", on=1, judged_by="new"),
        handed_in(budget(10), content="z", judged_by="new"),
    ]
    load_on(warehouse, 2, *again)
    assert disbursed(warehouse) == [20]


def test_cut_offs_may_come_in_any_order_and_do_not_touch_each_other(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(50), content="full", period=FULL_YEAR), PLAN)
    load_on(warehouse, 1, handed_in(budget(10), content="half", on=1))
    assert disbursed(warehouse) == [10]
    load_on(warehouse, 2, handed_in(plan(1), content="plan full", period=FULL_YEAR, on=2))
    [line] = report_facts(warehouse, KHLONG.code, FULL_YEAR).budget_lines
    assert line.disbursed == 50


def test_two_sources_in_one_batch_are_two_exports(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10), content="a"), PLAN)
    facts = report_facts(warehouse, KHLONG.code, FIRST_HALF)
    assert (facts.budget.source, facts.plan.source) == ("elaas", "eplannacc")


def test_two_tables_of_one_workbook_may_bear_one_label(warehouse: Warehouse):
    first, second = handed_in(budget(1), CRITICAL, content="a"), handed_in(budget(2), CRITICAL, content="a")
    assert load_on(warehouse, 0, first, second) == [Outcome.REJECTED] * 2
    assert len(seen_before(warehouse, {(first.export.sha256, "rules")})[first.export.sha256, "rules"]) == 2


def test_facts_as_they_were_known_on_a_day(warehouse: Warehouse):
    load_on(warehouse, 0, PLAN)
    load_on(warehouse, 1, handed_in(budget(10), content="a", on=1))
    load_on(warehouse, 5, handed_in(budget(20), content="b", on=5))
    with pytest.raises(NotReady, match="elaas"):
        report_facts(warehouse, KHLONG.code, FIRST_HALF, known_at=day(0))
    assert [disbursed(warehouse, known_at=day(number)) for number in (1, 4, 5, 6)] == [[10], [10], [20], [20]]


def test_moments_are_utc_whatever_zone_they_came_in(warehouse: Warehouse):
    thai = day(3).astimezone(datetime.timezone(datetime.timedelta(hours=7)))
    load(warehouse, [PLAN], now=thai)
    with reading(warehouse) as connection:
        [loaded_at] = connection.execute(select(export.c.loaded_at)).scalars()
        as_seen = connection.execute(text("SELECT cast(loaded_at AS text) FROM export")).scalar()
    assert (loaded_at, loaded_at.tzinfo) == (day(3), datetime.UTC)
    assert as_seen.startswith("2023-04-04 02:30") or warehouse.dialect.name == "postgresql"
    with pytest.raises(StatementError, match="without a zone"):
        load(warehouse, [handed_in(budget(1), content="a")], now=datetime.datetime(2023, 4, 1))  # noqa: DTZ001


def test_what_a_report_waits_for_is_named(warehouse: Warehouse):
    load_on(warehouse, 0, PLAN)
    with pytest.raises(NotReady) as told:
        report_facts(warehouse, KHLONG.code, FIRST_HALF)
    assert "elaas" in told.value.words.th and "eplannacc" not in told.value.words.th


def test_an_organisation_that_was_renamed_bears_its_new_name(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(10), content="a"), PLAN)
    town = Organisation(KHLONG.code, "เทศบาลเมืองคลองแสนแสบ", KHLONG.district, KHLONG.province)
    load_on(warehouse, 1, handed_in(budget(20), content="b", on=1, owner=town))
    assert report_facts(warehouse, KHLONG.code, FIRST_HALF).organisation == town


def test_corrections_are_kept_with_who_decided_and_why(warehouse: Warehouse):
    applied = (correction("I6"), correction("J6"))
    load_on(warehouse, 0, handed_in(budget(10), content="a", corrections=applied), PLAN)
    assert report_facts(warehouse, KHLONG.code, FIRST_HALF).budget.corrections == applied


def test_a_character_that_postgresql_cannot_keep_stops_nothing(warehouse: Warehouse):
    odd = CRITICAL.__class__(CRITICAL.rule, CRITICAL.severity, CRITICAL.message, observed="1\0 2")
    one = handed_in(budget(1, project="ก\0ข"), odd, content="a")
    assert load_on(warehouse, 0, one) == [Outcome.REJECTED]
    [seen] = seen_before(warehouse, {(one.export.sha256, "rules")})[one.export.sha256, "rules"]
    assert findings_of(warehouse, [seen.export_id])[seen.export_id][0].observed == "1\N{REPLACEMENT CHARACTER} 2"


@pytest.mark.parametrize("table", ["budget_line", "quarantined_row"])
def test_a_row_that_does_not_arrive_takes_the_whole_batch_back(warehouse: Warehouse, table: str):
    swallow = [
        "CREATE FUNCTION swallow() RETURNS trigger AS 'BEGIN RETURN NULL; END' LANGUAGE plpgsql",
        f"CREATE TRIGGER swallow BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.source_row = 7)"
        " EXECUTE FUNCTION swallow()",
    ]
    if warehouse.dialect.name == "sqlite":
        swallow = [
            f"CREATE TRIGGER swallow BEFORE INSERT ON {table} WHEN NEW.source_row = 7 BEGIN SELECT RAISE(IGNORE); END"
        ]
    with writing(warehouse) as connection:
        for statement in swallow:
            connection.exec_driver_sql(statement)
    with pytest.raises(RuntimeError, match="nothing of this batch is loaded"):
        load_on(
            warehouse, 0, PLAN, handed_in(budget(1, 2), content="a"), handed_in(budget(1, 2), CRITICAL, content="b")
        )
    assert count(warehouse, export) == count(warehouse, organisation) == 0


@pytest.mark.parametrize(("table", "column"), [("budget_line", "committed"), ("plan_project", "disbursed")])
def test_an_amount_that_arrives_otherwise_takes_the_whole_batch_back(warehouse: Warehouse, table: str, column: str):
    change = [
        f"CREATE FUNCTION change() RETURNS trigger AS 'BEGIN NEW.{column} := NEW.{column} + 1; RETURN NEW; END'"
        " LANGUAGE plpgsql",
        f"CREATE TRIGGER change BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION change()",
    ]
    if warehouse.dialect.name == "sqlite":
        change = [
            f"CREATE TRIGGER change AFTER INSERT ON {table} BEGIN UPDATE {table} SET {column} = {column} + 1"
            " WHERE export_id = NEW.export_id AND source_row = NEW.source_row; END"
        ]
    with writing(warehouse) as connection:
        for statement in change:
            connection.exec_driver_sql(statement)
    with pytest.raises(RuntimeError, match="nothing of this batch is loaded"):
        load_on(warehouse, 0, PLAN, handed_in(budget(1, 2), content="a"))
    assert count(warehouse, export) == count(warehouse, organisation) == 0


def test_a_rejected_export_is_replaced_by_what_is_accepted_after_it_for_its_own_period(warehouse: Warehouse):
    bad = handed_in(budget(99), CRITICAL, content="b", on=1)
    load_on(warehouse, 0, handed_in(budget(1), content="a"), PLAN)
    load_on(warehouse, 1, bad)
    load_on(warehouse, 2, handed_in(budget(5), content="full", on=2, period=FULL_YEAR))
    [seen] = seen_before(warehouse, {(bad.export.sha256, "rules")})[bad.export.sha256, "rules"]
    assert replaced_exports(warehouse, {seen.export_id}) == set()
    load_on(warehouse, 3, handed_in(budget(30), content="c", on=3))
    assert replaced_exports(warehouse, {seen.export_id}) == {seen.export_id}
    assert findings_of(warehouse, [seen.export_id]) == {seen.export_id: (CRITICAL,)}
