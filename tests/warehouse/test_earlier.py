"""Which accepted export a new one is compared with: the last that came before it."""

from dataclasses import replace

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    FULL_YEAR,
    KHLONG,
    RUAM_CHAI,
    budget,
    handed_in,
    load_on,
    plan,
)
from warehouse.store.connection import Warehouse
from warehouse.store.earlier import accepted_before, accepted_budgets
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import JudgedExport

NEXT_YEAR = Period(FiscalYear(2567), Half.FIRST)


def before(warehouse: Warehouse, *tables: JudgedExport) -> list[tuple[str, list[int]] | None]:
    """The name of the file that each is compared with, and what was disbursed in it."""
    found = accepted_before(warehouse, tables)
    return [(one.file_name, list(one.columns["disbursed"])) if one else None for one in found]


def test_the_last_of_the_same_half_comes_before_any_of_the_half_before(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), content="october", on=0))
    load_on(warehouse, 1, handed_in(budget(2), content="march", on=1))
    july, august = (handed_in(budget(3), content=name, on=on, period=FULL_YEAR) for name, on in (("july", 2), ("a", 4)))
    assert before(warehouse, july) == [("march.xlsx", [2])]
    load_on(warehouse, 2, july)
    load_on(warehouse, 3, handed_in(budget(2, 2), content="march again", on=3))
    assert before(warehouse, august) == [("july.xlsx", [3])]


def test_nothing_else_is_compared_with(warehouse: Warehouse):
    load_on(
        warehouse,
        0,
        handed_in(budget(1), CRITICAL, content="rejected"),
        handed_in(budget(1), content="full year", period=FULL_YEAR),
        handed_in(budget(1), content="another's", owner=RUAM_CHAI),
        handed_in(budget(1), content="same moment", on=1),
        handed_in(budget(1), content="later", on=2),
        handed_in(plan(1), content="plan"),
    )
    new = [
        handed_in(budget(9), content="new", on=1),
        handed_in(budget(9), content="next year", on=1, period=NEXT_YEAR),
        handed_in(budget(9), content="nobody's", on=1, owner=None),
        handed_in(None, content="unreadable", on=1),
    ]
    assert before(warehouse, *new) == [None] * 4
    assert before(warehouse) == []


def test_what_is_only_judged_anew_has_the_same_before_it_as_ever(warehouse: Warehouse):
    first, second = handed_in(budget(1), content="a"), handed_in(budget(2), content="b", on=1)
    load_on(warehouse, 0, first)
    load_on(warehouse, 1, second)
    assert before(warehouse, *(replace(one, judged_by="other rules") for one in (first, second))) == [
        None,
        ("a.xlsx", [1]),
    ]


def test_rows_that_came_again_in_other_bytes_are_found_under_the_later_file(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1, 2), content="a"), handed_in(budget(), content="none", owner=RUAM_CHAI))
    load_on(warehouse, 1, handed_in(budget(1, 2), content="b", on=1))
    new = [handed_in(budget(1), content=one.code, on=2, owner=one) for one in (KHLONG, RUAM_CHAI)]
    assert before(warehouse, *new) == [("b.xlsx", [1, 2]), ("none.xlsx", [])]
    [previous, _] = accepted_before(warehouse, new)
    assert previous and (previous.size, previous.period, previous.data_date) == (
        len("b"),
        FIRST_HALF,
        budget().title.data_date,
    )


def test_the_budgets_that_count_now_are_found_by_organisation_and_period(warehouse: Warehouse):
    load_on(warehouse, 0, handed_in(budget(1), content="a"), handed_in(plan(7), content="plan"))
    load_on(warehouse, 1, handed_in(budget(2), content="b", on=1))
    load_on(warehouse, 2, handed_in(budget(3), content="c", on=2, owner=RUAM_CHAI, period=NEXT_YEAR))
    found = accepted_budgets(warehouse, {KHLONG.code, RUAM_CHAI.code}, {FIRST_HALF})
    assert {subject: list(columns["disbursed"]) for subject, columns in found.items()} == {("751E0", FIRST_HALF): [2]}
