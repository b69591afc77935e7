"""A workbook is read as the officer sees it, and what calamine hides is told."""

import datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from connectors.formats import grids_of
from tests.connectors.formats.worksheets import FILLED, parts_of, sheet_of, workbook_of
from tests.connectors.formats.written import as_xlsx, zipped


def saved(fill) -> bytes:
    workbook_bytes = BytesIO()
    with xlsxwriter.Workbook(workbook_bytes, {"in_memory": True}) as workbook:
        fill(workbook)
    return workbook_bytes.getvalue()


def test_rows_start_at_the_officers_a1():
    (grid,) = grids_of(workbook_of('<row r="3"><c r="B3"><v>7</v></c></row>'))
    assert grid.rows == [["", ""], ["", ""], ["", 7.0]]


def test_an_error_is_unreadable_and_stands_as_text():
    (grid,) = grids_of(
        workbook_of('<row r="1"><c r="A1" t="e"><f>B1</f><v>#REF!</v></c><c r="B1" t="e"><v>#SPILL!</v></c></row>')
    )
    assert grid.unreadable == {(0, 0): "#REF!", (0, 1): "#SPILL!"}
    assert grid.rows == [["#REF!", "#SPILL!"]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2"><f>SUM(A1:A9)</f></c>',
        '<c r="C2"><f>SUM(A1:A9)</f><v></v></c>',
        '<c r="C2"><f>SUM(A1:A9)</f><v/></c>',
        '<c r="C2" s="3">\n<f>SUM(A1:A9)</f>\n</c>',
        "<c s='3' r='C2'><f>SUM(A1:A9)</f></c>",
    ],
)
def test_a_formula_that_was_never_calculated_is_unreadable_and_not_blank(cell: str):
    (grid,) = grids_of(workbook_of(f'{FILLED}<row r="2">{cell}</row>'))
    assert grid.unreadable == {(1, 2): "=SUM(A1:A9)"}
    assert grid.rows == [[1.0, "", ""], ["", "", "=SUM(A1:A9)"]]


def test_a_copied_formula_without_text_or_value_is_unreadable():
    (grid,) = grids_of(workbook_of(f'{FILLED}<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'))
    assert grid.unreadable == {(1, 0): "="}


def test_a_calculated_formula_is_its_value_even_if_that_is_empty():
    (grid,) = grids_of(
        workbook_of('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>')
    )
    assert (grid.rows, grid.unreadable) == ([[2.0, ""]], {})


@pytest.mark.parametrize("value", ["0", "1234.5"])
def test_no_formula_is_believed_where_excel_was_to_calculate_all(value: str):
    saved = BytesIO()
    with xlsxwriter.Workbook(saved) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", ["ก", 5.0])
        sheet.write_formula("C1", "=B1*2", value=value)
    (grid,) = grids_of(saved.getvalue())
    assert (grid.rows, grid.unreadable) == ([["ก", 5.0, "=B1*2"]], {(0, 2): "=B1*2"})


def test_what_is_crossed_out_within_a_text_is_not_read_and_a_raised_digit_stands_apart():
    saved = BytesIO()
    with xlsxwriter.Workbook(saved) as workbook:
        sheet = workbook.add_worksheet()
        struck, raised = workbook.add_format({"font_strikeout": True}), workbook.add_format({"font_script": 1})
        sheet.write_rich_string("A1", struck, "5", "600", raised, "1")
        sheet.write("B1", "7", raised)
    assert grids_of(saved.getvalue())[0].rows == [["600 1", "7"]]


def test_the_right_sheet_holds_what_was_seen_in_it():
    error = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
    grids = grids_of(workbook_of(FILLED, error, FILLED))
    assert [dict(grid.unreadable) for grid in grids] == [{}, {(0, 0): "#N/A"}, {}]


def test_hidden_rows_and_sheets_are_marked():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("งบ")
        sheet.write_column(0, 0, ["a", "b", "c"])
        sheet.set_row(1, options={"hidden": True})
        hidden = workbook.add_worksheet("ซ่อน")
        hidden.write(0, 0, "x")
        hidden.very_hidden()

    shown, hidden = grids_of(saved(fill))
    assert (shown.name, shown.hidden, shown.hidden_rows) == ("งบ", False, {1})
    assert (hidden.name, hidden.hidden, hidden.hidden_rows) == ("ซ่อน", True, frozenset())


def test_rows_that_libreoffice_says_are_not_hidden_are_not():
    (grid,) = grids_of(workbook_of('<row r="1" hidden="false"><c r="A1"><v>1</v></c></row>'))
    assert grid.hidden_rows == frozenset()


def test_dates_numbers_and_text_keep_their_kind():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, datetime.date(2023, 3, 31), workbook.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write(0, 1, "751E0")
        sheet.write(0, 2, 0.1)
        sheet.write(0, 3, True)
        sheet.merge_range(1, 0, 2, 1, "รวม")

    (grid,) = grids_of(saved(fill))
    assert grid.rows[0] == [datetime.date(2023, 3, 31), "751E0", 0.1, True]
    assert grid.rows[1:] == [["รวม", "", "", ""]], "a merged cell holds its value at the top left"


def test_cells_as_other_writers_write_them_are_read():
    prefixed = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">'
        '<x:c r="B1"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    (grid,) = grids_of(zipped(parts_of(prefixed)))
    assert grid.rows == [["", 3.0]]
    (grid,) = grids_of(workbook_of("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"))
    assert grid.rows == [[1.0, 2.0], ["", ""], [3.0, ""]]


def test_a_value_behind_a_comment_or_in_cdata_is_not_lost():
    (grid,) = grids_of(
        workbook_of('<row r="1"><!-- ! --><c r="A1"><v><![CDATA[12]]></v></c><c r="B1"><v>3<!-- -->4</v></c></row>')
    )
    assert grid.rows == [[12.0, 34.0]]


def test_a_digit_may_be_written_by_its_number():
    rows = (
        '<row r="1"><c r="A1"><v>1&#48;00</v></c><c r="B1"><v xml:space="preserve">&#x32;.&#053;</v></c>'
        '<c r="C1" t="str"><v>&#3585;&#38;&#10;&#49;</v></c></row>'
    )
    assert grids_of(workbook_of(rows))[0].rows == [[1000.0, 2.5, "ก&\n1"]]


def test_macros_are_left_alone():
    parts = parts_of(sheet_of(FILLED)) | {"xl/vbaProject.bin": b"\xcc\x61 never opened"}
    (grid,) = grids_of(zipped(parts))
    assert grid.rows == [[1.0]]


def test_formatted_blank_cells_far_away_are_nothing():
    (grid,) = grids_of(workbook_of(f'{FILLED}<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    assert grid.rows == [[1.0]]


cells = st.one_of(st.none(), st.floats(-1e12, 1e12), st.text("กำ1 <&>'\"]\n", max_size=6))


@given(st.lists(st.lists(cells, max_size=30), min_size=1, max_size=8))
def test_what_calamine_reads_alone_is_what_we_read(rows):
    content = as_xlsx(rows)
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    expected = sheet.to_python(skip_empty_area=False)
    if any(any(row) for row in expected):
        assert grids_of(content)[0].rows == expected
