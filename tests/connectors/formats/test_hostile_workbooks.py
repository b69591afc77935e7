"""A workbook made to take the machine down is refused in one line, before a library believes it."""

import re
import struct
import zipfile
from io import BytesIO

import pytest

from connectors.formats import grids_of
from connectors.limits import Limits
from tests.connectors.formats.worksheets import FILLED, parts_of, sheet_of, workbook_of
from tests.connectors.formats.written import as_spreadsheetml, as_xlsx, ods_of, zipped
from warehouse.vocabulary.errors import Unreadable

FAR = f'{FILLED}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as raised:
        grids_of(content, limits or Limits())
    words = raised.value.words
    assert "\n" not in words.th + words.en
    assert re.search("[ก-ฮ]", words.th) and words.en.isascii()
    return words.en


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FILLED + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        FILLED + '<row\nr = "1048576" ><c\ts="1"\nr = "xfd1048576" ><v>1</v></c></row>',
        FILLED + '<row r="9"><c s="1" r="A1048576"><v>1</v></c></row>',
        FILLED + '<row r="1048576"><c><v>1</v></c></row>',
        FILLED + '<c r="XFD1048576"><v>1</v></c>',
        FILLED + "<row/>" * 200_000 + "<row><c><v>1</v></c></row>",
        "<row>" + "<c/>" * 201 + "<c><v>1</v></c></row>",
        FILLED + '<row r="9"><c r="HZ9"><v>1</v></c></row>',
        FILLED + '<row r="9"><c r="GS9" t="inlineStr"><is><t>x</t></is></c></row>',
    ],
    ids=range(10),
)
def test_two_cells_far_apart_are_too_large(rows: str):
    assert "too large" in refusal(workbook_of(rows))


@pytest.mark.parametrize(
    "rows",
    [
        FILLED + '<row r="9"><c r="XFD&#49;048576"><v>1</v></c></row>',
        FILLED + '<row r="9"><c r="A1" r="XFD1048576"><v>1</v></c></row>',
        FILLED + '<row r="9"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>',
        FILLED + '<row r="9"><c r="A99999999999999999999"><v>1</v></c></row>',
        FILLED + '<row r="99999999999999999999"><c><v>1</v></c></row>',
        FILLED + '<row r="9"><c r="A9"><c r="XFD1048576"><v>1</v></c></c></row>',
        FILLED + '<row r="0"><c r="A0"><v>1</v></c></row>',
        FILLED + '<row r="2"><c r="A2"><v>1</v>',
    ],
    ids=range(8),
)
def test_cells_that_no_program_writes_are_refused(rows: str):
    assert refusal(workbook_of(rows))


def test_a_prefix_hides_no_far_cell():
    sheet = (
        sheet_of(FAR).replace("<c ", "<x:c ").replace("</c>", "</x:c>").replace("<worksheet", '<worksheet xmlns:x="u"')
    )
    assert "too large" in refusal(zipped(parts_of(sheet)))


def test_a_far_cell_in_a_comment_or_in_cdata_is_none():
    comment = '<!-- <row r="1048576"><c r="XFD1048576"><v>1</v></c></row> -->'
    text = '<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<c r="XFD1048576"><v>1</v></c>]]></t></is></c></row>'
    (grid,) = grids_of(workbook_of(FILLED + comment + text))
    assert grid.rows == [[1.0], ['<c r="XFD1048576"><v>1</v></c>']]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_a_sheet_in_another_encoding_is_refused_and_not_read_as_blank(encoding: str):
    assert "damaged" in refusal(zipped(parts_of(sheet_of(FILLED).replace("UTF-8", encoding).encode(encoding))))


def test_a_declared_encoding_hides_no_far_cell():
    sheet = sheet_of(FAR.replace("<c ", "<c\n")).replace("UTF-8", "IBM037")
    assert "too large" in refusal(zipped(parts_of(sheet)))


@pytest.mark.parametrize("tag", ["<sst {}>", "<x:sst a='>' {}>", "<sst\n{} >"])
def test_a_false_count_of_strings_takes_no_memory(tag: str):
    count = 'count="99999999999" uniqueCount="999999999999"'
    strings = tag.format(count) + "<si><t>ก</t></si></sst>".replace("sst", "x:sst" if "x:" in tag else "sst")
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    (grid,) = grids_of(zipped(parts_of(sheet_of(rows)) | {"xl/sharedStrings.xml": strings}))
    assert grid.rows == [["ก"]]


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<?", "<sst ", "<!DOCTYPE "])
def test_what_is_never_closed_is_not_sought_again_and_again(piece: str):
    parts = parts_of(sheet_of(FILLED)) | {"xl/sharedStrings.xml": "<sst>" + piece * 300_000}
    assert "damaged" in refusal(zipped(parts))


