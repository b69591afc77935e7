"""What a text file lost on its way is told; nothing of it is read as another number."""

import pytest

from connectors.formats import grids_of
from warehouse.vocabulary.errors import Unreadable

HEADING = "ลำดับ,โครงการ,มิติ,งบประมาณ,เบิกจ่าย,หมายเหตุ"


def text(*lines: str, end: str = "\n") -> bytes:
    return ("\n".join([HEADING, *lines]) + end).encode()


@pytest.mark.parametrize(
    "lines",
    [
        ["1,ก,2,55,000.00,-,", "2,ข,2,60,000.00,-,"],
        ["1,ก,2,55,380.12", "2,ข,2,60,380.12"],
        ["1,ก,2,940.00,-,", "2,ข,2,1,234,567.00,-,"],
        ['1,ก,2,"55,000.00",-,', "2,ข,2,60,000.00,-,"],
        ["1,ก,2,(55,000.00),-,", "2,ข,2,-,-,"],
        ["๑,ก,๒,๕๕,๐๐๐.๐๐,-,", "๒,ข,๒,๕๕,๐๐๐.๐๐,-,"],
    ],
)
def test_an_amount_that_its_comma_parts_into_two_cells_is_named_and_refused(lines: list[str]):
    with pytest.raises(Unreadable, match=r'^Row [23]: the comma in "'):
        grids_of(text(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["1,ก,2,500.00,55000.00,", "2,ข,2,500,200,"],
        ['1,ก,2,500.00,"55,000.00",', "2,ข,2,500.00,200.00,"],
        ["1,ก,2,0.00,0.00,", "2,ข,2,50.00,0.00,"],
        ["1,ก,2,100,0,", "2,ข,3,500.00,0,"],  # a dimension before it
    ],
)
def test_small_amounts_side_by_side_are_no_parted_amount(lines: list[str]):
    (grid,) = grids_of(text(*lines))
    assert [row[3] for row in grid.rows[1:]] == [line.split(",")[3] for line in lines]


@pytest.mark.parametrize("last", ["2,ข,2,55", '2,ข,2,"55,0', '2,"ข', "2,ข,2,55000.00,0.00"])
def test_a_file_that_ends_within_its_last_row_is_damaged(last: str):
    with pytest.raises(Unreadable, match="cut short"):
        grids_of(text("1,ก,2,55000.00,0.00,", last, end=""))


@pytest.mark.parametrize("last", ["2,ข,2,55000.00,0.00,", "ผู้จัดทำ"])
def test_a_last_row_may_lack_its_line_end(last: str):
    (grid,) = grids_of(text("1,ก,2,55000.00,0.00,", last, end=""))
    assert len(grid.rows) == 3


def test_rows_without_their_blank_cells_at_the_end_are_whole():
    (grid,) = grids_of(text("1,ก,2,55000.00", "2,ข,2,50000.00,0.00,ดี", "3,ค,2,50.00", end=""))
    assert grid.rows[-1] == ["3", "ค", "2", "50.00", "", ""]


def test_thai_that_was_saved_as_question_marks_is_told():
    with pytest.raises(Unreadable, match="Thai letters"):
        grids_of(b"???,??????,????\n1,???,55000.00\n")
