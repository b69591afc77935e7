"""The anti-corruption plan: how each project stands."""

from collections.abc import Mapping, Sequence

from reports.chapters.charts import status_chart
from reports.chapters.document import Cell, Chapter, Column, Paragraph, Row, Run, Table
from reports.figures import DIMENSIONS, STATUS_TITLES
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.money import baht_printed
from warehouse.vocabulary.records import PlanProject, ReportFacts, Status

TICK = "✓"


def plan_chapters(facts: ReportFacts, sentences: Sentences, words: ReportWords) -> tuple[Chapter, ...]:
    """Counts by dimension and status, then the table with ticks on wide pages."""
    heading = sentences.plain("ผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต {round}")
    if not facts.plan_projects:
        return (Chapter("plan", heading, (Paragraph(sentences.filled(words.narrative["no_plan_projects"])),)),)
    statuses = statuses_shown(facts.plan_projects)
    overview = (
        Paragraph(
            (
                *sentences.filled(words.narrative["plan_overview"]),
                Run(" "),
                *sentences.compared(words.narrative, "plan_score_since_last_year", "plan_last_year"),
            )
        ),
        dimension_table(facts.plan_projects, statuses),
        status_chart(facts.plan_projects, statuses),
    )
    table = plan_table(facts, statuses, sentences, words)
    return Chapter("plan", heading, overview), Chapter("plan-projects", f"ตาราง{heading}", (table,), wide=True)


def statuses_shown(projects: tuple[PlanProject, ...]) -> list[Status]:
    """The three statuses of the form, and the fourth where a project has it."""
    used = {project.status for project in projects}
    return [status for status in Status if status is not Status.NOT_FEASIBLE or status in used]


def dimension_table(projects: tuple[PlanProject, ...], statuses: list[Status]) -> Table:
    """Projects of each dimension counted by status, and their money."""
    rows = [
        Row(
            _dimension_cells(
                f"มิติที่ {dimension}",
                [project for project in projects if project.dimension == dimension],
                statuses,
                {name: f"plan_dimension_{dimension}{name and f'_{name}'}" for name in ("", "budget", "disbursed")},
            )
        )
        for dimension in DIMENSIONS
    ]
    keys = {"": "plan_projects", "budget": "plan_budget", "disbursed": "plan_disbursed"}
    keys |= {status.value: f"plan_{status.value}" for status in statuses}
    total = Row(_dimension_cells("รวมทุกมิติ", projects, statuses, keys), "total")
    titles = ("มิติ", "ทั้งหมด", *(STATUS_TITLES[status] for status in statuses), "งบประมาณ (บาท)", "เบิกจ่าย (บาท)")
    return Table(
        id="table-plan-dimensions",
        caption="โครงการตามมิติ สถานะ และงบประมาณ",
        columns=(Column(), *[Column("center", share=1)] * (len(statuses) + 1), *[Column("right")] * 2),
        head=(tuple(map(Cell, titles)),),
        rows=(*rows, total),
    )


def _dimension_cells(
    title: str, projects: Sequence[PlanProject], statuses: list[Status], keys: Mapping[str, str]
) -> tuple[Cell, ...]:
    """A row of the table by dimension; `keys` are of the figures that it prints: all, by status, budget and paid."""
    counts = {"": len(projects)} | {
        status.value: sum(project.status is status for project in projects) for status in statuses
    }
    amounts = {
        "budget": sum(project.budget for project in projects),
        "disbursed": sum(project.disbursed for project in projects),
    }
    printed = {name: f"{count:,}" for name, count in counts.items()} | {
        name: baht_printed(amount) for name, amount in amounts.items()
    }
    return (Cell(title), *(Cell(text, figure=keys.get(name)) for name, text in printed.items()))


def plan_table(facts: ReportFacts, statuses: list[Status], sentences: Sentences, words: ReportWords) -> Table:
    """Each project with a tick under its status, and the counts below."""
    titles = ("ลำดับ", "โครงการ/กิจกรรม/มาตรการ", "มิติ", "งบประมาณ (บาท)", "เบิกจ่าย (บาท)")
    export = facts.plan
    return Table(
        id="table-plan",
        caption=sentences.plain(
            "ผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. {fiscal_year} {round} {organisation}"
        ),
        columns=(
            Column("center"),
            Column(share=9),
            Column("center"),
            *[Column("right")] * 2,
            *[Column("center", share=2)] * len(statuses),
            Column(share=3),
            Column("center"),
        ),
        head=(
            (
                *(Cell(title, rows=2) for title in titles),
                Cell("สถานะ", columns=len(statuses)),
                *(Cell(title, rows=2) for title in ("หมายเหตุ", "แถว")),
            ),
            tuple(Cell(STATUS_TITLES[status]) for status in statuses),
        ),
        rows=(*(_project_row(project, statuses) for project in facts.plan_projects), _total_row(facts, statuses)),
        row_head=1,
        note=words.narrative["plan_source"].format(file=export.export.file_name, sheet=export.sheet),
    )


def _project_row(project: PlanProject, statuses: list[Status]) -> Row:
    ticks = [TICK if project.status is status else "" for status in statuses]
    amounts = baht_printed(project.budget), baht_printed(project.disbursed)
    return Row(
        (
            Cell(project.number),
            Cell(project.project, quoted=True),
            *map(Cell, (str(project.dimension), *amounts, *ticks)),
            Cell(project.note, quoted=True),
            Cell(str(project.source_row)),
        )
    )


def _total_row(facts: ReportFacts, statuses: list[Status]) -> Row:
    projects = facts.plan_projects
    amounts = [baht_printed(sum(amounts)) for amounts in zip(*((p.budget, p.disbursed) for p in projects), strict=True)]
    counts = [f"{sum(project.status is status for project in projects):,}" for status in statuses]
    label = f"รวม {len(projects):,} รายการ"
    totals = (Cell(amounts[0], figure="plan_budget"), Cell(amounts[1], figure="plan_disbursed"))
    return Row((Cell(label, columns=3), *totals, *(Cell(text) for text in (*counts, "", ""))), "total")
