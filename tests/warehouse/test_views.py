"""The views that people and BI tools read: in baht, and in PostgreSQL explained in Thai."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import inspect, text

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    FULL_YEAR,
    KHLONG,
    WARNING,
    budget,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse
from warehouse.store.transactions import reading
from warehouse.vocabulary.difference import Difference


def asked(warehouse: Warehouse, query: str) -> list[dict]:
    with reading(warehouse) as connection:
        rows = connection.execute(text(query)).mappings().all()
    return [
        {k: Decimal(str(v)) if k.endswith(("_baht", "percent")) and v is not None else v for k, v in row.items()}
        for row in rows
    ]


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    """A budget that was replaced, a plan, and a rejected budget of the full year."""
    later = budget(30_025, 1)
    later.columns["transfer_in"][0], later.columns["category"][1] = 7, "งบลงทุน"
    load_on(
        warehouse, 0, handed_in(budget(10), content="old"), handed_in(plan(100, 0, 25, 0, 1), WARNING, content="plan")
    )
    load_on(warehouse, 1, handed_in(later, content="new", on=1))
    load_on(warehouse, 2, handed_in(budget(5), CRITICAL, WARNING, content="bad", on=2, period=FULL_YEAR))
    return warehouse


def test_current_budget_is_in_baht_and_of_the_last_export_alone(filled: Warehouse):
    rows = asked(filled, "SELECT * FROM current_budget ORDER BY source_row")
    assert [(row["approved_baht"], row["disbursed_baht"]) for row in rows] == [
        (1000, Decimal("300.25")),
        (1000, Decimal("0.01")),
    ]
    assert rows[0]["organisation"] == "751E0"
    assert (rows[0]["organisation_name"], rows[0]["fiscal_year"], rows[0]["half"]) == (KHLONG.name, 2566, 1)


def test_current_plan_keeps_its_numbers_as_text(filled: Warehouse):
    rows = asked(filled, "SELECT number, disbursed_baht FROM current_plan ORDER BY source_row")
    assert [row["number"] for row in rows] == ["00", "01", "02", "03", "04"]
    assert sum(row["disbursed_baht"] for row in rows) == Decimal("1.26")


def test_budget_execution_adds_up_by_programme_and_category(filled: Warehouse):
    [first, second] = asked(filled, "SELECT * FROM budget_execution ORDER BY category")
    assert (first["programme"], first["category"], first["line_count"]) == ("งบกลาง", "งบกลาง", 1)
    assert (first["approved_baht"], first["disbursed_baht"]) == (1000, Decimal("300.25"))
    assert round(first["disbursed_percent"], 2) == Decimal("30.02")
    assert (second["category"], second["disbursed_baht"]) == ("งบลงทุน", Decimal("0.01"))


def test_an_execution_without_a_budget_has_no_percentage(warehouse: Warehouse):
    nothing = budget(0)
    nothing.columns["approved"] = [0]
    load_on(warehouse, 0, handed_in(nothing, content="a"))
    assert asked(warehouse, "SELECT disbursed_percent FROM budget_execution") == [{"disbursed_percent": None}]


def test_plan_progress_counts_by_dimension(filled: Warehouse):
    rows = asked(filled, "SELECT * FROM plan_progress ORDER BY dimension")
    assert [(row["dimension"], row["project_count"], row["in_progress"], row["completed"]) for row in rows] == [
        (1, 2, 2, 0),
        (2, 1, 1, 0),
        (3, 1, 1, 0),
        (4, 1, 1, 0),
    ]
    assert rows[0]["disbursed_baht"] == Decimal("1.01")


def test_transfers_are_the_lines_that_have_one(filled: Warehouse):
    [row] = asked(filled, "SELECT * FROM budget_transfers")
    assert (row["source_row"], row["transfer_in_baht"]) == (6, Decimal("0.07"))


def test_history_shows_what_was_replaced_too(filled: Warehouse):
    rows = asked(filled, "SELECT * FROM budget_history ORDER BY fetched_at")
    assert [(row["file_name"], row["is_current"], row["disbursed_baht"]) for row in rows] == [
        ("old.xlsx", 0, Decimal("0.10")),
        ("new.xlsx", 1, Decimal("300.26")),
    ]
    assert rows[1]["replaces"] == rows[0]["export_id"]


def test_open_findings_are_those_of_the_last_export_as_last_judged(filled: Warehouse):
    query = "SELECT source, half, rule, severity, cell FROM open_findings ORDER BY half, source, severity"
    assert [tuple(row.values()) for row in asked(filled, query)] == [
        ("eplannacc", 1, "total.none", "warning", None),
        ("elaas", 2, "budget.identity", "critical", "I6"),
        ("elaas", 2, "total.none", "warning", None),
    ]
    load_on(filled, 3, handed_in(budget(5), content="bad", on=2, period=FULL_YEAR, judged_by="new rules"))
    assert {row["half"] for row in asked(filled, query)} == {1}


def test_findings_of_nobody_known_are_open_until_judged_anew(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(5), CRITICAL, content="a", owner=None))
    assert len(asked(warehouse, "SELECT * FROM open_findings")) == 1
    load_on(warehouse, 1, handed_in(budget(5), content="a", judged_by="organisation added"))
    assert asked(warehouse, "SELECT * FROM open_findings") == []


def test_bytes_judged_anew_do_not_become_the_current_export_of_a_view(filled: Warehouse):
    load_on(filled, 3, handed_in(budget(10), content="old", judged_by="new rules"))
    [row] = asked(filled, "SELECT file_name FROM current_export WHERE source = 'elaas'")
    assert row == {"file_name": "new.xlsx"}


def test_differences_are_in_baht_and_name_the_file_before(filled: Warehouse):
    before = asked(filled, "SELECT id FROM export WHERE file_name = 'new.xlsx'")[0]["id"]
    totals = {"disbursed": 30_025, "remaining": -1}
    found = Difference(before, "new.xlsx", FIRST_HALF, None, day(1), None, -3, 1, totals, (), ("ก\0", "ข"))
    load_on(filled, 3, replace(handed_in(budget(1), content="next", on=3), difference=found))
    [row] = asked(filled, "SELECT * FROM export_differences")
    assert (row["file_name"], row["since_file_name"], row["since_half"]) == ("next.xlsx", "new.xlsx", 1)
    assert (row["size_change"], row["row_change"], row["lines_new"], row["lines_gone"]) == (-3, 1, 2, 0)
    assert (row["disbursed_change_baht"], row["remaining_change_baht"]) == (Decimal("300.25"), Decimal("-0.01"))
    assert (row["approved_change_baht"], row["budget_change_baht"]) == (None, None)
    assert json.loads(row["new_lines"]) == ["ก\0", "ข"]


@pytest.mark.server
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_every_column_of_a_view_says_in_thai_what_it_is(warehouse: Warehouse):
    views = inspect(warehouse).get_view_names()
    assert len(views) == 9
    for view in views:
        assert re.search("[ก-ฮ]", inspect(warehouse).get_table_comment(view)["text"])
        for column in inspect(warehouse).get_columns(view):
            assert re.search("[ก-ฮ]", column["comment"] or ""), (view, column["name"])
