"""The report as a Word document, filled into a template that an officer may edit."""

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reports.chapters.document import Chapter, Document
from reports.characters import fitted
from reports.digits import sentence
from reports.docx_blocks import body_of
from reports.docx_contents import with_contents
from reports.docx_template import check_package, check_tags, environment, unusable
from reports.figure import Figures
from warehouse.vocabulary.errors import Words, WrongSettings

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHAPTERS = (
    *("opening", *(f"measure_{number}" for number in range(1, 8)), "budget", "budget_lines", "plan", "plan_projects"),
    *("quality", "sources", "method", "changes"),
)
"""All that a template may ask for; a chapter that a document does not have is None."""
_TEXTS = ("title", "subtitle", "period", "organisation", "place", "version", "item")
_WITH_TAGS = ("main+xml", "header+xml", "footer+xml", "footnotes+xml")
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_MARK = "\ue0f0"  # a private character: what nobody types marks where a body goes


def copy_template(folder: Path) -> Path:
    """The house's template, copied into a folder, made if need be, for editing. Raises WrongSettings if it is there."""
    target = folder / TEMPLATE.name
    if target.exists():
        raise WrongSettings(
            f"มีไฟล์ {target} อยู่แล้ว กรุณาย้ายหรือเปลี่ยนชื่อก่อน", f"{target} is there already; move or rename it first"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(TEMPLATE.read_bytes())
    except OSError as cause:
        raise WrongSettings(
            f"เขียน {target} ไม่ได้ ({cause.strerror})", f"{target} cannot be written ({cause.strerror})"
        ) from cause
    return target


def template_bytes(path: Path | None) -> bytes:
    """An organisation's own template, or the house's. Raises WrongSettings if it cannot be opened."""
    try:
        return (path or TEMPLATE).read_bytes()
    except OSError as error:
        raise WrongSettings(
            f"เปิดแม่แบบ Word {path} ไม่ได้ กรุณาตรวจที่อยู่ของไฟล์",
            f"Cannot open the Word template {path}: {error.strerror}",
        ) from error


def docx_of(document: Document, figures: Figures, template: bytes, name: str = TEMPLATE.name) -> bytes:
    """The Word document, the same bytes for the same report and template.

    Raises WrongSettings that names the part or the tags of a template that cannot be used.
    """
    from docxtpl import DocxTemplate  # only when a Word document is made
    from jinja2 import UndefinedError
    from lxml import etree

    check_package(template, name)
    context = _context(document, figures, _by_name(document))
    filled = DocxTemplate(io.BytesIO(template))
    try:
        filled.init_docx()
        for source in _sources(filled):
            check_tags(source, context, name)
        _check_section_breaks(filled.docx.element.body, name)
        for each in _PROPERTIES:
            setattr(filled.docx.core_properties, each, "")
        filled.render(context, environment())
    except UndefinedError as error:
        raise unusable(name, _missing(context)) from error
    except (KeyError, ValueError, AttributeError, TypeError, etree.LxmlError) as error:
        raise unusable(name, Words("เปิดไม่ได้หรือโครงสร้างภายในเสียหาย", f"is damaged inside: {error}")) from error
    properties = filled.docx.core_properties
    properties.title, properties.author = document.title[:255], document.organisation[:255]
    properties.last_modified_by, properties.language = document.organisation[:255], "th-TH"
    properties.created = properties.modified = datetime.datetime.fromisoformat(document.date)
    content = io.BytesIO()
    filled.docx.save(content)
    return _finished(content.getvalue(), str(filled.docx.part.partname).removeprefix("/"), document, name)


def _context(document: Document, figures: Figures, chapters: Mapping[str, Chapter]) -> dict[str, Any]:
    """All names that a template may use."""
    from markupsafe import Markup

    told = {
        name: {
            "heading": fitted(chapter.heading),
            "body": Markup(_mark(name)),  # noqa: S704  # our own names
        }
        for name, chapter in chapters.items()
    }
    return {
        **{name: fitted(getattr(document, name)) for name in _TEXTS},
        "figure": {
            key: f"(ไม่มีข้อมูล: {figure.title})" if figure.printed is None else sentence(figure.printed, document.digits)
            for key, figure in figures.items()
        },
        "contents": Markup(_mark("contents")),  # noqa: S704
        **dict.fromkeys(CHAPTERS),
        **told,
    }


def _missing(context: Mapping[str, Any]) -> Words:
    """What an officer is told whose template prints a chapter that the document does not have."""
    names = ", ".join(name for name in CHAPTERS if context[name] is None)
    return Words(
        f"พิมพ์บทที่เอกสารฉบับนี้ไม่มี ({names}) กรุณาครอบบทนั้นด้วย {{%p if ชื่อบท %}} และ {{%p endif %}} ดังในแม่แบบเดิม",
        f"prints a chapter that this document lacks ({names}): put it between {{%p if NAME %}} and {{%p endif %}}",
    )


def _sources(filled: Any) -> Iterator[str]:
    """The text with tags of each part, one line a paragraph, as they will be filled."""
    for part in filled.docx.part.package.parts:
        if part.content_type.endswith(_WITH_TAGS):
            whole = filled.get_xml() if part is filled.docx.part else part.blob.decode("utf-8")
            yield filled.patch_xml(whole).replace("<w:p ", "\n<w:p ").replace("<w:p>", "\n<w:p>")


def _check_section_breaks(body: Any, name: str) -> None:
    """Raise WrongSettings where filling a body would take a section break with it."""
    for paragraph in body.iter(f"{_W}p"):
        text = "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
        if "{{p" in text and paragraph.find(f".//{_W}sectPr") is not None:
            raise unusable(
                name,
                Words(
                    f"แท็ก {text.strip()} อยู่ในย่อหน้าเดียวกับตัวแบ่งส่วน กรุณาเว้นย่อหน้าว่างก่อนตัวแบ่งส่วน",
                    f"the tag {text.strip()} shares its paragraph with a section break; put an empty one between them",
                ),
            )


def _finished(content: bytes, main: str, document: Document, template: str) -> bytes:
    """The same archive with the chapters' blocks where their marks stand, and without the time of its writing.

    As text, because moving thousands of elements from tree to tree takes longer than all the rest.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = old.read(name)
            if name == main:
                part = _with_bodies(part.decode("utf-8"), document, template).encode("utf-8")
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED, 6)
    return written.getvalue()


def _with_bodies(xml: str, document: Document, template: str) -> str:
    xml = with_contents(xml, _mark("contents"))  # while there are only headings: bodies are long
    for name, chapter in _by_name(document).items():
        if _mark(name) in xml:
            xml = xml.replace(_mark(name), body_of(chapter, document.digits))
    if _MARK in xml:
        raise unusable(template, Words("แท็กเนื้อหาบางแท็กอยู่ในที่ที่ใส่เนื้อหาไม่ได้", "a body stands where none can be"))
    return xml.replace('w:fmt="thaiNumbers"', 'w:fmt="decimal"') if document.digits == "arabic" else xml


def _by_name(document: Document) -> dict[str, Chapter]:
    """The chapters under the names that a template has for them."""
    return {chapter.id.replace("-", "_"): chapter for chapter in document.chapters}


def _mark(name: str) -> str:
    return f"<w:p><w:r><w:t>{_MARK}{name}{_MARK}</w:t></w:r></w:p>"
