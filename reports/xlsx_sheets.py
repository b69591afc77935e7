"""What stands on each sheet of the workbook, as plain data: budget, plan, figures, data quality, sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reports.chapters.document import Document, Table
from reports.figure import Figure, Figures
from reports.groups import Group, grouped, totals
from warehouse.vocabulary.money import baht
from warehouse.vocabulary.records import LABELS, MONEY, ReportFacts
from warehouse.vocabulary.wording import COLUMNS, STATUSES

BUDGET, PLAN, FIGURES, QUALITY, SOURCES = "งบประมาณ", "แผนป้องกันการทุจริต", "ตัวเลข", "คุณภาพข้อมูล", "แหล่งข้อมูล"
HEAD_ROW = 3  # the row, from 1, that names the columns; the first line follows
SOURCE_ROW_TITLE = "แถวในไฟล์ต้นทาง"
Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its value, so that a reader that does not compute shows it too."""

    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column's title, what it holds and its width in characters."""

    title: str
    kind: Literal["text", "money", "whole", "value"]
    width: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; a total is set apart."""

    cells: tuple[Value | Formula, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]


def sheets_of(facts: ReportFacts, figures: Figures, document: Document) -> list[Sheet]:
    """The five sheets."""
    budget, plan = _budget_sheet(facts), _plan_sheet(facts)
    told = {block.id: block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)}
    quality = [told[name] for name in ("table-findings", "table-corrections") if name in told]
    return [
        budget,
        plan,
        _figure_sheet(figures, {**_links(budget, MONEY, 5), **_links(plan, ("plan_budget", "plan_disbursed"), 3)}),
        _text_sheet(QUALITY, quality),
        _text_sheet(SOURCES, [told["table-sources"]]),
    ]


def letter(column: int) -> str:
    """A, B, C … of a column from 0; no sheet here is wider than Z."""
    return chr(ord("A") + column)


def _budget_sheet(facts: ReportFacts) -> Sheet:
    columns = (
        *(SheetColumn(COLUMNS[label].th, "text", 46 if label == "project" else 22) for label in LABELS),
        *(SheetColumn(f"{COLUMNS[column].th} (บาท)", "money", 17) for column in MONEY),
        SheetColumn(SOURCE_ROW_TITLE, "whole", 10),
    )
    rows: list[SheetRow] = []
    for group in grouped(facts.budget_lines):
        _add_group(rows, group)
    if facts.budget_lines:
        rows.append(_sum_row("รวมทั้งสิ้น", rows, 0, totals(facts.budget_lines)))
    return Sheet(BUDGET, "ผลการใช้จ่ายงบประมาณ", columns, tuple(rows))


def _add_group(rows: list[SheetRow], group: Group) -> None:
    """The group's parts or lines, then its subtotal; SUBTOTAL passes over the subtotals inside its range."""
    first = len(rows)
    for part in group.parts:
        _add_group(rows, part)
    if not group.parts:
        for line in group.lines:
            amounts = [baht(getattr(line, column)) for column in MONEY]
            labels = [getattr(line, label) for label in LABELS]
            rows.append(SheetRow((*labels, *amounts, line.source_row)))
    rows.append(_sum_row(f"รวม{group.label or '(ไม่ระบุ)'}", rows, first, group.amounts))


def _sum_row(label: str, rows: list[SheetRow], first: int, amounts: tuple[int, ...]) -> SheetRow:
    top, bottom = HEAD_ROW + 1 + first, HEAD_ROW + len(rows)
    sums = [
        Formula(f"=SUBTOTAL(9,{letter(column)}{top}:{letter(column)}{bottom})", baht(amount))
        for column, amount in enumerate(amounts, len(LABELS))
    ]
    return SheetRow((label, *[""] * (len(LABELS) - 1), *sums, None), total=True)


