"""The figures of a report: each one function of typed rows that gives its value and the cells that it came from."""

from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from reports.earlier import earlier_figures, score
from reports.figure import Figure, Figures, origin_of, percent
from reports.transfers import transfer_figures
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import MONEY, ReportFacts, Status
from warehouse.vocabulary.wording import COLUMNS, STATUSES

DIMENSIONS = (1, 2, 3, 4)
MONEY_TITLES = {column: COLUMNS[column].th for column in MONEY}
STATUS_TITLES = {status: words.th for status, words in STATUSES.items()}


def figures_of(facts: ReportFacts) -> Figures:
    """Every figure of a report by its key, in the order in which they are listed."""
    totals = [budget_total(facts, column) for column in MONEY]
    by_key = {figure.key: figure for figure in totals}
    revised = revised_budget(by_key)
    percent_disbursed = share("percent_disbursed", "ร้อยละการเบิกจ่าย", by_key["disbursed"], revised)
    figures = [
        *totals,
        revised,
        percent_disbursed,
        share("percent_committed", "ร้อยละการผูกพัน", by_key["committed"], revised),
        *pace(facts.budget.period, percent_disbursed),
        budget_count(facts, "budget_lines", "จำนวนรายการงบประมาณ", lambda line: True),
        budget_count(
            facts, "lines_without_payment", "รายการที่ยังไม่มีการเบิกจ่าย", lambda row: facts.budget_lines[row].disbursed == 0
        ),
        *transfer_figures(facts, by_key),
        plan_count(facts, "plan_projects", "จำนวนโครงการตามแผนป้องกันการทุจริต", lambda row: True),
        *(plan_status(facts, status) for status in Status),
        *(plan_dimension(facts, dimension) for dimension in DIMENSIONS),
        plan_total(facts, "budget"),
        plan_total(facts, "disbursed"),
        *(
            plan_dimension_total(facts, dimension, column)
            for dimension in DIMENSIONS
            for column in ("budget", "disbursed")
        ),
        plan_score(facts),
    ]
    by_key = {figure.key: figure for figure in figures}
    return by_key | {figure.key: figure for figure in earlier_figures(facts, by_key)}


def budget_total(facts: ReportFacts, column: str) -> Figure:
    """The sum of one money column over the budget lines."""
    lines = facts.budget_lines
    total = sum(getattr(line, column) for line in lines) if lines else None
    origin = origin_of(facts.budget, column, (line.source_row for line in lines))
    return Figure(column, MONEY_TITLES[column], "baht", total, origin, "ผลรวมของทุกรายการ")


def revised_budget(totals: Figures) -> Figure:
    """What may be spent: approved + transfer_in - transfer_out."""
    parts = [totals[column] for column in ("approved", "transfer_in", "transfer_out")]
    approved, transfer_in, transfer_out = (part.value for part in parts)
    if approved is None or transfer_in is None or transfer_out is None:
        value = None
    else:
        value = approved + transfer_in - transfer_out
    origins = tuple(origin for part in parts for origin in part.origins)
    return Figure("revised", "งบประมาณหลังโอน", "baht", value, origins, "งบประมาณอนุมัติ + โอนเพิ่ม − โอนลด")


def share(key: str, title: str, part: Figure, whole: Figure) -> Figure:
    """One figure as a percentage of another."""
    value = None if part.value is None or whole.value is None else percent(int(part.value), int(whole.value))
    return Figure(key, title, "percent", value, part.origins + whole.origins, f"{part.title} ÷ {whole.title} × 100")


