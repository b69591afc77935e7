"""The same table comes out of every form in which it is handed in."""

import os
import subprocess
import sys

import pytest

from connectors.formats import grids_of
from connectors.grid import Grid
from tests.connectors.formats.written import EVERY_FORMAT, Rows, printed

TABLE: Rows = [
    ["รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ", None, None, None, None],
    ["งาน", "โครงการ", "งบประมาณอนุมัติ (บาท)", "คงเหลือ (บาท)", "สถานะ"],
    ["บริหารทั่วไป", 'โครงการเสริมสร้าง "คุณธรรม", จริยธรรม และความโปร่งใส', 168000.0, 119016.0, "✓"],
    [None, "เบี้ยยังชีพผู้สูงอายุ", 6198000.25, 0.0, None],
    [None, "จ้างเหมา <ก> & ค่าน้ำมัน ครั้งที่ ๒", 0.07, 12.5, "✓"],
    [None, "รวมงบกลาง", 6366000.32, 119028.5, None],
]


def as_printed(grid: Grid) -> list[list[str]]:
    return [[printed(None if cell is None else cell).replace("/", "✓") for cell in row] for row in grid.rows]


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_the_same_table_comes_out_of_every_format(name: str):
    (grid,) = grids_of(EVERY_FORMAT[name](TABLE))
    assert as_printed(grid) == [[printed(cell) for cell in row] for row in TABLE]
    assert (grid.hidden, dict(grid.unreadable), grid.hidden_rows) == (False, {}, frozenset())


@pytest.mark.parametrize("name", ["xlsx", "xls", "bare biff", "spreadsheetml", "ods"])
def test_a_number_stays_a_number_where_the_format_has_them(name: str):
    (grid,) = grids_of(EVERY_FORMAT[name](TABLE))
    assert [row[2] for row in grid.rows[2:]] == [168000.0, 6198000.25, 0.07, 6366000.32]


def test_a_workbook_is_read_without_the_libraries_of_other_formats():
    code = (
        "import sys; from connectors.formats import grids_of; grids_of(sys.stdin.buffer.read());"
        "print([name for name in ('pdfplumber', 'pypdfium2', 'xlrd', 'lxml', 'defusedxml') if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=EVERY_FORMAT["xlsx"](TABLE),
        capture_output=True,
        env=environment,
        check=True,
    )
    assert ran.stdout.strip() == b"[]"
