"""Printed totals are told by name, place and arithmetic, never by the substring รวม; no amount is counted twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.declaration import declared_sources
from connectors.totalnames import is_total_label, names_group, total_name
from tests.connectors.sheets import BUDGET_HEADING, budget, kinds, line, plan, project, read, spans, sums, total
from warehouse.vocabulary.records import MONEY

WORK = "บริหารทั่วไป"
STAFF = [line("เงินเดือนนายก", 300.0, 150.0, WORK, "งบบุคลากร", "เงินเดือน"), line("เงินเดือนพนักงาน", 500.0, 200.0)]
GOODS = [line("วัสดุสำนักงาน", 80.0, 20.0, "", "งบดำเนินงาน", "ค่าวัสดุ"), line("ค่าไฟฟ้า", 90.0, 60.0, "", "", "ค่าสาธารณูปโภค")]
ROADS = [line("ถนนสายหนึ่ง", 1000.0, 0.0, "ก่อสร้าง", "งบลงทุน", "ค่าที่ดินและสิ่งก่อสร้าง"), line("ถนนสายสอง", 700.0, 700.0)]
ALL = [*STAFF, *GOODS, *ROADS]


def unlabelled(*rows: list[object]) -> list[object]:
    return total("", *rows)


def grouped(label: str, level: int, *rows: list[object]) -> list[object]:
    """A total whose label stands in a label column."""
    printed = total("", *rows)
    printed[level] = label
    return printed


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


@pytest.mark.parametrize(
    "label",
    [
        "รวม",
        "ยอดรวม",
        "รวมเงิน",
        "รวมเป็นเงิน",
        "รวมทั้งสิ้น",
        "รวม ทั้งหมด",
        "รวมงบประมาณรายจ่ายทั้งสิ้น",
        "รวมทุกแผนงาน",
        "Total",
        "รวม 6 รายการ",
    ],
)
def test_a_total_of_no_group_is_never_a_line_even_where_nothing_agrees(label: str):
    reading = read(budget(*ALL, total(label, *ALL)))
    assert (spans(reading), kinds(reading)) == ([(label, 0, 5)], [])
    wrong = read(budget(*ALL, [*total(label, *ALL)[:4], *[1.0] * 6]))
    assert (len(wrong.totals), wrong.rows) == (1, 6)


def test_a_bare_total_sums_the_group_that_it_fits():
    reading = read(budget(*STAFF, total("รวม", *STAFF), *GOODS, total("รวม", *GOODS), total("รวม", *STAFF, *GOODS)))
    assert spans(reading) == [("รวม", 0, 1), ("รวม", 2, 3), ("รวม", 0, 3)]


def test_one_wrong_amount_does_not_hide_what_a_bare_total_sums():
    printed = total("รวม", *STAFF)
    printed[8] = 7.0
    reading = read(budget(*STAFF, printed, *GOODS))
    assert spans(reading) == [("รวม", 0, 1)]
    assert reading.totals[0].amounts["disbursed"] == 7_00


def test_a_total_that_lacks_its_label_is_told_by_its_sums():
    reading = read(budget(*STAFF, unlabelled(*STAFF), *GOODS, unlabelled(*GOODS), unlabelled(*STAFF, *GOODS)))
    assert spans(reading) == [("รวม", 0, 1), ("รวม", 2, 3), ("รวม", 0, 3)]
    assert kinds(reading) == []
    one = read(budget(ROADS[0], unlabelled(ROADS[0])))
    assert (spans(one), one.rows) == ([("รวม", 0, 0)], 1)


def test_an_unlabelled_row_that_sums_nothing_is_counted_and_told():
    reading = read(budget(*STAFF, unlabelled(GOODS[0])))
    (defect,) = reading.defects
    assert (defect.kind, defect.source_row, defect.row, reading.rows) == ("row.without_label", 8, 2, 3)
    assert sums(reading, "approved") == [880_00]


def test_a_page_total_of_no_group_is_told_by_its_sums():
    page = [STAFF[1], GOODS[0]]
    reading = read(budget(STAFF[0], total("รวมหน้านี้", STAFF[0]), *page, total("รวมหน้านี้", *page), GOODS[1]))
    assert spans(reading) == [("รวมหน้านี้", 0, 0), ("รวมหน้านี้", 1, 2)]
    assert kinds(reading) == []


def test_a_total_under_a_name_that_no_group_bears_is_told_by_its_sums():
    reading = read(budget(*STAFF, total("รวมหมวดเงินเดือนและค่าจ้าง", *STAFF), *GOODS))
    assert (spans(reading), kinds(reading)) == ([("รวมหมวดเงินเดือนและค่าจ้าง", 0, 1)], [])


def test_a_programme_that_has_no_column_is_summed_back_to_the_last_one():
    first, second = [*STAFF, *GOODS], ROADS
    printed = [total("รวมแผนงานบริหารงานทั่วไป", *first), total("รวมแผนงานอุตสาหกรรมและการโยธา", *second)]
    reading = read(budget(*first, printed[0], *second, printed[1], total("รวมทั้งสิ้น", *ALL)))
    assert [one[1:] for one in spans(reading)] == [(0, 3), (4, 5), (0, 5)]
    printed[1][4:] = [1.0] * 6
    wrong = read(budget(*first, printed[0], *second, printed[1]))
    assert [one[1:] for one in spans(wrong)] == [(0, 3), (4, 5)]


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


@pytest.mark.parametrize("label", ["รวมก่อสร้างใหม่", "", "รวมใจพัฒนา"])
def test_what_may_be_a_total_or_a_line_is_left_to_people(label: str):
    large = total(label, STAFF[0], STAFF[0], STAFF[1])
    reading = read(budget(*STAFF, large, *GOODS))
    (defect,) = reading.defects
    assert (defect.kind, defect.source_row, defect.observed, defect.row) == ("row.total_or_line", 8, label or None, 2)


@pytest.mark.parametrize("label", ["รวมงบลงทุน", "รวมหมวดค่าครุภัณฑ์", "รวม", "รวมทั้งสิ้น"])
def test_a_total_that_sums_no_lines_is_left_to_people(label: str):
    reading = read(budget(*STAFF, total("รวมงบบุคลากร", *STAFF), total(label, *ROADS), *GOODS))
    assert [one.label for one in reading.totals] in (["รวมงบบุคลากร"], ["รวมงบบุคลากร", label])
    assert reading.totals[-1].label == label or kinds(reading) == ["row.total_or_line"]


def test_a_total_whose_group_lost_its_label_still_sums_the_lines_above_it():
    lost = [["", "", "", *row[3:]] for row in STAFF]
    reading = read(budget(*lost, total("รวมงบบุคลากร", *STAFF), total("รวมงบบุคลากร", *STAFF)))
    assert spans(reading) == [("รวมงบบุคลากร", 0, 1)] * 2
    short = read(budget(lost[1], total("รวมงบบุคลากร", *STAFF), total("รวมงบบุคลากร", *STAFF)))
    assert spans(short) == [("รวมงบบุคลากร", 0, 0)] * 2


@pytest.mark.parametrize("label", ["สรุปยอด", "ทั้งสิ้น", "ยอดสุทธิ", "รายงานผลการใช้จ่าย"])
def test_the_last_row_is_no_line_if_it_sums_all_others_whatever_it_is_called(label: str):
    reading = read(budget(*STAFF, *GOODS, total(label, *STAFF, *GOODS)))
    assert (spans(reading), reading.rows, kinds(reading)) == ([(label, 0, 3)], 4, [])


def test_the_last_line_is_a_line_where_only_some_of_its_amounts_add_up():
    rows = [line("ก", 100.0, 40.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"), line("ข", 50.0, 0.0), line("ค", 150.0, 1.0)]
    assert read(budget(*rows)).rows == 3


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


def above(levels: int, *lines: list[object]) -> list[list[object]]:
    """A group under a row that bears its sum, and so many of the labels of its first line."""
    head = [*lines[0][:levels], *total("", *lines)[levels:]]
    return [head, *([*[""] * levels, *row[levels:]] for row in lines)]


def test_totals_printed_above_their_groups_are_no_lines():
    reading = read(budget(*above(2, *STAFF), *above(2, *GOODS)))
    assert spans(reading) == [("งบบุคลากร", 0, 1), ("งบดำเนินงาน", 2, 3)]
    assert reading.columns["category"] == ["งบบุคลากร"] * 2 + ["งบดำเนินงาน"] * 2
    assert sums(reading, "approved") == [970_00]
    assert kinds(reading) == []


def test_totals_above_nest_too():
    rows = [grouped("รวมทั้งสิ้น", 0, *ALL), grouped(WORK, 0, *STAFF, *GOODS)]
    rows += [*above(2, ["", *STAFF[0][1:]], STAFF[1]), *above(2, *GOODS)]
    rows += [grouped("ก่อสร้าง", 0, *ROADS), *above(2, ["", *ROADS[0][1:]], ROADS[1])]
    reading = read(budget(*rows))
    assert spans(reading) == [
        ("รวมทั้งสิ้น", 0, 5), (WORK, 0, 3), ("งบบุคลากร", 0, 1), ("งบดำเนินงาน", 2, 3), ("ก่อสร้าง", 4, 5), ("งบลงทุน", 4, 5),
    ]  # fmt: skip
    assert sums(reading, "approved") == [2670_00]
    assert reading.columns["work"] == [WORK] * 4 + ["ก่อสร้าง"] * 2


def test_a_total_above_may_begin_with_the_word_for_totals():
    reading = read(budget(total("รวมงบบุคลากร", *STAFF), *STAFF, total("รวมงบดำเนินงาน", *GOODS), *GOODS))
    assert spans(reading) == [("รวมงบบุคลากร", 0, 1), ("รวมงบดำเนินงาน", 2, 3)]
    assert (reading.rows, kinds(reading)) == (4, [])


def test_a_total_above_whose_lines_do_not_add_up_is_still_a_total_for_the_checks():
    reading = read(budget(grouped("งบบุคลากร", 1, *ALL), *[["", "", *row[2:]] for row in STAFF]))
    assert (spans(reading), reading.rows) == ([("งบบุคลากร", 0, 1)], 2)


def test_a_nameless_line_that_heads_nothing_is_counted_and_told():
    bare = line("", 40.0, 10.0, "", "", "ค่าตอบแทน")
    reading = read(budget(*STAFF, bare, GOODS[0]))
    assert (reading.rows, sums(reading, "approved")) == (4, [920_00])
    assert [(one.kind, one.source_row, one.row) for one in reading.defects] == [("row.without_label", 8, 2)]


def test_a_table_that_names_no_projects_at_all_has_nameless_lines():
    rows = [line("", 40.0, 10.0, WORK, "งบดำเนินงาน", "ค่าตอบแทน"), line("", 60.0, 20.0, "", "", "ค่าวัสดุ")]
    reading = read(budget(*rows, total("รวมงบดำเนินงาน", *rows), grouped(WORK, 0, *rows)))
    assert (reading.rows, kinds(reading)) == (2, [])
    assert spans(reading) == [("รวมงบดำเนินงาน", 0, 1), (WORK, 0, 1)]
    assert reading.columns["expense_type"] == ["ค่าตอบแทน", "ค่าวัสดุ"]


def test_lines_without_names_may_all_print_the_same_labels():
    rows = [line("", amount, 10.0, WORK, "งบดำเนินงาน", "ค่าตอบแทน") for amount in (40.0, 60.0, 60.0)]
    reading = read(budget(*rows))
    assert (reading.rows, reading.totals, kinds(reading)) == (3, [], [])


def test_a_group_may_end_with_its_own_label_and_sum():
    reading = read(budget(*STAFF, grouped("งบบุคลากร", 1, *STAFF), *GOODS, grouped("ค่าสาธารณูปโภค", 2, ROADS[0])))
    assert spans(reading) == [("งบบุคลากร", 0, 1)]
    assert kinds(reading) == ["row.total_or_line"]


def test_the_total_of_a_plan_is_no_project():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "โครงการ ข", 1.0, 50.0, 0.0, 0),
        project(3, "โครงการ ค", 2.0, 9.0, 0.0, 0),
    ]
    for label in ("รวม", "รวมทั้งสิ้น", "รวม 4 มิติ", "รวม 3 โครงการ"):
        reading = read(plan(*rows, [label, "", "", 159.0, 0.0, 3.0, "✓", ""]))
        assert (spans(reading), reading.rows, kinds(reading)) == ([(label, 0, 2)], 3, [])


def test_the_total_of_one_dimension_sums_that_dimension():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "โครงการ ข", 1.0, 50.0, 0.0, 0),
        project(3, "โครงการ ค", 2.0, 9.0, 0.0, 0),
    ]
    reading = read(plan(*rows[:2], ["", "รวมมิติที่ 1", "", 150.0, 0.0], rows[2], ["", "รวมมิติที่ ๒", "", 9.0, 0.0]))
    assert (spans(reading), kinds(reading)) == ([("รวมมิติที่ 1", 0, 1), ("รวมมิติที่ ๒", 2, 2)], [])


def test_a_project_without_a_name_is_a_project():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "", 1.0, 100.0, 0.0, 0),
        project(3, "โครงการ ค", 1.0, 9.0, 0.0, 0),
    ]
    reading = read(plan(*rows))
    assert (reading.rows, reading.totals, kinds(reading)) == (3, [], ["row.without_label"])


@pytest.mark.parametrize(
    ("label", "group", "everything"),
    [
        ("รวม", "", False),
        ("รวมทั้งสิ้น", "", True),
        ("รวม ๔ มิติ", "", True),
        ("ยอดรวมงบประมาณรายจ่าย", "", False),
        ("รวมรายจ่ายทั้งหมด", "", True),
        ("รวมงบกลาง", "งบกลาง", False),
        ("รวม : งบ กลาง (บาท)", "งบกลาง", False),
        ("รวมใจพัฒนา", "ใจพัฒนา", False),
        ("Grand Total", "", False),
    ],
)
def test_what_a_totals_label_says(label: str, group: str, everything: bool):
    name = total_name(label)
    assert (is_total_label(label), name.group, name.is_of_everything) == (True, group, everything)


def test_a_group_is_named_with_or_without_the_word_above_its_column():
    elaas = declared_sources()[0]
    for column, name, value in [
        ("work", "งานก่อสร้าง", "ก่อสร้าง"),
        ("work", "ก่อสร้าง", "งานก่อสร้าง"),
        ("programme", "แผนงานงบกลาง", "งบกลาง"),
        ("category", "งบกลางทั้งสิ้น", "งบกลาง"),
        ("category", "งบกลาง", "งบ กลาง"),
    ]:
        assert names_group(name, value, elaas.bare_names(column))
    assert not names_group("แผนงานงบกลาง", "งบกลาง", elaas.bare_names("work"))
    assert not names_group("งบลงทุน", "", elaas.bare_names("category"))
    assert not names_group("กลาง", "งบกลางบน", elaas.bare_names("category"))


amounts = st.integers(1, 10**9).map(lambda satang: satang / 100)
lines = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), amounts), min_size=1, max_size=30)


@given(lines, st.sampled_from(["below", "above"]), st.booleans())
def test_whatever_totals_are_printed_every_line_is_counted_once(
    drawn: list[tuple[int, int, float]], where: str, is_flat: bool
):
    works: dict[int, dict[int, list[list[object]]]] = {}
    for work, category, amount in drawn:
        group = works.setdefault(work, {}).setdefault(category, [])
        group.append(line(f"โครงการ {len(group)}", amount, 0.0))
    rows: list[list[object]] = []
    expected: list[tuple[str, int]] = []
    for work, categories in works.items():
        first_of_work = len(rows)
        for category, group in categories.items():
            for place, row in enumerate(group):
                row[:3] = [f"ก{work}", f"งบ{work}{category}", "ค่าวัสดุ"] if is_flat or place == 0 else ["", "", ""]
            printed = total(f"รวมงบ{work}{category}", *group)
            rows += [*group, printed] if where == "below" else [printed, *group]
            expected.append((f"รวมงบ{work}{category}", len(group)))
        everything = [row for group in categories.values() for row in group]
        printed = total(f"รวมงานก{work}", *everything)
        rows.insert(len(rows) if where == "below" else first_of_work, printed)
        expected.append((f"รวมงานก{work}", len(everything)))
    reading = read(budget(*rows))
    assert reading.rows == len(drawn)
    assert sums(reading, "approved") == [round(sum(amount for *_, amount in drawn) * 100)]
    assert sorted((label, last - first + 1) for label, first, last in spans(reading)) == sorted(expected)
    assert kinds(reading) == []
    for one in reading.totals:
        assert one.amounts["approved"] == sum(reading.columns["approved"][one.first : one.last + 1])
