"""docs/adding-a-source.md, followed word for word."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from connectors.declaration import KINDS, PRESENCE, Declaration, declared_sources, read_declaration
from connectors.read import read_export
from tests.connectors.sheets import kinds, spans, sums
from warehouse.vocabulary.errors import Unreadable

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(connectors/\S+)`\n\n```\w+\n(.*?)```$", PAGE, re.MULTILINE | re.DOTALL))
ROWS = [
    ["รายงานรายรับ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๖ เดือน", "", "", "", ""],
    ["เทศบาลตำบลคลองแสนแสบ อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา", "", "", "", ""],
    ["", "", "", "", ""],
    ["หมวดรายได้", "ประเภทรายรับ", "รับจริง (บาท)", "ประมาณการรายรับ (บาท)", "ร้อยละ"],
    ["ภาษีอากร", "ภาษีที่ดินและสิ่งปลูกสร้าง", 120_500.25, 300_000, 40.17],
    ["", "ภาษีป้าย", "(๕๐๐.๐๐)", 20_000, "-2.50"],
    ["", "รวมภาษีอากร", 120_000.25, 320_000, 37.5],
    ["ค่าธรรมเนียม", "", "", "", ""],
    ["", "ค่าใบอนุญาต", "-", 1_000, 0],
    ["", "รวมทั้งสิ้น", 120_000.25, 321_000, 37.38],
]


@pytest.fixture
def added(tmp_path: Path) -> Declaration:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return read_declaration(tmp_path / "connectors" / "elaas_revenue")


def workbook(*rows: list[object]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("รายรับ")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def test_the_page_shows_the_whole_folder():
    assert [Path(name).name for name in FILES] == ["__init__.py", "source.toml", "columns.csv"]
    assert len(FILES["connectors/elaas_revenue/source.toml"].splitlines()) <= 15


def test_the_new_source_is_read_beside_the_others(added: Declaration):
    (reading,) = read_export(workbook(*ROWS), declarations=[*declared_sources(), added])
    assert (reading.source, reading.rows, kinds(reading)) == ("elaas_revenue", 3, [])
    assert reading.columns["category"] == ["ภาษีอากร", "ภาษีอากร", "ค่าธรรมเนียม"]
    assert reading.columns["item"] == ["ภาษีที่ดินและสิ่งปลูกสร้าง", "ภาษีป้าย", "ค่าใบอนุญาต"]
    assert sums(reading, "estimated", "received", "difference") == [321_000_00, 120_000_25, 0]
    assert spans(reading) == [("รวมภาษีอากร", 0, 1), ("รวมทั้งสิ้น", 0, 2)]
    assert reading.title.organisation == "เทศบาลตำบลคลองแสนแสบ"


def test_its_required_columns_are_named_where_they_are_missing(added: Declaration):
    rows = [[cell if cell != "รับจริง (บาท)" else "ยอด" for cell in row] for row in ROWS]
    with pytest.raises(Unreadable, match=r"no column รับจริง \(unknown headings: ยอด\)"):
        read_export(workbook(*rows), declarations=[added])


def test_the_page_explains_every_kind_and_presence():
    explained = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert set(explained) == KINDS | PRESENCE


def test_every_place_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:connectors|warehouse|expectations|flows|tests|docs)/[^`]*)`", PAGE)) - FILES.keys()
    assert len(named) > 8
    assert [place for place in named if not (ROOT / place).exists()] == []
