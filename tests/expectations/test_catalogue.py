"""Every rule is a whole one: words, ground, and four rows that show what it does."""

import copy
import re
import string
from dataclasses import replace
from pathlib import Path

import pytest

from expectations.catalogue import Rule, catalogue, catalogue_text, checked_rules, rules_version
from expectations.judge import judge
from tests.expectations.rows import Row, Rows, eplannacc, exports, reader
from tests.expectations.rows import elaas as elaas_rows
from tests.expectations.rows import evidence as evidence_rows
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Severity
from warehouse.vocabulary.thai import MONTHS

ROWS = elaas_rows.ROWS | eplannacc.ROWS | exports.ROWS | reader.ROWS | evidence_rows.ROWS
FOUR = ("passing", "failing", "null", "boundary")


def rows_of(rule: str) -> dict[str, Row]:
    rows = ROWS[rule]
    return rows.named() if isinstance(rows, Rows) else rows


ALL = [(rule, name, row) for rule in ROWS for name, row in rows_of(rule).items()]


def test_every_rule_has_a_passing_a_failing_a_null_and_a_boundary_row():
    assert ROWS.keys() == catalogue().keys()
    for rule in ROWS:
        assert tuple(rows_of(rule)) == FOUR
        assert (rows_of(rule)["passing"].fails, rows_of(rule)["failing"].fails) == (False, True)


@pytest.mark.parametrize(("rule", "row"), [pytest.param(r, row, id=f"{r}-{name}") for r, name, row in ALL])
def test_the_rule_finds_what_it_must_and_nothing_else(rule: str, row: Row):
    assert (rule in row.rules_found()) is row.fails


@pytest.mark.parametrize("row", [row for _, name, row in ALL if name == "passing"])
def test_a_passing_row_has_no_critical_finding_of_any_rule(row: Row):
    if not row.corrections:
        assert judge([copy.deepcopy(row.case)], gate=False)[0].accepted


@pytest.mark.slow
def test_great_expectations_sees_in_all_these_rows_together_what_each_shows_alone():
    cases = [copy.deepcopy(row.case) for _, _, row in ALL]
    together = judge(cases, gate=True)
    assert [one.findings for one in together] == [judge([case], gate=False)[0].findings for case in cases]


def test_an_english_message_names_months_in_english():
    cases = [copy.deepcopy(row.case) for rule, _, row in ALL if rule.startswith(("period.", "confirmation."))]
    said = [finding.message for one in judge(cases, gate=False) for finding in one.findings]
    assert not [words.en for words in said if any(month in words.en for month in MONTHS)]
    assert any("31 March 2566 BE" in words.en and "31 มีนาคม 2566" in words.th for words in said)


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.rule)
def test_a_rule_says_in_both_languages_what_is_wrong_what_to_do_and_why(rule: Rule):
    assert rule.category in {"accuracy", "completeness", "consistency", "timeliness"}
    assert rule.scope in {"export", "line", "project", "total", "defect", "located", "evidence"}
    assert rule.low is not None or rule.high is not None
    assert rule.words.th and rule.words.en and rule.ground
    assert rule.fix.th and rule.fix.en
    named = [
        {field for _, field, *_ in string.Formatter().parse(text) if field} for text in (rule.words.th, rule.words.en)
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.rule)
def test_a_rule_has_a_short_title_in_both_languages_of_what_holds_where_it_passes(rule: Rule):
    assert 0 < len(rule.holds.th) <= 80 and 0 < len(rule.holds.en) <= 80
    assert "{" not in rule.holds.th + rule.holds.en


def test_an_export_is_checked_by_the_rules_that_judge_what_it_says():
    checked = {rule.rule: rule for rule in checked_rules()}
    assert checked["budget.identity"].title.en == "remaining follows from the other amounts"
    assert checked["plan.one_status"].source == "eplannacc"
    assert not {"correction.expired", "crosswalk.unmatched", "balance.cell", "evidence.link_dead"} & checked.keys()


def test_the_version_of_the_rules_is_another_for_another_bound_or_name_and_the_same_for_other_words(
    monkeypatch: pytest.MonkeyPatch,
):
    def version() -> str:
        rules_version.cache_clear()
        return rules_version()

    now, rules = version(), dict(catalogue())
    identity, link = rules["budget.identity"], rules["evidence.link_dead"]
    assert re.fullmatch("[0-9a-f]{12}", now)
    for changed, same in (
        (replace(identity, words=Words("ถ้อยคำอื่น", "other words"), ground="elsewhere"), True),
        (replace(identity, high=1), False),
        (replace(identity, severity=Severity.WARNING), False),
        (replace(link, severity=Severity.INFO), True),  # judges no export
    ):
        monkeypatch.setattr("expectations.catalogue.catalogue", lambda changed=changed: rules | {changed.rule: changed})
        assert (version() == now) is same
    monkeypatch.setattr("expectations.catalogue.catalogue", lambda: rules)
    monkeypatch.setattr("expectations.catalogue._lists", lambda: "another name")
    assert version() != now
    monkeypatch.undo()
    assert version() == now


def test_what_a_verdict_depends_on_includes_the_lists_of_names():
    for text in ("budget.identity,elaas,line", "แผนงานงบกลาง"[6:], "วังน้ำเขียว", "ควบคุมภายในและการตรวจสอบภายใน"):
        assert text in catalogue_text()


def test_every_defect_that_a_reader_may_tell_of_is_a_rule():
    connectors = Path(__file__).parents[2] / "connectors"
    told = {
        kind
        for path in connectors.rglob("*.py")
        for kind in re.findall(r'"((?:cell|column|row|sheet|table|unit)\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(told) > 5 and told <= catalogue().keys()
