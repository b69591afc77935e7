"""Printed totals are told by the group that they name, never by the substring รวม; no amount is counted twice."""

import pytest

from tests.connectors.sheets import (
    ALL,
    BUDGET_HEADING,
    GOODS,
    ROADS,
    STAFF,
    WORK,
    budget,
    grouped,
    kinds,
    line,
    plan,
    project,
    read,
    spans,
    sums,
    total,
)
from warehouse.vocabulary.records import MONEY


def test_each_level_is_summed_by_the_total_that_names_it():
    reading = read(
        budget(
            *STAFF, total("รวมงบบุคลากร", *STAFF),
            *GOODS, total("รวมงบดำเนินงาน", *GOODS), total("รวมงานบริหารทั่วไป", *STAFF, *GOODS),
            *ROADS, total("รวมงบลงทุน", *ROADS), total("รวมก่อสร้าง", *ROADS),
            total("รวมทั้งสิ้น", *ALL),
        )
    )  # fmt: skip
    assert spans(reading) == [
        ("รวมงบบุคลากร", 0, 1),
        ("รวมงบดำเนินงาน", 2, 3),
        ("รวมงานบริหารทั่วไป", 0, 3),
        ("รวมงบลงทุน", 4, 5),
        ("รวมก่อสร้าง", 4, 5),
        ("รวมทั้งสิ้น", 0, 5),
    ]
    assert kinds(reading) == []
    assert sums(reading, *MONEY) == [2670_00, 0, 0, 0, 1130_00, 1540_00]
    assert reading.totals[-1].amounts == dict(zip(MONEY, sums(reading, *MONEY), strict=True))
    assert reading.totals[-1].source_row == 17


def test_two_equal_totals_below_each_other_are_of_two_levels():
    rows = [
        line("ก", 100.0, 40.0, "งบกลาง", "งบกลาง", "งบกลาง"),
        line("ข", 50.0, 0.0),
        line("ค", 7.0, 0.0, "", "", "รายจ่ายตามข้อผูกพัน"),
    ]
    reading = read(budget(*rows, total("รวมงบกลาง", *rows), total("รวมงบกลาง", *rows)))
    assert spans(reading) == [("รวมงบกลาง", 0, 2)] * 2
    assert sums(reading, "approved") == [157_00]


def test_where_two_levels_bear_one_name_the_inner_total_comes_first():
    first, second = line("ก", 100.0, 40.0, "งบกลาง", "สำรองจ่าย", "ก"), line("ข", 50.0, 0.0, "", "งบกลาง", "ข")
    reading = read(budget(first, second, total("รวมงบกลาง", second), total("รวมงบกลาง", first, second)))
    assert spans(reading) == [("รวมงบกลาง", 1, 1), ("รวมงบกลาง", 0, 1)]
    wrong = read(budget(first, second, total("รวมงบกลาง", ROADS[0]), total("รวมงบกลาง", ROADS[1])))
    assert spans(wrong) == [("รวมงบกลาง", 1, 1), ("รวมงบกลาง", 0, 1)]  # as no sum tells, their order does


def test_a_programme_that_has_no_column_is_summed_back_to_the_last_one():
    first, second = [*STAFF, *GOODS], ROADS
    printed = [total("รวมแผนงานบริหารงานทั่วไป", *first), total("รวมแผนงานอุตสาหกรรมและการโยธา", *second)]
    reading = read(budget(*first, printed[0], *second, printed[1], total("รวมทั้งสิ้น", *ALL)))
    assert [one[1:] for one in spans(reading)] == [(0, 3), (4, 5), (0, 5)]
    printed[1][4:] = [1.0] * 6
    wrong = read(budget(*first, printed[0], *second, printed[1]))
    assert [one[1:] for one in spans(wrong)] == [(0, 3), (4, 5)]


WRONG = ["", "", "", "", *[1.0] * 6]
"""Amounts that are the sums of nothing, so that a total's name and place alone tell what it sums."""


def named(label: str) -> list[object]:
    """A total with such amounts."""
    return [*WRONG[:3], label, *WRONG[4:]]


