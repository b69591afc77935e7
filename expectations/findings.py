"""Findings from failing verdicts: the officer's own row and cell, what stands there and what would repair it."""

from collections.abc import Sequence

from expectations.balance_findings import balance_findings
from expectations.balances import amounts_told
from expectations.case import Case
from expectations.catalogue import Rule, catalogue
from expectations.exports import Verdict, verdicts_of
from expectations.history import Changes
from expectations.row_findings import row_finding
from expectations.totals import counted
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.money import baht_plain, baht_printed
from warehouse.vocabulary.records import Finding, Reading, Severity

Failing = tuple[Rule, int]  # a rule, and the place in its scope: leaf row or printed total
BALANCES = frozenset({"budget.identity", "total.identity", "total.sum"})
"""The rules whose failures are told together, by the cells that would explain them."""


def findings_of(case: Case, changed: Changes, failing: Sequence[Failing]) -> list[Finding]:
    """All findings of a case, most severe first and then from the top of the sheet down."""
    findings = _defect_findings(case.reading) + _export_findings(case, changed, failing)
    for rule, place in failing:
        if rule.rule in BALANCES:
            continue
        if rule.scope in ("line", "project"):
            findings.append(row_finding(case, changed, rule, place))
        elif rule.scope == "total":
            findings.append(_count_finding(case.reading, rule, place))
    if any(rule.rule in BALANCES for rule, _ in failing):
        findings += balance_findings(case.reading)
    order = list(Severity)
    return sorted(findings, key=lambda finding: (order.index(finding.severity), finding.source_row or 0))


def _defect_findings(reading: Reading) -> list[Finding]:
    """One finding for each thing that the reader could not take, with the amount that the balances tell for it."""
    told = amounts_told(reading)
    findings = []
    for defect in reading.defects:
        amount = told.get((defect.column or "", defect.source_row or 0))
        findings.append(
            catalogue()[defect.kind].finding(
                {"told": _told(amount)},
                row=defect.row,
                source_row=defect.source_row,
                cell=defect.cell,
                column=defect.column,
                observed=defect.observed,
                expected=defect.expected if amount is None else baht_plain(amount),
            )
        )
    return findings


def _told(amount: int | None) -> Words:
    if amount is None:
        return Words("", "")
    printed = baht_printed(amount)
    return Words(f" ยอดอื่นในตารางบอกตรงกันว่าควรเป็น {printed}", f"; the other amounts agree on {printed}")


def _export_findings(case: Case, changed: Changes, failing: Sequence[Failing]) -> list[Finding]:
    """One finding for each rule that the export as a whole fails."""
    rules = [rule for rule, _ in failing if rule.scope == "export"]
    verdicts = verdicts_of(case, changed) if rules else {}
    return [_export_finding(rule, verdicts[rule.rule]) for rule in rules]


def _export_finding(rule: Rule, verdict: Verdict) -> Finding:
    blanks: dict[str, object] = {
        "off": baht_printed(abs(verdict.number)),
        "count": verdict.number,
        "said": verdict.said,
    }
    shown = {"observed": verdict.observed, "expected": verdict.expected}
    in_words = {name: one for name, one in shown.items() if isinstance(one, Words)}
    return rule.finding(blanks | in_words, observed=_in_thai(verdict.observed), expected=_in_thai(verdict.expected))


def _in_thai(shown: str | Words | None) -> str | None:
    return shown.th if isinstance(shown, Words) else shown


def _count_finding(reading: Reading, rule: Rule, place: int) -> Finding:
    total = reading.totals[place]
    return rule.finding(
        {"label": total.label},
        row=total.label,
        source_row=total.source_row,
        cell=reading.cell("", total.source_row),
        observed=str(counted(total.label)),
        expected=str(total.last - total.first + 1),
    )
