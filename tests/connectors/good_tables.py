"""Tables without a fault, to be spoilt: the example's, and larger made-up ones with totals on three levels."""

import random
from itertools import groupby
from pathlib import Path

from connectors.formats import grids_of
from connectors.grid import CellValue, Grid
from expectations.case import Case
from expectations.catalogue import catalogue
from expectations.judge import judge
from tests.connectors.sheets import BUDGET_HEADING, BUDGET_TITLE, PLAN_HEADING, PLAN_TITLE, project, sheet
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Finding, Organisation, Reading, Severity

Key = tuple[str, str, str, str]
OWNER = Organisation("751NH", "เทศบาลตำบลคลองแสนแสบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
PERIOD = Period(FiscalYear(2566), Half.FIRST)
INBOX = Path(__file__).parents[2] / "examples" / "khlong-saen-saep" / "inbox" / "751NH"
WORKS = {
    "บริหารทั่วไป": ["งบบุคลากร", "งบดำเนินงาน", "งบลงทุน"],
    "บริหารงานคลัง": ["งบดำเนินงาน"],
    "ก่อสร้าง": ["งบลงทุน", "งบเงินอุดหนุน"],
}
TYPES = {
    "งบบุคลากร": ["เงินเดือน (ฝ่ายการเมือง)", "เงินเดือน (ฝ่ายประจำ)"],
    "งบดำเนินงาน": ["ค่าตอบแทน", "ค่าใช้สอย", "ค่าวัสดุ"],
    "งบลงทุน": ["ค่าครุภัณฑ์"],
    "งบเงินอุดหนุน": ["เงินอุดหนุน"],
}


def example_budget() -> Grid:
    """The example's budget with its one wrong cell put right."""
    (grid,) = grids_of((INBOX / "elaas_2566-03-31.xlsx").read_bytes())
    rows = [list(row) for row in grid.rows]
    rows[5][8] = 48984.0
    return Grid(grid.name, rows)


def example_plan() -> Grid:
    """The example's plan, spread over all dimensions."""
    (grid,) = grids_of((INBOX / "eplannacc_2566-03-31.xlsx").read_bytes())
    rows = [list(row) for row in grid.rows]
    for place, row in enumerate(rows[5:]):
        row[2] = float(place % 4 + 1)
    return Grid(grid.name, rows)


def large_budget(seed: int, labels_in_every_row: bool = False) -> Grid:
    """A budget of three works with a total for each งบ, each งาน and everything; every line has money."""
    rng = random.Random(seed)
    keys = [
        (work, category, expense_type, f"{expense_type}ที่ {number}")
        for work, categories in WORKS.items()
        for category in categories
        for expense_type in TYPES[category]
        for number in range(1, rng.randint(2, 4))
    ]
    given = [rng.choice([0, rng.randrange(1, 5_000)]) for _ in keys]  # by each line to the next
    amounts = [_amounts(rng, *moved) for moved in zip(given[-1:] + given[:-1], given, strict=True)]
    rows: list[list[CellValue]] = []
    above: Key = ("", "", "", "")
    for work, in_work in groupby(zip(keys, amounts, strict=True), key=lambda line: line[0][0]):
        of_work: list[list[int]] = []
        for category, in_category in groupby(in_work, key=lambda line: line[0][1]):
            of_category: list[list[int]] = []
            for key, line in in_category:
                is_new = [labels_in_every_row or key[: level + 1] != above[: level + 1] for level in range(4)]
                labels = [label if new else "" for label, new in zip(key, is_new, strict=True)]
                rows.append([*labels, *(one / 100 for one in line)])
                of_category.append(line)
                above = key
            rows.append(_total(f"รวม{category}", of_category))
            of_work += of_category
        rows.append(_total(f"รวมงาน{work}", of_work))
    rows.append(_total("รวมทั้งสิ้น", amounts))
    return sheet([*BUDGET_TITLE, BUDGET_HEADING, *rows])


def large_plan(seed: int) -> Grid:
    """A plan of four dimensions."""
    rng = random.Random(seed)
    rows = [
        project(place + 1, f"โครงการที่ {place + 1}", float(place // 3 + 1), rng.randrange(5000, 10**7) / 100, 0.0, 0)
        for place in range(12)
    ]
    return sheet([*PLAN_TITLE, *PLAN_HEADING, *rows], name="แผน")


def _amounts(rng: random.Random, moved_in: int, moved_out: int) -> list[int]:
    approved = rng.randrange(10_000, 10**9)
    revised = approved + moved_in - moved_out
    committed = rng.choice([0, rng.randrange(1, revised // 3)])
    disbursed = rng.randrange(1, revised // 2)
    return [approved, moved_in, moved_out, committed, disbursed, revised - committed - disbursed]


def _total(label: str, lines: list[list[int]]) -> list[CellValue]:
    return ["", "", "", label, *(sum(column) / 100 for column in zip(*lines, strict=True))]


def findings(reading: Reading) -> list[Finding]:
    """All findings of a reading that is expected to be the example municipality's, for the first half of 2566."""
    (judgement,) = judge([Case(reading, OWNER, PERIOD)], gate=False)
    return list(judgement.findings)


def is_rejected(reading: Reading) -> bool:
    """Whether a finding is critical; where a defect is, the slow search for the wrong cells is spared."""
    severities = [catalogue()[defect.kind].severity for defect in reading.defects]
    return Severity.CRITICAL in severities or any(one.severity is Severity.CRITICAL for one in findings(reading))


def meaning(reading: Reading) -> tuple[object, ...]:
    """What a table says, wherever in the sheet it says so."""
    columns = {column: values for column, values in reading.columns.items() if column != "source_row"}
    return reading.source, columns, [(one.label, one.first, one.last, one.amounts) for one in reading.totals]
