"""The annex of sources: the files, and what they were really checked for."""

from dataclasses import replace

from reports.chapters.document import Chapter, Paragraph, Table
from reports.chapters.report import documents_of
from reports.figures import figures_of
from reports.words import words_of
from tests.reports.facts import FACTS, RULES
from warehouse.vocabulary.records import ReportFacts

NOW, BEFORE = "ba9876543210", "0123456789ab"


def judged(budget: str, plan: str) -> ReportFacts:
    """Facts from files that were judged by these versions of the rules, and the rules of now."""
    exports = replace(FACTS.budget, rules_version=budget), replace(FACTS.plan, rules_version=plan)
    return replace(FACTS, budget=exports[0], plan=exports[1], rules=RULES, rules_version=NOW)


def annex(facts: ReportFacts, document: str = "measures") -> Chapter:
    told = documents_of(facts, figures_of(facts), words_of(None, ()), 1, ())[document]
    return next(chapter for chapter in told.chapters if chapter.id == "sources")


def tables(chapter: Chapter) -> dict[str, list[tuple[str, ...]]]:
    """The texts of its tables, head first."""
    return {
        block.id: [tuple(cell.text for cell in row) for row in (block.head[0], *(row.cells for row in block.rows))]
        for block in chapter.blocks
        if isinstance(block, Table)
    }


def paragraphs(chapter: Chapter) -> list[str]:
    return ["".join(run.text for run in block.text) for block in chapter.blocks if isinstance(block, Paragraph)]


def test_the_version_of_the_rules_stands_with_each_file_as_it_is_whatever_the_digits() -> None:
    [row] = [row for row in tables(annex(judged(NOW, BEFORE)))["table-sources"] if row[0] == "กฎที่ใช้ตรวจ"]
    assert row == ("กฎที่ใช้ตรวจ", f"รุ่น {NOW}", f"รุ่น {BEFORE}")


def test_files_judged_by_the_rules_of_now_have_them_listed_and_no_remark() -> None:
    chapter = annex(judged(NOW, NOW))
    assert tables(chapter)["table-checks"] == [
        ("ข้อที่ตรวจ", "e-LAAS", "e-PlanNACC"),
        ("คงเหลือของทุกแถวลงตัว", "พบข้อสังเกต", "–"),
        ("ยอดรวมทุกยอดเท่ากับผลรวมของรายการ", "ผ่าน", "–"),
        ("ทุกโครงการมีสถานะเดียว", "–", "ผ่าน"),
    ]
    assert paragraphs(chapter) == []


def test_a_file_judged_by_other_rules_is_said_to_be_and_passes_none_of_those_of_now() -> None:
    chapter = annex(judged(BEFORE, NOW))
    assert tables(chapter)["table-checks"] == [("ข้อที่ตรวจ", "e-PlanNACC"), ("ทุกโครงการมีสถานะเดียว", "ผ่าน")]
    [said] = paragraphs(chapter)
    assert said.startswith(f"ไฟล์จากระบบ e-LAAS ตรวจด้วยกฎรุ่น {BEFORE} ")
    assert "ไม่ใช่กฎรุ่นของโปรแกรมที่จัดทำรายงานฉบับนี้" in said


def test_without_a_file_judged_by_the_rules_of_now_none_is_listed() -> None:
    assert "table-checks" not in tables(annex(judged(BEFORE, BEFORE)))
    assert "table-checks" not in tables(annex(judged(BEFORE, NOW), "budget"))
    assert len(paragraphs(annex(judged(BEFORE, BEFORE)))) == 2
