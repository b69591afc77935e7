"""How a table differs from the one before it, in numbers and in words."""

from expectations.case import Case
from expectations.difference import difference_words, summary_words
from expectations.judge import judge
from expectations.page import PageItem, findings_page
from tests.expectations.readings import PERIOD, before, budget, case, plan
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Reading

OLD = {"project": "เดิม", "approved": 0, "remaining": 0, "committed": 0, "disbursed": 0}
NEW = OLD | {"project": "ใหม่"}
FULL_YEAR = Period(FiscalYear(2566), Half.FULL)


def differing(judged: Case) -> Difference:
    [judgement] = judge([judged], gate=False)
    assert judgement.difference
    return judgement.difference


def of(now: Reading, then: Reading) -> Difference:
    return differing(case(now, previous=before(then), size=9_100))


def test_bytes_rows_totals_and_lines_are_compared():
    found = of(budget({}, NEW, {"disbursed": 40_01, "remaining": 49_99}), budget({}, OLD))
    assert (found.previous_id, found.previous_file, found.size, found.rows) == (7, "ก่อน.xlsx", 100, 1)
    assert {column: satang for column, satang in found.totals.items() if satang} == {
        "approved": sum(budget({}, {}).columns["approved"]) // 2,
        "committed": budget({}).columns["committed"][0],
        "disbursed": 40_01,
        "remaining": 49_99,
    }
    again = "บริหารงานทั่วไป / บริหารทั่วไป / งบดำเนินงาน / ค่าวัสดุ / "
    assert found.gone == (f"{again}เดิม",)
    assert f"{again}ใหม่" in found.new and len(found.new) == 2


def test_a_second_line_of_one_name_is_a_new_line():
    found = of(plan({}, {"project": "ก"}, {"project": "ก"}), plan({}, {"project": "ก"}))
    assert (found.new, found.gone, found.rows) == (("ก",), (), 1)
    assert set(found.totals) == {"budget", "disbursed"}


def test_nothing_is_compared_without_a_table_before():
    assert judge([case(budget({}))], gate=False)[0].difference is None
    assert judge([case(budget({}), previous=before(budget({}), FULL_YEAR))], gate=False)[0].difference is None


def test_the_same_table_in_other_bytes_is_said_to_be_the_same():
    found = of(budget({}), budget({}))
    assert not found.changed
    assert "รายการและยอดรวมเท่าเดิม · ขนาดไฟล์ +100 ไบต์" in difference_words(found, PERIOD).th
    assert "the same lines and totals · file size +100 bytes" in difference_words(found, PERIOD).en


def test_both_cut_offs_are_named_by_day_or_where_none_is_printed_by_period():
    printed, bare = budget({}), budget({}, data_date=None)
    said = difference_words(differing(case(printed, previous=before(bare), period=FULL_YEAR)), FULL_YEAR).th
    assert said.startswith("ข้อมูล ณ 31 มีนาคม 2566 เทียบกับรอบ 2566-1 ที่ได้รับเมื่อ 1 เมษายน 2566 (ก่อน.xlsx): ")
    said = difference_words(differing(case(bare, previous=before(printed), period=FULL_YEAR)), FULL_YEAR).en
    assert said.startswith("period 2566-2 against data of 31 March 2566 BE (ก่อน.xlsx): ")


def test_many_are_summed_up_in_one_line():
    some = [of(budget({}, NEW), budget({}, OLD)), of(budget({}), budget({}))]
    assert summary_words(some).th == "เทียบกับครั้งก่อน 2 ตาราง: เปลี่ยนไป 1 ตาราง รายการใหม่ 1 รายการหายไป 1"
    assert summary_words(some).en == "compared with the last time: 2 tables, 1 changed, 1 lines new, 1 gone"


def test_the_page_lists_what_came_and_went_in_part_and_as_text():
    many = [{"project": f"<b>{number}</b>"} for number in range(25)]
    found = of(budget({}, *many), budget({}))
    page = findings_page([PageItem("ใหม่.xlsx", None, (), period=PERIOD, difference=found)])
    section = page.split('id="differences"')[1].split("</section>")[0]
    assert "ก่อน.xlsx" in section and "+25" in section and "… อีก 5 รายการ" in section
    assert "<b>" not in section and section.count("&lt;b&gt;") == 20
    assert 'id="differences"' not in findings_page([PageItem("ใหม่.xlsx", None, ())])
