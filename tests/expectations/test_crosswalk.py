"""Plan projects and the budget lines that people matched with them."""

import datetime
from typing import Any

from expectations.crosswalk_file import Match
from expectations.judge import judge
from tests.expectations.readings import OWNER, PERIOD, budget, case, plan
from warehouse.vocabulary.records import Finding, Severity

LINES = budget(
    {"project": "ปรับปรุงถนนสายหลัก"},
    {"project": "ค่าใช้จ่ายโครงการอบรมคุณธรรมจริยธรรม", "approved": 300_00},
    {"project": "โครงการอบรมคุณธรรม", "approved": 500_00},
    {"project": "โครงการอบรมคุณธรรม", "approved": 1_00, "disbursed": 1_00},
).columns


def match(project: str, budget_line: str) -> Match:
    return Match(OWNER.code, PERIOD.fiscal_year, project, budget_line, "ผู้อนุมัติ", datetime.date(2023, 4, 1))


def found(project: dict[str, Any], *matches: Match) -> list[Finding]:
    judged = case(plan(project), budget=LINES, matches=matches)
    return [one for one in judge([judged], gate=False)[0].findings if one.rule.startswith("crosswalk.")]


def test_an_unmatched_project_is_listed_with_the_line_of_the_same_amount_before_a_more_alike_one():
    [finding] = found({"project": "โครงการอบรมคุณธรรมจริยธรรม", "budget": 300_00})
    assert (finding.rule, finding.severity, finding.cell) == ("crosswalk.unmatched", Severity.INFO, "B6")
    assert finding.expected == "ค่าใช้จ่ายโครงการอบรมคุณธรรมจริยธรรม"
    [finding] = found({"project": "โครงการอบรมคุณธรรม", "budget": 999_00})
    assert finding.expected == "โครงการอบรมคุณธรรม"


def test_a_project_like_no_line_is_listed_without_a_suggestion():
    [finding] = found({"project": "ซื้อรถดับเพลิง", "budget": 999_00})
    assert finding.expected is None


def test_an_approved_match_is_silent_while_the_payments_agree():
    project = {"project": "อบรม", "budget": 501_00, "disbursed": 41_00}
    assert found(project, match("อบรม", "โครงการอบรมคุณธรรม")) == []
    [finding] = found(project | {"disbursed": 41_01}, match("อบรม", "โครงการอบรมคุณธรรม"))
    assert (finding.rule, finding.observed) == ("crosswalk.paid", "41.01")
    assert "41.00" in finding.message.th


def test_a_project_may_be_several_lines():
    matches = match("งานรวม", "โครงการอบรมคุณธรรม"), match("งานรวม", "ปรับปรุงถนนสายหลัก")
    assert found({"project": "งานรวม", "disbursed": 81_00}, *matches) == []


def test_a_match_whose_names_are_gone_is_told_with_them():
    [finding] = found({"project": "อบรม"}, match("อบรม", "ไม่มี"), match("ไม่มีโครงการ", "ปรับปรุงถนนสายหลัก"))
    assert (finding.rule, finding.observed) == ("crosswalk.expired", "ไม่มีโครงการ; ไม่มี")
