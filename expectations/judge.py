"""A batch of readings gives a judgement each: its findings, and whether the gate opens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from expectations.case import Case
from expectations.catalogue import Rule, rules_of
from expectations.elaas import line_frame
from expectations.eplannacc import project_frame
from expectations.exports import export_frame
from expectations.findings import cell_findings, defect_findings, export_findings, row_findings
from expectations.totals import total_cell_frame, total_frame
from warehouse.vocabulary.records import Finding, Severity

BALANCE_RULES = frozenset({"budget.identity", "total.identity", "total.sum"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in one reading, most severe first."""

    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether nothing critical was found."""
        return all(finding.severity is not Severity.CRITICAL for finding in self.findings)


def judge(cases: Sequence[Case], *, gate: bool) -> list[Judgement]:
    """A judgement for each case, in their order; the whole batch is checked at once.

    With `gate`, Great Expectations judges the same columns; a difference is our bug and raises RuntimeError.
    """
    failing: dict[int, list[tuple[Rule, int, str | None]]] = {}
    for frame, rules in _frames(cases):
        fails = {rule.rule: _fails(frame[rule.rule], rule) for rule in rules}
        if gate:
            _agree(frame, rules, fails)
        for rule in rules:
            for place in np.flatnonzero(fails[rule.rule]):
                line = frame.iloc[place]
                found = (rule, int(line.get("row", -1)), line.get("column"))
                failing.setdefault(int(line["case"]), []).append(found)
    return [_judgement(case, failing.get(number, [])) for number, case in enumerate(cases)]


def _frames(cases: Sequence[Case]) -> list[tuple[pd.DataFrame, list[Rule]]]:
    """Every frame that has a row, with the rules that judge it."""
    numbered = list(enumerate(cases))
    frames = [(export_frame(numbered), [*rules_of("export"), *rules_of("defect")])]
    budgets = [one for one in numbered if one[1].reading.source == "elaas"]
    plans = [one for one in numbered if one[1].reading.source == "eplannacc"]
    if budgets:
        frames += [(line_frame(budgets), rules_of("line")), (total_frame(budgets), rules_of("total"))]
        frames += [(total_cell_frame(budgets, "elaas"), rules_of("total_cell"))]
    if plans:
        frames += [(project_frame(plans), rules_of("project"))]
        frames += [(total_cell_frame(plans, "eplannacc"), rules_of("total_cell"))]
    return [(frame, rules) for frame, rules in frames if len(frame)]


def _fails(verdicts: pd.Series, rule: Rule) -> np.ndarray:
    numbers = verdicts.to_numpy()
    below = np.zeros(len(numbers), dtype=bool) if rule.low is None else numbers < rule.low
    return below if rule.high is None else below | (numbers > rule.high)


def _agree(frame: pd.DataFrame, rules: Sequence[Rule], fails: dict[str, np.ndarray]) -> None:
    from expectations.suite import failing_counts

    ours = {rule: int(mask.sum()) for rule, mask in fails.items()}
    theirs = failing_counts(frame, rules)
    if ours != theirs:
        differing = {rule: (ours[rule], theirs.get(rule)) for rule in ours if ours[rule] != theirs.get(rule)}
        raise RuntimeError(f"the suite and the verdict columns disagree: {differing}")


def _judgement(case: Case, failing: Sequence[tuple[Rule, int, str | None]]) -> Judgement:
    by_scope: dict[str, list[tuple[Rule, int, str | None]]] = {}
    for one in failing:
        by_scope.setdefault("balance" if one[0].rule in BALANCE_RULES else one[0].scope, []).append(one)
    findings = [
        *defect_findings(case.reading),
        *export_findings(case, [rule for rule, _, _ in by_scope.get("export", ())]),
        *row_findings(
            case.reading, [(rule, row) for scope in ("line", "project") for rule, row, _ in by_scope.get(scope, ())]
        ),
        *(cell_findings(case.reading) if "balance" in by_scope else ()),
    ]
    order = list(Severity)
    findings.sort(key=lambda finding: (order.index(finding.severity), finding.source_row or 0))
    return Judgement(tuple(findings))
