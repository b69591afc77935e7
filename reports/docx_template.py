"""A Word template is somebody's file: what it may hold, and what its tags may say, is checked before it is filled."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import jinja2
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from warehouse.vocabulary.errors import Words, WrongSettings

_LARGEST = 64 * 1024 * 1024  # bytes unpacked; a template with fonts and a crest has one or two million
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_BODY_IN_TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*?(\{\{\s*(?:[^}]*\.body|contents)\s*\}\})")
_FETCHING_FIELD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.I)
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If)
_ALLOWED_TOO = (nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or)


def environment() -> SandboxedEnvironment:
    """Where the tags are filled: escaped, sandboxed, and an unknown name is an error."""
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)


@lru_cache(maxsize=2)  # three documents a release, and all releases of a run, share their template
def check_package(content: bytes, name: str) -> None:
    """Raise WrongSettings for a file that is no Word document, or one that fetches, runs or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST:
                raise unusable(name, Words("ใหญ่เกินไปเมื่อคลายออก", "unpacks to too much"))
            texts = {part.filename: archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise unusable(name, Words("ไม่ใช่ไฟล์ .docx ที่อ่านได้", f"is no readable .docx: {error}")) from error
    if b"wordprocessingml" not in texts.get("[Content_Types].xml", b""):
        raise unusable(name, Words("ไม่ใช่เอกสาร Word (.docx)", "is no Word document (.docx)"))
    for part, text in texts.items():
        if fault := _part_fault(part, text):
            raise unusable(name, Words(f"{part}: {fault.th}", f"{part}: {fault.en}"))


def _part_fault(part: str, content: bytes) -> Words | None:
    """Why one part is refused. It is read as XML, so that no other spelling of the same hides anything."""
    head = content[:200].split(b"?>")[0].lower()
    if b"\0" in content or (b"encoding" in head and b"utf-8" not in head):
        return Words("ไม่ได้เขียนเป็น UTF-8", "is not written in UTF-8")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return Words("มีการประกาศ DOCTYPE ซึ่งไม่อนุญาต", "has a DOCTYPE, which is refused")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  # it has no DOCTYPE
    except ElementTree.ParseError as error:
        return Words("โครงสร้างภายในเสียหาย", f"is damaged inside: {error}")
    for each in root:
        if "vbaProject" in each.get("ContentType", "") or "macroEnabled" in each.get("ContentType", ""):
            return Words("มีมาโคร ซึ่งไม่อนุญาต", "has macros, which are refused")
        kind = each.get("Type", "").rpartition("/")[2]
        if kind == "aFChunk" or (each.get("TargetMode", "").lower() == "external" and kind != "hyperlink"):
            return Words(f"ดึง {kind} จากภายนอกไฟล์ ซึ่งไม่อนุญาต", f"fetches {kind} from outside the file, which is refused")
    if found := next(filter(None, map(_FETCHING_FIELD.search, _field_codes(root))), None):
        return Words(f"มีเขตข้อมูล {found[0]} ซึ่งไม่อนุญาต", f"has the field {found[0]}, which is refused")
    return None


def _field_codes(root: ElementTree.Element) -> Iterator[str]:
    """The code of each field; one that is split over runs is joined paragraph by paragraph."""
    for element in root.iter():
        if element.tag.endswith("}fldSimple"):
            yield next((value for name, value in element.items() if name.endswith("}instr")), "")
        if element.tag.endswith("}p"):
            codes = [each.text or "" for each in element.iter() if each.tag.endswith("}instrText")]
            yield from ("".join(codes), " ".join(codes))


def check_tags(source: str, context: Mapping[str, Any], name: str) -> None:
    """Raise WrongSettings naming each tag of a part that is broken, unknown or more than a name or a condition."""
    faults = list(_tag_faults(source, context))
    if not faults:
        return
    told = [f"  - {tag}: {why.th}" for tag, why in faults], [f"  - {tag}: {why.en}" for tag, why in faults]
    known = ", ".join(context)
    raise unusable(
        name,
        Words(
            "\n".join(["มีแท็กที่ใช้ไม่ได้ กรุณาแก้ในโปรแกรม Word แล้วสั่งใหม่", *told[0], f"  ชื่อที่ใช้ได้: {known}"]),
            "\n".join(["has tags that cannot be used", *told[1], f"  names that can: {known}"]),
        ),
    )


def _tag_faults(source: str, context: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    for tag in _BODY_IN_TEXT.findall(source):
        yield tag, Words("เนื้อหาทั้งบทต้องเขียน {{p …}} และอยู่คนเดียวในย่อหน้า", "a body stands alone in its paragraph: {{p …}}")
    for tag in dict.fromkeys(_TAG.findall(source)):
        if tag.startswith("{{"):
            yield from _one_tag_faults(tag, tag, context)
        elif re.match(r"\{%-?\s*(if|elif)\b", tag):
            condition = re.sub(r"^\{%-?\s*elif", "{% if", tag)
            yield from _one_tag_faults(tag, condition + "{% endif %}", context)
        elif not re.match(r"\{%-?\s*(else|endif)\s*-?%\}$", tag):
            yield tag, Words("ใช้ได้เฉพาะ if, elif, else และ endif", "only if, elif, else and endif are known")
    yield from _open_tags(source)


def _open_tags(source: str) -> Iterator[tuple[str, Words]]:
    """Conditions that are not closed or not opened, and braces that have no end."""
    why = Words("เขียนไม่ครบ: if ต้องคู่กับ endif และวงเล็บปีกกาต้องครบคู่", "if and endif, and braces, come in pairs")
    waiting: list[str] = []
    for tag in _TAG.findall(source):
        if re.match(r"\{%-?\s*if\b", tag):
            waiting.append(tag)
        elif re.match(r"\{%-?\s*(elif|else|endif)\b", tag) and not waiting:
            yield tag, why
            return
        elif re.match(r"\{%-?\s*endif\b", tag):
            waiting.pop()
    if waiting:
        yield waiting[0], why
        return
    try:
        environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        line = re.sub(r"<[^>]+>", "", source.splitlines()[error.lineno - 1])
        yield line.strip()[:80], why


def _one_tag_faults(shown: str, tag: str, context: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    try:
        tree = environment().parse(tag)
    except jinja2.TemplateSyntaxError as error:
        yield shown, Words("เขียนผิดรูปแบบ", f"is not well written: {error.message}")
        return
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED + _ALLOWED_TOO):
            yield shown, Words("ใช้ได้เฉพาะชื่อและเงื่อนไข", "only names and conditions are allowed")
            return
        if isinstance(node, nodes.Name) and node.name not in context:
            yield shown, Words(f"ไม่รู้จัก {node.name}", f"{node.name} is not known")
        if isinstance(node, nodes.Getattr) and not _has(context, node):
            yield shown, Words(f"ไม่รู้จัก .{node.attr}", f".{node.attr} is not known")


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _has(context: Mapping[str, Any], node: nodes.Getattr) -> bool:
    """Whether a dotted name is one of ours; an unknown first name is told by itself."""
    if not isinstance(node.node, nodes.Name):
        return False
    first = context.get(node.node.name)
    return first is None or (isinstance(first, Mapping) and node.attr in first)


def unusable(name: str, why: Words) -> WrongSettings:
    """The error for a template that cannot be used, and why."""
    return WrongSettings(f"แม่แบบ Word {name}: {why.th}", f"Word template {name}: {why.en}")
