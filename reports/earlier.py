"""Figures that compare with earlier periods: since the last cut-off, and against the same half of the year before."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from reports.figure import Figure, Figures, Unit, Value, percent
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import EarlierTotals, ReportFacts, Status

FROM_FILE = "จากไฟล์"
COMPARING = (
    "disbursed_since_cut_off",
    "disbursed_last_year",
    "percent_disbursed_last_year",
    "points_since_last_year",
    "plan_score_last_year",
    "plan_score_since_last_year",
)
"""Keys of the figures that compare with earlier periods."""
_SCORE_OF_A_PROJECT_IN_PROGRESS = Decimal("0.5")  # as e-PlanNACC counts: completed 1, in progress a half


def score(projects: Mapping[Status, int]) -> Decimal | None:
    """Progress of a plan out of 100: (completed × 1 + in progress × 0.5) / all × 100; None without projects."""
    everything = sum(projects.values())
    points = projects.get(Status.COMPLETED, 0) + _SCORE_OF_A_PROJECT_IN_PROGRESS * projects.get(Status.IN_PROGRESS, 0)
    return (points * 100 / everything).quantize(Decimal("0.01"), ROUND_HALF_UP) if everything else None


def earlier_figures(facts: ReportFacts, figures: Figures) -> list[Figure]:
    """The comparing figures; without a value where the earlier period has no accepted export."""
    last_year, last_plan = (_year_before(facts, export.period) for export in (facts.budget, facts.plan))
    then = None if last_year is None else percent_disbursed(last_year)
    then_score = None if last_plan is None or last_plan.plan is None else score(last_plan.plan)
    budget_file, plan_file = _file(last_year, "elaas"), _file(last_plan, "eplannacc")
    same_half = "รอบเดียวกันของปีงบประมาณก่อน"

    def figure(key: str, title: str, unit: Unit, value: Value, formula: str) -> Figure:
        return Figure(key, title, unit, value, (), formula)

    return [
        _since_cut_off(facts, figures["disbursed"]),
        figure("disbursed_last_year", f"เบิกจ่ายใน{same_half}", "baht", _amount(last_year, "disbursed"), budget_file),
        figure("percent_disbursed_last_year", f"ร้อยละการเบิกจ่ายใน{same_half}", "percent", then, budget_file),
        figure(
            "points_since_last_year",
            f"ผลต่างของร้อยละการเบิกจ่ายกับ{same_half}",
            "points",
            _difference(figures["percent_disbursed"].value, then),
            "ร้อยละการเบิกจ่าย − ร้อยละการเบิกจ่ายในรอบเดียวกันของปีงบประมาณก่อน",
        ),
        figure("plan_score_last_year", f"คะแนนความก้าวหน้าของแผนใน{same_half}", "points", then_score, plan_file),
        figure(
            "plan_score_since_last_year",
            f"ผลต่างของคะแนนความก้าวหน้าของแผนกับ{same_half}",
            "points",
            _difference(figures["plan_score"].value, then_score),
            "คะแนนความก้าวหน้าของแผน − คะแนนในรอบเดียวกันของปีงบประมาณก่อน",
        ),
    ]


def _year_before(facts: ReportFacts, period: Period) -> EarlierTotals | None:
    return earlier_totals(facts, Period(FiscalYear(period.fiscal_year.year - 1), period.half))


def earlier_totals(facts: ReportFacts, period: Period) -> EarlierTotals | None:
    """What is known of one earlier period."""
    return next((earlier for earlier in facts.earlier if earlier.period == period), None)


def percent_disbursed(earlier: EarlierTotals) -> Decimal | None:
    """Paid of the revised budget of an earlier period, in percent."""
    amounts = earlier.budget
    return None if amounts is None else percent(amounts["disbursed"], revised(amounts))


def revised(amounts: Mapping[str, int]) -> int:
    """approved + transfer_in - transfer_out."""
    return amounts["approved"] + amounts["transfer_in"] - amounts["transfer_out"]


def _since_cut_off(facts: ReportFacts, disbursed: Figure) -> Figure:
    """What was paid since the cut-off before: after six months that is all, because every year begins from nothing."""
    key, title = "disbursed_since_cut_off", "เบิกจ่ายตั้งแต่วันตัดยอดครั้งก่อน"
    if facts.budget.period.half is Half.FIRST:
        formula = "เท่ากับเบิกจ่าย เพราะเริ่มนับใหม่ทุกต้นปีงบประมาณ"
        return Figure(key, title, "baht", disbursed.value, disbursed.origins, formula)
    before = earlier_totals(facts, Period(facts.budget.period.fiscal_year, Half.FIRST))
    value = _difference(disbursed.value, _amount(before, "disbursed"))
    return Figure(key, title, "baht", value, disbursed.origins, f"เบิกจ่าย − เบิกจ่ายรอบ 6 เดือน {_file(before, 'elaas')}")


def _amount(earlier: EarlierTotals | None, column: str) -> int | None:
    return None if earlier is None or earlier.budget is None else earlier.budget[column]


def _difference(now: Value, then: Value) -> Value:
    return None if now is None or then is None else now - then


def _file(earlier: EarlierTotals | None, source: str) -> str:
    if earlier is None or source not in earlier.files:
        return "ไม่มีไฟล์ของรอบนั้น"
    return f"{FROM_FILE} {earlier.files[source]}"
