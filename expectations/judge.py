"""A batch of readings gives a judgement each: its findings, and whether the gate opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from expectations.case import Case, Verdicts
from expectations.catalogue import Rule, rules_of
from expectations.difference import difference_of
from expectations.elaas import line_verdicts
from expectations.eplannacc import project_verdicts
from expectations.exports import export_verdicts
from expectations.findings import Failing, findings_of
from expectations.history import Changes, changes
from expectations.totals import total_verdicts
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.records import Finding, Severity


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in one reading, most severe first, and what it changes."""

    findings: tuple[Finding, ...]
    difference: Difference | None = None  # None where nothing came before

    @property
    def accepted(self) -> bool:
        """Whether nothing critical was found."""
        return all(finding.severity is not Severity.CRITICAL for finding in self.findings)


def judge(cases: Sequence[Case], *, gate: bool, data_docs: Path | None = None) -> list[Judgement]:
    """A judgement for each case, in their order; the whole batch is checked at once.

    With `gate`, Great Expectations judges the same numbers; a difference is our bug and raises RuntimeError, as does a
    rule that cannot be run. `data_docs` is a folder for what it judged, if anyone wants to see that.
    """
    changed = [changes(case) for case in cases]
    failing: list[list[Failing]] = [[] for _ in cases]
    counts: dict[str, int] = {}
    batch = _verdicts(cases, changed)
    for verdicts in batch:
        for rule in _rules_for(verdicts):
            places = np.flatnonzero(_fails(verdicts.numbers[rule.rule], rule))
            counts[rule.rule] = len(places)
            for number, place in zip(verdicts.case[places].tolist(), verdicts.place[places].tolist(), strict=True):
                failing[number].append((rule, place))
    if gate:
        _agree(batch, counts, data_docs)
    return [
        Judgement(tuple(findings_of(case, history, found)), difference_of(case, history))
        for case, history, found in zip(cases, changed, failing, strict=True)
    ]


def _verdicts(cases: Sequence[Case], changed: Sequence[Changes]) -> list[Verdicts]:
    """The verdicts of every scope that has any."""
    numbered = list(enumerate(cases))
    budgets = [one for one in numbered if one[1].reading.source == "elaas"]
    plans = [one for one in numbered if one[1].reading.source == "eplannacc"]
    batch = [
        export_verdicts(numbered, changed),
        total_verdicts(numbered),
        *([line_verdicts(budgets, [changed[number] for number, _ in budgets])] if budgets else ()),
        *([project_verdicts(plans, [changed[number] for number, _ in plans])] if plans else ()),
    ]
    return [verdicts for verdicts in batch if len(verdicts.case)]


def _rules_for(verdicts: Verdicts) -> list[Rule]:
    rules = rules_of(verdicts.scope) + (rules_of("defect") if verdicts.scope == "export" else [])
    if unlike := {rule.rule for rule in rules} ^ verdicts.numbers.keys():
        raise RuntimeError(f"rules without numbers, or numbers without a rule: {sorted(unlike)}")
    return rules


def _fails(numbers: npt.NDArray[np.int64], rule: Rule) -> npt.NDArray[np.bool_]:
    below = np.zeros(len(numbers), dtype=np.bool_) if rule.low is None else numbers < rule.low
    return below if rule.high is None else below | (numbers > rule.high)


def _agree(batch: Sequence[Verdicts], ours: dict[str, int], data_docs: Path | None) -> None:
    from expectations.suite import failing_counts

    theirs = failing_counts([(verdicts.numbers, _rules_for(verdicts)) for verdicts in batch], data_docs)
    if ours != theirs:
        differing = {rule: (ours.get(rule), theirs.get(rule)) for rule in ours | theirs}
        differing = {rule: pair for rule, pair in differing.items() if pair[0] != pair[1]}
        raise RuntimeError(f"the suite and the verdict numbers disagree: {differing}")
