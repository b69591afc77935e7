"""Charts: what may be spent and what was spent, by group and by cut-off; how the plan stands."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from reports.chapters.document import Bar, Chart, StackedBar, StackedChart
from reports.earlier import revised
from reports.figure import percent
from reports.groups import Group, totals
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import LABELS, MONEY, PlanProject, ReportFacts, Status
from warehouse.vocabulary.wording import COLUMNS, STATUSES

LABEL_TITLES = {label: COLUMNS[label].th for label in LABELS}
UNNAMED = "(ไม่ระบุ)"


def printed_share(share: Decimal | None) -> str:
    """Two decimals, or a dash where there was no budget to spend."""
    return "–" if share is None else f"{share:,}"


def status_chart(projects: Sequence[PlanProject], statuses: Sequence[Status]) -> StackedChart:
    """How the projects of each dimension stand."""
    rows = [
        (dimension, Counter(project.status for project in projects if project.dimension == dimension))
        for dimension in sorted({project.dimension for project in projects})
    ]
    longest = max(counts.total() for _, counts in rows)
    bars = tuple(
        StackedBar(
            label=f"มิติที่ {dimension}",
            told=" · ".join(f"{STATUSES[status].th} {counts[status]:,}" for status in statuses if counts[status]),
            widths=tuple(counts[status] * 10_000 // longest for status in statuses),
        )
        for dimension, counts in rows
    )
    told = " ".join(f"{bar.label}: {bar.told}" for bar in bars)
    series = tuple(STATUSES[status].th for status in statuses)
    return StackedChart("chart-plan", "สถานะของโครงการตามมิติ", f"แผนภูมิแท่ง {told}", series, bars)


def group_chart(groups: list[Group], level: str) -> Chart:
    """What each group may spend against what it has spent."""
    rows = [(group.label or UNNAMED, group.revised, group.disbursed, group.is_named_by_file) for group in groups]
    return _chart("chart-budget", f"งบประมาณหลังโอนและการเบิกจ่ายตาม{LABEL_TITLES[level]}", rows)


def progress_charts(facts: ReportFacts) -> list[Chart]:
    """One chart of what was spent by each cut-off, where there are earlier ones."""
    known = sorted((each.period, each.budget) for each in facts.earlier if each.budget is not None)
    if not known:
        return []
    now = dict(zip(MONEY, totals(facts.budget_lines), strict=True))
    rows = [
        (f"ปี {period.fiscal_year.year} รอบ {period.half.months} เดือน", revised(amounts), amounts["disbursed"], False)
        for period, amounts in (*known, (facts.period, now))
    ]
    return [_chart("chart-progress", "งบประมาณหลังโอนและการเบิกจ่าย ณ วันตัดยอดแต่ละครั้ง", rows)]


def _chart(chart_id: str, caption: str, rows: list[tuple[str, int, int, bool]]) -> Chart:
    longest = max([1, *(amount for _, whole, part, _ in rows for amount in (whole, part))])
    bars = tuple(
        Bar(
            label=label,
            whole=baht_printed(whole),
            part=baht_printed(part),
            percent=printed_share(percent(part, whole)),
            whole_width=max(0, whole * 10_000 // longest),
            part_width=max(0, part * 10_000 // longest),
            quoted=quoted,
        )
        for label, whole, part, quoted in rows
    )
    told = " ".join(f"{bar.label} เบิกจ่าย {bar.part} จาก {bar.whole} บาท (ร้อยละ {bar.percent})" for bar in bars)
    return Chart(
        id=chart_id,
        caption=caption,
        alternative=f"แผนภูมิแท่ง {told}",
        whole_title="งบประมาณหลังโอน",
        part_title="เบิกจ่าย",
        bars=bars,
    )
