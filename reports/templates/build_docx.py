"""Makes report.docx of this folder, the template that an officer edits in Word.

    python reports/templates/build_docx.py

A chapter is one heading and one tag for its body, so that an officer can move or drop it and write around it; chapters
that not every document has stand between {%p if … %} and {%p endif %}. What Thai
needs in Word stands in every style: the font for complex script (cs), its size and weight (szCs, bCs) and bidi=th-TH.
"""

import io
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent
FAMILY = "Sarabun Muni"
FONTS = {"embedRegular": "SarabunMuni-Regular.ttf", "embedBold": "SarabunMuni-Bold.ttf"}
INK, ACCENT, SOFT = "1B2733", "14506B", "5A6B78"
# id: (name that Word shows, points, bold, colour, alignment, points above, points below, left and hanging millimetres)
STYLES: dict[str, tuple[str, float, bool, str, str, float, float, float, float]] = {
    "Cover": ("ปก หัวเรื่อง", 20, True, ACCENT, "center", 0, 6, 0, 0),
    "CoverLine": ("ปก ข้อความ", 15, False, INK, "center", 0, 3, 0, 0),
    "CoverSmall": ("ปก หมายเหตุ", 10.5, False, SOFT, "center", 0, 2, 0, 0),
    "ContentsTitle": ("สารบัญ หัวเรื่อง", 14, True, ACCENT, "left", 0, 8, 0, 0),
    "TOC1": ("toc 1", 11, False, INK, "left", 0, 4, 0, 0),
    "BodyText": ("เนื้อความ", 11, False, INK, "left", 0, 6, 0, 0),
    "Points": ("ข้อย่อย", 11, False, INK, "left", 0, 4, 6, 6),
    "Steps": ("ขั้นตอน", 11, False, INK, "left", 0, 3, 8, 8),
    "StepPoints": ("ขั้นตอน ข้อย่อย", 11, False, INK, "left", 0, 2, 13, 5),
    "FieldLabel": ("ช่อง ชื่อ", 11, True, ACCENT, "left", 3, 3, 0, 0),
    "FieldText": ("ช่อง ข้อความ", 11, False, INK, "left", 3, 3, 0, 0),
    "FigureLabel": ("ตัวเลขสำคัญ ชื่อ", 9, False, SOFT, "left", 2, 2, 0, 0),
    "FigureValue": ("ตัวเลขสำคัญ ค่า", 14, True, ACCENT, "left", 0, 0, 0, 0),
    "TableCaption": ("ตาราง ชื่อ", 10, True, ACCENT, "left", 10, 4, 0, 0),
    "TableHead": ("ตาราง หัว", 9, True, "FFFFFF", "center", 1, 1, 0, 0),
    "TableText": ("ตาราง ข้อความ", 9, False, INK, "left", 1, 1, 0, 0),
    "TableNumber": ("ตาราง ตัวเลข", 9, False, INK, "right", 1, 1, 0, 0),
    "TableCentre": ("ตาราง กลาง", 9, False, INK, "center", 1, 1, 0, 0),
    "TableSum": ("ตาราง รวม", 9, True, INK, "left", 1, 1, 0, 0),
    "TableSumNumber": ("ตาราง รวม ตัวเลข", 9, True, INK, "right", 1, 1, 0, 0),
    "TableSumCentre": ("ตาราง รวม กลาง", 9, True, INK, "center", 1, 1, 0, 0),
    "TableNote": ("ตาราง หมายเหตุ", 8, False, SOFT, "left", 2, 6, 0, 0),
    "ChartBar": ("แผนภูมิ", 6, False, INK, "left", 0, 0, 0, 0),
    "AfterTable": ("ใต้ตาราง", 4, False, INK, "left", 0, 0, 0, 0),
}
HEADINGS = {"Heading1": (14, 16, 6), "Heading2": (11.5, 10, 4)}
PORTRAIT, LANDSCAPE = "portrait", "landscape"
# Orientation, the condition of the whole section, and its chapters, each group under a condition of its own.
SECTIONS = (
    (
        PORTRAIT,
        "",
        (("", ("opening",)), ("measure_1", ("measure_1", "measure_2", "measure_3")), ("budget", ("budget",))),
    ),
    (LANDSCAPE, "budget_lines", (("", ("budget_lines",)),)),
    (PORTRAIT, "measure_4 or plan", (("measure_4", ("measure_4", "measure_5", "measure_6")), ("plan", ("plan",)))),
    (LANDSCAPE, "plan_projects", (("", ("plan_projects",)),)),
    (PORTRAIT, "measure_7", (("", ("measure_7",)),)),
    (LANDSCAPE, "", (("", ("quality", "sources")),)),
    (PORTRAIT, "", (("", ("method",)), ("changes", ("changes",)))),
)


