"""The judgement of whole batches: cells named, the gate, and neighbours who pay nothing for each other."""

import copy
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import judge as judge_module
from expectations.case import Case
from expectations.catalogue import catalogue
from expectations.judge import Judgement, judge
from expectations.suite import failing_counts
from tests.expectations.example import example
from tests.expectations.readings import FIRST_ROW, before, budget, case, plan, true_total
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.records import MONEY, Finding, Severity


def judged(one: Case) -> tuple[Finding, ...]:
    return judge([one], gate=False)[0].findings


def named(findings: tuple[Finding, ...]) -> list[tuple[str, int | str | None, str | None, str | None, str | None]]:
    return [(one.rule, one.row, one.cell, one.observed, one.expected) for one in findings]


def test_the_example_has_one_finding_and_it_names_the_cell_and_the_value_that_repairs_it():
    [finding] = judged(example())
    assert (finding.rule, finding.severity) == ("balance.cell", Severity.CRITICAL)
    assert (finding.row, finding.source_row, finding.cell, finding.column) == (0, 6, "I6", "disbursed")
    assert (finding.observed, finding.expected) == ("68984.00", "48984.00")
    assert "I6" in finding.message.th and "48,984.00" in finding.message.th
    assert "row 6" in finding.message.en and "row 17 and" in finding.message.en


def test_two_wrong_cells_in_different_rows_and_columns_are_both_named():
    wrong = example()
    wrong.reading.columns["approved"][3] += 900_00
    assert named(judged(wrong)) == [
        ("balance.cell", 0, "I6", "68984.00", "48984.00"),
        ("balance.cell", 3, "E9", "1191300.00", "1190400.00"),
    ]


def test_a_wrong_printed_total_is_named_by_its_label():
    reading = budget({}, {})
    reading.totals = [true_total(reading, approved=2000_00)]
    assert named(judged(case(reading))) == [("balance.cell", "รวมทั้งสิ้น", "F8", "2000.00", "200.00")]


def test_where_several_cells_would_do_each_balance_is_told_and_the_choices_are_named():
    findings = judged(case(budget({"remaining": 59_00}, totals=[])))
    assert [(one.rule, one.severity) for one in findings[:2]] == [
        ("budget.identity", Severity.CRITICAL),
        ("total.none", Severity.WARNING),
    ]
    choices = [one for one in findings if one.rule == "balance.candidate"]
    assert len(choices) == 3 and all(one.severity is Severity.INFO and one.expected is None for one in choices)
    assert "ทางเลือกที่ 1 จาก" in choices[0].message.th


def test_a_total_that_misses_alone_tells_what_its_lines_add_up_to():
    reading = plan({"budget": 0, "disbursed": 0}, {"budget": 0, "disbursed": 0})
    reading.totals = [true_total(reading, budget=1_00)]
    finding = next(one for one in judged(case(reading)) if one.rule == "total.sum")
    assert (finding.row, finding.cell, finding.observed, finding.expected) == ("รวมทั้งสิ้น", "D8", "1.00", "0.00")


def test_a_table_with_every_row_wrong_is_given_up_early_and_listed():
    findings = judged(case(budget(*[{"disbursed": 41_00}] * 300)))
    assert [one.source_row for one in findings if one.rule == "budget.identity"] == list(range(FIRST_ROW, 306))
    assert [one.observed for one in findings if one.rule == "balance.unexplained"] == ["301"]


def test_one_bad_municipality_of_many_changes_nothing_for_the_others():
    good, bad = case(budget({}, {})), case(budget(*[{"disbursed": 41_00, "project": "ซ้ำ"}] * 50))
    other = case(plan({"tick_count": 2}))
    alone = [judge([one], gate=False)[0] for one in (good, other)]
    assert judge([good, bad, other, bad], gate=False)[::2] == alone


def test_severity_alone_closes_the_gate():
    def with_severity(severity: Severity) -> Judgement:
        finding = judged(example())[0]
        return Judgement((replace(finding, severity=severity),))

    assert Judgement(()).accepted
    assert [with_severity(one).accepted for one in Severity] == [False, True, True]


