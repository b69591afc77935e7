"""Where each figure of a report comes from: its formula, its cells, and what the files were checked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.chapters.document import Digits
from reports.chapters.quality import SOURCE_TITLES, is_judged_by_others, is_resolved
from reports.digits import number
from reports.figure import Figure, Figures
from warehouse.vocabulary.records import LoadedExport, ReportFacts


@dataclass(frozen=True, slots=True)
class OriginNote:
    """What a reader is told who asks where a figure comes from."""

    title: str
    printed: str
    formula: str
    cells: tuple[str, ...]  # a file, its sheet and cells each
    checks: tuple[str, ...]  # a file each: what it passed, and what was found in it


def origin_notes(facts: ReportFacts, figures: Figures, digits: Digits = "mixed") -> dict[str, OriginNote]:
    """A note for each figure, by its key."""
    checks = {export.source: number(_checks(facts, export), digits) for export in (facts.budget, facts.plan)}
    return {key: _note(figure, checks, digits) for key, figure in figures.items()}


def _note(figure: Figure, checks: dict[str, str], digits: Digits) -> OriginNote:
    places = figure.cells
    cells = tuple(f"ไฟล์ {file} แผ่นงาน {sheet} เซลล์ {found}" for (_, file, sheet), found in places.items())
    sources = dict.fromkeys(source for source, _, _ in places)
    printed = "ไม่มีข้อมูล" if figure.printed is None else number(figure.printed, digits)
    return OriginNote(figure.title, printed, figure.formula, cells, tuple(checks[source] for source in sources))


def _checks(facts: ReportFacts, export: LoadedExport) -> str:
    """What the rules say of one file; without a list of the rules that judged it, what was found alone."""
    if is_judged_by_others(export, facts):
        judged = f"ตรวจด้วยกฎรุ่น {export.rules_version}"
        return f"{SOURCE_TITLES[export.source]}: {judged} {_found(export, export.findings)}"
    broken = {finding.rule for finding in export.findings}
    rules = [rule for rule in facts.rules if rule.source in ("", export.source)]
    passed = [rule for rule in rules if rule.rule not in broken]
    told = [f"{SOURCE_TITLES[export.source]}:"]
    if rules:
        told.append(f"ผ่านการตรวจ {len(passed)} จาก {len(rules)} ข้อ (ภาคผนวก ข)")
    return " ".join([*told, _found(export, export.findings)])


def _found(export: LoadedExport, findings: Sequence[object]) -> str:
    if not findings:
        return "ไม่พบข้อสังเกต"
    resolved = sum(is_resolved(export, finding) for finding in export.findings)
    return f"พบข้อสังเกต {len(findings)} ข้อ แก้ไขแล้ว {resolved} ข้อ (ภาคผนวก ก)"
