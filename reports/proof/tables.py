"""What a stranger reads in the workbook and in the CSV files: the rows, and every figure computed from them anew."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from xml.etree import ElementTree

from reports.chapters.quality import comments_printed, findings_in
from reports.csv_tables import guarded, unguarded
from reports.figure import Figure, Figures
from reports.figures import MONEY_TITLES, figures_of
from reports.groups import Group, grouped
from reports.proof.difference import difference
from reports.xlsx_sheets import BUDGET, FIGURES, HEAD_ROW, PLAN, QUALITY
from warehouse.vocabulary.money import baht, baht_plain
from warehouse.vocabulary.records import LABELS, MONEY, BudgetLine, PlanProject, ReportFacts, Status
from warehouse.vocabulary.wording import STATUSES

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_IN_A_CELL = Context(prec=15)  # digits that Excel keeps of a number: satang up to 9,999,999,999,999.99 baht
SheetRows = list[list[str]]


def prove_csv(facts: ReportFacts, figures: Figures, budget: bytes, plan: bytes) -> None:
    """Raise Damaged if the rows of the two CSV files are not the report's, or give another figure."""
    lines = [
        _line(row["source_row"], [unguarded(row[label]) for label in LABELS], [row[column] for column in MONEY])
        for row in _csv_rows(budget)
    ]
    projects = [
        _project(
            [row["source_row"], "", unguarded(row["project"]), *_numbers(row), row["status"], unguarded(row["note"])]
        )
        for row in _csv_rows(plan)
    ]
    _prove_rows(facts, figures, lines, projects, ("budget.csv", "plan.csv"))


def prove_findings(facts: ReportFacts, content: bytes, file: str) -> None:
    """Raise Damaged if a finding of the CSV file, or what people say of it, is not the report's."""
    known = [(finding, comments_printed(export, finding)) for export, finding in findings_in(facts)]
    rows = _csv_rows(content)
    if len(rows) != len(known):
        raise difference(file, "จำนวนข้อสังเกต (findings)", str(len(rows)), str(len(known)))
    for number, ((finding, said), row) in enumerate(zip(known, rows, strict=True), start=1):
        for column, right in (("rule", finding.rule), ("message", finding.message.th), ("comment", said)):
            if row[column] != guarded(right):
                raise difference(file, f"แถว {number} ({column})", row[column], right)


def prove_xlsx(facts: ReportFacts, figures: Figures, content: bytes, file: str) -> None:
    """Raise Damaged if a row, a total, a figure or a comment of the workbook is not the report's."""
    sheets = workbook_rows(content)
    lines = [_line(row[11], row[:5], row[5:11]) for row in sheets[BUDGET][HEAD_ROW:] if row[11]]
    status_of = {words.th: status.value for status, words in STATUSES.items()}
    projects = [_project([row[7], *row[:5], status_of[row[5]], row[6]]) for row in sheets[PLAN][HEAD_ROW:] if row[7]]
    _prove_rows(facts, figures, lines, projects, (file, file))
    _prove_subtotals(facts, [row for row in sheets[BUDGET][HEAD_ROW:] if not row[11]], file)
    _prove_comments(facts, sheets[QUALITY], file)
    printed = {row[5]: row[1] for row in sheets[FIGURES][HEAD_ROW:]}
    for key, figure in figures.items():
        _prove_cell(f"{file} ({FIGURES})", figure, printed.get(key, ""))
    for sheet, keys, first in ((BUDGET, MONEY, 5), (PLAN, ("plan_budget", "plan_disbursed"), 3)):
        total = sheets[sheet][-1]
        if len(sheets[sheet]) > HEAD_ROW:
            for column, key in enumerate(keys, first):
                _prove_cell(f"{file} ({sheet})", figures[key], total[column])


def _prove_subtotals(facts: ReportFacts, rows: SheetRows, file: str) -> None:
    """The value that each subtotal carries, in the order of the groups; the total after them is a figure."""
    groups = [each for group in grouped(facts.budget_lines) for each in _after_its_parts(group)]
    for group, row in zip(groups, rows, strict=False):
        for column, right, cell in zip(MONEY, group.amounts, row[5:11], strict=True):
            if _IN_A_CELL.create_decimal(cell) != _IN_A_CELL.create_decimal(baht(right)):
                raise difference(file, f"{MONEY_TITLES[column]} ของ {row[0]}", cell, baht_plain(right))


def _after_its_parts(group: Group) -> Iterator[Group]:
    for part in group.parts:
        yield from _after_its_parts(part)
    yield group


