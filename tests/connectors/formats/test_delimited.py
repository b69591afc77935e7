"""Text files with tables in them."""

import pytest

from connectors.formats import grids_of
from tests.connectors.formats.written import zipped
from warehouse.vocabulary.errors import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROSE = "\n".join(f"มาตรการที่ {number} ประชาสัมพันธ์, เผยแพร่; และติดตามผล" for number in range(15))


def rows(text: str, encoding: str = "utf-8") -> list[list[list[object]]]:
    return [grid.rows for grid in grids_of(text.encode(encoding))]


def test_thai_windows_quotes_and_blanks_are_read():
    assert rows("งาน,“งบ”\n“ก”,1\n\xa0,2\n", "cp874") == [[["งาน", "“งบ”"], ["“ก”", "1"], ["\xa0", "2"]]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_hold_commas_quotes_and_lines(end: str):
    text = end.join(["รายงาน", "งาน,งบ,เงิน", 'ก,"1,234.00","ข ""ค"""', '"ง', 'จ",0.00,-', ""])
    assert rows(text) == [
        [["รายงาน", "", ""], ["งาน", "งบ", "เงิน"], ["ก", "1,234.00", 'ข "ค"'], [f"ง{end}จ", "0.00", "-"]]
    ]


def test_commas_within_numbers_do_not_part_the_cells_of_a_semicolon_file():
    assert rows("งาน;งบ;เงิน\nก;1,234.00;5,678.00\nข;1,234.00;5,678.00\n")[0][1] == ["ก", "1,234.00", "5,678.00"]


def test_a_stray_quote_does_not_swallow_the_rows_below_it():
    text = "งาน\tโครงการ\tเงิน\n" + 'ก\t"ยังไม่ปิด\t1\n' + "ข\tค\t2\n" * 3
    assert rows(text)[0][1:3] == [["ก", '"ยังไม่ปิด', "1"], ["ข", "ค", "2"]]


def test_tables_in_a_text_are_grids_below_the_lines_just_above_them():
    text = (
        f"{PROSE}\n\n\nรายงานการใช้จ่าย\n เทศบาล\n\nงาน\tงบ\tเงิน\nก\tข\t1\n\t\t\n\tรวม\t1\n\n{PROSE}\n\n\n"
        f"แผนป้องกันการทุจริต\t\t\t\nลำดับ\tโครงการ\tสถานะ\t\n\t\tรอรายงาน\tเสร็จ\n1\tก\t✓\t\n\n{PROSE}"
    )
    first, second = rows(text)
    assert first == [
        ["รายงานการใช้จ่าย", "", ""],
        [" เทศบาล", "", ""],
        ["", "", ""],
        ["งาน", "งบ", "เงิน"],
        ["ก", "ข", "1"],
        ["", "", ""],
        ["", "รวม", "1"],
    ]
    assert second == [
        ["แผนป้องกันการทุจริต", "", "", ""],
        ["ลำดับ", "โครงการ", "สถานะ", ""],
        ["", "", "รอรายงาน", "เสร็จ"],
        ["1", "ก", "✓", ""],
    ]


def test_a_file_of_one_table_keeps_its_lines_above_and_below_and_every_row_in_its_place():
    (grid,) = rows("รายงาน\n\n\nงาน\tงบ\nก\t1\nหน้า 1/2\nงาน\tงบ\nข\t2\n\nที่มา: ระบบ\n")
    assert [row[0] for row in grid] == ["รายงาน", "", "", "งาน", "ก", "หน้า 1/2", "งาน", "ข", "", "ที่มา: ระบบ"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "no table"),
        ("ไม่มีตาราง".encode(), "no table"),
        (b",,,\n,,,\n", "empty"),
        (b"\x00\x01\x02 binary, binary\n", "neither"),
        ("งาน,งบ\n".encode() * 3 + "ก".encode()[:2], "damaged"),
        (b"a,b\n" * 200_001, "rows"),
        (b"a," * 300 + b"\n" + b"a," * 300, "columns"),
        (b"a,b\na," + b"c" * 200_000 + b"\n" + b"a,b\n", "damaged"),
        (b"{\\rtf1 a,b\n a,b}", "RTF"),
        (b"MIME-Version: 1.0\nContent-Type: a,b\n", "MHTML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"BM" + bytes(50), "picture"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "neither"),
        (b"PK\x05\x06" + bytes(18), "another kind of document"),
        (zipped({"xl/workbook.bin": b"\x83\x01\0", "xl/worksheets/sheet1.bin": b"\0"}), r"binary workbook \(.xlsb\)"),
        (OLE + "Book Title".encode("utf-16-le") + "WordDocument".encode("utf-16-le") + bytes(20), r"\(.doc\)"),
    ],
    ids=range(19),
)
def test_what_is_no_table_is_told_as_such(content: bytes, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(content)


def test_lines_with_nothing_but_tabs_hold_no_table():
    assert rows("ก\n\t\n\t\n") == [[["ก", ""], ["", ""], ["", ""]]]


def test_a_report_whose_name_begins_with_bm_is_no_picture():
    assert rows("BM 1,2\nงาน,3\n") == [[["BM 1", "2"], ["งาน", "3"]]]
