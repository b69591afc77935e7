"""Tables in Word documents."""

from io import BytesIO

import docx
import pytest

from connectors.formats import grids_of
from connectors.limits import Limits
from tests.connectors.formats.written import as_docx, zipped
from warehouse.vocabulary.errors import Unreadable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str) -> bytes:
    return zipped(
        {"word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:mc="m"><w:body>{body}</w:body></w:document>'}
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_each_table_is_a_grid_below_the_lines_above_it():
    written = docx.Document()
    written.add_paragraph("รายงานผลการดำเนินงาน\nรอบ ๖ เดือน")
    written.add_table(1, 2).cell(0, 1).text = "ก"
    written.add_paragraph("")
    written.add_paragraph("แผนปฏิบัติการ")
    written.add_table(1, 1).cell(0, 0).text = "ข\nค"
    written.add_paragraph("ท้าย")
    saved = BytesIO()
    written.save(saved)

    first, second = grids_of(saved.getvalue())
    assert first.rows == [["รายงานผลการดำเนินงาน", ""], ["รอบ ๖ เดือน", ""], ["", "ก"]]
    assert second.rows == [["แผนปฏิบัติการ"], ["ข\nค"]]
    assert [first.name, second.name] == ["ตาราง 1", "ตาราง 2"]


def test_a_table_that_was_split_in_two_is_one_again():
    half = table(cell("งาน") + cell("เงิน"), cell("ก") + cell("1"))
    (grid,) = grids_of(document(half + paragraph("(ต่อ)") + half + paragraph("") + table(cell("ข") + cell("2"))))
    lines = [["งาน", "เงิน"], ["ก", "1"]]
    assert (grid.name, grid.rows) == ("ตาราง 1", [*lines, ["(ต่อ)", ""], *lines, ["ข", "2"]])
    first, _, third = grids_of(document(half + table(cell("ท้าย")) + half))
    assert (first.rows, third.name, third.rows) == (lines, "ตาราง 3", lines)


def test_a_formula_is_its_letters_and_what_is_set_above_a_word_is_not_read():
    formula = "<w:p><m:oMath xmlns:m='m'><m:r><m:t>1,000.00</m:t></m:r></m:oMath></w:p>"
    above = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>50</w:t></w:r></w:rubyBase>"
    body = table(f"<w:tc>{formula}</w:tc><w:tc>{above}</w:ruby></w:r></w:p></w:tc>")
    assert grids_of(document(body))[0].rows == [["1,000.00", "50"]]


def test_a_title_beside_the_inner_table_stands_above_it():
    inner = f"<w:tc>{paragraph('ปีงบประมาณ 2566')}{table(cell('1') + cell('2'))}{paragraph('ท้าย')}</w:tc>"
    first, _ = grids_of(document(table(inner)))
    assert first.rows == [["ปีงบประมาณ 2566", ""], ["1", "2"]]


def test_merged_cells_hold_their_value_at_the_top_left():
    written = docx.Document()
    made = written.add_table(3, 4)
    for row in made.rows:
        for number, place in enumerate(row.cells):
            place.text = str(number)
    made.cell(0, 1).merge(made.cell(0, 2)).text = "สถานะ"
    made.cell(0, 0).merge(made.cell(2, 0)).text = "งาน"
    saved = BytesIO()
    written.save(saved)

    (grid,) = grids_of(saved.getvalue())
    assert grid.rows == [["งาน", "สถานะ", "", "3"], ["", "1", "2", "3"], ["", "1", "2", "3"]]


def test_a_column_merged_over_a_thousand_rows_is_read():
    rows = [cell("ก", '<w:vMerge w:val="restart"/>')] + [cell("", "<w:vMerge/>")] * 3000
    (grid,) = grids_of(document(table(*rows)))
    assert grid.rows == [["ก"]] + [[""]] * 3000


def test_what_is_shown_is_read_and_what_was_deleted_is_not():
    text = (
        '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:t>ก</w:t><w:tab/>'
        "<w:t>ข</w:t><w:br/></w:r>"
        "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del><w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><mc:Fallback><w:t>ซ้ำ</w:t></mc:Fallback>'
    )
    (grid,) = grids_of(document(f"<w:tbl><w:tr><w:tc><w:p>{text}</w:p></w:tc></w:tr></w:tbl>"))
    assert grid.rows == [["ก\tข\nเพิ่มü"]]


def test_what_is_hidden_or_crossed_out_is_not_read_and_a_raised_digit_stands_apart():
    def run(text: str, properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    text = run("9", "<w:strike/>") + run("50", '<w:strike w:val="0"/>') + run("7", "<w:vanish/>")
    text += run("1", '<w:vertAlign w:val="superscript"/>')
    blank = '<w:p><w:pPr><w:rPr><w:vanish/><w:vertAlign w:val="superscript"/></w:rPr></w:pPr><w:r/></w:p>'
    (grid,) = grids_of(document(f"<w:tbl><w:tr><w:tc><w:p>{text}</w:p></w:tc><w:tc>{blank}</w:tc></w:tr></w:tbl>"))
    assert grid.rows == [["50 1", ""]]


def test_a_table_in_a_cell_is_a_grid_of_its_own():
    inner = table(cell("1") + cell("2"))
    found = grids_of(document(f"<w:tbl><w:tr><w:tc>{paragraph('นอก')}{inner}</w:tc>{cell('ขวา')}</w:tr></w:tbl>"))
    assert [grid.rows for grid in found] == [[["นอก", ""], ["1", "2"]], [["นอก", "ขวา"]]]


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (paragraph("ไม่มีตาราง"), "no table"),
        (table(cell("ก", '<w:gridSpan w:val="999999"/>')), "columns"),
        (table(cell("ก", '<w:gridSpan w:val="-3"/>')), "damaged"),
        (table(*[cell("")] * 2001), "rows"),
        ("<w:tbl><w:tc></w:tc></w:tbl>", "damaged"),
        ('<w:tbl><w:tr><w:tc><w:sym w:char="?"/></w:tc></w:tr></w:tbl>', "damaged"),
        ("<w:tbl><w:tr>", "damaged"),
        (table(cell("")), "empty"),
    ],
    ids=["prose", "wide", "negative", "rows", "no row", "symbol", "cut", "blank"],
)
def test_a_document_without_a_usable_table_is_told_as_such(body: str, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(document(body), Limits(rows=2000))


def test_a_document_cut_short_is_damaged():
    with pytest.raises(Unreadable, match="damaged"):
        grids_of(as_docx([["ก"]])[:-100])