def test_the_total_of_a_work_that_has_no_column_stays_within_its_programme():
    heading = ["แผนงาน", *BUDGET_HEADING[1:]]
    central = [line("เบี้ยยังชีพ", 600.0, 1.0, "งบกลาง", "งบกลาง", "งบกลาง"), line("สำรองจ่าย", 60.0, 1.0)]
    staff = [line("เงินเดือน", 300.0, 150.0, "บริหารงานทั่วไป", "งบบุคลากร", "เงินเดือน"), line("ค่าจ้าง", 5.0, 2.0)]
    works = [named("รวมงานบริหารทั่วไป"), *GOODS, named("รวมงานวางแผนสถิติและวิชาการ"), named("รวมแผนงานบริหารงานทั่วไป")]
    reading = read(budget(*central, *staff, *works, heading=heading))
    assert [one[1:] for one in spans(reading)] == [(2, 3), (4, 5), (2, 5)]
    assert sums(reading, "approved") == [1135_00]


@pytest.mark.parametrize("total_of_work", ["รวมงาน", "รวมงานบริหารทั่วๆไป"])
def test_a_total_that_names_a_level_and_no_group_of_it_sums_the_group_that_ends_there(total_of_work: str):
    subtotals = named("รวมงบบุคลากร"), named("รวมงบดำเนินงาน"), named("รวมงบลงทุน")
    rows = [*STAFF, subtotals[0], *GOODS, subtotals[1], named(total_of_work), *ROADS, subtotals[2], named("รวมงาน")]
    reading = read(budget(*rows))
    assert [one[1:] for one in spans(reading)] == [(0, 1), (2, 3), (0, 3), (4, 5), (4, 5)]
    assert sums(reading, "approved") == [2670_00]


def test_a_programme_on_a_line_of_its_own_is_a_label_and_a_group():
    head = ["แผนงานบริหารงานทั่วไป"], ["แผนงานอุตสาหกรรมและการโยธา"]
    reading = read(
        budget(
            head[0],
            *STAFF,
            *GOODS,
            total("รวมแผนงานบริหารงานทั่วไป", *STAFF, *GOODS),
            head[1],
            *ROADS,
            total("รวมแผนงานอุตสาหกรรมและการโยธา", *ROADS),
        )
    )
    assert reading.columns["programme"] == ["แผนงานบริหารงานทั่วไป"] * 4 + ["แผนงานอุตสาหกรรมและการโยธา"] * 2
    assert reading.columns["work"] == [WORK] * 4 + ["ก่อสร้าง"] * 2
    assert [one[1:] for one in spans(reading)] == [(0, 3), (4, 5)]
    assert kinds(reading) == []


def test_levels_may_nest_down_from_a_column_of_programmes():
    rows = [
        ["บริหารงานทั่วไป", *STAFF[0]],
        ["", *STAFF[1]],
        ["", *GOODS[0]],
        ["", *GOODS[1]],
        ["อุตสาหกรรมและการโยธา", *ROADS[0]],
        ["", *ROADS[1]],
    ]
    sums_of = [
        ["", *total(label, *some)]
        for label, some in (
            ("รวมแผนงานบริหารงานทั่วไป", [*STAFF, *GOODS]),
            ("รวมแผนงานอุตสาหกรรมและการโยธา", ROADS),
            ("รวมทุกแผนงาน", ALL),
        )
    ]
    reading = read(budget(*rows[:4], sums_of[0], *rows[4:], *sums_of[1:], heading=["แผนงาน", *BUDGET_HEADING]))
    assert [one[1:] for one in spans(reading)] == [(0, 3), (4, 5), (0, 5)]
    assert reading.columns["programme"][3:5] == ["บริหารงานทั่วไป", "อุตสาหกรรมและการโยธา"]


