"""OpenDocument spreadsheets, as LibreOffice writes them."""

import datetime

import pytest

from connectors.formats import grids_of
from tests.connectors.formats.written import as_fods, ods_of
from warehouse.vocabulary.errors import Unreadable


def table(rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="งบ" {attributes}>{rows}</table:table>'


def cell(kind: str = "", text: str = "", attributes: str = "") -> str:
    typed = f'office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell {typed} {attributes}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_kinds_of_values():
    (grid,) = grids_of(
        ods_of(
            table(
                row(
                    cell("float", "1,234.50", 'office:value="1234.5"')
                    + cell("date", "31/03/66", 'office:date-value="2023-03-31"')
                    + cell("boolean", "TRUE", 'office:boolean-value="true"')
                    + cell("string", "ก<text:s text:c='2'/>ข</text:p><text:p>ค<text:line-break/>ง")
                    + cell("string", "751E0", "")
                )
            )
        )
    )
    assert grid.rows == [[1234.5, datetime.date(2023, 3, 31), True, "ก  ข\nค\nง", "751E0"]]


def test_repeated_cells_and_rows_are_written_out_only_where_something_follows():
    blank = cell(attributes='table:number-columns-repeated="2"')
    (grid,) = grids_of(
        ods_of(
            table(
                row(cell(), 'table:number-rows-repeated="2"')
                + row(
                    blank + cell("string", "ก", 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="2"'
                )
                + row(cell(attributes='table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1048572"')
            )
        )
    )
    assert grid.rows == [[""] * 4, [""] * 4, ["", "", "ก", "ก"], ["", "", "ก", "ก"]]


def test_what_a_cell_does_not_show_is_not_read():
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="T2"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    raised, struck = ('<text:span text:style-name="T1">1</text:span>', '<text:span text:style-name="T2">9</text:span>')
    covered = '<table:covered-table-cell office:value-type="float" office:value="7"><text:p>7</text:p>'
    (grid,) = grids_of(
        ods_of(
            table(
                row(
                    cell("string", f"{struck}500{raised}")
                    + f"{covered}</table:covered-table-cell>"
                    + cell("percentage", "50%", 'office:value="0.5"')
                    + cell("currency", "$5", 'office:currency="USD" office:value="5"')
                    + cell("currency", "฿6", 'office:currency="THB" office:value="6"')
                )
            ),
            styles,
        )
    )
    assert grid.rows == [["500 1", "", "50%", "$5", 6.0]]


def test_errors_and_formulas_without_value_are_unreadable():
    (grid,) = grids_of(
        ods_of(
            table(
                row(
                    cell("string", "#REF!", 'office:string-value="" calcext:value-type="error" table:formula="of:=A9"')
                    + cell("float", "Err:502", 'office:value="0"')
                    + cell("", "", 'table:formula="of:=SUM([.A1])"')
                    + cell("float", "3", 'office:value="3" table:formula="of:=1+2"')
                )
            )
        )
    )
    assert grid.rows == [["#REF!", "Err:502", "of:=SUM([.A1])", 3.0]]
    assert grid.unreadable == {(0, 0): "#REF!", (0, 1): "Err:502", (0, 2): "of:=SUM([.A1])"}


def test_hidden_rows_sheets_and_notes():
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    note = "<office:annotation><text:p>บันทึก</text:p></office:annotation><text:p>ก</text:p>"
    shown = table(
        row(f'<table:table-cell office:value-type="string">{note}</table:table-cell>', 'table:visibility="collapse"')
    )
    first, second = grids_of(ods_of(shown + table(row(cell("string", "ข")), 'table:style-name="ta2"'), hidden))
    assert (first.rows, first.hidden, first.hidden_rows) == ([["ก"]], False, {0})
    assert (second.rows, second.hidden) == ([["ข"]], True)


def test_a_table_of_a_text_document_stands_below_the_lines_above_it():
    deleted = "<text:tracked-changes><text:deletion><text:p>ลบ</text:p></text:deletion></text:tracked-changes>"
    above = f"{deleted}<text:h>รายงาน</text:h><text:p/><text:p>รอบ ๖ เดือน<text:line-break/>2566</text:p>"
    first, second = grids_of(ods_of(above + table(row(cell("string", "ก"))) + table(row(cell("string", "ข")))))
    assert (first.rows, second.rows) == ([["รายงาน"], ["รอบ ๖ เดือน\n2566"], ["ก"]], [["ข"]])


def test_a_table_within_a_table_of_a_text_document_is_refused():
    inner = f"<table:table-cell>{table(row(cell('string', 'ข')))}</table:table-cell>"
    with pytest.raises(Unreadable, match="a table within a table"):
        grids_of(ods_of(table(row(inner))))


def test_a_spreadsheet_in_one_xml_file_may_be_laid_out_in_lines():
    assert grids_of(as_fods([["ก"]]).replace(b"><", b">\n  <"))[0].rows == [["ก"]]


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        (row(cell("string", "ก"), 'table:number-rows-repeated="99999999"'), "rows"),
        (row(cell("string", "ก", 'table:number-columns-repeated="99999999"')), "columns"),
        (row(cell(), 'table:number-rows-repeated="99999999"') + row(cell("string", "ก")), "rows"),
        (row(cell(attributes='table:number-columns-repeated="16383"') + cell("string", "ก")), "columns"),
        (row(cell("string", "ก"), 'table:number-rows-repeated="-1"'), "damaged"),
        (row(cell("string", "ก"), 'table:number-rows-repeated="999999999999"'), "damaged"),
        (row(cell("float", "1")), "damaged"),
        (row(cell("date", "1", 'office:date-value="เมื่อวาน"')), "damaged"),
        (row(cell()), "empty"),
    ],
)
def test_what_cannot_be_right_is_refused(rows: str, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(ods_of(table(rows)))
