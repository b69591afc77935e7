"""The blocks of a chapter in the language of Word (WordprocessingML), set in styles that the template defines."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from reports import docx_markup as word
from reports.chapters.document import (
    Block,
    Cell,
    Chapter,
    Chart,
    Column,
    Digits,
    Field,
    Fields,
    KeyFigures,
    Paragraph,
    Points,
    Row,
    StackedChart,
    Subheading,
    Table,
    Text,
)
from reports.digits import sentence
from reports.docx_charts import chart, stacked_chart

_PORTRAIT, _LANDSCAPE = 165.0, 267.0  # millimetres of a line of text
_CHARACTER = 1.75  # millimetres of an average character in a table
_THAI_DIGIT = 0.5  # millimetres more
_FILLS = {"line": "", "group": "EEF3F6", "subtotal": "", "total": "DDE7ED"}
_STYLES = {
    ("line", "left"): "TableText",
    ("line", "right"): "TableNumber",
    ("line", "center"): "TableCentre",
    ("sum", "left"): "TableSum",
    ("sum", "right"): "TableSumNumber",
    ("sum", "center"): "TableSumCentre",
}


def body_of(chapter: Chapter, digits: Digits) -> str:
    """The chapter without its heading."""
    width = _LANDSCAPE if chapter.wide else _PORTRAIT
    return "".join(_block(block, width, digits) for block in chapter.blocks)


def _block(block: Block, width: float, digits: Digits) -> str:
    if isinstance(block, Paragraph):
        return word.paragraph(_plain(block.text), "BodyText")
    if isinstance(block, Subheading):
        return word.paragraph(block.text, "Heading2")
    if isinstance(block, Points):
        return "".join(word.paragraph(f"–\t{_plain(point)}", "Points") for point in block.points)
    if isinstance(block, Fields):
        return _fields(block, width, digits)
    return _SET[type(block)](block, width)


def _fields(block: Fields, width: float, digits: Digits) -> str:
    rows = "".join(
        word.row([(word.paragraph(field.label, "FieldLabel"), 1, ""), (_field(field, digits), 1, "")], [38, width - 38])
        for field in block.fields
    )
    return word.table([38, width - 38], rows, "Fields")


def _field(field: Field, digits: Digits) -> str:
    steps = [
        word.paragraph(f"{sentence(str(number), digits)}.\t{_plain(step.text)}", "Steps")
        + "".join(word.paragraph(f"–\t{_plain(point)}", "StepPoints") for point in step.points)
        for number, step in enumerate(field.steps, 1)
    ]
    paragraphs = [word.paragraph(_plain(paragraph), "FieldText") for paragraph in field.paragraphs]
    links = [word.link(link.title, link.address) for link in field.links]
    return "".join([*steps, *paragraphs, *links])


def _key_figures(block: KeyFigures, width: float) -> str:
    each = width / len(block.figures)
    cells = [
        (
            word.paragraph(figure.label, "FigureLabel")
            + word.paragraph(figure.value, "FigureValue")
            + word.paragraph(figure.unit, "FigureLabel"),
            1,
            "EEF3F6",
        )
        for figure in block.figures
    ]
    return word.table([each] * len(block.figures), word.row(cells, [each] * len(block.figures)), "ตัวเลขสำคัญ")


def _tabular(block: Table, width: float) -> str:
    widths = column_widths(block, width)
    head = "".join(_head_row(place, block, widths) for place in range(len(block.head)))
    rows = "".join(_table_row(row, block.columns, widths) for row in block.rows)
    note = word.paragraph(block.note, "TableNote") if block.note else ""
    return word.paragraph(block.caption, "TableCaption") + word.table(widths, head + rows, block.caption) + note


def column_widths(block: Table, width: float) -> list[float]:
    """Millimetres of each column: what numbers need, the rest by shares."""
    widths = [0.0] * len(block.columns)
    for place, cell in _placed(Row(block.head[0])):
        if cell.columns == 1:
            widths[place] = max(map(_printed_width, cell.text.split()), default=0) * 1.1  # heads are bold
    for row in block.rows:
        for place, cell in _placed(row):
            if cell.columns == 1 and not block.columns[place].share:
                widths[place] = max(widths[place], _printed_width(cell.text))
    fixed = {place: max(11.0, size) for place, size in enumerate(widths) if not block.columns[place].share}
    shares = sum(column.share for column in block.columns)
    left = max(width - sum(fixed.values()), width * 0.25)
    wanted = [fixed.get(place, left * column.share / max(1, shares)) for place, column in enumerate(block.columns)]
    return [size * width / sum(wanted) for size in wanted]


def _printed_width(text: str) -> float:
    characters = sum(unicodedata.category(character) != "Mn" for character in text)
    thai_digits = sum("๐" <= character <= "๙" for character in text)
    return 4 + _CHARACTER * min(40, characters) + _THAI_DIGIT * min(40, thai_digits)


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    place = 0
    for cell in row.cells:
        yield place, cell
        place += cell.columns


def _head_row(place: int, block: Table, widths: Sequence[float]) -> str:
    """A head row; in the second of two, cells under one that spans both are continued."""
    cells: list[tuple[str, int, str]] = []
    if place == 0:
        cells = [
            (word.paragraph(cell.text, "TableHead"), cell.columns, "14506B" + ("+" if cell.rows > 1 else ""))
            for cell in block.head[0]
        ]
    else:
        below = iter(block.head[1])
        for cell in block.head[0]:
            if cell.rows > 1:
                cells.append((word.paragraph("", "TableHead"), cell.columns, "14506B-"))
            else:
                cells += [(word.paragraph(next(below).text, "TableHead"), 1, "14506B") for _ in range(cell.columns)]
    return word.row(cells, widths, "<w:tblHeader/>")


def _table_row(row: Row, columns: Sequence[Column], widths: Sequence[float]) -> str:
    kind = "line" if row.kind == "line" else "sum"
    cells = []
    for place, cell in _placed(row):
        align = "left" if cell.columns > 1 else columns[place].align
        indent = row.depth * 170 if place == 0 else 0
        cells.append((word.paragraph(cell.text, _STYLES[kind, align], indent), cell.columns, _FILLS[row.kind]))
    return word.row(cells, widths)


_SET: dict[type, Callable[..., str]] = {
    KeyFigures: _key_figures,
    Table: _tabular,
    Chart: chart,
    StackedChart: stacked_chart,
}


def _plain(text: Text) -> str:
    return "".join(run.text for run in text)
