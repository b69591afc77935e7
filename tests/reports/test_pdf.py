"""The PDF as a reader, a search and an archive see it."""

import ctypes
import hashlib
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pypdfium2_c
import pytest

from reports.chapters.document import Digits, KeyFigures
from reports.chapters.report import documents_of, report_of
from reports.figures import figures_of
from reports.pdf import pdf_of, words_kept_whole
from reports.release import Release
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, PLAN_PROJECTS, VAST, facts_of
from tests.reports.reading import needs_poppler, pdf_text, without_spaces
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import BudgetLine, ReportFacts

pytestmark = pytest.mark.slow

HOSTILE = (
    '#panic("x") $ x^2 $ *bold* _it_ @label <b>&amp;</b> \\ " \' `raw` // no comment /* */ [x] #{1}',
    "{{ document }} {% raw %} {disbursed} ${x}",
    "=1+1 @SUM(A1) -2 +3",
    "x" * 300,
    "โครงการส่งเสริมการมีส่วนร่วมของประชาชนในท้องถิ่น" * 6,
)


def made(facts: ReportFacts) -> bytes:
    """The PDF of these facts in house words."""
    return pdf_of(report_of(facts, figures_of(facts), words_of(None, ()), 1, ()), facts.organisation)


@pytest.fixture(scope="module")
def text(example: Release) -> str:
    """The text layer of the example."""
    return pdf_text(example.files["pdf"].read_bytes())


@needs_poppler
@pytest.mark.parametrize(
    "word", ["ท้องถิ่น", "ดำเนินการ", "3,822,121.63", "45.00", "๓,๘๒๒,๑๒๑.๖๓", "✓", "48,984.00", "I6:I16"]
)
def test_a_search_finds(text: str, word: str) -> None:
    assert word in text


@needs_poppler
def test_names_and_hashes_of_files_can_be_searched_and_copied_whole(text: str) -> None:
    assert FACTS.plan.export.file_name in text
    assert FACTS.budget.export.sha256 in text


@needs_poppler
def test_no_word_of_the_list_is_broken_over_two_lines(text: str) -> None:
    joined = text.replace("\n", "")
    broken = {word for word in words_kept_whole(FACTS.organisation) if joined.count(word) != text.count(word)}
    assert not broken


@needs_poppler
def test_pages_are_numbered_in_thai(text: str) -> None:
    assert text.split("\f")[3].rstrip().endswith("๓")


def test_it_declares_accessibility_archiving_language_and_outline(example: Release) -> None:
    content = example.files["pdf"].read_bytes()
    for mark in (b"pdfuaid:part", b"pdfaid:part", b"/Lang(th-TH)", b"/MarkInfo", b"/Outlines"):
        assert mark in content


def test_the_same_facts_give_the_same_bytes_in_another_process(example: Release) -> None:
    script = (
        "import hashlib; from tests.reports.facts import FACTS; from tests.reports.test_pdf import made;"
        "print(hashlib.sha256(made(FACTS)).hexdigest())"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=True, text=True)
    content = example.files["pdf"].read_bytes()
    assert made(FACTS) == content
    assert other.stdout.strip() == hashlib.sha256(content).hexdigest()


@needs_poppler
def test_hostile_names_come_out_whole() -> None:
    lines = tuple(replace(BUDGET_LINES[0], project=name, source_row=row) for row, name in enumerate(HOSTILE, 6))
    projects = tuple(replace(PLAN_PROJECTS[0], project=name, note=name[:40]) for name in HOSTILE)
    found = without_spaces(pdf_text(made(replace(FACTS, budget_lines=lines, plan_projects=projects))))
    for name in HOSTILE:
        assert found.count(without_spaces(name)) >= 2, name


@needs_poppler
def test_a_hostile_organisation_comes_out_whole() -> None:
    organisation = replace(FACTS.organisation, name='เทศบาลตำบล#panic("ก")[x]$', district="*", province="น่าน")
    assert 'เทศบาลตำบล#panic("ก")[x]$' in without_spaces(pdf_text(made(replace(FACTS, organisation=organisation))))


@needs_poppler
def test_one_emoji_does_not_stop_the_report_and_is_told() -> None:
    projects = (replace(PLAN_PROJECTS[0], project="เด็กดี😀\nมีวินัย"), *PLAN_PROJECTS[1:])
    found = pdf_text(made(replace(FACTS, plan_projects=projects)))
    assert "เด็กดี□" in found
    assert "U+1F600" in found


