"""Annex: what was found wrong in the files, and what was corrected by whom."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.chapters.document import Block, Cell, Chapter, Column, Paragraph, Row, Run, Subheading, Table, Text
from reports.characters import code_points
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.fiscal import thai_date
from warehouse.vocabulary.money import baht_printed, satang_of
from warehouse.vocabulary.records import AppliedCorrection, Comment, Finding, LoadedExport, ReportFacts, Severity
from warehouse.vocabulary.thai import normal_text
from warehouse.vocabulary.wording import SEVERITIES

SOURCE_TITLES = {"elaas": "e-LAAS", "eplannacc": "e-PlanNACC"}
COMMENTS = "คำชี้แจง"
_BARE_AMOUNT = re.compile(r"-?\d+\.\d\d")


def quality_chapter(
    exports: Sequence[LoadedExport], sentences: Sentences, words: ReportWords, more: Sequence[Block] = ()
) -> Chapter:
    """Findings to the cell, corrections with who, when and why, and more that must be checked."""
    findings = [(export, finding) for export in exports for finding in export.findings]
    corrections = [(export, applied) for export in exports for applied in export.corrections]
    blocks: list[Block] = [Paragraph(_overview(findings, sentences, words))]
    if findings:
        blocks.append(findings_table(findings))
    blocks.append(Subheading("การแก้ไขตัวเลข"))
    blocks.append(Paragraph(sentences.filled(words.narrative["corrections" if corrections else "no_corrections"])))
    if corrections:
        blocks.append(corrections_table(corrections))
    return Chapter("quality", "ภาคผนวก ก คุณภาพข้อมูล", (*blocks, *more), wide=True, annex=True)


def words_to_check(sentences: Sentences, words: ReportWords) -> tuple[Block, ...]:
    """The measures whose words nobody has confirmed, and where an amount is typed, if there are any."""
    told: list[Block] = []
    if words.unconfirmed:
        measures = " ".join(map(str, words.unconfirmed))
        told.append(Paragraph(sentences.filled(words.narrative["house_words"], measures=measures)))
    if words.typed:
        told.append(Paragraph(sentences.filled(words.narrative["typed_words"], places=" ".join(words.typed))))
    return (Subheading("ถ้อยคำที่ต้องตรวจ"), *told) if told else ()


def with_unprintable(quality: Chapter, characters: list[str], words: ReportWords) -> Chapter:
    """The annex with a note of the characters that the fonts lack, if there are any."""
    if not characters:
        return quality
    note = Paragraph((Run(words.narrative["unprintable"]), Run(code_points(characters), quoted=True)))
    return replace(quality, blocks=(*quality.blocks, Subheading("อักขระที่พิมพ์ไม่ได้"), note))


def is_resolved(export: LoadedExport, finding: Finding) -> bool:
    """Whether a correction changed the cell that the finding names."""
    return finding.cell is not None and any(applied.correction.cell == finding.cell for applied in export.corrections)


def is_judged_by_others(export: LoadedExport, facts: ReportFacts) -> bool:
    """Whether other rules than those of now judged the export: then nobody knows here which it passed."""
    return export.rules_version != facts.rules_version


def findings_in(facts: ReportFacts) -> list[tuple[LoadedExport, Finding]]:
    """Every finding of a report with the export that it is about, in the order in which they are listed."""
    return [(export, finding) for export in (facts.budget, facts.plan) for finding in export.findings]


def comments_on(export: LoadedExport, finding: Finding) -> tuple[Comment, ...]:
    """What people said of a finding, as long as it is what they spoke of."""
    return tuple(comment for comment in export.comments if _speaks_of(comment, finding))


def comments_printed(export: LoadedExport, finding: Finding) -> str:
    """The comments on a finding, each with who said it and when; blank if nobody did."""
    said = (f"{one.text} ({one.who}, {thai_date(one.when)})" for one in comments_on(export, finding))
    return "; ".join(said)


def expired_comments(export: LoadedExport) -> tuple[Comment, ...]:
    """The comments on what is not found any more, or otherwise."""
    return tuple(one for one in export.comments if not any(_speaks_of(one, found) for found in export.findings))


def without_expired(export: LoadedExport) -> LoadedExport:
    """The export with the comments alone that are printed: others must make no new version."""
    expired = expired_comments(export)
    return replace(export, comments=tuple(one for one in export.comments if one not in expired))


def _speaks_of(comment: Comment, finding: Finding) -> bool:
    named = comment.rule, comment.cell or None, normal_text(comment.observed or "")
    return named == (finding.rule, finding.cell, normal_text(finding.observed or ""))


def _overview(findings: list[tuple[LoadedExport, Finding]], sentences: Sentences, words: ReportWords) -> Text:
    if not findings:
        return sentences.filled(words.narrative["no_findings"])
    severities = [finding.severity for _, finding in findings]
    return sentences.filled(
        words.narrative["quality_overview"],
        findings=f"{len(findings):,}",
        critical=f"{severities.count(Severity.CRITICAL):,}",
        warnings=f"{severities.count(Severity.WARNING):,}",
        notes=f"{severities.count(Severity.INFO):,}",
        resolved=f"{sum(is_resolved(*each) for each in findings):,}",
    )


def findings_table(findings: list[tuple[LoadedExport, Finding]]) -> Table:
    """Each finding: file, cell, what stands there, what should, what it means, what people say of it, its outcome."""
    said = [comments_printed(*each) for each in findings]
    titles = ("ระบบ", "ระดับ", "เซลล์", "ค่าที่พบ", "ค่าที่ควรเป็น", "ข้อสังเกต", *([COMMENTS] if any(said) else []), "ผล")
    rows = tuple(
        Row(
            (
                Cell(SOURCE_TITLES[export.source]),
                Cell(SEVERITIES[finding.severity].th),
                Cell(finding.cell or "ทั้งไฟล์", quoted=True),
                _value(finding.observed),
                _value(finding.expected),
                Cell(finding.message.th, quoted=True),
                *([Cell(comments or "–", quoted=True)] if any(said) else []),
                Cell("แก้ไขแล้ว" if is_resolved(export, finding) else "เปิดเผยตามที่พบ"),
            )
        )
        for (export, finding), comments in zip(findings, said, strict=True)
    )
    shares = (0, 0, 0, 2, 2, 6, *([5] if any(said) else []), 0)
    return Table(
        id="table-findings",
        caption="ข้อสังเกตจากการตรวจไฟล์",
        columns=tuple(Column(share=share) for share in shares),
        head=(tuple(map(Cell, titles)),),
        rows=rows,
        row_head=2,
    )


def corrections_table(corrections: list[tuple[LoadedExport, AppliedCorrection]]) -> Table:
    """Each correction: cell, printed and right value, why, who and when."""
    titles = ("ระบบ", "เซลล์", "ค่าที่พิมพ์", "ค่าที่แก้ไข", "เหตุผล", "ผู้แก้ไข", "วันที่", "หลักฐาน")
    rows = tuple(
        Row(
            (
                Cell(SOURCE_TITLES[export.source]),
                Cell(applied.correction.cell, quoted=True),
                _value(applied.correction.printed),
                _value(applied.correction.right),
                Cell(applied.correction.reason, quoted=True),
                Cell(applied.correction.who, quoted=True),
                Cell(thai_date(applied.correction.when)),
                Cell(applied.correction.evidence or "–", quoted=True),
            )
        )
        for export, applied in corrections
    )
    return Table(
        id="table-corrections",
        caption="การแก้ไขตัวเลขในไฟล์ต้นทาง",
        columns=(
            Column(),
            Column(),
            Column("right"),
            Column("right"),
            Column(share=4),
            Column(share=2),
            Column(),
            Column(share=2),
        ),
        head=(tuple(map(Cell, titles)),),
        rows=rows,
        row_head=1,
    )


def _value(value: str | None) -> Cell:
    """An amount as people read it; any other text as it stands."""
    if value is None:
        return Cell("–")
    return Cell(baht_printed(satang_of(value))) if _BARE_AMOUNT.fullmatch(value) else Cell(value, quoted=True)
