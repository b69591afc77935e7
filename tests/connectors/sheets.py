"""Sheets as officers keep them, small and true unless a test says otherwise; amounts in baht."""

from collections.abc import Iterable, Sequence
from typing import Any

from connectors.declaration import declared_sources
from connectors.grid import CellValue, Grid
from connectors.read import readings_of
from warehouse.vocabulary.records import Reading

Row = Sequence[CellValue]

PLACE = "เทศบาลตำบลคลองแสนแสบ อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา"
BUDGET_TITLE: list[Row] = [
    ["รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"],
    ["รอบ ๖ เดือน (เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)"],
    [PLACE],
    [],
]
AMOUNTS = [
    "งบประมาณอนุมัติ (บาท)", "โอนเพิ่ม (บาท)", "โอนลด (บาท)", "ผูกพัน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)",
]  # fmt: skip
BUDGET_HEADING = ["งาน", "งบ", "ประเภทรายจ่าย", "โครงการ", *AMOUNTS]
FIRST = len(BUDGET_TITLE) + 2  # the officer's number of a budget's first row
PLAN_TITLE: list[Row] = [
    ["รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566 รอบ 6 เดือน"],
    [PLACE],
]
PLAN_HEADING: list[Row] = [
    ["ลำดับ", "รายการโครงการ", "มิติ", "งบประมาณ (บาท)", "เบิกจ่าย (บาท)", "สถานะ", "", "", "หมายเหตุ"],
    ["", "", "", "", "", "รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ", ""],
]


def sheet(rows: Iterable[Row], name: str = "รายงาน", **known: Any) -> Grid:
    """A grid of these rows, filled up to equal length."""
    listed = [list(row) for row in rows]
    width = max(map(len, listed))
    return Grid(name, [row + [""] * (width - len(row)) for row in listed], **known)


def line(project: str, approved: float, spent: float, *labels: str) -> list[CellValue]:
    """A budget line that balances: work, category and expense type (or blanks), a project, and its amounts."""
    return [*labels, *[""] * (3 - len(labels)), project, approved, 0.0, 0.0, 0.0, spent, approved - spent]


def total(label: str, *lines: Sequence[Any]) -> list[CellValue]:
    """The printed total of some lines."""
    return ["", "", "", label, *(float(sum(one[place] for one in lines)) for place in range(4, 10))]


def budget(*rows: Row, heading: Row = BUDGET_HEADING, foot: Iterable[Row] = (), **known: Any) -> Grid:
    """A budget table under the usual title."""
    return sheet([*BUDGET_TITLE, heading, *rows, *foot], **known)


def plan(*rows: Row, heading: Iterable[Row] = PLAN_HEADING, foot: Iterable[Row] = (), **known: Any) -> Grid:
    """A plan table under the usual title."""
    return sheet([*PLAN_TITLE, *heading, *rows, *foot], **{"name": "แผน", **known})


def project(
    number: int, name: str, dimension: CellValue, budget: CellValue, spent: CellValue, status: int
) -> list[Any]:
    """A row of a plan, its status ticked in the first, second or third column."""
    return [float(number), name, dimension, budget, spent, *("✓" if status == place else "" for place in range(3)), ""]


def readings(*grids: Grid) -> list[Reading]:
    """All that is read from some sheets of one file."""
    return readings_of(grids, declared_sources())


def read(*grids: Grid) -> Reading:
    """The one table in some sheets."""
    (reading,) = readings(*grids)
    return reading


def kinds(reading: Reading) -> list[str]:
    """What the reader could not take."""
    return [defect.kind for defect in reading.defects]


def spans(reading: Reading) -> list[tuple[str, int, int]]:
    """The printed totals: label, first and last leaf row."""
    return [(one.label, one.first, one.last) for one in reading.totals]


def sums(reading: Reading, *columns: str) -> list[int]:
    """Sums over the leaf rows, in satang."""
    return [sum(reading.columns[column]) for column in columns]


def unlabelled(*lines: Sequence[Any]) -> list[CellValue]:
    """A total that lacks its label."""
    return total("", *lines)


def grouped(label: str, level: int, *lines: Sequence[Any]) -> list[CellValue]:
    """A total whose label stands in a label column."""
    printed = total("", *lines)
    printed[level] = label
    return printed


WORK = "บริหารทั่วไป"
STAFF = [line("เงินเดือนนายก", 300.0, 150.0, WORK, "งบบุคลากร", "เงินเดือน"), line("เงินเดือนพนักงาน", 500.0, 200.0)]
GOODS = [line("วัสดุสำนักงาน", 80.0, 20.0, "", "งบดำเนินงาน", "ค่าวัสดุ"), line("ค่าไฟฟ้า", 90.0, 60.0, "", "", "ค่าสาธารณูปโภค")]
ROADS = [line("ถนนสายหนึ่ง", 1000.0, 0.0, "ก่อสร้าง", "งบลงทุน", "ค่าที่ดินและสิ่งก่อสร้าง"), line("ถนนสายสอง", 700.0, 700.0)]
ALL = [*STAFF, *GOODS, *ROADS]