def main() -> None:
    """Write the template."""
    (FOLDER / "report.docx").write_bytes(template())


def template() -> bytes:
    """The template, the same bytes every time."""
    document = Document()
    set_styles(document)
    cover(document)
    before = ""
    for place, (orientation, condition, groups) in enumerate(SECTIONS):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, orientation, first=place == 0)
        if before:
            document.add_paragraph("{%p endif %}")  # after the break, so that the section goes with its chapters
        if condition:
            document.add_paragraph("{%p if " + condition + " %}")
        if place == 0:
            document.add_paragraph("สารบัญ", style=STYLES["ContentsTitle"][0])
            document.add_paragraph("{{p contents }}")
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for needed, chapters in groups:
            add_chapters(document, needed, chapters)
        before = condition
    properties = document.core_properties
    properties.title, properties.author, properties.language = "{{ title }}", "{{ organisation }}", "th-TH"
    properties.comments = ""
    content = io.BytesIO()
    document.save(content)
    return with_fonts(content.getvalue())


def add_chapters(document: Any, needed: str, chapters: tuple[str, ...]) -> None:
    """Headings and bodies; under a condition, if one is needed."""
    if needed:
        document.add_paragraph("{%p if " + needed + " %}")
    for name in chapters:
        document.add_paragraph("{{ " + name + ".heading }}", style="Heading 1")
        document.add_paragraph("{{p " + name + ".body }}")
    if needed:
        document.add_paragraph("{%p endif %}")


def element(tag: str, **attributes: object) -> Any:
    """An element of Word with its attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_styles(document: Any) -> None:
    """Give every style its Thai attributes, and add our own."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_font(defaults, 11, False, INK)
    set_font(document.styles["Normal"].element.get_or_add_rPr(), 11, False, INK)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    for name, (points, space_above, space_below) in HEADINGS.items():
        style = document.styles[name.replace("Heading", "Heading ")]
        set_font(style.element.get_or_add_rPr(), points, True, ACCENT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(space_above), Pt(space_below)
        style.paragraph_format.keep_with_next = True
    for style_id, (title, size, bold, colour, align, above, below, left, hanging) in STYLES.items():
        if style_id == "BodyText":  # Word has it already, under a name of its own
            document.styles.element.remove(document.styles["Body Text"].element)
        style = document.styles.add_style(title, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), style_id)
        style.base_style = document.styles["Normal"]
        set_font(style.element.get_or_add_rPr(), size, bold, colour)
        properties = style.element.get_or_add_pPr()
        if style_id in ("TableCaption", "TableHead"):
            properties.append(element("w:keepNext"))
        if hanging:
            tabs = element("w:tabs")
            tabs.append(element("w:tab", val="left", pos=round(left * 56.7)))
            properties.append(tabs)
        properties.append(
            element("w:spacing", before=round(above * 20), after=round(below * 20), line=240, lineRule="auto")
        )
        if left:
            properties.append(element("w:ind", left=round(left * 56.7), hanging=round(hanging * 56.7)))
        properties.append(element("w:jc", val=align))


