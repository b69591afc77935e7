"""Findings of broken balances: the wrong cells where only they explain them, else each balance and what might."""

from collections.abc import Sequence

from expectations.balances import Balance, Cell, balances_of, wrong_cells
from expectations.catalogue import catalogue
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.money import baht_plain, baht_printed
from warehouse.vocabulary.records import Finding, Reading
from warehouse.vocabulary.wording import COLUMNS

_WORDS_OF = {
    "budget.identity": Words("ความสมดุลของแถว {row}", "the identity of row {row}"),
    "total.identity": Words("ความสมดุลของยอดรวมแถว {row}", "the identity of the printed total in row {row}"),
    "total.sum": Words("ผลรวมของคอลัมน์ถึงยอดรวมแถว {row}", "the sum of the column to row {row}"),
}
_CHOICES = 3  # as many as a person will compare


def balance_findings(reading: Reading) -> list[Finding]:
    """What breaks the table's balances, as far as they tell."""
    cells, balances = balances_of(reading)
    broken = [balance for balance in balances if balance.misses]
    located = wrong_cells(cells, balances)
    if located is None:
        return [_broken(reading, cells, balance) for balance in broken] + [_unexplained(broken)]
    findings = [_located(reading, cell, cells[cell], right, broken) for cell, right in located.corrections.items()]
    findings += [_broken(reading, cells, balances[place]) for place in located.unsatisfied]
    findings += _candidates(reading, cells, located.alternatives)
    if located.unsatisfied and not located.alternatives:
        findings.append(_unexplained(broken))
    return findings


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


def _broken(reading: Reading, cells: dict[Cell, int], balance: Balance) -> Finding:
    column = balance.column or "remaining"
    printed = cells[column, balance.source_row]
    adding_up = printed - balance.misses
    return catalogue()[balance.rule].finding(
        {
            "label": _row_of(reading, balance.source_row),
            "off": baht_printed(abs(balance.misses)),
            "observed": baht_printed(printed),
            "expected": baht_printed(adding_up),
        },
        row=_row_of(reading, balance.source_row),
        source_row=balance.source_row,
        cell=reading.cell(column, balance.source_row),
        column=column,
        observed=baht_plain(printed),
        expected=baht_plain(adding_up) if balance.column else None,
    )


def _candidates(reading: Reading, cells: dict[Cell, int], alternatives: Sequence[dict[Cell, int]]) -> list[Finding]:
    """A finding for each cell of the likeliest explanations: nothing is claimed where there are several."""
    rule = catalogue()["balance.candidate"]
    return [
        rule.finding(
            {
                "choice": choice,
                "choices": len(alternatives),
                "column": COLUMNS[cell[0]],
                "observed": baht_printed(cells[cell]),
                "right": baht_printed(right),
                "together": _together([reading.cell(*other) for other in repair if other != cell]),
            },
            row=_row_of(reading, cell[1]),
            source_row=cell[1],
            cell=reading.cell(*cell),
            column=cell[0],
            observed=baht_plain(cells[cell]),
        )
        for choice, repair in enumerate(alternatives[:_CHOICES], start=1)
        for cell, right in repair.items()
    ]


def _together(cells: Sequence[str]) -> Words:
    return Words(f" พร้อมกับ {', '.join(cells)}", f" together with {', '.join(cells)}") if cells else Words("", "")


def _unexplained(broken: Sequence[Balance]) -> Finding:
    return catalogue()["balance.unexplained"].finding({}, observed=str(len(broken)))


def _row_of(reading: Reading, source_row: int) -> int | str:
    """The leaf row, or the label of the printed total."""
    label = next((total.label for total in reading.totals if total.source_row == source_row), None)
    return label if label is not None else reading.columns["source_row"].index(source_row)
