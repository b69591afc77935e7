"""Ruled tables in PDF files."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest

from connectors.formats import grids_of
from connectors.formats.thai_print import brokenness, filled, mended
from connectors.limits import Limits
from tests.connectors.formats.written import as_pdf, typeset
from warehouse.vocabulary.errors import Unreadable

NAME = "โครงการเสริมสร้างคุณธรรม จริยธรรม และความโปร่งใสขององค์กรปกครองส่วนท้องถิ่น ครั้งที่"


def test_a_table_over_several_pages_is_one_grid_with_its_repeated_headings():
    rows = [["งาน", "โครงการ", "เงิน (บาท)"]] + [["บริหารทั่วไป", f"{NAME} {number}", 1234.5] for number in range(70)]
    (grid,) = grids_of(as_pdf(rows))
    printed = [["บริหารทั่วไป", f"{NAME} {number}", "1,234.50"] for number in range(70)]
    heading = ["งาน", "โครงการ", "เงิน (บาท)"]
    assert [row for row in grid.rows if row != heading] == printed
    assert grid.rows.count(heading) > 1
    assert grid.unreadable == {}


def test_lines_above_below_and_between_tables_are_rows_in_their_order():
    first, second = grids_of(
        typeset(
            "#set page(footer: [หน้า 1])\nรายงาน ๖ เดือน\n\n#table(columns: 3, table.cell(rowspan: 2)[งาน],"
            " table.cell(colspan: 2)[เงิน], [ก], [ข])\nแผนปฏิบัติการ\n#table(columns: 2, [1], [2], [3], [✓])\nที่มา"
        )
    )
    assert first.rows == [["รายงาน ๖ เดือน", "", ""], ["งาน", "เงิน", ""], ["", "ก", "ข"]]
    assert second.rows == [["แผนปฏิบัติการ", ""], ["1", "2"], ["3", "✓"], ["ที่มา", ""], ["หน้า 1", ""]]


TABLE = "#table(columns: 2, [งานที่], [ก], [ครั้ง], [1,234.00])"
Change = Callable[[pypdfium2.PdfPage], None]


def altered(body: str, change: Change) -> bytes:
    document = pypdfium2.PdfDocument(typeset(body))
    change(document[0])
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("body", "change"),
    [
        (TABLE, lambda page: page.set_mediabox(10, 20, 900, 700)),
        (TABLE, lambda page: page.set_mediabox(-30, -40, 900, 700)),
        (TABLE, lambda page: page.set_cropbox(10, 20, 830, 590)),
        (f"#rotate(-90deg, reflow: true)[{TABLE}]", lambda page: page.set_rotation(90)),
        (f"#rotate(180deg, reflow: true)[{TABLE}]", lambda page: page.set_rotation(180)),
        (f"#rotate(90deg, reflow: true)[{TABLE}]", lambda page: page.set_rotation(270)),
    ],
    ids=["offset", "negative offset", "cropped", "turned right", "turned over", "turned left"],
)
def test_a_page_however_it_lies_in_the_file_is_read_as_it_shows(body: str, change: Change):
    (grid,) = grids_of(altered(body, change))
    assert grid.rows == [["งานที่", "ก"], ["ครั้ง", "1,234.00"]]
    assert grid.unreadable == {}


def test_a_number_that_two_libraries_read_differently_is_unreadable():
    (grid,) = grids_of(altered(TABLE, lambda page: page.set_rotation(180)))
    assert grid.unreadable == {(0, 0): "1,234.00"}, "pdfminer reads 00.432,1 on a page that stands on its head"


def test_the_small_digit_of_a_footnote_makes_a_number_unreadable():
    raised = "#super(typographic: false)[1]"
    (grid,) = grids_of(typeset(f"#table(columns: 2, [งาน], [เงิน], [ก], [500.0{raised}], [ข{raised}], [500.00])"))
    assert grid.unreadable == {(1, 1): "500.01"}


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (typeset("ไม่มีตาราง"), "no ruled table"),
        (typeset("#rect(width: 5cm, height: 5cm)"), "scan"),
        (typeset("#table(columns: 2, [1], [2], [3], [4])")[:2000], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
    ],
    ids=["prose", "scan", "cut", "nothing"],
)
def test_a_pdf_without_a_usable_table_is_told_as_such(content: bytes, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(content)


def test_time_is_bounded_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]):
    content = as_pdf([["ก", "ข"], ["1", "2"]])
    with pytest.raises(Unreadable, match="seconds"):
        grids_of(content, Limits(seconds=0.01))
    with pytest.raises(Unreadable):
        grids_of(content[:-3000])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["ที่ทำการ", "น้ำมันเชื้อเพลิง", "ปฏิบัติหน้าที่", "1,234.00", "", "e-LAAS ๖ เดือน"])
def test_thai_that_came_out_whole_is_not_broken(text: str):
    assert brokenness(text) == 0
    assert mended(text) == text


@pytest.mark.parametrize("text", ["ท่ี", "ครั้รั้ง", "่ก", "ทําการ", "น้ำามัน", "ก\uf70a", "(cid:12)าน", "กิิ"])
def test_thai_that_came_out_broken_is_counted(text: str):
    assert brokenness(text) > 0


def test_a_letter_printed_twice_stands_once_and_lines_are_joined():
    assert mended("ทั่ทั่วไป ครั้รั้งที่\r\nสอง") == "ทั่วไป ครั้งที่สอง"
    assert mended("หน่วยงาน \r\nองค์กร\nABC ") == "หน่วยงาน องค์กร ABC"


@pytest.mark.parametrize(
    ("drawn", "by_pdfium", "right"),
    [
        ("ทั\0วไป", "ทั่วทั่ ไป", "ทั่วไป"),
        ("น\0าเสีย", "น้ำ เสียสี", "น้ำเสีย"),
        ("นำ$าเสีย", "น้ำเสีย", "น้ำเสีย"),
        ("ที\0 ท\0า", "ที่ ท่า ท้า", "ที่ ท\0า"),
        ("ก\0", "", "ก\0"),
    ],
    ids=["a mark", "a tone in ำ", "a tone by another sign", "two ways", "nothing"],
)
def test_a_shape_that_tells_no_letter_is_filled_where_the_other_reading_has_one_way(drawn, by_pdfium, right):
    assert filled(drawn, by_pdfium) == right
