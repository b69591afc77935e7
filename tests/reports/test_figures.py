"""The figures against values computed by hand from the example."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports.figure import percent
from reports.figures import figures_of
from tests.reports.facts import BUDGET_LINES, FACTS, PLAN_PROJECTS, facts_of
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import MONEY, BudgetLine, Status

BY_HAND = {
    "approved": "8493130.00",
    "transfer_in": "0.00",
    "transfer_out": "0.00",
    "committed": "0.00",
    "disbursed": "3822121.63",
    "remaining": "4671008.37",
    "revised": "8493130.00",
    "percent_disbursed": "45.00",
    "percent_committed": "0.00",
    "months": 6,
    "percent_of_year": "50.00",
    "points_ahead": "-5.00",
    "budget_lines": 11,
    "lines_without_payment": 2,
    "lines_transferred": 0,
    "transferred_approved": "0.00",
    "transferred_revised": "0.00",
    "transfer_difference": "0.00",
    "plan_projects": 7,
    "plan_awaiting_report": 4,
    "plan_in_progress": 3,
    "plan_completed": 0,
    "plan_not_feasible": 0,
    "plan_dimension_1": 7,
    "plan_dimension_2": 0,
    "plan_dimension_3": 0,
    "plan_dimension_4": 0,
    "plan_budget": "55000.00",
    "plan_disbursed": "0.00",
    "plan_dimension_1_budget": "55000.00",
    "plan_dimension_1_disbursed": "0.00",
    "plan_dimension_2_budget": "0.00",
    "plan_dimension_2_disbursed": "0.00",
    "plan_dimension_3_budget": "0.00",
    "plan_dimension_3_disbursed": "0.00",
    "plan_dimension_4_budget": "0.00",
    "plan_dimension_4_disbursed": "0.00",
    "plan_score": "21.43",
    "disbursed_since_cut_off": "3822121.63",
    "disbursed_last_year": None,
    "percent_disbursed_last_year": None,
    "points_since_last_year": None,
    "plan_score_last_year": None,
    "plan_score_since_last_year": None,
}


def test_the_figures_of_the_example_are_those_computed_by_hand() -> None:
    assert {key: figure.plain for key, figure in figures_of(FACTS).items()} == BY_HAND


def test_figures_are_printed_for_people() -> None:
    figures = figures_of(FACTS)
    assert [figures[key].printed for key in ("disbursed", "percent_disbursed", "points_ahead", "budget_lines")] == [
        "3,822,121.63",
        "45.00",
        "-5.00",
        "11",
    ]


def test_a_figure_names_the_cells_that_it_came_from() -> None:
    figures = figures_of(FACTS)
    assert [origin.cells for origin in figures["disbursed"].origins] == ["I6:I16"]
    assert figures["revised"].cells == {("elaas", "751NH_elaas_2566_1.xlsx", "รายงาน"): "E6:E16, F6:F16, G6:G16"}
    assert [origin.cells for origin in figures["plan_in_progress"].origins] == ["9:9, 11:12"]


def test_the_money_of_each_dimension_adds_up_to_that_of_the_plan_and_names_its_own_rows() -> None:
    projects = tuple(replace(one, dimension=1 + row % 2, disbursed=row) for row, one in enumerate(PLAN_PROJECTS))
    figures = figures_of(replace(FACTS, plan_projects=projects))
    parts = [figures[f"plan_dimension_{dimension}_disbursed"] for dimension in (1, 2, 3, 4)]
    assert [one.value for one in parts] == [12, 9, 0, 0]
    assert [one.cells for one in parts][2:] == [{}, {}]
    rows = [str(one.source_row) for one in projects if one.dimension == 2]
    assert all(row in str(parts[1].cells) for row in rows)
    assert sum(one.value for one in parts) == figures["plan_disbursed"].value


def test_a_column_that_the_file_does_not_have_is_traced_to_its_rows() -> None:
    letters = {column: letter for column, letter in FACTS.budget.letters.items() if column != "committed"}
    figures = figures_of(replace(FACTS, budget=replace(FACTS.budget, letters=letters)))
    assert [origin.cells for origin in figures["committed"].origins] == ["6:16"]


def test_percent_is_rounded_half_up() -> None:
    assert percent(1, 800) == Decimal("0.13")  # 0.125, which the bank would round to 0.12
    assert percent(-1, 800) == Decimal("-0.13")


def test_percent_of_nothing_is_no_figure() -> None:
    assert percent(5, 0) is None
    zeroed = tuple(replace(line, approved=0, disbursed=0, remaining=0) for line in BUDGET_LINES)
    figures = figures_of(replace(FACTS, budget_lines=zeroed))
    assert figures["percent_disbursed"].plain is None
    assert figures["points_ahead"].printed is None


def test_without_rows_totals_and_score_are_no_figures() -> None:
    figures = figures_of(replace(FACTS, budget_lines=(), plan_projects=()))
    missing = [key for key, figure in figures.items() if figure.plain is None]
    assert missing == [
        *MONEY,
        *("revised", "percent_disbursed", "percent_committed", "points_ahead"),
        *("transferred_approved", "transferred_revised", "transfer_difference"),
        *("plan_budget", "plan_disbursed"),
        *(f"plan_dimension_{dimension}_{column}" for dimension in (1, 2, 3, 4) for column in ("budget", "disbursed")),
        "plan_score",
        *("disbursed_since_cut_off", "disbursed_last_year", "percent_disbursed_last_year", "points_since_last_year"),
        *("plan_score_last_year", "plan_score_since_last_year"),
    ]


def test_the_whole_year_counts_twelve_months() -> None:
    figures = figures_of(facts_of(Period(FiscalYear(2566), Half.FULL)))
    assert (figures["months"].plain, figures["percent_of_year"].plain, figures["points_ahead"].plain) == (
        12,
        "100.00",
        "-55.00",
    )


def test_a_completed_project_counts_twice_one_in_progress() -> None:
    statuses = (Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_FEASIBLE, Status.AWAITING_REPORT)
    projects = tuple(replace(PLAN_PROJECTS[0], status=status) for status in statuses)
    assert figures_of(replace(FACTS, plan_projects=projects))["plan_score"].plain == "37.50"


amounts = st.integers(0, 10**15)


@given(st.lists(st.tuples(amounts, amounts, amounts, amounts, amounts), min_size=1, max_size=8))
def test_totals_keep_the_identity_of_their_lines(rows: list[tuple[int, int, int, int, int]]) -> None:
    lines = tuple(
        BudgetLine(row, "", "งาน", "งบ", "ประเภท", "โครงการ", *five, five[0] + five[1] - five[2] - five[3] - five[4])
        for row, five in enumerate(rows, 6)
    )
    figures = figures_of(replace(FACTS, budget_lines=lines))
    total = {column: int(figures[column].value or 0) for column in (*MONEY, "revised")}
    assert total["remaining"] == total["revised"] - total["committed"] - total["disbursed"]
    assert total["approved"] == sum(five[0] for five in rows)
