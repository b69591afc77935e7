"""Paragraphs, links and tables in the language of Word (WordprocessingML)."""

from collections.abc import Sequence
from html import escape

from reports.characters import fitted

POINTS = 2.83465  # points in a millimetre
TWIPS = 20 * POINTS


def paragraph(text: str, style: str, indent: int = 0, size: float = 0) -> str:
    """A paragraph in a style, its first line at the indent (twips); a tab in the text is a tab.

    A size in points stands instead of the style's.
    """
    shift = f'<w:ind w:left="{indent}"/>' if indent else ""
    looks = f'<w:rPr><w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr>' if size else ""
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r>{looks}<w:t xml:space="preserve">{_escaped(part)}</w:t></w:r>' for part in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{shift}</w:pPr>{runs}</w:p>'


def _escaped(text: str) -> str:
    return escape(str(fitted(text)), quote=False)


def link(title: str, address: str) -> str:
    """A paragraph with a link, as a field: it needs no entry elsewhere in the file."""
    target = escape(address.replace('"', "%22"), quote=True)
    shown = f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{_escaped(title)}</w:t></w:r>'
    field = f'<w:fldSimple w:instr=" HYPERLINK &quot;{target}&quot; ">{shown}</w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="FieldText"/></w:pPr>{field}</w:p>'


def table(widths: Sequence[float], rows: str, description: str) -> str:
    """A table and the small paragraph that keeps it from the next; LibreOffice takes widths from the grid."""
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    total = round(sum(widths) * TWIPS)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C3CED6"/>' for side in ("top", "bottom", "insideH")
    )
    properties = (
        f'<w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblDescription w:val="{escape(fitted(description))}"/>'
    )
    after = paragraph("", "AfterTable")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{after}"


def row(cells: Sequence[tuple[str, int, str]], widths: Sequence[float], properties: str = "") -> str:
    """A row of (content, columns, fill); + after a fill begins a cell over two rows, - continues it."""
    parts, place = [], 0
    for content, columns, fill in cells:
        size = round(sum(widths[place : place + columns]) * TWIPS)
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        merge = {"+": '<w:vMerge w:val="restart"/>', "-": "<w:vMerge/>"}.get(fill[-1:], "")
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[:6]}"/>' if fill else ""
        middle = '<w:vAlign w:val="center"/>' if properties else ""
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{span}{merge}{shade}{middle}</w:tcPr>{content}</w:tc>'
        )
        place += columns
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(parts)}</w:tr>"
