"""Figures against earlier periods."""

from dataclasses import replace

from reports.chapters.charts import progress_charts
from reports.chapters.report import report_of
from reports.figures import figures_of
from reports.words import words_of
from tests.reports.facts import FACTS, LAST_YEAR, earlier, facts_of
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import ReportFacts

COMPARED = replace(FACTS, earlier=(LAST_YEAR,))
FULL_YEAR = facts_of(Period(FiscalYear(2566), Half.FULL))


def plain(facts: ReportFacts, *keys: str) -> list[object]:
    """Figures as machines read them."""
    figures = figures_of(facts)
    return [figures[key].plain for key in keys]


def test_the_same_half_of_last_year_is_compared() -> None:
    keys = ("disbursed_last_year", "percent_disbursed_last_year", "points_since_last_year")
    assert plain(COMPARED, *keys) == ["3900000.00", "48.75", "-3.75"]
    assert plain(COMPARED, "plan_score_last_year", "plan_score_since_last_year") == ["57.14", "-35.71"]
    assert figures_of(COMPARED)["disbursed_last_year"].formula == "จากไฟล์ elaas_2565_1.xlsx"


def test_another_half_or_another_year_is_not_compared() -> None:
    others = (earlier(2565, Half.FULL, "7,000,000.00"), earlier(2564, Half.FIRST, "1.00"))
    assert plain(replace(FACTS, earlier=others), "disbursed_last_year", "points_since_last_year") == [None, None]


def test_after_six_months_all_was_paid_since_the_last_cut_off() -> None:
    assert plain(FACTS, "disbursed_since_cut_off") == ["3822121.63"]


def test_after_twelve_months_what_the_first_half_paid_is_taken_off() -> None:
    assert plain(FULL_YEAR, "disbursed_since_cut_off") == [None]
    first_half = earlier(2566, Half.FIRST, "1,822,121.63")
    assert plain(replace(FULL_YEAR, earlier=(first_half,)), "disbursed_since_cut_off") == ["2000000.00"]


def test_an_earlier_period_of_one_source_alone_compares_that_source() -> None:
    no_plan, no_budget = replace(LAST_YEAR, plan=None), replace(LAST_YEAR, budget=None)
    keys = ("percent_disbursed_last_year", "plan_score_last_year")
    assert plain(replace(FACTS, earlier=(no_plan,)), *keys) == ["48.75", None]
    assert plain(replace(FACTS, earlier=(no_budget,)), *keys) == [None, "57.14"]


def test_the_sentence_says_below_above_equal_or_unknown() -> None:
    def said(facts: ReportFacts) -> str:
        return str(report_of(facts, figures_of(facts), words_of(None, ()), 1, ()).chapters)

    assert "ต่ำกว่ารอบเดียวกันของปีงบประมาณก่อน" in said(COMPARED)
    assert "สูงกว่ารอบเดียวกันของปีงบประมาณก่อน" in said(replace(FACTS, earlier=(earlier(2565, Half.FIRST, "1.00"),)))
    assert "เท่ากับรอบเดียวกันของปีงบประมาณก่อน" in said(replace(FACTS, earlier=(earlier(2565, Half.FIRST, "3,600,000.00"),)))
    assert "ยังไม่มีข้อมูลของรอบเดียวกันในปีงบประมาณก่อนให้เปรียบเทียบ" in said(FACTS)


def test_progress_over_cut_offs_is_drawn_in_their_order_and_only_where_there_are_some() -> None:
    assert progress_charts(FACTS) == []
    (chart,) = progress_charts(replace(FACTS, earlier=(earlier(2565, Half.FULL, "7,600,000.00"), LAST_YEAR)))
    assert [(bar.label, bar.percent) for bar in chart.bars] == [
        ("ปี 2565 รอบ 6 เดือน", "48.75"),
        ("ปี 2565 รอบ 12 เดือน", "95.00"),
        ("ปี 2566 รอบ 6 เดือน", "45.00"),
    ]
