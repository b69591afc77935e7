"""The balances that a printed table must hold, and the cells that break them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.localise import Localisation, localise
from expectations.unread import unread_cells
from warehouse.vocabulary.records import MONEY_OF, Reading

Cell = tuple[str, int]  # (column, the officer's row)
_IDENTITY = {"approved": 1, "transfer_in": 1, "transfer_out": -1, "committed": -1, "disbursed": -1, "remaining": -1}
# Each row that breaks its identity holds a wrong cell of its own, and a wrong cell breaks one sum a level. With more
# of them than this the file is wrong in another way (a column shifted, lines of another day): nothing would be learned
# from single cells, and a batch must not wait for it.
_MOST_BROKEN = 20


@dataclass(frozen=True, slots=True)
class Balance:
    """One balance: the rule that it stands for, its cells with their coefficients, and by how much it misses."""

    rule: str
    source_row: int  # of the leaf row or printed total
    column: str | None  # of a sum
    terms: Mapping[Cell, int]
    misses: int


def balances_of(reading: Reading) -> tuple[dict[Cell, int], list[Balance]]:
    """Every money cell of a table, and every balance that can be judged: none of its cells could not be read."""
    cells, balances = _every_balance(reading)
    unread = unread_cells(reading)
    return cells, [one for one in balances if unread.isdisjoint(one.terms)] if unread else balances


def amounts_told(reading: Reading) -> dict[Cell, int]:
    """What each money cell that could not be read must hold, where two balances or more tell it, and all the same."""
    unread = unread_cells(reading)
    told: dict[Cell, list[int]] = {}
    for balance in _every_balance(reading)[1] if unread else ():
        unknown = [cell for cell in balance.terms if cell in unread]
        if len(unknown) == 1:  # which counts as nothing, so the balance misses by it
            told.setdefault(unknown[0], []).append(-balance.misses * balance.terms[unknown[0]])
    agreed = {cell: amounts[0] for cell, amounts in told.items() if len(amounts) > 1 and len(set(amounts)) == 1}
    return {cell: amount for cell, amount in agreed.items() if amount >= 0 or cell[0] == "remaining"}


def _every_balance(reading: Reading) -> tuple[dict[Cell, int], list[Balance]]:
    """Every money cell of a table, and every balance that it prints: a row's identity, and each total's sums."""
    money = MONEY_OF[reading.source]
    rows: list[int] = reading.columns["source_row"]
    cells = {(column, row): value for column in money for row, value in zip(rows, reading.columns[column], strict=True)}
    cells |= {(column, total.source_row): total.amounts[column] for total in reading.totals for column in money}
    balances = []
    if reading.source == "elaas":
        totals = [total.source_row for total in reading.totals]
        balances = [_balance("budget.identity", row, None, _identity(row), cells) for row in rows]
        balances += [_balance("total.identity", row, None, _identity(row), cells) for row in totals]
    for total in reading.totals:
        spanned = rows[total.first : total.last + 1]
        for column in money:
            terms = {(column, row): -1 for row in spanned} | {(column, total.source_row): 1}
            balances.append(_balance("total.sum", total.source_row, column, terms, cells))
    return cells, balances


def _identity(row: int) -> dict[Cell, int]:
    return {(column, row): coefficient for column, coefficient in _IDENTITY.items()}


def _balance(rule: str, row: int, column: str | None, terms: dict[Cell, int], cells: dict[Cell, int]) -> Balance:
    return Balance(rule, row, column, terms, sum(factor * cells[cell] for cell, factor in terms.items()))


def wrong_cells(cells: Mapping[Cell, int], balances: Sequence[Balance]) -> Localisation[Cell] | None:
    """The fewest cells whose change makes every balance hold; None where too much is broken to ask.

    Amounts stay at 0 or above, where they are now; what remains may be below.
    """
    broken = Counter(balance.column for balance in balances if balance.misses)  # identities together, sums by column
    if any(count > _MOST_BROKEN for count in broken.values()):
        return None
    nonnegative = [cell for cell, value in cells.items() if value >= 0 and cell[0] != "remaining"]
    return localise(cells, [balance.terms for balance in balances], nonnegative=nonnegative)
