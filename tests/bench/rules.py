"""How much the rules cost over plain masks: `python -m tests.bench.rules [MUNICIPALITIES]`.

Both sides judge the same readings by the same rules, the import of Great Expectations counts on both. The masks are the
least that anyone would write: they find the failing rows, and no more. Every fiftieth municipality gets one wrong cell,
and one of them a wrong cell in every row.
"""

import csv
import datetime
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from connectors.read import read_export
from expectations.case import Case
from expectations.judge import judge
from expectations.names.labels import LISTS
from tests.bench.exports import write_exports
from warehouse.vocabulary.difference import Previous
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import LABELS, MONEY, MONEY_OF, Organisation, Reading

PERIOD = Period(FiscalYear(2566), Half.FIRST)
NAMES = Path(__file__).parents[2] / "expectations" / "names"
BALANCES = {"balance.cell", "balance.candidate", "budget.identity", "total.identity", "total.sum"}


def cases_in(folder: Path) -> list[Case]:
    """Every table of the folder, some of them spoilt, each with itself as the earlier export."""
    with (folder / "organisations.csv").open(encoding="utf-8", newline="") as file:
        owners = {line["code"]: Organisation(**line) for line in csv.DictReader(file)}
    cases = []
    for path in sorted((folder / "inbox").glob("*/*.xlsx")):
        for reading in read_export(path.read_bytes()):
            columns = {column: list(values) for column, values in reading.columns.items()}
            previous = Previous(0, "", 0, PERIOD, None, datetime.datetime.now(datetime.UTC), columns)
            cases.append(Case(reading, owners[path.parent.name], PERIOD, previous))
    budgets = [case.reading for case in cases if case.reading.source == "elaas"]
    for reading in budgets[::50]:
        reading.columns["disbursed"][7] += 20_000_00
    budgets[1].columns["disbursed"] = [satang + 1_00 for satang in budgets[1].columns["disbursed"]]
    return cases


def masks(cases: list[Case]) -> Counter[str]:
    """How many rows, printed totals or exports fail each rule, by pandas alone."""
    budgets = [case for case in cases if case.reading.source == "elaas"]
    plans = [case for case in cases if case.reading.source == "eplannacc"]
    found = budget_masks(frame_of(budgets), frame_of(budgets, earlier=True))
    found |= plan_masks(frame_of(plans), frame_of(plans, earlier=True))
    found["totals"] = sum(wrong_totals([case.reading for case in some]) for some in (budgets, plans))
    found |= title_masks(cases)
    return found


def frame_of(cases: list[Case], *, earlier: bool = False) -> pd.DataFrame:
    """The leaf rows of all readings, or of the earlier ones."""
    columns = [case.previous.columns if earlier and case.previous else case.reading.columns for case in cases]
    frame = pd.DataFrame({name: list(chain.from_iterable(one[name] for one in columns)) for name in columns[0]})
    frame["case"] = np.repeat(range(len(cases)), [len(one["source_row"]) for one in columns])
    return frame


def budget_masks(now: pd.DataFrame, then: pd.DataFrame) -> Counter[str]:
    revised = now.approved + now.transfer_in - now.transfer_out
    spent = now.committed + now.disbursed
    moved = now.groupby("case")[["transfer_in", "transfer_out"]].sum()
    found = Counter(
        {
            "budget.identity": (revised - spent != now.remaining).sum(),
            "budget.negative": (now[[c for c in MONEY if c != "remaining"]] < 0).any(axis=1).sum(),
            "budget.overspent": (spent > revised + 1).sum(),
            "budget.overspent_rounding": (spent == revised + 1).sum(),
            "budget.duplicate": now.duplicated(["case", *LABELS]).sum(),
            "budget.transfers": (moved.transfer_in != moved.transfer_out).sum(),
        }
    )
    for column, file in LISTS.items():
        known = pd.read_csv(NAMES / file)["name"].str.replace(" ", "")
        unknown = ~now[column].str.replace(" ", "").isin(known) & (now[column] != "")
        found[f"names.{column}"] = now[unknown].drop_duplicates(["case", column]).shape[0]
    works = pd.read_csv(NAMES / "works.csv")
    placed = now[["case", "programme", "work"]].drop_duplicates().merge(works, left_on="work", right_on="name")
    found["names.misplaced"] = ((placed.programme_x != "") & (placed.programme_x != placed.programme_y)).sum()
    return found | history_masks(now, then, ["case", *LABELS], "approved", "history.disbursed_fell")


