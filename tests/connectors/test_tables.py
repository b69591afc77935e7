"""Where tables stand in a sheet, and which lines belong to them."""

import pytest

from connectors.declaration import declared_sources
from connectors.tables import tables_in
from tests.connectors.sheets import (
    BUDGET_HEADING,
    BUDGET_TITLE,
    PLACE,
    PLAN_HEADING,
    PLAN_TITLE,
    Row,
    kinds,
    line,
    project,
    readings,
    sheet,
    sums,
    total,
)
from warehouse.vocabulary.fiscal import Half

LINES = [line("ก", 100.0, 40.0, "งบกลาง", "งบกลาง", "งบกลาง"), line("ข", 50.0, 0.0)]
PROJECTS = [project(1, "โครงการ ก", 1.0, 100.0, 40.0, 1), project(2, "โครงการ ข", 2.0, 50.0, 0.0, 0)]
BUDGET: list[Row] = [*BUDGET_TITLE, BUDGET_HEADING, *LINES, total("รวมงบกลาง", *LINES)]
PLAN: list[Row] = [*PLAN_TITLE, *PLAN_HEADING, *PROJECTS]


@pytest.mark.parametrize("gap", [0, 1, 8])
def test_tables_of_two_sources_in_one_sheet_are_two(gap: int):
    for first, second in ((BUDGET, PLAN), (PLAN, BUDGET)):
        budget, plan = readings(sheet([*first, *[[]] * gap, *second]))
        assert (budget.source, budget.rows, budget.title.district, kinds(budget)) == ("elaas", 2, "บางน้ำเปรี้ยว", [])
        assert (plan.source, plan.rows, plan.title.half, kinds(plan)) == ("eplannacc", 2, Half.FIRST, [])
        assert (sums(budget, "approved"), sums(plan, "budget")) == ([150_00], [150_00])
        assert budget.title.first_month and not plan.title.first_month


def test_a_report_in_words_with_both_tables_gives_both():
    words: list[Row] = [
        ["มาตรการที่ ๓ การบริหารเงินงบประมาณ"],
        ["ผู้รับผิดชอบ กองคลัง เทศบาลตำบลบางน้ำเปรี้ยวได้ดำเนินการในปีงบประมาณ พ.ศ. ๒๕๖๕"],
        ["ระยะเวลาดำเนินการ ตุลาคม ๒๕๖๔ - มีนาคม ๒๕๖๕"],
        [],
    ]
    after: list[Row] = [[], ["มาตรการที่ ๔ การบริหารทรัพยากรบุคคล"], ["ผลการดำเนินการ ประกาศบนเว็บไซต์ของเทศบาล"], []]
    wrong = [["งบ ๕ เดือน (เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)"] if row == BUDGET_TITLE[1] else row for row in BUDGET]
    budget, plan = readings(sheet([*words, *wrong, *after, *PLAN, *after]))
    assert budget.title.fiscal_year == plan.title.fiscal_year
    assert (budget.title.organisation, budget.title.months, budget.title.half) == (PLACE.split()[0], 5, Half.FIRST)
    assert (budget.rows, len(budget.totals), kinds(budget)) == (2, 1, [])
    assert (plan.rows, plan.title.organisation, kinds(plan)) == (2, PLACE.split()[0], [])


def test_the_same_table_for_another_year_below_is_a_second_one():
    other = [[str(cell).replace("๒๕๖๖", "๒๕๖๗").replace("๒๕๖๕", "๒๕๖๖") for cell in row] for row in BUDGET_TITLE]
    first, second = readings(sheet([*BUDGET, [], *other, *BUDGET[len(BUDGET_TITLE) :]]))
    assert (first.title.fiscal_year.year, second.title.fiscal_year.year) == (2566, 2567)  # type: ignore[union-attr]
    assert (first.rows, second.rows) == (2, 2)
    assert (first.sheet, second.sheet) == ("รายงาน", "รายงาน (2)")
    assert kinds(first) == kinds(second) == ["table.twice"]


def test_the_same_table_with_other_columns_below_is_a_second_one():
    turned = [list(reversed(row)) for row in (BUDGET_HEADING, *LINES)]
    first, second = readings(sheet([*BUDGET, *turned]))
    assert sums(first, "approved") == sums(second, "approved") == [150_00]
    assert "table.twice" in kinds(first)


def test_the_table_of_another_organisation_below_is_a_second_one():
    other = [["เทศบาลตำบลบางน้ำเปรี้ยว อำเภอบางน้ำเปรี้ยว"] if row == [PLACE] else row for row in PLAN]
    first, second = readings(sheet([*PLAN, [], *other]))
    assert (first.rows, second.rows) == (2, 2)
    assert second.title.organisation == "เทศบาลตำบลบางน้ำเปรี้ยว"


def test_a_page_with_the_same_title_goes_on_with_the_table():
    (reading,) = readings(
        sheet([*PLAN, [], ["หน้า 2"], *PLAN_TITLE, *PLAN_HEADING, project(3, "โครงการ ค", 2.0, 9.0, 0.0, 0)])
    )
    assert (reading.rows, kinds(reading)) == (3, [])


def test_the_source_that_knows_more_of_a_heading_has_the_table():
    heading = ["งาน", "งบ", "ประเภท", "โครงการ/กิจกรรม", *BUDGET_HEADING[4:]]
    grid = sheet(
        [["งาน", "งบ", "ประเภท", "รายการ", "งบประมาณ", *BUDGET_HEADING[4:]], ["ก", "ข", "ค", "ง", 1.0, *LINES[0][4:]]]
    )
    (reading,) = readings(grid)
    assert reading.source == "elaas"
    assert [table.declaration.source for table in tables_in(sheet([heading, LINES[0]]), declared_sources())] == [
        "elaas"
    ]


def test_the_day_of_the_data_may_stand_below_the_table():
    (reading,) = readings(sheet([*BUDGET, [], ["ข้อมูล ณ วันที่ 31 มีนาคม 2566"], ["วันที่เรียกรายงาน 10/04/2566"]]))
    assert (str(reading.title.data_date), str(reading.title.call_date)) == ("2023-03-31", "2023-04-10")


def test_the_title_of_the_next_table_is_not_the_foot_of_the_one_above():
    dated = [["ข้อมูล ณ วันที่ 30 กันยายน 2566"], *PLAN]
    budget, plan = readings(sheet([*BUDGET, ["วันที่พิมพ์ 10/04/2566"], [], *dated]))
    assert (budget.title.data_date, str(budget.title.call_date)) == (None, "2023-04-10")
    assert str(plan.title.data_date) == "2023-09-30"


def test_an_empty_sheet_has_no_tables():
    assert tables_in(sheet([[]]), declared_sources()) == []
    assert tables_in(sheet([["ก", 1.0, None]]), declared_sources()) == []