def test_an_export_with_warnings_alone_is_accepted_and_the_worst_comes_first():
    warned = judge([case(budget({"transfer_in": 5_00, "remaining": 55_00}, totals=[]))], gate=False)[0]
    assert warned.accepted and {one.severity for one in warned.findings} == {Severity.WARNING}
    severities = [one.severity for one in judged(case(budget({"remaining": 59_00}, totals=[])))]
    assert severities == sorted(severities, key=list(Severity).index)


def test_a_rule_that_has_no_numbers_stops_the_run(monkeypatch: pytest.MonkeyPatch):
    misspelt = replace(catalogue()["budget.identity"], rule="budget.identiy")
    rules = judge_module.rules_of
    monkeypatch.setattr(
        judge_module, "rules_of", lambda scope: [*rules(scope), *([misspelt] if scope == "line" else [])]
    )
    with pytest.raises(RuntimeError, match=r"budget\.identiy"):
        judge([example()], gate=False)


@pytest.mark.slow
def test_a_rule_that_great_expectations_cannot_run_stops_the_run():
    import numpy as np

    numbers = {"budget.identty": np.zeros(3, dtype=np.int64)}
    with pytest.raises(RuntimeError, match=r"budget\.identity could not be run"):
        failing_counts([(numbers, [catalogue()["budget.identity"]])])


def test_a_suite_that_disagrees_with_the_numbers_stops_the_run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("expectations.suite.failing_counts", lambda judged, data_docs: {"budget.identity": 5})
    with pytest.raises(RuntimeError, match="disagree"):
        judge([example()], gate=True)


@pytest.mark.slow
def test_data_docs_of_what_was_judged_are_written_where_they_are_wanted(tmp_path: Path):
    folder = tmp_path / "ผลการ ตรวจ" / "1"
    [judgement] = judge([example()], gate=True, data_docs=folder)
    assert not judgement.accepted
    pages = {page.parents[2].name: page.read_text("utf-8") for page in (folder / "validations").rglob("*.html")}
    assert pages.keys() == {"export", "line", "total"}
    assert "budget.identity" in pages["line"] and "total.sum" in pages["total"]
    assert (folder / "index.html").is_file()


def test_data_docs_that_cannot_be_written_are_told_with_their_folder(tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(WrongSettings, match="data_docs"):
        judge([example()], gate=True, data_docs=tmp_path / "file" / "1")


def test_an_empty_batch_and_an_empty_table_are_judged_too():
    assert judge([], gate=True) == []
    reading = budget({})
    reading.columns, reading.totals = {column: [] for column in reading.columns}, []
    assert [one.rule for one in judge([case(reading)], gate=True)[0].findings] == ["total.none"]


AMOUNTS = st.integers(-2_00, 300_00)
LINES = st.lists(
    st.fixed_dictionaries({"project": st.sampled_from("กขค"), "work": st.sampled_from(["", "สารสนเทศ", "สวน"])})
    .flatmap(lambda line: st.fixed_dictionaries(dict.fromkeys(MONEY, AMOUNTS)).map(lambda money: line | money)),
    min_size=1,
    max_size=4,
)  # fmt: skip
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "dimension": st.sampled_from([None, 0, 1, 4, 5]),
            "tick_count": st.integers(0, 2),
            "status": st.sampled_from([None, "awaiting_report", "in_progress", "completed"]),
            "budget": AMOUNTS,
            "disbursed": AMOUNTS,
        }
    ),
    min_size=1,
    max_size=4,
)
CASES = st.one_of(
    LINES.map(lambda lines: case(budget(*lines), previous=before(budget({})))),
    LINES.map(lambda lines: case(budget(*lines, months=5), organisation=None)),
    PROJECTS.map(lambda projects: case(plan(*projects, totals=None), budget=budget().columns)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CASES, min_size=1, max_size=6))
@pytest.mark.slow
def test_the_gate_and_the_numbers_alone_give_the_same_findings(cases: list[Case]):
    assert judge(copy.deepcopy(cases), gate=True) == judge(cases, gate=False)


@settings(max_examples=40, deadline=None)
@given(st.lists(CASES, min_size=1, max_size=4), st.integers())
def test_the_order_of_a_batch_does_not_matter(cases: list[Case], seed: int):
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)
    together = judge(cases, gate=False)
    assert judge([cases[place] for place in order], gate=False) == [together[place] for place in order]
