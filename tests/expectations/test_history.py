"""What changed since the last accepted export of the same organisation, source and fiscal year."""

import pytest

from expectations.judge import judge
from tests.expectations.readings import before, budget, case, plan
from tests.expectations.rows.exports import confirmation
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Finding, Reading, Severity

PAID_LESS = {"disbursed": 30_00, "remaining": 60_00}


def found(now: Reading, then: Reading, period: Period | None = None) -> list[Finding]:
    previous = before(then, period) if period else before(then)
    findings = judge([case(now, previous=previous)], gate=False)[0].findings
    return [finding for finding in findings if finding.rule.startswith("history.")]


def test_a_fallen_disbursement_is_told_with_what_it_was():
    [finding] = found(budget({}, PAID_LESS), budget())
    assert (finding.rule, finding.row, finding.cell, finding.observed) == ("history.disbursed_fell", 1, "J7", "30.00")
    assert "40.00" in finding.message.th and finding.expected is None


def test_only_an_earlier_or_the_same_half_of_the_same_fiscal_year_is_compared():
    now, then = budget(PAID_LESS, {}), budget()
    assert found(now, then, Period(FiscalYear(2566), Half.FIRST))
    assert not found(now, then, Period(FiscalYear(2566), Half.FULL))
    assert not found(now, then, Period(FiscalYear(2565), Half.FIRST))


def test_the_order_of_the_lines_does_not_matter_and_lines_of_one_name_keep_theirs():
    same = {"project": "รายจ่ายตามข้อผูกพัน"}
    then = budget(same, {"project": "ก"}, same | {"disbursed": 20_00, "remaining": 70_00})
    assert not found(budget({"project": "ก"}, same, same | {"disbursed": 20_00, "remaining": 70_00}), then)
    assert [
        one.row for one in found(budget({"project": "ก"}, same, same | {"disbursed": 0, "remaining": 90_00}), then)
    ] == [2]


def test_a_line_that_is_gone_is_named_by_its_labels():
    [finding] = found(budget({"project": "ก"}), budget({"project": "ก"}, {"project": "ข", "approved": 0}))
    assert (finding.rule, finding.severity) == ("history.line_gone", Severity.WARNING)
    assert finding.observed == "บริหารงานทั่วไป / บริหารทั่วไป / งบดำเนินงาน / ค่าวัสดุ / ข"


def test_many_lines_that_are_gone_with_their_money_close_the_gate_and_are_listed_in_part():
    gone, listed = found(budget({}), budget(*[{}] * 20))
    assert (gone.rule, gone.severity, gone.observed, gone.expected) == (
        "history.rows_gone",
        Severity.CRITICAL,
        "1",
        "20",
    )
    assert listed.observed is not None and listed.observed.count(";") == 9 and listed.observed.endswith("…")


def test_lines_that_a_person_confirmed_to_be_gone_are_told_with_who_and_why_and_leave_the_gate_open():
    few, many, said = budget({}), budget(*[{}] * 20), confirmation(20, 1)
    [judgement] = judge([case(few, previous=before(many), confirmations=said)], gate=False)
    told = {one.rule: one for one in judgement.findings}
    assert judgement.accepted and told.keys() == {"confirmation.applied", "history.line_gone"}
    words = told["confirmation.applied"].message
    assert "จาก 20 เหลือ 1 รายการ" in words.th and "from 20 rows to 1" in words.en
    for message in (words.th, words.en):
        assert "รายการถูกยกเลิก" in message and "ผู้อำนวยการกองคลัง" in message
    assert "12 เมษายน" in words.th and "12 April 2566 BE" in words.en


@pytest.mark.parametrize("rows", [2, 15, 21])
def test_a_confirmation_of_other_numbers_of_rows_opens_nothing_and_is_told_as_expired(rows: int):
    now = case(budget(*[{}] * rows), previous=before(budget(*[{}] * 20)), confirmations=confirmation(20, 1))
    [judgement] = judge([now], gate=False)
    found = [one.rule for one in judgement.findings]
    assert "confirmation.expired" in found and "confirmation.applied" not in found
    assert judgement.accepted is (rows > 15)


def test_a_confirmed_export_that_is_judged_anew_against_itself_still_tells_it():
    few = budget({})
    [judgement] = judge([case(few, previous=before(few), confirmations=confirmation(20, 1))], gate=False)
    assert [one.rule for one in judgement.findings] == ["confirmation.applied"]


def test_lines_that_were_merged_keep_their_money_and_the_gate_open():
    merged = budget({"approved": 1000_00, "remaining": 950_00})
    assert [one.rule for one in found(merged, budget(*[{}] * 10))] == ["history.line_gone", "history.approved_changed"]


def test_a_plan_is_compared_by_its_projects():
    then = plan({"status": "completed"}, {}, {}, {})
    paid, status = found(plan({"status": None, "tick_count": 0}, {"disbursed": 0}, {}, {}), then)
    assert (status.rule, status.row) == ("history.paid_fell", 1)
    assert (paid.rule, paid.row) == ("history.status_back", 0)
    assert "ดำเนินการแล้วเสร็จ" in paid.message.th and "completed" in paid.message.en
