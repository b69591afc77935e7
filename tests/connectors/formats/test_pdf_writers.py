"""One table as programs of offices print it: each notes Thai in its own way, and parts rows by the page.

The files in printed/ hold TABLE, set in Noto Sans Thai: by Chromium from a web page, by LibreOffice Writer from Word.
"""

from pathlib import Path

import pytest

from connectors.formats import grids_of
from tests.connectors.formats.written import Rows, printed

PRINTED = Path(__file__).parent / "printed"
LONG = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็กพร้อมวางท่อระบายน้ำและบ่อพัก ซอยเทศบาล ๑๒ เชื่อมชุมชนริมคลองฝั่งตะวันตก หมู่ที่"
TABLE: Rows = [
    ["งาน", "โครงการ", "งบประมาณอนุมัติ", "เบิกจ่าย", "คงเหลือ"],
    ["บริหารทั่วไปเกี่ยวกับการรักษาความสงบภายใน", "บำบัดน้ำเสีย กำจัดขยะมูลฝอยและสิ่งปฏิกูล", 1250000.5, 250000.0, 1000000.5],
    *[[None, f"{LONG} {number} {LONG}", 1000.0 + number, 0.0, 1000.0 + number] for number in range(7)],
    ["สวัสดิการสังคมและสังคมสงเคราะห์", "เงินสมทบกองทุนบำเหน็จบำนาญข้าราชการส่วนท้องถิ่น", 10.0, 9.0, 1.0],
]


@pytest.mark.parametrize("writer", ["chromium", "libreoffice"])
def test_every_word_and_number_is_read_as_it_was_written(writer: str):
    (grid,) = grids_of((PRINTED / f"{writer}.pdf").read_bytes())
    heading, *lines = [[unspaced(printed(cell)) for cell in row] for row in TABLE]
    rows = [[unspaced(str(cell)) for cell in row] for row in grid.rows if any(row)]
    assert rows.count(heading) > 1
    assert [row for row in rows if row != heading] == lines
    assert grid.unreadable == {}


def unspaced(text: str) -> str:
    """The text without spaces: where a line ends, writers do not print the one that stood there."""
    return text.replace(" ", "")