def pace(period: Period, disbursed: Figure) -> tuple[Figure, Figure, Figure]:
    """Months gone, their share of the year, and how far spending is ahead of (+) or behind (−) that share."""
    months = period.half.months
    of_year = (Decimal(months) * 100 / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    ahead = None if disbursed.value is None else disbursed.value - of_year
    return (
        Figure("months", "จำนวนเดือนที่ผ่านไป", "months", months, (), "นับจากเดือนตุลาคม"),
        Figure("percent_of_year", "ร้อยละของเวลาในปีงบประมาณ", "percent", of_year, (), "จำนวนเดือนที่ผ่านไป ÷ 12 × 100"),
        Figure(
            "points_ahead",
            "ผลต่างของร้อยละการเบิกจ่ายกับร้อยละของเวลา",
            "points",
            ahead,
            disbursed.origins,
            "ร้อยละการเบิกจ่าย − ร้อยละของเวลาในปีงบประมาณ",
        ),
    )


def budget_count(facts: ReportFacts, key: str, title: str, counted: Callable[[int], bool]) -> Figure:
    """How many budget lines meet a condition on their row."""
    rows = [row for row in range(len(facts.budget_lines)) if counted(row)]
    origin = origin_of(facts.budget, None, (facts.budget_lines[row].source_row for row in rows))
    return Figure(key, title, "count", len(rows), origin, "นับรายการ")


def plan_count(facts: ReportFacts, key: str, title: str, counted: Callable[[int], bool]) -> Figure:
    """How many plan projects meet a condition on their row."""
    rows = [row for row in range(len(facts.plan_projects)) if counted(row)]
    origin = origin_of(facts.plan, None, (facts.plan_projects[row].source_row for row in rows))
    return Figure(key, title, "count", len(rows), origin, "นับรายการ")


def plan_status(facts: ReportFacts, status: Status) -> Figure:
    """How many plan projects stand so."""
    title = f"โครงการที่{STATUS_TITLES[status]}"
    return plan_count(facts, f"plan_{status.value}", title, lambda row: facts.plan_projects[row].status is status)


def plan_dimension(facts: ReportFacts, dimension: int) -> Figure:
    """How many plan projects belong to one dimension."""
    return plan_count(
        facts,
        f"plan_dimension_{dimension}",
        f"โครงการในมิติที่ {dimension}",
        lambda row: facts.plan_projects[row].dimension == dimension,
    )


def plan_total(facts: ReportFacts, column: Literal["budget", "disbursed"]) -> Figure:
    """The sum of one money column over the plan projects."""
    projects = facts.plan_projects
    total = sum(getattr(project, column) for project in projects) if projects else None
    title = {"budget": "งบประมาณตามแผนป้องกันการทุจริต", "disbursed": "เบิกจ่ายตามแผนป้องกันการทุจริต"}[column]
    origin = origin_of(facts.plan, column, (project.source_row for project in projects))
    return Figure(f"plan_{column}", title, "baht", total, origin, "ผลรวมของทุกโครงการ")


def plan_dimension_total(facts: ReportFacts, dimension: int, column: Literal["budget", "disbursed"]) -> Figure:
    """The sum of one money column over the plan projects of one dimension; nothing is known of a plan without any."""
    projects = [project for project in facts.plan_projects if project.dimension == dimension]
    total = sum(getattr(project, column) for project in projects) if facts.plan_projects else None
    title = {"budget": f"งบประมาณตามแผนในมิติที่ {dimension}", "disbursed": f"เบิกจ่ายตามแผนในมิติที่ {dimension}"}[column]
    origin = origin_of(facts.plan, column, (project.source_row for project in projects))
    key, formula = f"plan_dimension_{dimension}_{column}", f"ผลรวมของโครงการในมิติที่ {dimension}"
    return Figure(key, title, "baht", total, origin, formula)


def plan_score(facts: ReportFacts) -> Figure:
    """Progress of the plan out of 100: (completed × 1 + in progress × 0.5) / all × 100."""
    value = score(Counter(project.status for project in facts.plan_projects))
    origin = origin_of(facts.plan, None, (project.source_row for project in facts.plan_projects))
    formula = "(แล้วเสร็จ × 1 + อยู่ระหว่างดำเนินการ × 0.5) ÷ โครงการทั้งหมด × 100"
    return Figure("plan_score", "คะแนนความก้าวหน้าของแผน", "points", value, origin, formula)
