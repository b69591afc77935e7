"""Whatever the bytes, a reader gives grids or one refusal, and prints nothing."""

import logging
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.formats import grids_of
from tests.connectors.formats.written import EVERY_FORMAT, Rows, zipped
from warehouse.vocabulary.errors import Unreadable

pytestmark = pytest.mark.slow

TABLE: Rows = [["งาน", "โครงการ", "เงิน"], ["ก", None, 1234.5], [None, "ข <&> ✓", 0.0]]
WRITTEN = {name: write(TABLE) for name, write in EVERY_FORMAT.items()}
ISOLATED = ("xls", "bare biff", "pdf")
SPLICES = [
    *("<", ">", "</", "/>", '"', "'", "=", "&", ";", ",", "\t", "\n", "\0", "\x1f", "\ufffe", "\U0010ffff"),
    *("&a;", "&#0;", "&#x110000;", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", "<!DOCTYPE", "xmlns:", "9999999999"),
    *("<c", "<row/>", "</c>", "<v>", "<f/>", 'r="ZZZ9999999"', 'r="A0"', 't="s"', 't="e"', 'hidden="1"', "-1", "1e999"),
    *("<tr>", "<td>", "<table>", "</table>", 'colspan="9999"', 'rowspan="9999"', 'ss:Index="0"', 'w:val="-1"'),
    *(
        'table:number-rows-repeated="9999999"',
        'table:number-columns-repeated="9999999"',
        "w:tbl",
        "w:tc",
        "table:table",
    ),
]


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with a few pieces cut out, doubled, flipped or put in."""
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        end = place + draw(st.sampled_from([0, 1, 2, 8, 100, 10_000]))
        piece = draw(
            st.one_of(st.sampled_from(SPLICES).map(str.encode), st.binary(max_size=8), st.just(content[place:end] * 2))
        )
        content = content[:place] + piece + content[end:]
    return content


@st.composite
def spoiled_within(draw: st.DrawFn, package: bytes) -> bytes:
    """The zip file with one of its parts spoiled, packed properly again."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = [name for name in parts if name.endswith(("sheet1.xml", "sharedStrings.xml", "content.xml", "document.xml"))]
    name = draw(st.one_of(st.sampled_from(main), st.sampled_from(sorted(parts))))
    return zipped(parts | {name: draw(spoiled(parts[name]))})


def grids_or_one_refusal(content: bytes, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        try:
            grids = grids_of(content)
        except Unreadable as refusal:
            assert refusal.words.th and refusal.words.en and "\n" not in refusal.words.th + refusal.words.en
        else:
            for grid in grids:
                assert len({len(row) for row in grid.rows}) == 1
                assert all(row < len(grid.rows) and column < len(grid.rows[0]) for row, column in grid.unreadable)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


quickly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.parametrize("name", [name for name in WRITTEN if name not in ISOLATED])
@settings(quickly, max_examples=60)
@given(st.data())
def test_a_spoiled_file(name: str, caplog, capfd, data: st.DataObject):
    grids_or_one_refusal(data.draw(spoiled(WRITTEN[name])), caplog, capfd)


@pytest.mark.parametrize("name", ["xlsx", "ods", "docx"])
@settings(quickly, max_examples=200)
@given(st.data())
def test_a_spoiled_part_of_a_sound_package(name: str, caplog, capfd, data: st.DataObject):
    grids_or_one_refusal(data.draw(spoiled_within(WRITTEN[name])), caplog, capfd)


@pytest.mark.parametrize("name", ISOLATED)
@settings(quickly, max_examples=8)
@given(st.data())
def test_a_spoiled_file_for_a_process_of_its_own(name: str, caplog, capfd, data: st.DataObject):
    grids_or_one_refusal(data.draw(spoiled(WRITTEN[name])), caplog, capfd)


BEGINNINGS = [
    b"",
    b"PK\3\4",
    b"<html><table>",
    b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
    b"a\tb\n",
]


@settings(quickly, max_examples=100)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    rest=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
)
def test_any_bytes(beginning: bytes, rest: bytes, caplog, capfd):
    grids_or_one_refusal(beginning + rest, caplog, capfd)
