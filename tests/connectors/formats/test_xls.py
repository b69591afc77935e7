"""Old workbooks are read in a process of their own."""

import datetime
import struct
from io import BytesIO

import pytest
import xlwt

from connectors.formats import grids_of
from connectors.limits import Limits
from tests.connectors.formats.written import as_bare_biff, as_xls
from warehouse.vocabulary.errors import Unreadable


def test_kinds_hidden_rows_and_hidden_sheets():
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("งบ")
    sheet.write(1, 0, datetime.datetime.fromisoformat("2023-03-31"), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(
        1, 1, datetime.datetime.fromisoformat("2023-03-31T12:30"), xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    )
    sheet.write(1, 2, True)
    sheet.write(1, 3, 12.5)
    sheet.write(1, 4, "751E0")
    sheet.row(1).hidden = True
    hidden = workbook.add_sheet("ซ่อน")
    hidden.visibility = 1
    hidden.write(0, 0, "x")
    saved = BytesIO()
    workbook.save(saved)

    shown, other = grids_of(saved.getvalue())
    moments = [datetime.date(2023, 3, 31), datetime.datetime.fromisoformat("2023-03-31T12:30")]
    assert shown.rows == [[""] * 5, [*moments, True, 12.5, "751E0"]]
    assert (shown.name, shown.hidden, shown.hidden_rows) == ("งบ", False, {1})
    assert (other.name, other.hidden) == ("ซ่อน", True)


def test_an_error_cell_is_unreadable():
    division = struct.pack("<7H", 0x205, 8, 1, 2, 0, 0x0107, 0)[:12]
    (grid,) = grids_of(as_bare_biff([["ก", 1.0, 2.0]])[:-4] + division + struct.pack("<2H", 0x0A, 0))
    assert grid.rows == [["ก", 1.0, 2.0], ["", "", "#DIV/0!"]]
    assert grid.unreadable == {(1, 2): "#DIV/0!"}


def test_a_formula_that_was_never_calculated_is_unreadable():
    workbook = xlwt.Workbook()
    for sheet in (workbook.add_sheet("ก"), workbook.add_sheet("ข")):
        sheet.write(0, 0, "งาน")
    sheet.write(1, 2, xlwt.Formula("1+1"))
    saved = BytesIO()
    workbook.save(saved)
    first, second = grids_of(saved.getvalue())
    assert (first.rows, first.unreadable) == ([["งาน"]], {})
    assert (second.rows, second.unreadable) == ([["งาน", "", ""], ["", "", "=..."]], {(1, 2): "=..."})


@pytest.mark.parametrize(("flags", "unreadable"), [(0, {}), (1, {}), (3, {(1, 1): "=..."})])
def test_a_formula_to_be_calculated_when_opened_is_unreadable(flags: int, unreadable: dict[tuple[int, int], str]):
    formula = struct.pack("<5Hd2H", 0x406, 18, 1, 1, 0, 5.0, flags, 0)
    biff4 = struct.pack("<5H", 0x409, 6, 0, 0x10, 0) + as_bare_biff([["ก", 1.0]])[12:-4] + formula
    (grid,) = grids_of(biff4 + struct.pack("<2H", 0x0A, 0))
    assert grid.unreadable == unreadable
    assert grid.rows[1] == ["", "=..." if unreadable else 5.0]


def test_a_cell_far_to_the_right_is_too_large():
    with pytest.raises(Unreadable, match="200 columns"):
        grids_of(as_xls([["ก"], [None] * 220 + ["ข"]]))


def test_many_far_cells_end_only_the_process_that_reads_them():
    cells = b"".join(struct.pack("<5Hd", 0x203, 14, row, 65535, 0, 1.0) for row in range(65000))
    with pytest.raises(Unreadable):
        grids_of(as_bare_biff([["ก"]])[:-4] + cells)


def test_a_workbook_cut_short_is_damaged():
    with pytest.raises(Unreadable, match="damaged"):
        grids_of(as_xls([["ก", 1.0]] * 300)[:9000])


def test_time_is_bounded():
    with pytest.raises(Unreadable, match="more than 0 seconds"):
        grids_of(as_xls([["ก"]]), Limits(seconds=0))


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]):
    with pytest.raises(Unreadable):
        grids_of(as_xls([["ก"]])[:3000])
    assert capfd.readouterr() == ("", "")