def _plan_sheet(facts: ReportFacts) -> Sheet:
    columns = (
        SheetColumn(COLUMNS["number"].th, "text", 8),
        SheetColumn("โครงการ/กิจกรรม/มาตรการ", "text", 60),
        SheetColumn(COLUMNS["dimension"].th, "whole", 8),
        SheetColumn(f"{COLUMNS['budget'].th} (บาท)", "money", 17),
        SheetColumn(f"{COLUMNS['disbursed'].th} (บาท)", "money", 17),
        SheetColumn(COLUMNS["status"].th, "text", 22),
        SheetColumn(COLUMNS["note"].th, "text", 30),
        SheetColumn(SOURCE_ROW_TITLE, "whole", 10),
    )
    rows = [
        SheetRow(
            (
                project.number,
                project.project,
                project.dimension,
                baht(project.budget),
                baht(project.disbursed),
                STATUSES[project.status].th,
                project.note,
                project.source_row,
            )
        )
        for project in facts.plan_projects
    ]
    if rows:
        sums = [
            Formula(
                f"=SUM({letter(place)}{HEAD_ROW + 1}:{letter(place)}{HEAD_ROW + len(rows)})",
                baht(sum(getattr(project, column) for project in facts.plan_projects)),
            )
            for place, column in ((3, "budget"), (4, "disbursed"))
        ]
        rows.append(SheetRow((f"รวม {len(rows):,} รายการ", "", None, *sums, "", "", None), total=True))
    return Sheet(PLAN, "ผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต", columns, tuple(rows))


def _links(sheet: Sheet, keys: tuple[str, ...], first_column: int) -> dict[str, str]:
    """For each figure that is a total of a sheet, the cell of that total."""
    row = HEAD_ROW + len(sheet.rows)
    return {
        key: f"='{sheet.name}'!{letter(column)}{row}" for column, key in enumerate(keys, first_column) if sheet.rows
    }


def _figure_sheet(figures: Figures, links: dict[str, str]) -> Sheet:
    columns = (
        SheetColumn("ตัวเลข", "text", 44),
        SheetColumn("ค่า", "value", 20),
        SheetColumn("หน่วย", "text", 10),
        SheetColumn("วิธีคำนวณ", "text", 50),
        SheetColumn("ที่มา", "text", 60),
        SheetColumn("รหัสตัวเลข", "text", 30),
    )
    rows = tuple(_figure_row(figure, links.get(figure.key)) for figure in figures.values())
    return Sheet(FIGURES, "ตัวเลขทุกตัวในรายงานและที่มา", columns, rows)


def _figure_row(figure: Figure, link: str | None) -> SheetRow:
    cells = "; ".join(f"{file_name} {sheet} {found}" for (_, file_name, sheet), found in figure.cells.items())
    value = baht(int(figure.value)) if figure.unit == "baht" and figure.value is not None else figure.value
    shown = Formula(link, Decimal(value)) if link and value is not None else value
    unit = {"baht": "บาท", "percent": "ร้อยละ", "points": "จุด", "count": "รายการ", "months": "เดือน"}[figure.unit]
    return SheetRow((figure.title, shown, unit, figure.formula, cells, figure.key))


def _text_sheet(name: str, tables: list[Table]) -> Sheet:
    """Tables of texts below each other, each under its head."""
    width = max((len(table.columns) for table in tables), default=1)
    shares = [max((t.columns[c].share for t in tables if c < len(t.columns)), default=0) for c in range(width)]
    columns = tuple(SheetColumn("", "text", 18 if share < 2 else 24 if share < 4 else 60) for share in shares)
    return Sheet(name, name, columns, tuple(_text_rows(tables, width)))


def _text_rows(tables: list[Table], width: int) -> Iterator[SheetRow]:
    for place, table in enumerate(tables):
        head = [cell.text for cell in table.head[0]]
        lines = [[cell.text for cell in row.cells] for row in table.rows]
        blank = [[""] * width] if place else []
        for total, texts in [*((False, row) for row in blank), (True, head), *((False, line) for line in lines)]:
            yield SheetRow((*texts, *[""] * (width - len(texts))), total)
