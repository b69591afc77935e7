"""How well and how fast wrong cells of a printed budget table are located: `python -m tests.bench.localise`.

Tables of 300 lines in 25 groups with subtotals and a grand total, six money columns, satang; the wrong cells are slips
of one digit, or any number. A table counts as repaired when the localisation is unique and gives back the true cells.
"""

import random
import statistics
from time import perf_counter

from expectations.localise import localise

COLUMNS = {"approved": 1, "transfer_in": 1, "transfer_out": -1, "committed": -1, "disbursed": -1, "remaining": -1}
Name = tuple[str, str]


def printed_table(rng: random.Random, lines: int = 300, groups: int = 25) -> dict[Name, int]:
    """A true table: (row, column) → satang; rows 'g/l' are leaves, 'g' subtotals, 'total' the grand total."""
    cuts = sorted(rng.sample(range(1, lines), groups - 1))
    table: dict[Name, int] = {}
    for line in range(lines):
        group = sum(cut <= line for cut in cuts)
        approved = rng.randrange(1_000, 9_000_000) * rng.choice((1, 100, 10_000))
        moved_in, moved_out = (rng.choice((0, 0, 0, rng.randrange(approved) // 2)) for _ in "io")
        committed = rng.choice((0, 0, rng.randrange(approved) // 2))
        available = approved + moved_in - moved_out - committed
        disbursed = rng.choice((0, rng.randrange(available + 1)))
        row = (approved, moved_in, moved_out, committed, disbursed, available - disbursed)
        for column, value in zip(COLUMNS, row, strict=True):
            for place in (f"{group}/{line}", f"{group}", "total"):
                table[place, column] = table.get((place, column), 0) + value
    return table


def printed_balances(table: dict[Name, int]) -> list[dict[Name, int]]:
    """The identity of every row and, for every column, the sums of its groups and of the whole."""
    places = dict.fromkeys(place for place, _ in table)
    leaves = [place for place in places if "/" in place]
    balances = [{(place, column): sign for column, sign in COLUMNS.items()} for place in places]
    for total in places:
        if "/" not in total:
            parts = [leaf for leaf in leaves if total == "total" or leaf.split("/")[0] == total]
            balances += [{**{(leaf, c): 1 for leaf in parts}, (total, c): -1} for c in COLUMNS]
    return balances


def slipped(value: int, rng: random.Random) -> int:
    """A number that a slip could make of `value`, or, one time in four, any number."""
    while True:
        digits = list(str(value).zfill(3))
        place = rng.randrange(len(digits))
        match rng.randrange(4):
            case 0:
                digits[place] = rng.choice("0123456789")
            case 1:
                digits[place : place + 2] = reversed(digits[place : place + 2])
            case 2:
                digits[place] = rng.choice(("", digits[place] * 2))
            case 3:
                digits = list(str(rng.randrange(10 ** rng.randrange(3, 12))))
        if (printed := int("".join(digits) or "0")) != value:
            return printed


def measure(wrong: int, tables: int, signed: bool) -> None:
    """Prints how many tables with that many wrong cells were repaired, and how long one took."""
    repaired = others = undecided = missed = 0
    seconds = []
    for seed in range(tables):
        rng = random.Random(1000 * wrong + seed)
        true = printed_table(rng)
        spoilt = rng.sample(sorted(true), wrong)
        observed = true | {name: slipped(true[name], rng) for name in spoilt}
        balances = printed_balances(true)
        started = perf_counter()
        found = localise(observed, balances, nonnegative=() if signed else true.keys())
        seconds.append(perf_counter() - started)
        right = found.corrections == {name: true[name] for name in spoilt}
        repaired += found.unique and right
        others += found.unique and not right
        undecided += bool(found.alternatives)
        missed += not found.unique and not found.alternatives
    print(
        f"{wrong:3d} wrong, {tables} tables: {100 * repaired / tables:6.2f} % repaired, {others} explained otherwise, "
        f"{undecided} undecided, {missed} not found; "
        f"median {1000 * statistics.median(seconds):.1f} ms, slowest {1000 * max(seconds):.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    for signed in (False, True):
        print("cells of either sign" if signed else "no cell negative")
        for wrong, tables in ((1, 500), (2, 500), (3, 500), (5, 500), (10, 200), (20, 100)):
            measure(wrong, tables, signed)
