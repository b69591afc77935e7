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
_TABLE_POINTS = 9.0  # of the styles of a table
_SMALLEST = 5.0  # points
_VALUE_POINTS = 14.0  # of the style of a figure at a glance
_BOLD = 1.1
_INSET = 4.0  # millimetres beside a cell's text
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
            + word.paragraph(figure.value, "FigureValue", size=_value_points(figure.value, each))
            + word.paragraph(figure.unit, "FigureLabel"),
            1,
            "EEF3F6",
        )
        for figure in block.figures
    ]
    return word.table([each] * len(block.figures), word.row(cells, [each] * len(block.figures)), "ตัวเลขสำคัญ")


def _value_points(value: str, width: float) -> float:
    """The points at which a value stays on one line of so many millimetres; 0 if it does in its style."""
    fits = (width - _INSET) / max(0.1, _printed_width(value) * _BOLD / _TABLE_POINTS)
    return fits if fits < _VALUE_POINTS else 0.0


def _tabular(block: Table, width: float) -> str:
    widths, size = column_widths(block, width)
    head = "".join(_head_row(place, block, widths, size) for place in range(len(block.head)))
    rows = "".join(_table_row(row, block.columns, widths, size) for row in block.rows)
    note = word.paragraph(block.note, "TableNote") if block.note else ""
    return word.paragraph(block.caption, "TableCaption") + word.table(widths, head + rows, block.caption) + note


def column_widths(block: Table, width: float) -> tuple[list[float], float]:
    """Millimetres of each column, what numbers need and the rest by shares; and the points at which that fits.

    No points: it fits in the sizes of the template's styles.
    """
    needed = [0.0] * len(block.columns)
    for place, cell in _placed(Row(block.head[0], "total")):
        if cell.columns == 1:
            needed[place] = max((_printed_width(part) * _BOLD for part in cell.text.split()), default=0)
    for row in block.rows:
        for place, cell in _placed(row):
            if cell.columns == 1 and not block.columns[place].share:
                bold = 1 if row.kind == "line" else _BOLD
                needed[place] = max(needed[place], _printed_width(cell.text) * bold)
    fixed = {place: max(7.0, text) for place, text in enumerate(needed) if not block.columns[place].share}
    shares = sum(column.share for column in block.columns)
    room = width * (0.75 if shares else 1) - _INSET * len(fixed)
    fits = room / max(1.0, sum(fixed.values()))
    shrink = 1.0 if fits > 0.9 else max(_SMALLEST / _TABLE_POINTS, fits)
    left = max(width * 0.1, width - sum(_INSET + text * shrink for text in fixed.values()))
    wanted = [
        _INSET + fixed[place] * shrink if place in fixed else left * column.share / shares
        for place, column in enumerate(block.columns)
    ]
    size = _TABLE_POINTS * shrink if shrink < 1 else 0.0
    return [each * width / sum(wanted) for each in wanted], size


def _printed_width(text: str) -> float:
    """Millimetres of a text in a table, without the space around it; of a long one, of its beginning."""
    return min(70.0, sum(map(_character_width, text)))


def _character_width(character: str) -> float:
    if unicodedata.category(character) == "Mn":
        return 0.0
    if not "ก" <= character <= "๛":
        return 0.9 if character in ",." else 1.75
    return 2.25 if character.isdecimal() else 2.0


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    place = 0
    for cell in row.cells:
        yield place, cell
        place += cell.columns


def _head_row(place: int, block: Table, widths: Sequence[float], size: float) -> str:
    """A head row; in the second of two, cells under one that spans both are continued."""
    cells: list[tuple[str, int, str]] = []
    if place == 0:
        cells = [
            (word.paragraph(cell.text, "TableHead", size=size), cell.columns, "14506B" + ("+" if cell.rows > 1 else ""))
            for cell in block.head[0]
        ]
    else:
        below = iter(block.head[1])
        for cell in block.head[0]:
            if cell.rows > 1:
                cells.append((word.paragraph("", "TableHead"), cell.columns, "14506B-"))
            else:
                shown = [word.paragraph(next(below).text, "TableHead", size=size) for _ in range(cell.columns)]
                cells += [(text, 1, "14506B") for text in shown]
    return word.row(cells, widths, "<w:tblHeader/>")


def _table_row(row: Row, columns: Sequence[Column], widths: Sequence[float], size: float) -> str:
    kind = "line" if row.kind == "line" else "sum"
    cells = []
    for place, cell in _placed(row):
        align = "left" if cell.columns > 1 else columns[place].align
        indent = row.depth * 170 if place == 0 else 0
        text = word.paragraph(cell.text, _STYLES[kind, align], indent, size)
        cells.append((text, cell.columns, _FILLS[row.kind]))
    return word.row(cells, widths)


_SET: dict[type, Callable[..., str]] = {
    KeyFigures: _key_figures,
    Table: _tabular,
    Chart: chart,
    StackedChart: stacked_chart,
}


def _plain(text: Text) -> str:
    return "".join(run.text for run in text)