@pytest.mark.parametrize("label", ["รวมใจพัฒนา", "รวมพลังต้านภัยยาเสพติด", "รวมใจ"])
def test_a_line_whose_name_begins_like_a_total_stays_a_line_and_is_told(label: str):
    rows = [STAFF[0], line(label, 60.0, 10.0), STAFF[1]]
    reading = read(budget(*rows, total("รวมงบบุคลากร", *rows)))
    assert reading.columns["project"][1] == label
    assert spans(reading) == [("รวมงบบุคลากร", 0, 2)]
    (defect,) = reading.defects
    assert (defect.kind, defect.observed, defect.row) == ("row.looks_like_total", label, 1)


def test_a_name_that_only_holds_the_word_for_a_total_is_nothing_odd():
    rows = [line("โครงการรวมพลัง", 60.0, 10.0, "งานรวม", "งบรวม", "ค่ารวม"), line("อุดหนุนเทศบาลตำบลรวมใจพัฒนา", 5.0, 5.0)]
    reading = read(budget(*rows))
    assert (reading.totals, kinds(reading), reading.rows) == ([], [], 2)


def test_a_work_whose_name_begins_like_a_total_is_a_label():
    rows = [line("ก", 60.0, 10.0, "รวมน้ำใจ", "งบดำเนินงาน", "ค่าวัสดุ"), line("ข", 5.0, 5.0)]
    reading = read(budget(*rows, total("รวมรวมน้ำใจ", *rows)))
    assert reading.columns["work"] == ["รวมน้ำใจ"] * 2
    assert (spans(reading), kinds(reading)) == ([("รวมรวมน้ำใจ", 0, 1)], [])


def test_a_first_line_of_a_table_may_bear_such_a_name_too():
    reading = read(budget(line("รวมใจพัฒนา", 60.0, 10.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"), *GOODS))
    assert (reading.rows, kinds(reading)) == (3, ["row.looks_like_total"])


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_total_may_print_its_label_in_any_column(level: int):
    reading = read(
        budget(*STAFF, grouped("รวมงบบุคลากร", level, *STAFF), *GOODS, grouped("รวมทั้งสิ้น", level, *STAFF, *GOODS))
    )
    assert spans(reading) == [("รวมงบบุคลากร", 0, 1), ("รวมทั้งสิ้น", 0, 3)]
    assert reading.columns["category"] == ["งบบุคลากร"] * 2 + ["งบดำเนินงาน"] * 2
    assert kinds(reading) == []


def test_a_label_may_be_split_over_two_cells():
    printed = total("", *STAFF)
    printed[:2] = ["รวม", "งบบุคลากร"]
    reading = read(budget(*STAFF, printed, *GOODS))
    assert spans(reading) == [("รวม งบบุคลากร", 0, 1)]


def test_a_label_may_stand_under_an_ignored_heading():
    rows = [[float(number), *row] for number, row in enumerate(STAFF, start=1)]
    reading = read(budget(*rows, ["รวมทั้งสิ้น", *total("", *STAFF)], heading=["ลำดับ", *BUDGET_HEADING]))
    assert (spans(reading), reading.rows, kinds(reading)) == ([("รวมทั้งสิ้น", 0, 1)], 2, [])


def test_a_total_that_repeats_the_labels_of_its_group_is_no_line():
    flat = [line(row[3], row[4], row[8], WORK, "งบบุคลากร", "เงินเดือน") for row in STAFF]
    printed = total("รวมงบบุคลากร", *flat)
    printed[:2] = [WORK, "งบบุคลากร"]
    reading = read(budget(*flat, printed))
    assert (spans(reading), reading.rows, kinds(reading)) == ([("รวมงบบุคลากร", 0, 1)], 2, [])


def test_the_total_of_one_dimension_sums_that_dimension():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "โครงการ ข", 1.0, 50.0, 0.0, 0),
        project(3, "โครงการ ค", 2.0, 9.0, 0.0, 0),
    ]
    reading = read(plan(*rows[:2], ["", "รวมมิติที่ 1", "", 150.0, 0.0], rows[2], ["", "รวมมิติที่ ๒", "", 9.0, 0.0]))
    assert (spans(reading), kinds(reading)) == ([("รวมมิติที่ 1", 0, 1), ("รวมมิติที่ ๒", 2, 2)], [])
