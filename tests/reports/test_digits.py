"""Thai or Arabic digits, by setting, in all that people read; what a file says keeps its own."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.chapters.document import Bar, Cell, Chart, Digits, Document, Run, Table
from reports.chapters.report import documents_of
from reports.digits import in_digits
from reports.figures import figures_of
from reports.proof.statements import says
from reports.release import Release, make_release
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, LAST_YEAR, PLAN_PROJECTS, RULES
from tests.reports.reading import Page, needs_poppler, pdf_text
from tests.reports.test_docx import part_of, text_of

pytestmark = pytest.mark.slow

NAMED = "ซื้อเครื่องพิมพ์ 2 เครื่อง ตามแผน ๒๕๖๖"
NUMBERED = replace(
    FACTS,
    budget_lines=(replace(BUDGET_LINES[0], project=NAMED), *BUDGET_LINES[1:]),
    plan_projects=(replace(PLAN_PROJECTS[0], project=NAMED, note="ครั้งที่ 3"), *PLAN_PROJECTS[1:]),
    earlier=(LAST_YEAR,),
    rules=RULES,
)


@pytest.fixture(scope="module", params=["thai", "arabic"])
def digits(request: pytest.FixtureRequest) -> Digits:
    """Each setting but the usual one."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def release(digits: Digits, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release in these digits: it was read back and proven when it was made."""
    folder = Path(tmp_path_factory.mktemp("digits"))
    return make_release(NUMBERED, words_file=None, releases=folder, digits=digits)


def document(digits: Digits) -> Document:
    """The measures report in these digits."""
    figures = figures_of(NUMBERED)
    return documents_of(NUMBERED, figures, words_of(None, ()), 1, (), digits)["measures"]


def not_quoted(value: object) -> str:
    """Every text of a document that is not quoted from a file, of those that have digits of ours."""
    if isinstance(value, Run | Cell | Bar) and value.quoted:
        return ""
    if isinstance(value, Run | Cell):
        return value.text
    if isinstance(value, Bar):
        return " ".join((value.label, value.whole, value.part, value.percent))
    children = value if isinstance(value, tuple) else ()
    if hasattr(value, "__dataclass_fields__"):
        children = tuple(getattr(value, name) for name in value.__dataclass_fields__)
    return " ".join(map(not_quoted, children))


def test_all_that_is_ours_is_in_the_digits_that_are_set(digits: Digits) -> None:
    told = not_quoted(document(digits))
    assert len(told) > 2000
    others = "[0-9]" if digits == "thai" else "[๐-๙]"
    assert re.findall(f".{{0,20}}{others}.{{0,20}}", told) == []


def test_names_and_cells_of_a_file_keep_their_digits(release: Release) -> None:
    page = Page(release.files["html"].read_text("utf-8"))
    word = text_of(release.files["docx"].read_bytes())
    for text in (page.text, word):
        for quoted in (NAMED, "ครั้งที่ 3", FACTS.budget.export.file_name, FACTS.budget.export.sha256, "I6:I16"):
            assert quoted in text


def test_amounts_dates_and_numbered_steps_stand_in_these_digits(release: Release, digits: Digits) -> None:
    page = Page(release.files["html"].read_text("utf-8"))
    word = text_of(release.files["docx"].read_bytes())
    ours, others = ("๓,๘๒๒,๑๒๑.๖๓", "3,822,121.63") if digits == "thai" else ("3,822,121.63", "๓,๘๒๒,๑๒๑.๖๓")
    day = "๑๑ เมษายน ๒๕๖๖" if digits == "thai" else "11 เมษายน 2566"
    for text in (page.text, word):
        assert ours in text and others not in text
        assert day in text
    assert ("๑.ตรวจทาน" if digits == "thai" else "1.ตรวจทาน") in word
    assert ("arabic-digits" in dict(page.elements)["main"].get("class", "")) == (digits == "arabic")


@needs_poppler
def test_pages_are_numbered_in_these_digits(release: Release, digits: Digits) -> None:
    text = pdf_text(release.files["pdf"].read_bytes())
    assert text.split("\f")[3].rstrip().endswith("๓" if digits == "thai" else "3")
    numbers = 'w:fmt="thaiNumbers"' if digits == "thai" else 'w:fmt="decimal"'
    assert numbers in part_of(release.files["docx"].read_bytes(), "word/document.xml")


def test_labels_have_their_english_in_any_digits(release: Release) -> None:
    assert '<span data-en="Budget execution, first six months">' in release.files["html"].read_text("utf-8")


def test_the_workbook_and_the_open_data_hold_numbers_as_before(release: Release) -> None:
    plain = make_release(NUMBERED, words_file=None, releases=release.folder.parents[2] / "mixed")
    for kind in ("budget_csv", "plan_csv", "datapackage"):
        assert release.files[kind].read_bytes() == plain.files[kind].read_bytes()


def test_other_digits_are_another_version(tmp_path: Path) -> None:
    for digits, name in (("mixed", "v1"), ("thai", "v2"), ("thai", "v2")):
        assert make_release(FACTS, words_file=None, releases=tmp_path, digits=digits).folder.name == name  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "right"), [("3,822,121.63", True), ("๓,๘๒๒,๑๒๑.๖๓", True), ("๓,๘๒๒,๑๒๑.๖๔", False)])
def test_the_proof_reads_a_figure_in_both_digits(text: str, right: bool) -> None:
    assert says(figures_of(FACTS)["disbursed"], text) is right


def test_a_progress_chart_is_ours_and_a_chart_of_programmes_is_named_by_the_file(digits: Digits) -> None:
    blocks = [block for chapter in document(digits).chapters for block in chapter.blocks]
    progress = next(block for block in blocks if isinstance(block, Chart) and block.id == "chart-progress")
    assert progress.bars[0].label == ("ปี ๒๕๖๕ รอบ ๖ เดือน" if digits == "thai" else "ปี 2565 รอบ 6 เดือน")
    table = next(block for block in blocks if isinstance(block, Table) and block.id == "table-budget-summary")
    assert table.rows[0].cells[0].quoted


def test_digits_can_be_set_again_and_again() -> None:
    assert in_digits(document("thai"), "mixed") == document("mixed")


def test_a_row_that_sums_up_other_groups_is_ours() -> None:
    lines = tuple(
        replace(BUDGET_LINES[0], source_row=row, programme=f"แผนงานที่ {row}", work="", category="") for row in range(14)
    )
    facts = replace(NUMBERED, budget_lines=lines)
    told = documents_of(facts, figures_of(facts), words_of(None, ()), 1, (), "thai")["measures"]
    blocks = [block for chapter in told.chapters for block in chapter.blocks]
    table = next(block for block in blocks if isinstance(block, Table) and block.id == "table-budget-summary")
    chart = next(block for block in blocks if isinstance(block, Chart) and block.id == "chart-budget")
    for labels in ([row.cells[0].text for row in table.rows], [bar.label for bar in chart.bars]):
        assert labels[0] == "แผนงานที่ 0"
        assert "อื่น ๆ รวม ๓ กลุ่ม" in labels