def _prove_comments(facts: ReportFacts, rows: SheetRows, file: str) -> None:
    """Each comment beside the message of its finding, in their order."""
    place = 0
    for number, (export, finding) in enumerate(findings_in(facts), start=1):
        if said := comments_printed(export, finding):
            at = next((at for at, row in enumerate(rows[place:], place) if {finding.message.th, said} <= {*row}), None)
            if at is None:
                raise difference(file, f"แถว {number} ของ {QUALITY}", "ไม่พบข้อความนี้ (not found)", said)
            place = at + 1


def _line(source_row: str, labels: Sequence[str], amounts: Sequence[str]) -> BudgetLine:
    texts = dict(zip(LABELS, labels, strict=True))
    return BudgetLine(int(source_row), **texts, **dict(zip(MONEY, map(_satang, amounts), strict=True)))  # type: ignore[arg-type]


def _satang(amount: str) -> int:
    return int(Decimal(amount).scaleb(2))


def _project(cells: Sequence[str]) -> PlanProject:
    source_row, number, project, dimension, budget, disbursed, status, note = cells
    amounts = _satang(budget), _satang(disbursed)
    return PlanProject(int(source_row), number, project, int(dimension), *amounts, Status(status), note)


def _numbers(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["dimension"], row["budget"], row["disbursed"]


def _prove_rows(
    facts: ReportFacts,
    figures: Figures,
    lines: Sequence[BudgetLine],
    projects: Sequence[PlanProject],
    files: tuple[str, str],
) -> None:
    for file, known, read in (
        (files[0], sorted(map(_of_line, facts.budget_lines)), sorted(map(_of_line, lines))),
        (files[1], sorted(map(_of_project, facts.plan_projects)), sorted(map(_of_project, projects))),
    ):
        for right, found in zip(known, read, strict=False):  # how many there are is a figure
            if right != found:
                raise difference(file, f"แถว {right[0]}", str(found), str(right))
    again = figures_of(replace(facts, budget_lines=tuple(lines), plan_projects=tuple(projects)))
    for key, figure in figures.items():
        _prove_figure(files[key.startswith("plan_")], figure, again[key].plain)


def _of_line(line: BudgetLine) -> tuple[object, ...]:
    return (line.source_row, *(getattr(line, column) for column in MONEY))


def _of_project(one: PlanProject) -> tuple[object, ...]:
    return one.source_row, one.dimension, one.budget, one.disbursed, one.status.value


def _prove_figure(file: str, figure: Figure, found: str | int | None) -> None:
    if found != figure.plain:
        raise difference(file, f"{figure.title} ({figure.key})", str(found), str(figure.plain))


def _prove_cell(file: str, figure: Figure, cell: str) -> None:
    right = None if figure.plain is None else _IN_A_CELL.create_decimal(str(figure.plain))
    if right != (_IN_A_CELL.create_decimal(cell) if cell else None):
        raise difference(file, f"{figure.title} ({figure.key})", cell, str(figure.plain))


def _csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook_rows(content: bytes) -> dict[str, SheetRows]:
    """The cells of each sheet of a workbook that we wrote, as text, by the sheet's name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}
    texts = [_string(each) for each in ElementTree.fromstring(read["xl/sharedStrings.xml"]).iter(f"{_S}si")]  # noqa: S314
    names = [each.attrib["name"] for each in ElementTree.fromstring(read["xl/workbook.xml"]).iter(f"{_S}sheet")]  # noqa: S314
    return {name: _rows(read[f"xl/worksheets/sheet{number}.xml"], texts) for number, name in enumerate(names, 1)}


def _rows(sheet: bytes, texts: Sequence[str]) -> SheetRows:
    tree = ElementTree.fromstring(sheet)  # noqa: S314  # we wrote it just now
    found: dict[int, dict[int, str]] = {}
    for cell in tree.iter(f"{_S}c"):
        row, column = _place(cell.attrib)
        value = cell.findtext(f"{_S}v") or ""
        found.setdefault(row, {})[column] = texts[int(value)] if cell.attrib.get("t") == "s" else value
    width = max((column for cells in found.values() for column in cells), default=-1) + 1
    return [
        [found.get(row, {}).get(column, "") for column in range(width)] for row in range(max(found, default=-1) + 1)
    ]


def _place(attributes: Mapping[str, str]) -> tuple[int, int]:
    reference = attributes["r"]
    letters = reference.rstrip("0123456789")
    return int(reference.removeprefix(letters)) - 1, ord(letters) - ord("A")


def _string(element: ElementTree.Element) -> str:
    text = "".join(each.text or "" for each in element.iter(f"{_S}t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
