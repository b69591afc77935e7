"""Web pages named .xls, as portals write them."""

import pytest

from connectors.formats import grids_of
from connectors.limits import Limits
from warehouse.vocabulary.errors import Unreadable


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def test_lines_and_tables_are_stacked_as_excel_shows_them():
    (grid,) = grids_of(
        page(
            "<p>รายงาน<br>ปี&nbsp;๒๕๖๖</p><table><tr><td>เทศบาล</table>"
            "<table><tr><th>งาน<th>งบ<th>เงิน<th>สถานะ<tr><td>ก<td>ข\n  ค<td>1<td>✓<tr><td>ง</table>หน้า 1"
        )
    )
    assert grid.rows == [
        ["รายงาน", "", "", ""],
        ["ปี ๒๕๖๖", "", "", ""],
        ["เทศบาล", "", "", ""],
        ["งาน", "งบ", "เงิน", "สถานะ"],
        ["ก", "ข ค", "1", "✓"],
        ["ง", "", "", ""],
        ["หน้า 1", "", "", ""],
    ]


def test_a_spanning_cell_holds_its_value_at_the_top_left():
    (grid,) = grids_of(
        page(
            "<table><tr><th rowspan=2>งาน<th colspan='2'>เงิน<th rowspan=3>z</tr><tr><th>ก<th>ข</tr>"
            "<tr><td>1<td>2<td>3</tr><tr><td rowspan='x' colspan=0>4</table>"
        )
    )
    assert grid.rows == [["งาน", "เงิน", "", "z"], ["", "ก", "ข", ""], ["1", "2", "3", ""], ["4", "", "", ""]]


def test_data_tables_of_different_width_are_grids_whose_rows_stay_in_place():
    body = "<table>{}</table>"
    four, five = "<tr><td>1<td>2<td>3<td>4" * 3, "<tr><td>1<td>2<td>3<td>4<td>5" * 3
    first, second = grids_of(page(f"ก{body.format(four)}{body.format(four)}ข{body.format(five)}"))
    assert [len(first.rows), len(second.rows)] == [7, 11]
    assert second.rows[:8] == [[""] * 5] * 7 + [["ข", "", "", "", ""]]


def test_a_table_within_a_cell_stands_between_what_is_above_and_below_it():
    (grid,) = grids_of(page("<table><tr><td>ก<td>บน<table><tr><td>1<td>2</table>ล่าง<td>ขวา</table>"))
    assert grid.rows == [["ก", "บน"], ["1", "2"], ["ล่าง", ""], ["ขวา", ""]]


def test_what_the_page_does_not_show_is_not_read():
    (grid,) = grids_of(
        page(
            "<style>td{}</style><script>'<td>'</script><title>t</title><table><tr style='DISPLAY : none'><td>ซ่อน"
            "<tr><td>เห็น<!-- <td>ไม่ --><select><option>1<option>2</select></table>"
        )
    )
    assert grid.rows == [["ซ่อน"], ["เห็น"]]
    assert grid.hidden_rows == {0}


def test_what_is_hidden_or_crossed_out_within_a_cell_is_not_read():
    (grid,) = grids_of(
        page(
            "<table><tr><td><span style='display:none'>000<b>5</b><br></span>50<td hidden>9<td><del>7</del>60<s>8</s>"
            "<tr><td>1<td style='display: none'><input type=hidden><td>2</table>"
        )
    )
    assert grid.rows == [["50", "60"], ["1", "2"]]


def test_a_cell_whose_text_is_unseen_keeps_its_place():
    (grid,) = grids_of(
        page(
            "<table><tr><td style='visibility:hidden'>5<td>6<span style='Visibility: hidden'>7</span>"
            "<td style='color:red;text-decoration: underline line-through'>8<td>9"
            "<tr><td><b style='mso-hide:all'>1</b><ruby>2<rp>(<rt>3<rp>)</ruby><td>3<td>4<td>5"
            "<tr hidden><td>6<td>7<td>8<td>9</table>"
        )
    )
    assert grid.rows == [["", "6", "", "9"], ["2", "3", "4", "5"], ["6", "7", "8", "9"]]
    assert grid.hidden_rows == {2}


def test_what_stands_in_the_fields_of_a_form_is_read():
    (grid,) = grids_of(
        page(
            "<form><table><tr><td><input value='10,000.00'><td><input type=Text value=5 disabled>"
            "<td><input type=hidden value=7><input type=number value=8><td><textarea>9</textarea>"
            "<td><select><option>รอรายงาน<option selected>แล้วเสร็จ</select><td><input type=radio value=1 checked>"
            "<input type=submit value=บันทึก><datalist><option selected>ก</datalist></table></form>"
        )
    )
    assert grid.rows == [["10,000.00", "5", "8", "9", "แล้วเสร็จ", "✓"]]


def test_a_raised_digit_stands_apart_and_a_checked_box_is_a_tick():
    (grid,) = grids_of(
        page("<table><tr><td>50<sup>1</sup><td><input type=checkbox checked><td><input type=checkbox></table>")
    )
    assert grid.rows == [["50 1", "✓", ""]]


def test_the_number_that_excel_rounded_to_show_it_is_the_whole_one():
    (grid,) = grids_of(page("<table><tr><td x:num='1234.56'>1,235<td x:num>12<td x:str='ก'>ก</table>"))
    assert grid.rows == [[1234.56, "12", "ก"]]


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("<form><table><tr><td>ชื่อผู้ใช้<input name=u><input type=PASSWORD></table></form>", "login page"),
        ("<h1>Server Error in '/' Application.</h1>", "web page without a table"),
        ("<frameset><frame src=sheet001.htm></frameset>", "web page without a table"),
        ("<table></table>", "empty"),
        ("<table><tr><td>ตาราง<td>ที่ขาด", "cut short"),
        ("<table>" + "<tr><td>" * 2001 + "</table>", "rows"),
        ("<table><tr><td colspan=1000>x</table>", "columns"),
        ("<table><tr>" + "<td>x" * 300 + "</table>", "columns"),
    ],
    ids=["login", "error", "frames", "blank", "cut", "rows", "span", "columns"],
)
def test_a_page_without_a_usable_table_is_told_as_such(body: str, cause: str):
    with pytest.raises(Unreadable, match=cause):
        grids_of(page(body), Limits(rows=2000))


def test_deep_nesting_is_read_in_time():
    (grid,) = grids_of(page("<div>" * 100_000 + "<table><tr><td>ก</table>"))
    assert grid.rows == [["ก"]]
    endless = "text-decoration" * 300_000
    assert grids_of(page(f"<table><tr><td style='{endless}'>ก</table>"), Limits(seconds=5))
    assert grids_of(page("<table><tr><td>x" * 20_000 + "</table>" * 20_000), Limits(rows=30_000))


def test_tables_that_would_fill_memory_with_blanks_are_refused():
    tables = "".join(f"<table><tr>{'<td>1' * (100 + width)}{'<tr><td>x' * 1000}</table>" for width in range(8))
    with pytest.raises(Unreadable, match="unpacked"):
        grids_of(page(tables), Limits(unpacked_bytes=4_000_000))