def set_font(properties: Any, size: float, bold: bool, colour: str) -> None:
    """The run properties of a style, for Latin and for complex script alike, in the order that Word wants."""
    for child in list(properties):
        properties.remove(child)
    properties.append(element("w:rFonts", ascii=FAMILY, hAnsi=FAMILY, cs=FAMILY, eastAsia=FAMILY))
    properties.append(element("w:b", val=int(bold)))
    properties.append(element("w:bCs", val=int(bold)))
    properties.append(element("w:color", val=colour))
    properties.append(element("w:sz", val=round(size * 2)))
    properties.append(element("w:szCs", val=round(size * 2)))
    properties.append(element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"))


def cover(document: Any) -> None:
    """The first page."""
    section = document.sections[0]
    set_page(section, PORTRAIT, first=False)
    lines = (("Cover", "{{ title }}"), ("CoverLine", "{{ subtitle }}"), ("CoverLine", "({{ period }})"))
    names = (("Cover", "{{ organisation }}"), ("CoverLine", "{{ place }}"))
    small = (("CoverSmall", "{{ version }}"), ("CoverSmall", "{{ item }}"))
    for space, part in ((150, lines), (220, names), (150, small)):
        for place, (style, text) in enumerate(part):
            paragraph = document.add_paragraph(text, style=STYLES[style][0])
            if place == 0:
                paragraph.paragraph_format.space_before = Pt(space)


def set_page(section: Any, orientation: str, *, first: bool) -> None:
    """A4 with Thai page numbers; the numbering begins after the cover."""
    wide = orientation == LANDSCAPE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.left_margin, section.right_margin = (Mm(15), Mm(15)) if wide else (Mm(25), Mm(20))
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(20), Mm(18), Mm(9)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    start = {"start": 1} if first else {}
    section._sectPr.find(qn("w:pgMar")).addnext(element("w:pgNumType", fmt="thaiNumbers", **start))
    if first:
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.style = foot.style = STYLES["CoverSmall"][0]
        head.add_run("{{ organisation }}  {{ subtitle }}")
        add_page_number(foot)
        for paragraph, align in ((head, "right"), (foot, "center")):
            paragraph._p.get_or_add_pPr().append(element("w:jc", val=align))


def add_page_number(paragraph: Any) -> None:
    """The field that Word fills with the number of the page."""
    for kind in ("begin", "code", "separate", "number", "end"):
        run = paragraph.add_run()
        if kind == "code":
            code = element("w:instrText")
            code.text = " PAGE "
            run._r.append(code)
        elif kind == "number":
            run.text = "๑"
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def with_fonts(content: bytes) -> bytes:
    """The document with its fonts inside (ECMA-376), so that Thai looks right where they are not installed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps/thumbnail")}
    relations, embedded = "", ""
    for number, (slot, name) in enumerate(FONTS.items(), 1):
        key = uuid.uuid5(uuid.NAMESPACE_URL, FAMILY + slot)
        font = bytearray((FOLDER.parent / "fonts" / name).read_bytes())
        for place in range(32):
            font[place] ^= key.bytes[::-1][place % 16]
        parts[f"word/fonts/font{number}.odttf"] = bytes(font)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
        relations += f'<Relationship Id="rId{number}" Type="{kind}" Target="fonts/font{number}.odttf"/>'
        embedded += f'<w:{slot} r:id="rId{number}" w:fontKey="{{{str(key).upper()}}}"/>'
    parts["word/_rels/fontTable.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    ).encode()
    family = (
        f'<w:font w:name="{FAMILY}"><w:altName w:val="TH SarabunPSK"/><w:charset w:val="DE"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/>{embedded}</w:font></w:fonts>'
    )
    table = parts["word/fontTable.xml"].decode()
    if "xmlns:r=" not in table:
        spaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        table = table.replace("<w:fonts ", "<w:fonts " + spaces, 1)
    parts["word/fontTable.xml"] = table.replace("</w:fonts>", family).encode()
    kinds = parts["[Content_Types].xml"].decode()
    font_kind = (
        '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
    )
    parts["[Content_Types].xml"] = (
        re.sub(r'<Default Extension="jpeg"[^>]*/>', "", kinds).replace("<Default ", font_kind + "<Default ", 1).encode()
    )
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"])
    settings = parts["word/settings.xml"].decode()
    before = r"(<w:settings[^>]*>(?:\s*<w:(?:writeProtection|view|zoom|removePersonalInformation)\b[^>]*/>)*)"
    parts["word/settings.xml"] = re.sub(before, r"\1<w:embedTrueTypeFonts/>", settings, count=1).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


if __name__ == "__main__":
    main()
