"""The page: self-contained, accessible, every text escaped."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.chapters.report import report_of
from reports.figures import figures_of
from reports.html import html_of
from reports.origins import origin_notes
from reports.release import Release
from reports.words import words_of
from tests.reports.facts import FACTS, PLAN_PROJECTS
from tests.reports.reading import Page
from tests.reports.test_pdf import HOSTILE
from warehouse.vocabulary.records import ReportFacts


def made(facts: ReportFacts, words_file: Path | None = None) -> str:
    """The page of these facts."""
    figures = figures_of(facts)
    return html_of(report_of(facts, figures, words_of(words_file, figures), 1, ()), origin_notes(facts, figures))


@pytest.fixture(scope="module")
def page(example: Release) -> Page:
    """The page of the example."""
    return Page(example.files["html"].read_text("utf-8"))


def test_it_asks_the_network_for_nothing(example: Release, page: Page) -> None:
    assert not [tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "embed")]
    assert [attributes for tag, attributes in page.elements if tag == "script"] == [{}]
    assert all(attributes["href"].startswith("#") for tag, attributes in page.elements if "href" in attributes)
    content = example.files["html"].read_text("utf-8")
    assert all(address.startswith("data:font/woff2;base64,") for address in re.findall(r"url\(([^)]*)", content))


@pytest.mark.parametrize("name", ["budget", "plan"])
def test_the_follow_ups_are_pages_of_their_own(example: Release, name: str) -> None:
    content = example.files[f"{name}_html"].read_text("utf-8")
    found = Page(content)
    ids = {attributes["id"] for _, attributes in found.elements if "id" in attributes}
    assert {attributes["href"][1:] for _, attributes in found.elements if "href" in attributes} <= ids
    assert ("measure-1" in ids, name in ids, "sources" in ids) == (False, True, True)


def test_its_one_script_is_allowed_by_its_hash_and_no_other(example: Release) -> None:
    content = example.files["html"].read_text("utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", content, re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    assert f"script-src 'sha256-{hashed}'" in content


def test_labels_have_english_and_names_of_projects_do_not() -> None:
    projects = (replace(PLAN_PROJECTS[0], project="รายการ"), *PLAN_PROJECTS[1:])
    page = made(replace(FACTS, plan_projects=projects))
    assert '<span data-en="Budget execution, first six months">ผลการใช้จ่ายงบประมาณ รอบ ๖ เดือน</span>' in page
    assert '<th scope="row" class="left words long">รายการ</th>' in page


def test_it_has_language_landmarks_and_one_heading_of_the_first_level(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert dict(page.elements)["html"]["lang"] == "th"
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]


def test_every_table_has_a_caption_and_every_head_cell_its_scope(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert tags.count("caption") == tags.count("table") >= 8
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")


def test_ids_are_unique_and_every_link_has_its_target(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for _, attributes in page.elements if "href" in attributes}
    targets |= {attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes}
    assert targets <= set(ids)


def test_a_figure_in_a_sentence_tells_its_file_sheet_and_cells(page: Page) -> None:
    assert [tag for tag, _ in page.elements].count("details") > 10
    told = "ไฟล์ 751NH_elaas_2566_1.xlsx แผ่นงาน รายงาน เซลล์ I6:I16\ne-LAAS: พบข้อสังเกต 3 ข้อ แก้ไขแล้ว 1 ข้อ (ภาคผนวก ก)"
    assert told in page.text


def test_the_chart_has_a_text_alternative_with_its_numbers(page: Page) -> None:
    charts = [attributes["aria-label"] for _, attributes in page.elements if attributes.get("role") == "img"]
    assert len(charts) == 2
    assert "รายจ่ายตามสัญญา เบิกจ่าย 438,292.63 จาก 769,000.00 บาท (ร้อยละ 57.00)" in charts[0]
    assert charts[1] == "แผนภูมิแท่ง มิติที่ 1: รอรายงาน 4 · อยู่ระหว่างดำเนินการ 3"


def test_pdf_and_page_print_the_same_figures(example: Release, page: Page) -> None:
    for figure in figures_of(FACTS).values():
        assert (figure.printed or "ไม่มีข้อมูล") in page.text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_and_nothing_else(name: str) -> None:
    projects = (replace(PLAN_PROJECTS[0], project=name), *PLAN_PROJECTS[1:])
    found = Page(made(replace(FACTS, plan_projects=projects)))
    assert name in found.text
    assert "b" not in {tag for tag, _ in found.elements}


def test_evidence_is_linked(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[measure.1]\nevidence = [{ title = "หน้า <ก>", url = "https://example.go.th/?a=1&b=2" }]', "utf-8")
    found = Page(made(FACTS, words))
    assert ("a", {"href": "https://example.go.th/?a=1&b=2"}) in found.elements
    assert "หน้า <ก>" in found.text


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["#ffffff", "tint", "deep"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
def test_colours_keep_a_contrast_that_everyone_can_read(ink: str, ground: str) -> None:
    css = (Path(__file__).parents[2] / "reports" / "templates" / "report.css").read_text("utf-8")
    palette = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    lighter, darker = luminance(palette.get(ground, ground)), luminance(palette[ink])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
