"""Where a label does not say what a total sums, its amounts do; what neither tells is left to people."""

import pytest

from tests.connectors.sheets import (
    ALL,
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
    unlabelled,
)


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
    assert kinds(reading) == ["row.unsummed"]


def test_a_total_under_a_name_that_no_group_bears_is_told_by_its_sums():
    reading = read(budget(*STAFF, total("รวมหมวดเงินเดือนและค่าจ้าง", *STAFF), *GOODS))
    assert (spans(reading), kinds(reading)) == ([("รวมหมวดเงินเดือนและค่าจ้าง", 0, 1)], ["row.unsummed"])


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


def test_a_last_line_that_sums_all_others_by_round_amounts_is_left_to_people():
    rows = [line("ก", 20.0, 0.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"), line("ข", 30.0, 0.0), line("ค", 50.0, 0.0)]
    reading = read(budget(*rows))
    assert (reading.rows, sums(reading, "approved")) == (3, [100_00])
    assert [(one.kind, one.observed) for one in reading.defects] == [("row.total_or_line", "ค")]


def test_the_last_line_is_a_line_where_only_some_of_its_amounts_add_up():
    rows = [line("ก", 100.0, 40.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"), line("ข", 50.0, 0.0), line("ค", 150.0, 1.0)]
    assert read(budget(*rows)).rows == 3


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
    assert kinds(reading) == ["row.total_or_line", "row.unsummed"]


@pytest.mark.parametrize("adorned", ["- {}", "**{}**", "({})", "* {}", "{} :"])
def test_totals_with_signs_around_their_labels_are_totals(adorned: str):
    rows = [*STAFF, total(adorned.format("รวมงบบุคลากร"), *STAFF), *GOODS, total(adorned.format("รวม"), *GOODS)]
    reading = read(budget(*rows, total(adorned.format("รวมทั้งสิ้น"), *STAFF, *GOODS)))
    assert ([span[1:] for span in spans(reading)], kinds(reading)) == ([(0, 1), (2, 3), (0, 3)], [])


def test_totals_under_unknown_words_are_left_to_people_where_no_other_is_printed():
    reading = read(budget(*STAFF, total("ผลบวก", *STAFF), *GOODS, total("ผลบวก", *GOODS), ROADS[1]))
    assert [(one.kind, one.source_row) for one in reading.defects] == [
        ("row.total_or_line", 8),
        ("row.total_or_line", 11),
    ]


def test_totals_under_unknown_words_are_told_where_nothing_is_spent():
    goods = [line("วัสดุ", 80.0, 0.0, WORK, "งบดำเนินงาน", "ค่าวัสดุ"), line("ค่าไฟฟ้า", 90.0, 0.0)]
    roads = [line("ถนนสายหนึ่ง", 10.0, 0.0, "ก่อสร้าง", "งบลงทุน", "ที่ดิน"), line("ถนนสายสอง", 70.0, 0.0)]
    rows = [*goods, total("ผลบวก", *goods), *roads, total("ผลบวก", *roads)]
    assert kinds(read(budget(*rows, total("ผลบวก", *goods, *roads)))) == ["row.total_or_line"] * 3
    assert kinds(read(budget(*rows, line("ที่เหลือ", 5.0, 0.0)))) == [], "round amounts add up by chance"


def test_the_total_of_a_plan_is_no_project():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "โครงการ ข", 1.0, 50.0, 0.0, 0),
        project(3, "โครงการ ค", 2.0, 9.0, 0.0, 0),
    ]
    for label in ("รวม", "รวมทั้งสิ้น", "รวม 4 มิติ", "รวม 3 โครงการ"):
        reading = read(plan(*rows, [label, "", "", 159.0, 0.0, 3.0, "✓", ""]))
        assert (spans(reading), reading.rows, kinds(reading)) == ([(label, 0, 2)], 3, [])


def test_a_project_without_a_name_is_a_project():
    rows = [
        project(1, "โครงการ ก", 1.0, 100.0, 0.0, 0),
        project(2, "", 1.0, 100.0, 0.0, 0),
        project(3, "โครงการ ค", 1.0, 9.0, 0.0, 0),
    ]
    reading = read(plan(*rows))
    assert (reading.rows, reading.totals, kinds(reading)) == (3, [], ["row.without_label"])
