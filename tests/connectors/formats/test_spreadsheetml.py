"""Excel 2003 XML spreadsheets."""

import datetime

import pytest

from connectors.formats import grids_of
from warehouse.vocabulary.errors import Unreadable

HEAD = (
    '<?xml version="1.0" encoding="windows-874"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def workbook(rows: str, encoding: str = "utf-8") -> bytes:
    sheet = f'<Worksheet ss:Name="งบ"><Table ss:ExpandedColumnCount="9">{rows}</Table></Worksheet>'
    return f"{HEAD}{sheet}</Workbook>".encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_places_merges_and_kinds(encoding: str):
    (grid,) = grids_of(
        workbook(
            '<Row ss:Index="2"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">งาน</Data></Cell>'
            '<Cell><Data ss:Type="Number">1234.5</Data></Cell></Row>'
            '<Row ss:Hidden="1"><Cell><ss:Data ss:Type="DateTime">2023-03-31T00:00:00.000</ss:Data></Cell>'
            '<Cell><Data ss:Type="Boolean">1</Data><Comment><ss:Data>ไม่ใช่ค่า</ss:Data></Comment></Cell></Row>',
            encoding,
        )
    )
    assert grid.rows == [
        ["", "", "", ""],
        ["", "งาน", "", 1234.5],
        [datetime.date(2023, 3, 31), True, "", ""],
    ]
    assert (grid.name, grid.hidden_rows) == ("งบ", {2})


def test_what_is_crossed_out_is_not_read_and_a_raised_digit_stands_apart():
    text = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>5</S><B>600</B><Sup>1</Sup></ss:Data>'
    (grid,) = grids_of(workbook(f"<Row><Cell>{text}</Cell></Row>"))
    assert grid.rows == [["600 1"]]


def test_an_error_and_a_formula_without_value_are_unreadable():
    (grid,) = grids_of(
        workbook(
            '<Row><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=A1"/>'
            '<Cell ss:Formula="=1"><Data ss:Type="Number">1</Data></Cell></Row>'
        )
    )
    assert grid.rows == [["#DIV/0!", "=A1", 1.0]]
    assert grid.unreadable == {(0, 0): "#DIV/0!", (0, 1): "=A1"}


def test_a_hidden_sheet_is_marked():
    sheet = (
        '<Worksheet ss:Name="{}"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>'
        "<WorksheetOptions><Visible>{}</Visible></WorksheetOptions></Worksheet>"
    )
    both = sheet.format("ก", "SheetVisible") + sheet.format("ข", "SheetHidden")
    assert [grid.hidden for grid in grids_of(f"{HEAD}{both}</Workbook>".encode())] == [False, True]


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ('<Row ss:Index="9999999"><Cell><Data ss:Type="String">x</Data></Cell></Row>', "rows"),
        ('<Row><Cell ss:Index="9999999"><Data ss:Type="String">x</Data></Cell></Row>', "columns"),
        ('<Row><Cell ss:MergeAcross="9999999"><Data ss:Type="String">x</Data></Cell></Row>', "columns"),
        ('<Row ss:Index="99999999999999"/>', "damaged"),
        ('<Row><Cell ss:Index="3"/><Cell ss:Index="1"/></Row>', "damaged"),
        ('<Row><Cell><Data ss:Type="Number">12,5</Data></Cell></Row>', "damaged"),
        ("<Row><Cell>", "damaged"),
        ("", "empty"),
    ],
    ids=["far row", "far column", "wide", "no number", "backwards", "text as number", "cut", "blank"],
)
def test_what_cannot_be_right_is_refused(rows: str, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(workbook(rows))
