"""The whole report as plain data."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from reports.chapters.document import Document, Fields, Paragraph, Table
from reports.chapters.report import document_date, documents_of, phrases_of, report_of
from reports.chapters.sources import Change
from reports.figures import figures_of
from reports.words import words_of
from tests.reports.facts import FACTS, comment, commented, facts_of
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Comment, ReportFacts


def document_of(facts: ReportFacts, version: int = 1, changes: tuple[Change, ...] = ()) -> Document:
    """The report in house words."""
    return report_of(facts, figures_of(facts), words_of(None, ()), version, changes)


def documents_with(*comments: Comment) -> dict[str, Document]:
    facts = commented(*comments)
    return documents_of(facts, figures_of(facts), words_of(None, ()), 1, ())


def comments_in(document: Document) -> list[str]:
    """What the annex prints beside each finding; nothing where it has no such column."""
    [table] = [
        one for chapter in document.chapters for one in chapter.blocks if getattr(one, "id", "") == "table-findings"
    ]
    titles = [cell.text for cell in table.head[0]]
    return [row.cells[titles.index("คำชี้แจง")].text for row in table.rows] if "คำชี้แจง" in titles else []


def test_parts_come_in_the_order_of_the_form() -> None:
    assert [chapter.id for chapter in document_of(FACTS).chapters] == [
        "opening",
        "measure-1",
        "measure-2",
        "measure-3",
        "budget",
        "budget-lines",
        "measure-4",
        "measure-5",
        "measure-6",
        "plan",
        "plan-projects",
        "measure-7",
        "quality",
        "sources",
        "method",
    ]


def test_every_amount_and_share_in_a_sentence_tells_which_figure_it_is() -> None:
    def runs(value: object) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict) and value.keys() == {"text", "figure", "quoted"}:
            yield value
        elif isinstance(value, dict | list | tuple):
            for each in value.values() if isinstance(value, dict) else value:
                yield from runs(each)

    told = [run for one in documents_with().values() for run in runs(asdict(one))]
    assert len([run for run in told if run["figure"] == "points_ahead"]) >= 2
    assert [run for run in told if re.search(r"\d[.]\d\d", run["text"]) and not (run["figure"] or run["quoted"])] == []


def test_the_follow_ups_have_their_own_chapters_and_figures_alone() -> None:
    documents = documents_of(FACTS, figures_of(FACTS), words_of(None, ()), 2, (Change("plan_score", "ก", "1", "2"),))
    assert {name: [chapter.id for chapter in document.chapters] for name, document in documents.items()} == {
        "measures": [chapter.id for chapter in document_of(FACTS, 2).chapters],
        "budget": ["opening", "budget", "budget-lines", "quality", "sources", "method", "changes"],
        "plan": ["opening", "plan", "plan-projects", "quality", "sources", "method", "changes"],
    }
    assert FACTS.plan.export.file_name not in str(documents["budget"].chapters[4])
    assert FACTS.budget.export.file_name not in str(documents["plan"].chapters[4])
    assert "plan_score" not in str(documents["budget"].chapters)
    assert "ตัวเลขทุกตัวเท่ากับฉบับที่" in str(documents["budget"].chapters[-1])
    assert "ถ้อยคำกลาง" not in str(documents["budget"].chapters)


def test_each_document_names_the_ita_item_that_it_serves_and_says_if_that_is_not_confirmed() -> None:
    def items(facts: ReportFacts) -> list[str]:
        return [each.item for each in documents_of(facts, figures_of(facts), words_of(None, ()), 1, ()).values()]

    assert [item.rsplit(maxsplit=1)[-1] for item in items(FACTS)] == ["O43", "O12", "O37"]
    next_year = items(facts_of(Period(FiscalYear(2567), Half.FIRST)))
    assert all("ยังไม่ได้ยืนยัน" in item for item in next_year)
    assert items(facts_of(Period(FiscalYear(2590), Half.FIRST))) == ["", "", ""]


def test_each_measure_has_its_five_fields_filled() -> None:
    measures = [chapter for chapter in document_of(FACTS).chapters if chapter.id.startswith("measure-")]
    assert len(measures) == 7
    for measure in measures:
        (block,) = measure.blocks
        assert isinstance(block, Fields)
        assert [field.label for field in block.fields] == [
            "วิธีการดำเนินการ",
            "ผู้รับผิดชอบ",
            "ระยะเวลาดำเนินการ",
            "ผลการดำเนินการ",
            "ผลลัพธ์/ความสำเร็จ",
        ]
        assert all(field.steps or field.paragraphs for field in block.fields)


def test_the_report_of_the_whole_year_says_twelve_months() -> None:
    document = document_of(facts_of(Period(FiscalYear(2566), Half.FULL)))
    assert document.subtitle == "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๑๒ เดือน"
    assert document.period == "ตุลาคม ๒๕๖๕ - กันยายน ๒๕๖๖"


def test_the_date_is_the_day_in_thailand_when_the_newest_file_came() -> None:
    assert document_date(FACTS) == datetime.date(2023, 4, 11)  # 18:30 UTC on the tenth
    assert document_of(FACTS).version == "ฉบับที่ ๑ วันที่ ๑๑ เมษายน ๒๕๖๖"


def test_the_place_is_written_once_whether_or_not_it_comes_with_its_title() -> None:
    organisation = replace(FACTS.organisation, district="อำเภอบางน้ำเปรี้ยว", province="จังหวัดฉะเชิงเทรา")
    place = "อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา"
    assert phrases_of(FACTS)["place"] == phrases_of(replace(FACTS, organisation=organisation))["place"] == place


def test_a_report_without_rows_says_so_and_every_sentence_stays() -> None:
    text = str(asdict(document_of(replace(FACTS, budget_lines=(), plan_projects=()))))
    assert "ไฟล์ต้นทางไม่มีรายการงบประมาณ" in text
    assert "(ไม่มีข้อมูล: เบิกจ่าย)" in text
    assert "(ไม่มีข้อมูล: คะแนนความก้าวหน้าของแผน)" in text


def test_a_budget_of_nothing_says_that_there_is_no_percentage() -> None:
    zeroed = tuple(replace(line, approved=0, disbursed=0, remaining=0) for line in FACTS.budget_lines)
    assert "(ไม่มีข้อมูล: ร้อยละการเบิกจ่าย)" in str(asdict(document_of(replace(FACTS, budget_lines=zeroed))))


def test_a_finding_that_a_correction_answers_is_called_resolved() -> None:
    quality = next(chapter for chapter in document_of(FACTS).chapters if chapter.id == "quality")
    findings = next(block for block in quality.blocks if isinstance(block, Table) and block.id == "table-findings")
    assert [[cell.text for cell in (*row.cells[1:5], row.cells[-1])] for row in findings.rows[:2]] == [
        ["ร้ายแรง", "I6", "68,984.00", "48,984.00", "แก้ไขแล้ว"],
        ["เตือน", "A3", "อำเภอเมืองปทุมธานี จังหวัดปทุมธานี", "อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา", "เปิดเผยตามที่พบ"],
    ]


def test_a_comment_stands_beside_its_finding_and_beside_no_other() -> None:
    one = comment("months_in_title", "A2", "5", "หัวตารางพิมพ์ผิด")
    other = replace(one, text="ตัวเลขถูกต้อง", who="ผู้อำนวยการกองคลัง")
    plan = comment("missing_dimensions", None, None, "ระบบแสดงเฉพาะมิติที่ ๑")
    documents = documents_with(one, other, plan)
    said = {name: comments_in(document) for name, document in documents.items()}
    both = "หัวตารางพิมพ์ผิด (ปลัดเทศบาล, 12 เมษายน 2566); ตัวเลขถูกต้อง (ผู้อำนวยการกองคลัง, 12 เมษายน 2566)"
    only = "ระบบแสดงเฉพาะมิติที่ ๑ (ปลัดเทศบาล, 12 เมษายน 2566)"
    assert said == {"measures": ["–", "–", both, only], "budget": ["–", "–", both], "plan": [only]}


def test_a_comment_on_what_was_found_otherwise_or_elsewhere_is_not_printed() -> None:
    said = comment("months_in_title", "A2", "5", "หัวตารางพิมพ์ผิด")
    for other in (replace(said, observed="4"), replace(said, cell="A3"), replace(said, rule="other")):
        assert comments_in(documents_with(other)["measures"]) == []


def test_amounts_that_an_organisation_typed_are_told_where_words_must_be_checked(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[measure.3]\nresult = "เบิกจ่าย 3,822,121.63 บาท"\noutcome = "สำเร็จ"\n', "utf-8")
    figures = figures_of(FACTS)
    quality = next(
        one for one in report_of(FACTS, figures, words_of(own, figures), 1, ()).chapters if one.id == "quality"
    )
    told = ["".join(run.text for run in block.text) for block in quality.blocks if isinstance(block, Paragraph)]
    assert told[-1].startswith("ถ้อยคำของหน่วยงานในมาตรการที่ ๓ พิมพ์จำนวนเงินหรือร้อยละไว้เอง")
    assert "พิมพ์จำนวนเงิน" not in str(document_of(FACTS).chapters)


def test_clean_files_are_called_clean() -> None:
    clean = replace(
        FACTS, budget=replace(FACTS.budget, findings=(), corrections=()), plan=replace(FACTS.plan, findings=())
    )
    quality = next(chapter for chapter in document_of(clean).chapters if chapter.id == "quality")
    told = ["".join(run.text for run in block.text) for block in quality.blocks if isinstance(block, Paragraph)]
    assert told[0].endswith("ไม่พบข้อสังเกต")
    assert told[1] == "ไม่มีการแก้ไขตัวเลขในไฟล์ต้นทาง"


def test_a_later_version_lists_what_changed() -> None:
    document = document_of(FACTS, 2, (Change("disbursed", "เบิกจ่าย", "1.00", "2.00"),))
    table = document.chapters[-1].blocks[-1]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.head[0]] == ["ตัวเลข", "ฉบับที่ 1", "ฉบับนี้"]
    assert [cell.text for cell in table.rows[0].cells] == ["เบิกจ่าย", "1.00", "2.00"]
