"""A cell that could not be read is told alone: nothing computed from it is told beside it."""

import copy
from typing import Any

import pytest

from expectations.case import Case
from expectations.decision_draft import corrections_draft
from expectations.judge import Judgement, judge
from expectations.sheet import sheet_of
from tests.expectations.example import OWNER, example
from tests.expectations.readings import FIRST_ROW, PERIOD, before, budget, case, plan, true_total
from warehouse.vocabulary.records import MONEY, Defect, PrintedTotal, Reading


def unread(reading: Reading, column: str, row: int, printed: str = "N/A") -> Reading:
    """The reading as it comes where this cell of a leaf row cannot be read."""
    blank: Any = None if column in ("dimension", "status") else 0
    if column in reading.columns:
        reading.columns[column][row] = blank
    number = FIRST_ROW + row
    reading.defects.append(Defect("cell.unreadable", number, column, reading.cell(column, number), printed, row=row))
    return reading


def unread_in_total(reading: Reading, column: str) -> Reading:
    """The reading where this cell of the last printed total cannot be read."""
    last = reading.totals[-1]
    amounts = {**last.amounts, column: 0}
    reading.totals[-1] = PrintedTotal(last.label, last.source_row, last.first, last.last, amounts)
    cell = reading.cell(column, last.source_row)
    reading.defects.append(Defect("cell.unreadable", last.source_row, column, cell, "N/A", row=last.label))
    return reading


def example_without(column: str, row: int) -> Case:
    """The example, its wrong cell I6 included, where another cell cannot be read."""
    one = example()
    unread(one.reading, column, row)
    return one


def judged(one: Case) -> Judgement:
    return judge([one], gate=False)[0]


def rules(one: Case) -> list[str]:
    return [finding.rule for finding in judged(one).findings]


@pytest.mark.parametrize("column", MONEY)
@pytest.mark.parametrize("in_total", [False, True])
def test_an_unreadable_amount_of_a_budget_is_one_finding_and_closes_the_gate(column: str, in_total: bool):
    reading = budget({"transfer_in": 5_00, "transfer_out": 5_00}, {}, {})
    one = case(unread_in_total(reading, column) if in_total else unread(reading, column, 0))
    assert rules(one) == ["cell.unreadable"]
    assert not judged(one).accepted


@pytest.mark.parametrize(
    ("column", "status"),
    [("budget", "in_progress"), ("disbursed", "completed"), ("dimension", "in_progress"), ("completed", None)],
)
def test_an_unreadable_cell_of_a_plan_is_one_finding_and_closes_the_gate(column: str, status: str | None):
    reading = plan({"status": status, "tick_count": int(status is not None)}, {}, {}, {}, {"dimension": 1}, totals=None)
    one = case(unread(reading, column, 0))
    assert rules(one) == ["cell.unreadable"]
    assert not judged(one).accepted


@pytest.mark.parametrize("column", ["approved", "transfer_in", "disbursed"])
def test_what_was_before_is_not_compared_with_a_cell_that_cannot_be_read(column: str):
    then = budget({"transfer_in": 5_00, "transfer_out": 5_00}, {})
    now = unread(copy.deepcopy(then), column, 0)
    if column == "transfer_in":  # which may explain another approved budget
        now.columns["approved"][0] = 90_00
    found = rules(case(now, previous=before(then)))
    assert not [rule for rule in found if rule.startswith("history.")]


def test_what_can_be_known_beside_an_unreadable_amount_is_still_told():
    found = judged(example_without("committed", 3)).findings
    assert [(one.rule, one.cell, one.expected) for one in found] == [
        ("balance.cell", "I6", "48984.00"),
        ("cell.unreadable", "H9", "0.00"),
    ]


def test_where_two_balances_agree_on_the_value_it_is_proposed_in_message_sheet_and_draft():
    reading = budget({}, {"disbursed": 12_34, "remaining": 77_66})
    [finding] = judged(case(unread(reading, "disbursed", 1, "12.3A"))).findings
    assert (finding.cell, finding.observed, finding.expected) == ("J7", "12.3A", "12.34")
    assert "12.34" in finding.message.th and "12.34" in finding.message.en
    assert 'right = "12.34"' in corrections_draft(OWNER, "elaas", PERIOD, [finding])
    [cell] = [one for row in sheet_of(reading, [finding]).rows for one in row.cells if one.severity]
    assert (cell.text, cell.proposed) == ("12.3A", "12.34")


def test_no_value_is_proposed_where_balances_differ_or_only_one_tells():
    differing = budget({}, {})
    differing.totals = [true_total(differing, disbursed=90_00)]
    alone = budget({}, totals=[])
    for reading in (differing, alone):
        finding = judged(case(unread(reading, "disbursed", 0))).findings[0]
        assert (finding.rule, finding.expected) == ("cell.unreadable", None)
        assert corrections_draft(OWNER, "elaas", PERIOD, [finding]) == ""


def test_two_unreadable_amounts_of_a_row_leave_only_the_sums_which_propose_nothing():
    reading = unread(unread(budget({}, {}), "disbursed", 0), "remaining", 0)
    findings = judged(case(reading)).findings
    assert [(one.rule, one.expected) for one in findings] == [("cell.unreadable", None)] * 2


@pytest.mark.slow
def test_the_gate_judges_tables_with_unreadable_amounts_as_their_numbers_do():
    projects = plan({"status": None, "tick_count": 0}, {}, {}, {}, totals=None)
    cases = [example_without("disbursed", 3), case(unread(projects, "completed", 0)), case(budget())]
    assert judge(copy.deepcopy(cases), gate=True) == judge(cases, gate=False)
