"""The Word document, and templates that officers edited."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reports.chapters.document import Digits, Table
from reports.chapters.report import documents_of, report_of
from reports.docx import TEMPLATE, copy_template, docx_of, template_bytes
from reports.docx_blocks import column_widths
from reports.figures import figures_of
from reports.release import Release, make_release
from reports.templates.build_docx import HEADINGS, STYLES, template
from reports.words import words_of
from tests.reports.facts import FACTS, PLAN_PROJECTS, VAST
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.records import ReportFacts

pytestmark = pytest.mark.slow

FIGURES = figures_of(FACTS)
REPORT = report_of(FACTS, FIGURES, words_of(None, ()), 1, ())


def edited(change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The house's template with one part changed."""
    return with_parts({part: change(part_of(TEMPLATE.read_bytes(), part))})


def with_parts(parts: dict[str, str | bytes]) -> bytes:
    """The house's template with parts changed or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return written.getvalue()


def with_paragraph(text: str) -> bytes:
    """The house's template with one more paragraph at its beginning."""
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return edited(lambda xml: xml.replace("<w:body>", f"<w:body>{paragraph}", 1))


def part_of(content: bytes, part: str) -> str:
    """One part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part).decode("utf-8")


def text_of(content: bytes) -> str:
    """What stands in the body."""
    return re.sub(r"<[^>]+>", "", part_of(content, "word/document.xml").replace("</w:p>", "\n"))


def refused(content: bytes) -> str:
    """The message that a template gets."""
    with pytest.raises(WrongSettings) as raised:
        docx_of(REPORT, FIGURES, content, "แม่แบบ.docx")
    assert "แม่แบบ.docx" in raised.value.words.th
    assert "แม่แบบ.docx" in raised.value.words.en
    return raised.value.words.th


def test_it_says_what_the_report_says(example: Release) -> None:
    text = text_of(example.files["docx"].read_bytes())
    for chapter in REPORT.chapters:
        assert chapter.heading in text
    assert "เบิกจ่ายแล้ว ๓,๘๒๒,๑๒๑.๖๓ บาท" in text
    assert "{{" not in text


def test_the_follow_ups_have_their_own_chapters_and_no_empty_pages(example: Release) -> None:
    documents = documents_of(FACTS, FIGURES, words_of(None, ()), 1, ())
    for name, sections in (("budget", 5), ("plan", 6)):
        xml = part_of(example.files[f"{name}_docx"].read_bytes(), "word/document.xml")
        assert re.findall('<w:pStyle w:val="Heading1"/>', xml) == ['<w:pStyle w:val="Heading1"/>'] * len(
            documents[name].chapters
        )
        assert xml.count("<w:sectPr") == sections  # cover, chapters, wide table, wide annexes, method; no more
        assert "มาตรการที่" not in text_of(example.files[f"{name}_docx"].read_bytes())


def test_its_contents_stand_there_and_lead_to_each_chapter(example: Release) -> None:
    xml = part_of(example.files["docx"].read_bytes(), "word/document.xml")
    entries = re.findall(r'<w:hyperlink w:anchor="(\w+)"[^>]*><w:r><w:t [^>]*>([^<]*)</w:t>', xml)
    assert [heading for _, heading in entries] == [chapter.heading for chapter in REPORT.chapters]
    for name, heading in entries:
        bookmarked = re.search(rf'w:name="{name}"/>(.*?)<w:bookmarkEnd', xml, re.S)
        assert bookmarked and heading in bookmarked[1]
    kinds = re.findall(r'w:fldCharType="(\w+)"', xml)
    assert kinds == ["begin", "separate", "end"]
    assert ' TOC \\o "1-1"' in xml


def test_a_chapter_that_an_officer_took_out_is_not_in_the_contents() -> None:
    short = edited(lambda xml: xml.replace("{{p method.body }}", "").replace("{{ method.heading }}", ""))
    xml = part_of(docx_of(REPORT, FIGURES, short), "word/document.xml")
    assert xml.count("<w:hyperlink") == len(REPORT.chapters) - 1


def test_a_template_without_contents_has_none() -> None:
    plain = edited(lambda xml: xml.replace("{{p contents }}", ""))
    assert "<w:hyperlink" not in part_of(docx_of(REPORT, FIGURES, plain), "word/document.xml")


def test_a_template_that_prints_a_chapter_which_the_report_lacks_is_told_how_to_ask_for_it() -> None:
    told = refused(with_paragraph("{{ changes.heading }}"))
    assert "{%p if ชื่อบท %}" in told and "changes" in told


def test_the_same_report_gives_the_same_bytes(example: Release) -> None:
    assert docx_of(REPORT, FIGURES, template_bytes(None)) == example.files["docx"].read_bytes()


def test_the_template_is_what_its_script_makes() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(template()) == parts(TEMPLATE.read_bytes())


def test_every_style_has_the_attributes_that_thai_needs() -> None:
    styles = part_of(TEMPLATE.read_bytes(), "word/styles.xml")
    found = re.findall(r'(<w:style [^>]*w:styleId="(\w+)".*?</w:style>)', styles, re.S)
    ours = [style for style, name in found if name in {*STYLES, *HEADINGS}]
    assert len(ours) == len(STYLES) + len(HEADINGS)
    for style in ours:
        assert 'w:cs="Sarabun Muni"' in style
        assert "<w:szCs " in style and "<w:bCs " in style
        assert 'w:bidi="th-TH"' in style


def test_its_fonts_are_inside_and_its_pages_numbered_in_thai(example: Release) -> None:
    with zipfile.ZipFile(example.files["docx"]) as archive:
        assert {"word/fonts/font1.odttf", "word/fonts/font2.odttf"} <= set(archive.namelist())
        assert b'w:fmt="thaiNumbers"' in archive.read("word/document.xml")


def test_names_that_look_like_tags_or_markup_are_text() -> None:
    names = ("{{ title }} {% if %}", "<w:p/> & <b>", "{_{ title }_}", 'x"y')
    projects = tuple(replace(PLAN_PROJECTS[0], project=name) for name in names)
    facts: ReportFacts = replace(FACTS, plan_projects=projects)
    figures = figures_of(facts)
    report = report_of(facts, figures, words_of(None, ()), 1, ())
    xml = part_of(docx_of(report, figures, template_bytes(None)), "word/document.xml")
    for name in names:
        assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in xml


def test_an_officer_copies_edits_and_uses_a_template(tmp_path: Path) -> None:
    path = copy_template(tmp_path)
    with pytest.raises(WrongSettings, match="there already"):
        copy_template(tmp_path)
    path.write_bytes(with_paragraph("สรุป: เบิกจ่าย {{ figure.disbursed }} บาท ของ {{ organisation }}"))
    made = make_release(FACTS, words_file=None, releases=tmp_path / "releases", template=path)
    assert "สรุป: เบิกจ่าย ๓,๘๒๒,๑๒๑.๖๓ บาท ของ เทศบาลตำบลคลองแสนแสบ" in text_of(made.files["docx"].read_bytes())
    assert make_release(FACTS, words_file=None, releases=tmp_path / "releases", template=path).id == made.id
    path.write_bytes(with_paragraph("แก้ไขแล้ว"))
    assert make_release(FACTS, words_file=None, releases=tmp_path / "releases", template=path).id.endswith("v2")


def test_a_template_may_leave_chapters_out(tmp_path: Path) -> None:
    path = tmp_path / "short.docx"
    path.write_bytes(edited(lambda xml: xml.replace("{{p sources.body }}", "").replace("{{ sources.heading }}", "")))
    assert make_release(FACTS, words_file=None, releases=tmp_path / "releases", template=path).new


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{{ disbursd }}", "{{ disbursd }}"),
        ("{{ figure.disbursd }}", "{{ figure.disbursd }}"),
        ("{{ title.__class__.__mro__ }}", "{{ title.__class__.__mro__ }}"),
        ("{{ title.format(title) }}", "{{ title.format(title) }}"),
        ("{{ title * 999999999 }}", "{{ title * 999999999 }}"),
        ("{% for a in figure %}x{% endfor %}", "{% for a in figure %}"),
        ("{% include 'x' %}", "{% include 'x' %}"),
        ("{% set a = title %}", "{% set a = title %}"),
        ("{{ title | }}", "{{ title | }}"),
        ("{{ 7 7 }}", "{{ 7 7 }}"),
        ("{% if changes %}ก", "{% if changes %}"),
        ("{% endif %}", "{% endif %}"),
        ("ก {{ budget.body }} ข", "{{ budget.body }}"),
        ("ก {{ contents }} ข", "{{ contents }}"),
        ("{{ title", "{{ title"),
    ],
)
def test_a_broken_or_hostile_tag_is_named(text: str, named: str) -> None:
    assert named in refused(with_paragraph(text))


def test_all_faulty_tags_are_told_at_once() -> None:
    told = refused(with_paragraph("{{ one }} {{ two }}"))
    assert "{{ one }}" in told and "{{ two }}" in told
    assert "ชื่อที่ใช้ได้: title, subtitle" in told


def test_a_tag_that_word_split_into_runs_is_still_one() -> None:
    runs = "<w:r><w:t>{{ tit</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>le }}</w:t></w:r>"
    content = edited(lambda xml: xml.replace("<w:body>", f"<w:body><w:p>{runs}</w:p>", 1))
    assert text_of(docx_of(REPORT, FIGURES, content)).strip().startswith(REPORT.title)


def test_a_body_beside_a_section_break_is_named() -> None:
    mixed = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{p budget.body }}</w:t></w:r></w:p>"
    assert "ตัวแบ่งส่วน" in refused(edited(lambda xml: xml.replace("<w:body>", f"<w:body>{mixed}", 1)))


def outside(xml: str) -> str:
    """Relationships with a picture that lies elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rX" Type="{kind}" Target="http://evil.example/x.png" TargetMode="External"/>'
    return xml.replace("</Relationships>", relation + "</Relationships>")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"no archive", "ไม่ใช่ไฟล์ .docx"),
        (with_parts({"word/document.xml": "<not closed"}), "เสียหาย"),
        (with_parts({"word/x.xml": "<a/>".encode("utf-16")}), "UTF-8"),
        (with_parts({"word/x.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}), "UTF-8"),
        (edited(outside, "word/_rels/document.xml.rels"), "document.xml.rels"),
        (with_parts({"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
        (with_parts({"word/x.xml": "0" * 70_000_000}), "ใหญ่เกินไป"),
        (
            edited(
                lambda xml: xml.replace("document.main+xml", "document.macroEnabled.main+xml"),
                "[Content_Types].xml",
            ),
            "มาโคร",
        ),
        (
            edited(
                lambda xml: xml.replace(
                    "<w:body>",
                    "<w:body><w:p><w:r><w:instrText>DDE</w:instrText><w:instrText>AUTO c</w:instrText></w:r></w:p>",
                    1,
                )
            ),
            "DDEAUTO",
        ),
        (
            edited(
                lambda xml: xml.replace("<w:body>", '<w:body><w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>', 1)
            ),
            "INCLUDETEXT",
        ),
    ],
    ids=["bytes", "broken", "utf-16", "utf-7", "fetches", "entities", "bomb", "macros", "split field", "field"],
)
def test_a_file_that_fetches_runs_or_is_no_document_is_refused(content: bytes, named: str) -> None:
    assert named in refused(content)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"none\.docx"):
        make_release(FACTS, words_file=None, releases=tmp_path, template=tmp_path / "none.docx")


@pytest.mark.parametrize("digits", ["mixed", "thai"])
def test_amounts_of_thirteen_digits_are_smaller_and_leave_room_for_names(digits: Digits) -> None:
    report = documents_of(VAST, figures_of(VAST), words_of(None, ()), 1, (), digits)["measures"]
    tables = {block.id: block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Table)}
    widths, points = column_widths(tables["table-budget-summary"], 165)
    assert sum(widths) == pytest.approx(165)
    assert 5 <= points < 9
    assert widths[0] > 20  # millimetres for names
    longest = max(len(cell.text) for cell in tables["table-budget-summary"].rows[-1].cells)
    assert min(widths[1], widths[4]) > longest * 1.2 * points / 9 + 4
    xml = part_of(docx_of(report, figures_of(VAST), template_bytes(None)), "word/document.xml")
    assert re.search(r'"FigureValue"/></w:pPr><w:r><w:rPr><w:sz w:val="(1[0-9]|2[0-6])"/>', xml)


def test_usual_amounts_stand_in_the_sizes_of_the_template(example: Release) -> None:
    assert "<w:sz " not in part_of(example.files["docx"].read_bytes(), "word/document.xml")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_reads_every_figure(example: Release, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(example.files["docx"])], check=True, capture_output=True, timeout=100)
    text = (tmp_path / "report.txt").read_text("utf-8-sig")
    for figure in FIGURES.values():
        assert (figure.printed or "ไม่มีข้อมูล") in text
    contents = text.split("สารบัญ")[1]
    assert all(contents.count(chapter.heading) >= 2 for chapter in REPORT.chapters)  # the entry and the heading