@needs_poppler
def test_six_hundred_lines_of_thirteen_digits_are_all_there() -> None:
    big = 999_999_999_999_999  # 9,999,999,999,999.99 baht
    lines = tuple(
        BudgetLine(row, "", f"งานที่ {row // 50}", "งบ", "ประเภท", f"รายการที่ {row}", big, big, big, big, big, big)
        for row in range(600)
    )
    found = pdf_text(made(replace(FACTS, budget_lines=lines)))
    assert found.count("9,999,999,999,999.99") >= 600 * 6
    assert "5,999,999,999,999,994.00" in found  # the total of 600 lines
    assert found.count("งบประมาณอนุมัติ (บาท)") > 10  # the head is repeated on every page


@needs_poppler
def test_the_heads_of_a_group_are_repeated_on_every_page_that_it_goes_on_to() -> None:
    lines = tuple(
        replace(BUDGET_LINES[row % 11], programme="แผนงานการศึกษา", work=f"งานที่ {row // 90}", source_row=row + 6)
        for row in range(100)
    )
    pages = [without_spaces(page) for page in pdf_text(made(replace(FACTS, budget_lines=lines))).split("\f")]
    going_on = [page for page in pages if "งบประมาณอนุมัติ(บาท)" in page]
    assert len(going_on) > 2
    assert [page for page in going_on if "แผนงานการศึกษา" not in page or "งานที่" not in page] == []


@pytest.mark.parametrize("digits", ["mixed", "thai"])
def test_amounts_of_thirteen_digits_are_not_clipped_and_leave_room_for_names(digits: Digits) -> None:
    report = documents_of(VAST, figures_of(VAST), words_of(None, ()), 1, (), digits)["measures"]
    glance = next(block for block in report.chapters[0].blocks if isinstance(block, KeyFigures))
    with pypdfium2.PdfDocument(pdf_of(report, VAST.organisation)) as pages:
        opening = pages[2].get_textpage()
        boxes = [line_box(opening, figure.value) for figure in glance.figures[:3]]
        names = [page.get_textpage() for page in pages if "สรุปการใช้จ่าย" in page.get_textpage().get_text_range()]
        left, _, right, _ = line_box(names[0], "เป็นงบกลางอุดหนุน")
    assert all(right < left for (_, _, right, _), (left, *_) in pairwise(boxes))
    assert right - left > 30  # points: the name stands on one line


def line_box(text: pypdfium2.PdfTextPage, wanted: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a text that must stand on one line."""
    searched = text.search(wanted)
    found = searched.get_next()
    assert found, wanted
    boxes = [text.get_charbox(place) for place in range(found[0], found[0] + found[1])]
    assert max(box[1] for box in boxes) - min(box[1] for box in boxes) < 12, wanted
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def test_the_whole_year_and_empty_files_make_a_report() -> None:
    empty = replace(facts_of(Period(FiscalYear(2566), Half.FULL)), budget_lines=(), plan_projects=())
    assert made(empty).startswith(b"%PDF")


def links_of(content: bytes) -> list[tuple[int, int]]:
    """Each inner link of a PDF: the page on which it stands and the page to which it leads, from 0."""
    found: list[tuple[int, int]] = []
    with pypdfium2.PdfDocument(content) as pages:
        for number, page in enumerate(pages):
            place, link = ctypes.c_int(0), pypdfium2_c.FPDF_LINK()
            while pypdfium2_c.FPDFLink_Enumerate(page.raw, place, link):
                if target := pypdfium2_c.FPDFLink_GetDest(pages.raw, link):
                    found.append((number, pypdfium2_c.FPDFDest_GetDestPageIndex(pages.raw, target)))
    return found


@pytest.mark.parametrize("kind", ["pdf", "budget_pdf", "plan_pdf"])
def test_each_figure_leads_to_its_entry_in_the_annex(example: Release, kind: str) -> None:
    content = example.files[kind].read_bytes()
    with pypdfium2.PdfDocument(content) as pages:
        texts = [page.get_textpage().get_text_range() for page in pages]
        chapters = [entry.get_title() for entry in pages.get_toc() if entry.level == 0]
    annex = next(number for number, text in enumerate(texts) if number > 1 and "แหล่งข้อมูลและที่มาของตัวเลข" in text)
    method = next(number for number, text in enumerate(texts) if number > 1 and "วิธีคำนวณและข้อสมมติ" in text)
    leading = [target for number, target in links_of(content) if number > 1]  # not those of the contents
    assert len(leading) >= 8
    assert set(leading) <= set(range(annex, method))
    assert chapters[0] == "บทนำ" and chapters[-1] == "ภาคผนวก ค วิธีคำนวณและข้อสมมติ"