def test_the_limits_hold_exactly():
    limits = Limits(rows=12, columns=30)
    inside = '<row r="12"><c r="AD12"><v>1</v></c></row>'
    (grid,) = grids_of(workbook_of(inside), limits)
    assert (len(grid.rows), len(grid.rows[0])) == (12, 30)
    assert "12 rows" in refusal(workbook_of(inside.replace("12", "13")), limits)
    assert "30 columns" in refusal(workbook_of(inside.replace("AD", "AE")), limits)


def test_many_sheets_within_the_limits_are_too_large_together():
    wide = f'{FILLED}<row r="200"><c r="CV200"><v>1</v></c></row>'
    assert "unpacked" in refusal(workbook_of(*[wide] * 20), Limits(unpacked_bytes=1_000_000))


def test_ten_thousand_sheets_are_too_many():
    assert "tables" in refusal(zipped(parts_of(*[sheet_of(FILLED)] * 400)))
    assert "parts" in refusal(zipped(parts_of(*[sheet_of(FILLED)] * 10_000)))


def test_a_zip_bomb_is_unpacked_no_further_than_the_limit():
    bomb = parts_of(sheet_of(FILLED)) | {"xl/sharedStrings.xml": b"<sst>" + b" " * 50_000_000}
    assert "unpacked" in refusal(zipped(bomb), Limits(unpacked_bytes=1_000_000))
    assert "unpacked" in refusal(ods_of(" " * 50_000_000), Limits(unpacked_bytes=1_000_000))


def test_a_false_declared_size_is_not_believed():
    content = bytearray(zipped(parts_of(sheet_of(FILLED) + " " * 5_000_000)))
    for signature, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        for match in list(re.finditer(re.escape(signature), bytes(content))):
            content[match.start() + place : match.start() + place + 4] = struct.pack("<L", 10)
    assert "unpacked" in refusal(bytes(content), Limits(unpacked_bytes=1_000_000))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_cannot_be_bounded_is_refused(method: int):
    package = BytesIO()
    with zipfile.ZipFile(package, "w", method) as archive:
        for name, part in parts_of(sheet_of(FILLED)).items():
            archive.writestr(name, part)
    assert "damaged" in refusal(package.getvalue())


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ก"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d SYSTEM "file:///etc/passwd"><!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]>'
)


@pytest.mark.parametrize("entity", ["&c;", "&d;"])
def test_entities_are_refused(entity: str):
    cell = f'<row r="1"><c r="A1" t="str"><v>{entity}</v></c></row>'
    assert "damaged" in refusal(zipped(parts_of(f"{ENTITIES}<worksheet><sheetData>{cell}</sheetData></worksheet>")))
    content = f"{ENTITIES}<office:document-content>{entity}</office:document-content>"
    assert "damaged" in refusal(zipped({"content.xml": content, "META-INF/manifest.xml": "<manifest/>"}))
    assert "damaged" in refusal(zipped({"word/document.xml": content}))
    assert "damaged" in refusal(as_spreadsheetml([["ก"]]).replace(b"<Workbook", ENTITIES.encode() + b"<Workbook"))


def test_names_that_climb_out_of_the_folder_are_only_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parts = parts_of(sheet_of(FILLED)) | {
        "../../evil.xml": "<a/>",
        "/etc/evil.xml": "<a/>",
        "xl/../../evil.xml": "<a/>",
    }
    (grid,) = grids_of(zipped(parts))
    assert grid.rows == [[1.0]]
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_told():
    encrypted = bytearray(as_xlsx([["ก"]]))
    for match in re.finditer(re.escape(b"PK\1\2"), bytes(encrypted)):
        encrypted[match.start() + 8] |= 1
    assert "password" in refusal(bytes(encrypted))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert "password" in refusal(ole)
    manifest = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    assert "password" in refusal(zipped({"content.xml": "x", "META-INF/manifest.xml": manifest}))


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_short_is_damaged(kept: float):
    content = as_xlsx([["ก", 1.0]] * 50)
    assert "damaged" in refusal(content[: int(len(content) * kept)])


def test_one_changed_byte_in_the_cells_is_damage():
    content = bytearray(as_xlsx([["ก", 1.0]] * 50))
    place = zipfile.ZipFile(BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    content[place] ^= 1
    assert "damaged" in refusal(bytes(content))


def test_a_file_over_the_limit_is_not_opened():
    assert "50 MB" in refusal(b"PK" + bytes(50_000_000))


def test_time_is_bounded():
    odd = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(1000))
    assert "seconds" in refusal(workbook_of(odd), Limits(seconds=0))
