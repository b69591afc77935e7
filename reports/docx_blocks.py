"""The blocks of a chapter in the language of Word (WordprocessingML), set in styles that the template defines."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html import escape

from reports.chapters.document import (
    Bar,
    Block,
    Cell,
    Chapter,
    Chart,
    Column,
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
from reports.characters import fitted
from warehouse.vocabulary.thai import to_thai_digits

_POINTS = 2.83465  # points in a millimetre
_TWIPS = 20 * _POINTS
_PORTRAIT, _LANDSCAPE = 165.0, 267.0  # millimetres of a line of text
_CHARACTER = 1.75  # millimetres of an average character in a table
_SERIES = ("#c3ced6", "#6f9db5", "#14506b", "#b5541c")
_FILLS = {"line": "", "group": "EEF3F6", "subtotal": "", "total": "DDE7ED"}
_STYLES = {
    ("line", "left"): "TableText",
    ("line", "right"): "TableNumber",
    ("line", "center"): "TableCentre",
    ("sum", "left"): "TableSum",
    ("sum", "right"): "TableSumNumber",
    ("sum", "center"): "TableSumCentre",
}


def body_of(chapter: Chapter) -> str:
    """The chapter without its heading."""
    width = _LANDSCAPE if chapter.wide else _PORTRAIT
    return "".join(_block(block, width) for block in chapter.blocks)


def _block(block: Block, width: float) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(_plain(block.text), "BodyText")
    if isinstance(block, Subheading):
        return _paragraph(block.text, "Heading2")
    if isinstance(block, Points):
        return "".join(_paragraph(f"–\t{_plain(point)}", "Points") for point in block.points)
    return _SET[type(block)](block, width)


def _fields(block: Fields, width: float) -> str:
    rows = "".join(
        _row([(_paragraph(field.label, "FieldLabel"), 1, ""), (_field(field), 1, "")], [38, width - 38])
        for field in block.fields
    )
    return _table([38, width - 38], rows, "Fields")


def _field(field: Field) -> str:
    steps = [
        _paragraph(f"{to_thai_digits(str(number))}.\t{_plain(step.text)}", "Steps")
        + "".join(_paragraph(f"–\t{_plain(point)}", "StepPoints") for point in step.points)
        for number, step in enumerate(field.steps, 1)
    ]
    paragraphs = [_paragraph(_plain(paragraph), "FieldText") for paragraph in field.paragraphs]
    links = [_link(link.title, link.address) for link in field.links]
    return "".join([*steps, *paragraphs, *links])


def _key_figures(block: KeyFigures, width: float) -> str:
    each = width / len(block.figures)
    cells = [
        (
            _paragraph(figure.label, "FigureLabel")
            + _paragraph(figure.value, "FigureValue")
            + _paragraph(figure.unit, "FigureLabel"),
            1,
            "EEF3F6",
        )
        for figure in block.figures
    ]
    return _table([each] * len(block.figures), _row(cells, [each] * len(block.figures)), "ตัวเลขสำคัญ")


def _tabular(block: Table, width: float) -> str:
    widths = column_widths(block, width)
    head = "".join(_head_row(place, block, widths) for place in range(len(block.head)))
    rows = "".join(_table_row(row, block.columns, widths) for row in block.rows)
    note = _paragraph(block.note, "TableNote") if block.note else ""
    return _paragraph(block.caption, "TableCaption") + _table(widths, head + rows, block.caption) + note


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
    return 4 + _CHARACTER * min(40, sum(unicodedata.category(character) != "Mn" for character in text))


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
            (_paragraph(cell.text, "TableHead"), cell.columns, "14506B" + ("+" if cell.rows > 1 else ""))
            for cell in block.head[0]
        ]
    else:
        below = iter(block.head[1])
        for cell in block.head[0]:
            if cell.rows > 1:
                cells.append((_paragraph("", "TableHead"), cell.columns, "14506B-"))
            else:
                cells += [(_paragraph(next(below).text, "TableHead"), 1, "14506B") for _ in range(cell.columns)]
    return _row(cells, widths, "<w:tblHeader/>")


def _table_row(row: Row, columns: Sequence[Column], widths: Sequence[float]) -> str:
    kind = "line" if row.kind == "line" else "sum"
    cells = []
    for place, cell in _placed(row):
        align = "left" if cell.columns > 1 else columns[place].align
        indent = row.depth * 170 if place == 0 else 0
        cells.append((_paragraph(cell.text, _STYLES[kind, align], indent), cell.columns, _FILLS[row.kind]))
    return _row(cells, widths)


def _chart(block: Chart, width: float) -> str:
    room = width - 48 - 30
    widths = [48, room, 30]
    rows = "".join(
        _row(
            [
                (_paragraph(bar.label, "TableText"), 1, ""),
                (_bars(bar, room - 6), 1, ""),
                (_paragraph(f"ร้อยละ {bar.percent}", "TableSumNumber"), 1, ""),
            ],
            widths,
        )
        for bar in block.bars
    )
    keys = _paragraph(f"แท่งบน {block.whole_title} แท่งล่าง {block.part_title}", "TableNote")
    return _paragraph(block.caption, "TableCaption") + _table(widths, rows, block.alternative) + keys


def _bars(bar: Bar, room: float) -> str:
    shapes = ((bar.whole_width, "#b4c6d1", bar.whole), (bar.part_width, "#14506b", bar.part))
    return "".join(
        '<w:p><w:pPr><w:pStyle w:val="ChartBar"/></w:pPr>'
        f"{_rectangle(width * room / 10_000, colour, f'{amount} บาท')}</w:p>"
        for width, colour, amount in shapes
    )


def _stacked_chart(block: StackedChart, width: float) -> str:
    widths = [30, width - 30]
    rows = "".join(
        _row(
            [
                (_paragraph(bar.label, "TableText"), 1, ""),
                (_stacked_bar(bar.widths, width - 36) + _paragraph(bar.told, "TableNote"), 1, ""),
            ],
            widths,
        )
        for bar in block.bars
    )
    keys = _paragraph(f"จากซ้ายไปขวา {' · '.join(block.series)}", "TableNote")
    return _paragraph(block.caption, "TableCaption") + _table(widths, rows, block.alternative) + keys


def _stacked_bar(widths: Sequence[int], room: float) -> str:
    """A low table of coloured cells: shapes in a line of text would leave gaps."""
    parts = [(round(width * room / 10_000 * _TWIPS), colour) for width, colour in zip(widths, _SERIES, strict=False)]
    shown = [(width, colour) for width, colour in parts if width]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width, _ in shown)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"/>'
        f"</w:tcPr>{_paragraph('', 'ChartBar')}</w:tc>"
        for width, colour in shown
    )
    total = sum(width for width, _ in shown)
    properties = f'<w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>'
    row = f'<w:tr><w:trPr><w:trHeight w:val="170" w:hRule="exact"/></w:trPr>{cells}</w:tr>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{row}</w:tbl>"


def _rectangle(width: float, colour: str, alternative: str = "") -> str:
    """A bar in the line of text, so many millimetres wide."""
    return (
        f'<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" fillcolor="{colour}" stroked="f" '
        f'alt="{escape(alternative)}" style="width:{max(0.5, width * _POINTS):.1f}pt;height:7pt"/></w:pict></w:r>'
    )


_SET: dict[type, Callable[..., str]] = {
    Fields: _fields,
    KeyFigures: _key_figures,
    Table: _tabular,
    Chart: _chart,
    StackedChart: _stacked_chart,
}


def _plain(text: Text) -> str:
    return "".join(run.text for run in text)


def _paragraph(text: str, style: str, indent: int = 0) -> str:
    shift = f'<w:ind w:left="{indent}"/>' if indent else ""
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{_escaped(part)}</w:t></w:r>' for part in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{shift}</w:pPr>{runs}</w:p>'


def _escaped(text: str) -> str:
    return escape(str(fitted(text)), quote=False)


def _link(title: str, address: str) -> str:
    target = escape(address.replace('"', "%22"), quote=True)
    shown = f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{_escaped(title)}</w:t></w:r>'
    field = f'<w:fldSimple w:instr=" HYPERLINK &quot;{target}&quot; ">{shown}</w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="FieldText"/></w:pPr>{field}</w:p>'


def _table(widths: Sequence[float], rows: str, description: str) -> str:
    """A table and the small paragraph that keeps it from the next; LibreOffice takes widths from the grid."""
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in widths)
    total = round(sum(widths) * _TWIPS)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C3CED6"/>' for side in ("top", "bottom", "insideH")
    )
    properties = (
        f'<w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblDescription w:val="{escape(fitted(description))}"/>'
    )
    after = _paragraph("", "AfterTable")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{after}"


def _row(cells: Sequence[tuple[str, int, str]], widths: Sequence[float], properties: str = "") -> str:
    """A row of (content, columns, fill); + after a fill begins a cell over two rows, - continues it."""
    parts, place = [], 0
    for content, columns, fill in cells:
        size = round(sum(widths[place : place + columns]) * _TWIPS)
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        merge = {"+": '<w:vMerge w:val="restart"/>', "-": "<w:vMerge/>"}.get(fill[-1:], "")
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[:6]}"/>' if fill else ""
        middle = '<w:vAlign w:val="center"/>' if properties else ""
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{span}{merge}{shade}{middle}</w:tcPr>{content}</w:tc>'
        )
        place += columns
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(parts)}</w:tr>"
