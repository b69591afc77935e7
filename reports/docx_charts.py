"""The charts of a report in the language of Word: bars are shapes and coloured cells, so that nothing is a picture."""

from collections.abc import Sequence
from html import escape

from reports import docx_markup as word
from reports.chapters.document import Bar, Chart, StackedChart

_SERIES = ("#c3ced6", "#6f9db5", "#14506b", "#b5541c")


def chart(block: Chart, width: float) -> str:
    """Pairs of bars over so many millimetres."""
    room = width - 48 - 30
    widths = [48, room, 30]
    rows = "".join(
        word.row(
            [
                (word.paragraph(bar.label, "TableText"), 1, ""),
                (_bars(bar, room - 6), 1, ""),
                (word.paragraph(f"ร้อยละ {bar.percent}", "TableSumNumber"), 1, ""),
            ],
            widths,
        )
        for bar in block.bars
    )
    keys = word.paragraph(f"แท่งบน {block.whole_title} แท่งล่าง {block.part_title}", "TableNote")
    return word.paragraph(block.caption, "TableCaption") + word.table(widths, rows, block.alternative) + keys


def _bars(bar: Bar, room: float) -> str:
    shapes = ((bar.whole_width, "#b4c6d1", bar.whole), (bar.part_width, "#14506b", bar.part))
    return "".join(
        '<w:p><w:pPr><w:pStyle w:val="ChartBar"/></w:pPr>'
        f"{_rectangle(width * room / 10_000, colour, f'{amount} บาท')}</w:p>"
        for width, colour, amount in shapes
    )


def stacked_chart(block: StackedChart, width: float) -> str:
    """Bars in parts over so many millimetres."""
    widths = [30, width - 30]
    rows = "".join(
        word.row(
            [
                (word.paragraph(bar.label, "TableText"), 1, ""),
                (_stacked_bar(bar.widths, width - 36) + word.paragraph(bar.told, "TableNote"), 1, ""),
            ],
            widths,
        )
        for bar in block.bars
    )
    keys = word.paragraph(f"จากซ้ายไปขวา {' · '.join(block.series)}", "TableNote")
    return word.paragraph(block.caption, "TableCaption") + word.table(widths, rows, block.alternative) + keys


def _stacked_bar(widths: Sequence[int], room: float) -> str:
    """A low table of coloured cells: shapes in a line of text would leave gaps."""
    parts = [
        (round(width * room / 10_000 * word.TWIPS), colour) for width, colour in zip(widths, _SERIES, strict=False)
    ]
    shown = [(width, colour) for width, colour in parts if width]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width, _ in shown)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"/>'
        f"</w:tcPr>{word.paragraph('', 'ChartBar')}</w:tc>"
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
        f'alt="{escape(alternative)}" style="width:{max(0.5, width * word.POINTS):.1f}pt;height:7pt"/></w:pict></w:r>'
    )
