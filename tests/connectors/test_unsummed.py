"""Lines at the end of a table that its totals leave out are told."""

import pytest

from tests.connectors.sheets import ALL, GOODS, ROADS, STAFF, Row, budget, kinds, line, read, total

EXTRA = line("เงินสะสม", 1000.0, 0.0)


@pytest.mark.parametrize("gap", [[], [[]]])
def test_a_line_below_the_total_of_everything_is_left_to_people(gap: list[Row]):
    reading = read(budget(*ALL, total("รวมทั้งสิ้น", *ALL), *gap, EXTRA))
    (defect,) = reading.defects
    assert (defect.kind, defect.observed, defect.row) == ("row.below_total", "เงินสะสม", len(ALL))
    assert defect.source_row == reading.columns["source_row"][-1]


def test_lines_that_only_lack_their_total_at_the_end_are_told_once():
    reading = read(budget(*STAFF, total("รวมงบบุคลากร", *STAFF), *GOODS))
    assert [(one.kind, one.source_row, one.observed) for one in reading.defects] == [("row.unsummed", 9, "2")]


@pytest.mark.parametrize(
    "rows",
    [
        ALL,
        [*STAFF, total("รวมงบบุคลากร", *STAFF), *GOODS, total("รวมทั้งสิ้น", *STAFF, *GOODS)],
        [total("รวมทั้งสิ้น", *ALL), *ALL],
        [*STAFF, total("รวมทั้งสิ้น", *STAFF), *ROADS, total("รวมทั้งสิ้น", *ROADS)],
    ],
    ids=["no totals", "total below", "total above", "a total for each part"],
)
def test_what_the_totals_sum_is_not_told(rows: list[Row]):
    assert kinds(read(budget(*rows))) == []
