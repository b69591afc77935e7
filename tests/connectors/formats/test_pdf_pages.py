"""Tables that page breaks part, some in the middle of a row."""

import pytest

from connectors.formats import grids_of
from tests.connectors.formats.written import as_pdf, typeset

NAME = "โครงการเสริมสร้างคุณธรรม จริยธรรม และความโปร่งใสขององค์กรปกครองส่วนท้องถิ่นเพื่อการป้องกันการทุจริตอย่างยั่งยืน"
WORK = "บริหารทั่วไปเกี่ยวกับการรักษาความสงบภายใน"


def rows_of(content: bytes) -> list[list[str]]:
    (grid,) = grids_of(content)
    assert grid.unreadable == {}
    return [[str(cell) for cell in row] for row in grid.rows if any(row)]


def pages(*tables: str, stroke: str = "1pt") -> bytes:
    """A page a table, its columns narrow enough for a line to be full."""
    table = f"table.with(columns: (4cm, 4cm, 2cm), stroke: {stroke})"
    return typeset("\n#pagebreak()\n".join(f"#({table})({cells})" for cells in tables))


def said_by_the_font(letter: str, text: str) -> bytes:
    """Two ruled rows, in the first X and the text, in a font that says of 0 that it is this letter."""
    lines = (
        "50 50 m 250 50 l 50 80 m 250 80 l 50 110 m 250 110 l 50 50 m 50 110 l 150 50 m 150 110 l 250 50 m 250 110 l"
    )
    drawn = f"{lines} S BT /F 12 Tf 60 90 Td (X) Tj 0 -30 Td (X) Tj 100 30 Td ({text}) Tj ET"
    letters = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <30> <{ord(letter):04X}> endbfchar"
    streams = [f"<</Length {len(one)}>>stream\n{one}\nendstream" for one in (drawn, f"begincmap {letters} endcmap")]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        *streams,
        "<</Type/Font/Subtype/Type1/BaseFont/Own/Encoding/WinAnsiEncoding/ToUnicode 5 0 R"
        f"/FirstChar 0/LastChar 255/Widths[{'500 ' * 256}]>>",
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Size 7/Root 1 0 R>>\n%%EOF".encode()


@pytest.mark.parametrize("letter", ["\0", "\u200b", "\u00ad"], ids=["none", "no width", "soft hyphen"])
@pytest.mark.parametrize("text", ["20.50", "0", "000"])
def test_an_amount_with_a_digit_that_its_font_does_not_tell_is_unreadable(letter: str, text: str):
    (grid,) = grids_of(said_by_the_font(letter, text))
    assert list(grid.unreadable) == [(0, 1)]
    (grid,) = grids_of(said_by_the_font("0", text))
    assert (grid.rows[0], grid.unreadable) == (["X", text], {})


HEAD = "[งาน], [โครงการ], [เงิน], "
FULL = "[บริหารทั่วไป], [อุดหนุนโครงการอาหารกลางวัน], [1.00], "


def test_rows_that_page_breaks_part_keep_their_whole_names():
    heading = ["งาน", "โครงการ", "เงิน", "คงเหลือ", "หมายเหตุ", "อื่น"]
    rows = [[WORK, f"{NAME} {number} {NAME}" * (1 + number % 3), 1.5, 0.0, None, None] for number in range(40)]
    seen = [row for row in rows_of(as_pdf([heading, *rows])) if row != heading]
    assert seen == [[work, name, "1.50", "0.00", "", ""] for work, name, *_ in rows]


def test_a_row_parted_over_three_pages_is_one():
    (_, row, _, last) = rows_of(
        pages(HEAD + FULL, HEAD + "[], [เด็กในโรงเรียนสังกัดสำนักงาน], []", "[], [คณะกรรมการการศึกษา], [], [ก], [ข], [2.00]")
    )
    assert row == ["บริหารทั่วไป", "อุดหนุนโครงการอาหารกลางวันเด็กในโรงเรียนสังกัดสำนักงานคณะกรรมการการศึกษา", "1.00"]
    assert last == ["ก", "ข", "2.00"]


@pytest.mark.parametrize(
    "tables",
    [
        (HEAD + "[บริหารทั่วไป], [อาหารกลางวัน], [1.00]", HEAD + "[], [งบลงทุน], [], [], [จ้างเหมา], [2.00]"),
        (HEAD + FULL + "[], [งบดำเนินงาน], [], " + FULL, HEAD + "[], [งบลงทุน], [], " + FULL),
        (HEAD + "[], [อุดหนุนโครงการอาหารกลางวัน], [1.00]", HEAD + "[งบลงทุน], [], [], " + FULL),
        (HEAD + FULL, HEAD + "[], [งบลงทุน], [2.00], " + FULL),
    ],
    ids=["room for a word", "a label as elsewhere", "below a blank", "a line of its own"],
)
def test_a_row_that_begins_a_page_stays_a_row(tables: tuple[str, ...]):
    assert [row for row in rows_of(pages(*tables)) if "งบลงทุน" in row]


def test_a_row_left_open_at_the_end_of_a_page_is_read_and_goes_on_below():
    """As browsers print: the row that the page parts has no line below it, and none above it on the next page."""
    printed = pages(HEAD + FULL, HEAD + "[], [เด็กในโรงเรียน], [], [ก], [ข], [2.00]", stroke="(x: 1pt, top: 1pt)")
    assert rows_of(printed)[1::2] == [["บริหารทั่วไป", "อุดหนุนโครงการอาหารกลางวันเด็กในโรงเรียน", "1.00"], ["ก", "ข", "2.00"]]


def test_a_total_alone_on_the_last_page_belongs_to_the_table():
    assert rows_of(pages(HEAD + FULL, "[], [รวม], [1.00]"))[-1] == ["", "รวม", "1.00"]
