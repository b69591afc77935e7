"""An Excel workbook (.xlsx, .xlsm) as grids; macros stay unread.

calamine gets only parts that were unpacked and looked at here, packed again without compression: what was measured
is what is read, and packing costs no more than calamine's own unpacking would.
"""

import re
import struct
from posixpath import join, normpath
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl
from zlib import crc32

from connectors.formats import markup, refusals, workbook, xlsx_sheet
from connectors.formats.allowance import Allowance
from connectors.formats.unpacked import Package
from connectors.grid import Grid

_READ = re.compile(r"_rels/\.rels|xl/(?!drawings|media|theme|charts/|embeddings|pivot|external).{1,200}\.(?:xml|rels)")
# Both always match where they begin to, or one unclosed piece would be sought to the end of the part again and again.
_NOT_TEXT = re.compile(rb"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>|(<[!?])", re.DOTALL)
# Written by a program that cannot calculate: Excel must, and until then a formula holds 0, or what it held before.
_CALCULATED_LATER = re.compile(rb"""fullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
_RUN = re.compile(rb"<r>[^<]*(?:<(?!/?r>)[^<]*)*</r>")
_CROSSED_OUT = re.compile(rb"""<strike\s*(?:val\s*=\s*["'](?:1|true)["']\s*)?/>""")
_RAISED = re.compile(rb"""<vertAlign\s[^>]*["']su""")
_LETTERS = re.compile(rb"<t(?:\s[^>]*)?>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<&]*&#[^<]*")
_DIGIT = re.compile(rb"&#(?:x0*([23][0-9A-Fa-f])|0*([345][0-9]));")
_STRINGS = re.compile(rb"sst(?<=[<:]sst)\s[^>]*?(/?)(?:>|\Z)")


def grids(package: Package, allowance: Allowance) -> list[Grid]:
    """One grid a worksheet, in workbook order."""
    parts = {name: _plain(package.part(name)) for name in package.entries if _READ.fullmatch(name)}
    is_stale = any(_CALCULATED_LATER.search(part) for name, part in parts.items() if name.endswith("workbook.xml"))
    seen: dict[str, xlsx_sheet.Seen] = {}
    for name, part in parts.items():
        if b"sheetData" in part and not xlsx_sheet.is_simple(part, allowance.limits, is_stale):
            seen[name] = xlsx_sheet.seen_in(part, allowance, is_stale)
            parts[name] = xlsx_sheet.with_errors_as_text(part)
    found = workbook.grids(_packed(parts), allowance)
    if not seen:
        return found
    names = _sheet_parts(parts, allowance)
    if len(names) != len(found):
        raise refusals.damaged()
    return [
        xlsx_sheet.marked(grid, seen[name]) if name in seen else grid for grid, name in zip(found, names, strict=True)
    ]


def _plain(part: bytes) -> bytes:
    """The part without what calamine trips over: comments and CDATA hide values from it, and it believes counts.

    A count of strings is memory that it takes at once, to the death of the process.
    """
    if not part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"\0" in part[:8]:
        raise refusals.damaged()
    # One byte is sought many times as fast as two; the first hundred hold the XML declaration.
    if (b"!" in part and b"<!" in part) or part.find(b"?", 100) >= 0:
        part = _NOT_TEXT.sub(_as_text, part)
    if b"&" in part and b"&#" in part:  # calamine takes a number up to the first digit that is written so
        part = _VALUE.sub(lambda value: _DIGIT.sub(_as_digit, value[0]), part)
    if b"vertAlign" in part or b"<strike" in part:
        part = _RUN.sub(_as_shown, part)
    return _STRINGS.sub(rb"sst\1>", part)


def _as_digit(reference: re.Match[bytes]) -> bytes:
    """The digit, point or sign that is written by its number; what markup consists of stays written so."""
    letter = bytes([int(reference[1], 16) if reference[1] else int(reference[2])])
    return letter if letter in b"0123456789.+-" else reference[0]


def _as_shown(run: re.Match[bytes]) -> bytes:
    """Letters of one look within a text: none that are crossed out, and a raised 1 is no digit of what is before it."""
    if _CROSSED_OUT.search(run[0]):
        return b""
    return _LETTERS.sub(rb'<t xml:space="preserve"> ', run[0]) if _RAISED.search(run[0]) else run[0]


def _as_text(match: re.Match[bytes]) -> bytes:
    if match[2]:  # unclosed, or a document type, in which entity bombs live
        raise refusals.damaged()
    return (match[1] or b"").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _packed(parts: dict[str, bytes]) -> bytes:
    """A zip file of the parts, stored; by hand, as zipfile takes four times as long over small ones."""
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        encoded = name.encode()
        entry = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, crc32(part), len(part), len(part), len(encoded), 0)
        local += [b"PK\3\4", entry, encoded, part]
        central += [b"PK\1\2\x14\0", entry, struct.pack("<3H2L", 0, 0, 0, 0, offset), encoded]
        offset += 30 + len(encoded) + len(part)
    directory = b"".join(central)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), offset, 0)
    return b"".join([*local, directory, end])


def _sheet_parts(parts: dict[str, bytes], allowance: Allowance) -> list[str]:
    """The part of each sheet, in workbook order."""
    sheets, targets = _Links("sheet"), _Links("Relationship")
    try:
        main = next(name for name in parts if name.endswith("workbook.xml"))
        folder, _, file = main.rpartition("/")
        markup.read(markup.utf8(parts[main]), sheets, allowance)
        markup.read(markup.utf8(parts[f"{folder}/_rels/{file}.rels"]), targets, allowance)
        target_of = {link["Id"]: link["Target"] for link in targets.found}
        paths = [join("/", folder, target_of[sheet["id"]]) for sheet in sheets.found]
    except (StopIteration, KeyError) as error:
        raise refusals.damaged() from error
    return [normpath(path).lstrip("/").lower() for path in paths]


class _Links(ContentHandler):
    def __init__(self, element: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._element = element

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if markup.local(name) == self._element:
            self.found.append({markup.local(key): attrs[key] for key in attrs.getNames()})