def plan_masks(now: pd.DataFrame, then: pd.DataFrame) -> Counter[str]:
    dimensions = now[now.dimension.between(1, 4)].groupby("case").dimension.nunique()
    number = pd.to_numeric(now.number)
    found = Counter(
        {
            "plan.one_status": (now.tick_count != 1).sum(),
            "plan.dimension": (~now.dimension.between(1, 4)).sum(),
            "plan.negative": ((now.budget < 0) | (now.disbursed < 0)).sum(),
            "plan.awaiting_paid": ((now.status == "awaiting_report") & (now.disbursed != 0)).sum(),
            "plan.completed_unpaid": ((now.status == "completed") & (now.budget > 0) & (now.disbursed == 0)).sum(),
            "plan.over_budget": (now.disbursed > now.budget).sum(),
            "plan.duplicate": now.duplicated(["case", "project"]).sum(),
            "plan.numbering": ((number != 1) & (number != number.shift() + 1)).sum(),
            "plan.all_dimensions": (dimensions != 4).sum(),
        }
    )
    return found | history_masks(now, then, ["case", "project"], "budget", "history.paid_fell")


def history_masks(now: pd.DataFrame, then: pd.DataFrame, key: list[str], planned: str, fell: str) -> Counter[str]:
    both = now.merge(then, on=key, how="outer", suffixes=("", "_then"), indicator=True)
    kept = both[both["_merge"] == "both"]
    found = Counter({fell: (kept.disbursed < kept.disbursed_then).sum()})
    found["history.line_gone"] = both[both["_merge"] == "right_only"]["case"].nunique()
    if planned == "approved":
        still = (kept.transfer_in == kept.transfer_in_then) & (kept.transfer_out == kept.transfer_out_then)
        found["history.approved_changed"] = (still & (kept.approved != kept.approved_then)).sum()
    else:
        progress = {"awaiting_report": 0, "in_progress": 1, "completed": 2, "not_feasible": 2}
        found["history.status_back"] = (kept.status.map(progress) < kept.status_then.map(progress)).sum()
    rows, rows_then = now.groupby("case").size(), then.groupby("case").size()
    less = now.groupby("case")[planned].sum() < then.groupby("case")[planned].sum()
    found["history.rows_gone"] = (less & (rows * 5 < rows_then * 4)).sum()
    return found


def wrong_totals(readings: list[Reading]) -> int:
    """How many printed totals miss a sum or their identity."""
    frame = frame_of([Case(reading, None, None) for reading in readings])
    totals: list[dict[str, Any]] = []
    start = 0
    for reading in readings:
        totals += [{"first": start + t.first, "last": start + t.last, **t.amounts} for t in reading.totals]
        start += reading.rows
    if not totals:
        return 0
    printed = pd.DataFrame(totals)
    wrong = pd.Series(False, index=printed.index)
    for column in MONEY_OF[readings[0].source]:
        running = np.concatenate([[0], frame[column].cumsum()])
        wrong |= printed[column] != running[printed["last"] + 1] - running[printed["first"]]
    if readings[0].source == "elaas":
        revised = printed.approved + printed.transfer_in - printed.transfer_out
        wrong |= revised - printed.committed - printed.disbursed != printed.remaining
    return int(wrong.sum())


def title_masks(cases: Iterable[Case]) -> Counter[str]:
    districts = pd.read_csv(NAMES / "districts.csv")
    titles = pd.DataFrame(
        {
            "organisation": case.reading.title.organisation,
            "district": case.reading.title.district,
            "province": case.reading.title.province,
            "owner": case.organisation.name if case.organisation else None,
            "data_date": case.reading.title.data_date,
            "totals": len(case.reading.totals),
            "source": case.reading.source,
        }
        for case in cases
    )
    placed = titles.dropna(subset=["district", "province"]).merge(districts, how="left", indicator=True)
    return Counter(
        {
            "organisation.name": (titles.organisation.notna() & (titles.organisation != titles.owner)).sum(),
            "organisation.place": (placed["_merge"] == "left_only").sum(),
            "period.data_date": (titles.data_date.notna() & (titles.data_date != PERIOD.cut_off)).sum(),
            "total.none": ((titles.source == "elaas") & (titles.totals == 0)).sum(),
        }
    )


def compare(folder: Path) -> None:
    """Prints the seconds of both sides and their ratio; raises AssertionError where they do not find the same."""
    cases = cases_in(folder)
    rows = sum(case.reading.rows for case in cases)
    print(f"{len(cases)} tables, {rows} rows", flush=True)
    started = perf_counter()
    import great_expectations  # noqa: F401

    imported = perf_counter() - started
    started = perf_counter()
    judgements = judge(cases, gate=True)
    judged = perf_counter() - started
    started = perf_counter()
    plain = masks(cases)
    masked = perf_counter() - started
    ours = Counter(finding.rule for judgement in judgements for finding in judgement.findings)
    broken = plain.pop("budget.identity") + plain.pop("totals")
    assert {rule: n for rule, n in plain.items() if n} == {
        r: n for r, n in ours.items() if r not in BALANCES | {"balance.unexplained"}
    }
    print(f"broken balances {broken}; cells named {ours['balance.cell']}")
    print(f"import of Great Expectations {imported:.2f} s, rules {judged:.2f} s, plain masks {masked:.2f} s")
    print(f"ratio {(imported + judged) / (imported + masked):.2f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        write_exports(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
        compare(Path(made))
