"""Findings from failing verdicts: the officer's own row and cell, what stands there and what would repair it."""

from collections.abc import Iterable, Iterator, Sequence

from expectations.balances import Balance, Cell, balances_of, wrong_cells
from expectations.case import Case
from expectations.catalogue import Rule, catalogue
from expectations.exports import export_verdicts
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.money import baht_plain, baht_printed
from warehouse.vocabulary.records import MONEY, MONEY_OF, Finding, Reading
from warehouse.vocabulary.wording import COLUMNS

_WORDS_OF = {
    "budget.identity": Words("ความสมดุลของแถว {row}", "the identity of row {row}"),
    "total.identity": Words("ความสมดุลของยอดรวมแถว {row}", "the identity of the printed total in row {row}"),
    "total.sum": Words("ผลรวมของคอลัมน์ถึงยอดรวมแถว {row}", "the sum of the column to row {row}"),
}


def defect_findings(reading: Reading) -> list[Finding]:
    """One finding for each thing that the reader could not take."""
    return [
        catalogue()[defect.kind].finding(
            {},
            row=defect.row,
            source_row=defect.source_row,
            cell=defect.cell,
            column=defect.column,
            observed=defect.observed,
            expected=defect.expected,
        )
        for defect in reading.defects
    ]


def export_findings(case: Case, rules: Sequence[Rule]) -> list[Finding]:
    """One finding for each rule that the export as a whole fails."""
    verdicts = export_verdicts(case) if rules else {}
    return [
        rule.finding(
            {"off": baht_printed(abs(verdicts[rule.rule].number))},
            observed=verdicts[rule.rule].observed,
            expected=verdicts[rule.rule].expected,
        )
        for rule in rules
        if rule.scope == "export"
    ]


def row_findings(reading: Reading, failing: Iterable[tuple[Rule, int]]) -> Iterator[Finding]:
    """One finding for each (rule, leaf row) that fails."""
    for rule, row in failing:
        column = rule.observed if rule.observed != "lowest" else _lowest(reading, row)
        source_row = reading.columns["source_row"][row]
        yield rule.finding(
            {"off": baht_printed(_overspent(reading, row))} if rule.rule == "budget.overspent" else {},
            row=row,
            source_row=source_row,
            cell=reading.cell(column, source_row),
            column=column,
            observed=_shown(reading, column, row),
            expected=_shown(reading, rule.expected, row) if rule.expected else None,
        )


def _lowest(reading: Reading, row: int) -> str:
    return min((c for c in MONEY_OF[reading.source] if c != "remaining"), key=lambda c: reading.columns[c][row])


def _overspent(reading: Reading, row: int) -> int:
    approved, moved_in, moved_out, committed, disbursed, _ = (reading.columns[column][row] for column in MONEY)
    return int(committed + disbursed - (approved + moved_in - moved_out))


def _shown(reading: Reading, column: str, row: int) -> str:
    value = reading.columns[column][row]
    return baht_plain(value) if column in MONEY_OF[reading.source] else "" if value is None else str(value)


def cell_findings(reading: Reading) -> list[Finding]:
    """What breaks the table's balances: the wrong cells where only they explain it, else each broken balance."""
    cells, balances = balances_of(reading)
    broken = [balance for balance in balances if balance.misses]
    located = wrong_cells(cells, balances)
    findings = [_located(reading, cell, cells[cell], right, broken) for cell, right in located.corrections.items()]
    return findings + [_broken(reading, balances[place]) for place in located.unsatisfied]


def _located(reading: Reading, cell: Cell, value: int, right: int, broken: Sequence[Balance]) -> Finding:
    column, source_row = cell
    held = [balance for balance in broken if cell in balance.terms]
    reason = Words(
        " และ".join(_WORDS_OF[balance.rule].th.format(row=balance.source_row) for balance in held),
        " and ".join(_WORDS_OF[balance.rule].en.format(row=balance.source_row) for balance in held),
    )
    return catalogue()["balance.cell"].finding(
        {
            "reason": reason,
            "off": baht_printed(abs(right - value)),
            "column": COLUMNS[column],
            "observed": baht_printed(value),
            "expected": baht_printed(right),
        },
        row=_row_of(reading, source_row),
        source_row=source_row,
        cell=reading.cell(column, source_row),
        column=column,
        observed=baht_plain(value),
        expected=baht_plain(right),
    )


def _broken(reading: Reading, balance: Balance) -> Finding:
    column = balance.column or "remaining"
    printed = _amount(reading, column, balance.source_row)
    return catalogue()[balance.rule].finding(
        {"label": _row_of(reading, balance.source_row), "off": baht_printed(abs(balance.misses))},
        row=_row_of(reading, balance.source_row),
        source_row=balance.source_row,
        cell=reading.cell(column, balance.source_row),
        column=column,
        observed=baht_plain(printed),
        expected=baht_plain(printed - balance.misses) if balance.column else None,
    )


def _row_of(reading: Reading, source_row: int) -> int | str:
    """The leaf row, or the label of the printed total."""
    label = next((total.label for total in reading.totals if total.source_row == source_row), None)
    return label if label is not None else reading.columns["source_row"].index(source_row)


def _amount(reading: Reading, column: str, source_row: int) -> int:
    total = next((total for total in reading.totals if total.source_row == source_row), None)
    if total:
        return total.amounts[column]
    return int(reading.columns[column][reading.columns["source_row"].index(source_row)])
