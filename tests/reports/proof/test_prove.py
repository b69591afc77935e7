"""The proof stops a release when one file says another number."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import reports.files
from expectations.comments_file import LONGEST
from reports.chapters.document import Document
from reports.chapters.report import documents_of
from reports.docx import template_bytes
from reports.figures import figures_of
from reports.files import WordTemplate, contents_of
from reports.proof.prove import prove
from reports.release import Release, make_release
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, LAST_YEAR, PLAN_PROJECTS, comment, commented
from tests.reports.test_pdf import HOSTILE
from warehouse.vocabulary.errors import Damaged
from warehouse.vocabulary.records import BudgetLine, ReportFacts, Status

pytestmark = pytest.mark.slow

WRONG_LINE = replace(
    FACTS, budget_lines=(replace(BUDGET_LINES[0], disbursed=4_898_500, remaining=11_901_500), *BUDGET_LINES[1:])
)
WRONG_PLAN = replace(FACTS, plan_projects=(replace(PLAN_PROJECTS[0], status=Status.COMPLETED), *PLAN_PROJECTS[1:]))
PROVEN = [f"{stem}.{form}" for stem in ("report", "budget", "plan") for form in ("pdf", "html", "docx")]
PROVEN += ["report.xlsx", "budget.csv", "plan.csv"]
COMMENTED = (*PROVEN[:10], "findings.csv")
TRUE_FIGURES = figures_of(FACTS)
TRUE_DOCUMENTS = documents_of(FACTS, TRUE_FIGURES, words_of(None, ()), 1, ())


def files_of(facts: ReportFacts) -> dict[str, bytes]:
    """All files of these facts."""
    figures, words = figures_of(facts), words_of(None, ())
    documents = documents_of(facts, figures, words, 1, ())
    return contents_of(facts, figures, words, documents, WordTemplate(template_bytes(None)))


@pytest.fixture(scope="module")
def true(example: Release) -> dict[str, bytes]:
    """The files of the example."""
    return {path.name: path.read_bytes() for path in example.files.values()}


@pytest.fixture(scope="module")
def wrong() -> dict[str, bytes]:
    """The files that renderers would make who were told one wrong line and one wrong status."""
    return files_of(replace(WRONG_LINE, plan_projects=WRONG_PLAN.plan_projects))


def test_true_files_pass(true: dict[str, bytes]) -> None:
    prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, true)


@pytest.mark.parametrize("file", PROVEN)
def test_a_file_that_says_another_number_is_named_with_both_values(
    file: str, true: dict[str, bytes], wrong: dict[str, bytes]
) -> None:
    with pytest.raises(Damaged) as raised:
        prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, {**true, file: wrong[file]})
    for message in (raised.value.words.th, raised.value.words.en):
        assert file in message
        assert re.search(r"\(\w+\)|แถว \d+", message)  # the figure's key, or the line
        assert len(re.findall(r"[\d๐-๙][\d๐-๙,.]*", message.split(file)[1])) >= 2


def test_the_message_names_figure_file_and_both_values(true: dict[str, bytes], wrong: dict[str, bytes]) -> None:
    with pytest.raises(Damaged) as raised:
        prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, {**true, "report.html": wrong["report.html"]})
    assert "เบิกจ่าย (disbursed) ในไฟล์ report.html เป็น 3,822,122.63 แต่ต้องเป็น 3,822,121.63" in raised.value.words.th


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '<a class="figure" href="#figure-disbursed">๓,๘๒๒,๑๒๑.๖๓</a>',
            '<a class="figure" href="#figure-disbursed">๓</a>',
        ),
        ("<strong>3,822,121.63</strong>", "<strong>3,822,121.64</strong>"),  # in a note on where it comes from
        (
            '<td class="right whole-text">2,755,400.00</td>',
            '<td class="right whole-text">2,755,400.01</td>',
        ),  # one line
        ("4,671,008.37</a></td>", "4,671,008.38</a></td>"),  # a total
    ],
    ids=["sentence", "note", "line", "total"],
)
def test_one_changed_number_on_the_page_is_seen(old: str, new: str, true: dict[str, bytes]) -> None:
    page = true["report.html"].decode("utf-8")
    assert old in page
    changed = page.replace(old, new) if "4,671" not in old else new.join(page.rsplit(old, 2))
    with pytest.raises(Damaged, match=r"report\.html"):
        prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, {**true, "report.html": changed.encode("utf-8")})


def test_a_subtotal_of_the_workbook_that_says_otherwise_than_its_lines_is_seen(true: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(true["report.xlsx"])) as kept:
        parts = {name: kept.read(name) for name in kept.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode("utf-8")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<v>3822121.63</v>", "<v>3822121.64</v>", 1).encode("utf-8")
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    said = r"เบิกจ่าย ของ รวมงบกลาง in report\.xlsx is 3822121\.64, but must be 3822121\.63"
    with pytest.raises(Damaged, match=said):
        prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, {**true, "report.xlsx": changed.getvalue()})


@pytest.mark.parametrize("file", ["report.xlsx", "plan.csv"])
def test_two_projects_that_changed_places_are_seen_though_every_sum_stays(file: str, true: dict[str, bytes]) -> None:
    first, second, *others = PLAN_PROJECTS
    swapped = replace(first, budget=second.budget), replace(second, budget=first.budget)
    wrong = files_of(replace(FACTS, plan_projects=(*swapped, *others)))
    with pytest.raises(Damaged, match=f"{re.escape(file)} is .6, 1, 3000000"):
        prove(FACTS, TRUE_FIGURES, TRUE_DOCUMENTS, {**true, file: wrong[file]})


def test_a_line_that_is_missing_is_seen_even_if_another_looks_the_same() -> None:
    twins = (*BUDGET_LINES[:1] * 2, *BUDGET_LINES[1:])
    facts = replace(FACTS, budget_lines=twins)
    figures = figures_of(facts)
    documents = documents_of(facts, figures, words_of(None, ()), 1, ())
    page = files_of(facts)["report.html"].decode("utf-8")
    row = re.search(
        r'<tr class="line">(?:(?!</tr>).)*ประกันสังคม(?:(?!</tr>).)*</tr>\n', page.split("table-budget-lines")[-1], re.S
    )
    assert row
    with pytest.raises(Damaged, match="แถว 6"):
        prove(
            facts, figures, documents, {**files_of(facts), "report.html": page.replace(row[0], "", 1).encode("utf-8")}
        )


@pytest.mark.parametrize("renderer", ["pdf_of", "html_of", "docx_of"])
def test_a_renderer_that_is_told_wrong_figures_makes_no_release(
    renderer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = figures_of(WRONG_LINE)
    tampered = documents_of(WRONG_LINE, figures, words_of(None, ()), 1, ())["measures"]
    true_renderer = getattr(reports.files, renderer)

    def told_wrong(document: Document, *more: object) -> object:
        return true_renderer(tampered, *more)

    monkeypatch.setattr(reports.files, renderer, told_wrong)
    with pytest.raises(Damaged):
        make_release(FACTS, words_file=None, releases=tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def with_comments(text: str) -> ReportFacts:
    """Facts with a comment on a finding of each file."""
    on_plan = comment("missing_dimensions", None, None, text)
    return commented(comment("months_in_title", "A2", "5", text), on_plan)


@pytest.fixture(scope="module")
def commented_files() -> dict[str, dict[str, bytes]]:
    """The files of two comments that differ in one letter, and of none."""
    return {text: files_of(with_comments(text) if text else FACTS) for text in ("หัวตารางพิมพ์ผิด", "หัวตารางพิมพ์ผัด", "")}


@pytest.mark.parametrize("other", ["หัวตารางพิมพ์ผัด", ""])
@pytest.mark.parametrize("file", COMMENTED)
def test_a_file_that_prints_another_comment_or_none_is_named(
    file: str, other: str, commented_files: dict[str, dict[str, bytes]]
) -> None:
    facts = with_comments("หัวตารางพิมพ์ผิด")
    documents = documents_of(facts, TRUE_FIGURES, words_of(None, ()), 1, ())
    true = commented_files["หัวตารางพิมพ์ผิด"]
    prove(facts, TRUE_FIGURES, documents, true)
    with pytest.raises(Damaged, match=re.escape(file)):
        prove(facts, TRUE_FIGURES, documents, {**true, file: commented_files[other][file]})


def test_the_longest_comments_on_many_findings_pass_though_their_rows_go_on_over_pages() -> None:
    sentence = "รายการนี้ได้รับอนุมัติจากสภาท้องถิ่นแล้ว ตามรายงานการประชุม (ครั้งที่ 2/2566) "
    finding = FACTS.budget.findings[1]
    findings = tuple(replace(finding, cell=f"A{row}") for row in range(6, 18))
    said = [
        comment(finding.rule, f"A{row}", finding.observed, f"{row} {sentence * 13}"[: LONGEST - row].strip())
        for row in range(6, 18)
    ]
    facts = replace(FACTS, budget=replace(FACTS.budget, findings=findings, comments=tuple(said)))
    documents = documents_of(facts, TRUE_FIGURES, words_of(None, ()), 1, ())
    prove(facts, TRUE_FIGURES, documents, files_of(facts))


def test_earlier_periods_empty_files_and_hostile_names_pass() -> None:
    lines = tuple(replace(BUDGET_LINES[0], project=name, source_row=row) for row, name in enumerate(HOSTILE, 6))
    projects = tuple(replace(PLAN_PROJECTS[0], project=name, note=name[:40]) for name in HOSTILE)
    for facts in (
        replace(FACTS, earlier=(LAST_YEAR,)),
        replace(FACTS, budget_lines=(), plan_projects=()),
        replace(FACTS, budget_lines=lines, plan_projects=projects),
    ):
        figures = figures_of(facts)
        prove(facts, figures, documents_of(facts, figures, words_of(None, ()), 1, ()), files_of(facts))


def test_a_total_of_more_digits_than_a_cell_can_hold_stops_no_release() -> None:
    big = 999_999_999_999_987  # 9,999,999,999,999.87 baht; 37 of them end in .19
    lines = tuple(
        replace(BUDGET_LINES[0], source_row=row, approved=big, disbursed=1, remaining=big - 1) for row in range(37)
    )
    facts = replace(FACTS, budget_lines=lines)
    figures = figures_of(facts)
    prove(facts, figures, documents_of(facts, figures, words_of(None, ()), 1, ()), files_of(facts))


def test_a_hundred_lines_with_names_of_three_hundred_characters_pass() -> None:
    name = "โครงการส่งเสริมการมีส่วนร่วมของประชาชนในท้องถิ่น 😀" * 6
    lines = tuple(
        BudgetLine(
            row,
            "",
            f"งานที่ {row // 20}",
            "งบ",
            "ประเภท",
            f"{name}{row}",
            10**14,
            5,
            7,
            11,
            row % 2,
            10**14 - 13 - row % 2,
        )
        for row in range(100)
    )
    facts = replace(FACTS, budget_lines=lines)
    figures = figures_of(facts)
    prove(facts, figures, documents_of(facts, figures, words_of(None, ()), 1, ()), files_of(facts))
