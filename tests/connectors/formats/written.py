"""One and the same small table, written into every format; numbers as numbers where the format has them."""

import csv
import html
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from pathlib import Path

Cell = str | float | None
Rows = list[list[Cell]]

FONTS = Path(__file__).parents[3] / "reports" / "fonts"


def printed(cell: Cell) -> str:
    """The cell as a form without numbers shows it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else f"{cell:,.2f}"


def as_xlsx(rows: Rows) -> bytes:
    """An Excel workbook."""
    import xlsxwriter

    workbook_bytes = BytesIO()
    with xlsxwriter.Workbook(workbook_bytes, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("รายงาน")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_blank(row, column, None) if cell in (None, "") else sheet.write(row, column, cell)
    return workbook_bytes.getvalue()


def as_xls(rows: Rows) -> bytes:
    """An old Excel workbook (BIFF 8)."""
    import xlwt

    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("รายงาน")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def as_bare_biff(rows: Rows) -> bytes:
    """The bare cell records in cp874 that Thai web systems write by hand and name .xls."""
    records = struct.pack("<6H", 0x809, 8, 0, 0x10, 0, 0)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = _in_cp874(cell).encode("cp874")
                records += struct.pack("<6H", 0x204, 8 + len(text), row, column, 0, len(text)) + text
            elif cell is not None:
                records += struct.pack("<5Hd", 0x203, 14, row, column, 0, cell)
    return records + struct.pack("<2H", 0x0A, 0)


def as_html(rows: Rows, encoding: str = "utf-8", meta: str = "") -> bytes:
    """A web page named .xls, as an ASP.NET grid writes it; meta goes into its head."""
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(printed(cell)) or '&nbsp;'}</td>" for cell in cells) + "</tr>\r\n"
        for cells in rows
    )
    page = f'<html><head>{meta}</head><body><div>\r\n<table rules="all" border="1">{body}</table></div></body></html>'
    return page.encode(encoding, errors="xmlcharrefreplace")


def as_spreadsheetml(rows: Rows) -> bytes:
    """An Excel 2003 XML spreadsheet."""
    body = "".join(
        "<Row>" + "".join(_spreadsheetml_cell(column, cell) for column, cell in enumerate(cells, 1)) + "</Row>"
        for cells in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="รายงาน"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


def _spreadsheetml_cell(column: int, cell: Cell) -> str:
    if cell in (None, ""):
        return ""
    kind = "String" if isinstance(cell, str) else "Number"
    return f'<Cell ss:Index="{column}"><Data ss:Type="{kind}">{html.escape(str(cell))}</Data></Cell>'


def as_ods(rows: Rows) -> bytes:
    """An OpenDocument spreadsheet, with the endless blank rows and columns that LibreOffice writes."""
    body = "".join(
        "<table:table-row>"
        + "".join(_ods_cell(cell) for cell in cells)
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for cells in rows
    )
    return ods_of(
        f'<table:table table:name="รายงาน">{body}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )


def _ods_cell(cell: Cell) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    text = f"<text:p>{html.escape(printed(cell))}</text:p>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}">{text}</table:table-cell>'


def ods_of(tables: str, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet around the XML of its tables."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def as_fods(rows: Rows) -> bytes:
    """The same in one file of XML."""
    with zipfile.ZipFile(BytesIO(as_ods(rows))) as package:
        return package.read("content.xml").replace(b"office:document-content", b"office:document")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the parts."""
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return package.getvalue()


def as_csv(rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Lines of text, parted and quoted as spreadsheets do."""
    lines = StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows([[printed(cell) for cell in cells] for cells in rows])
    return lines.getvalue().encode(encoding)


def _in_cp874(text: str) -> str:
    """The text with the tick that officers use where the code page has no ✓."""
    return text.replace("✓", "/")


def as_text(rows: Rows) -> bytes:
    """A text in which the table stands between paragraphs, its cells parted by tabs."""
    table = "\n".join("\t".join(printed(cell) for cell in row) for row in rows)
    prose = "\n".join(f"มาตรการที่ {number} เป็นข้อความ ไม่ใช่ตาราง" for number in range(20))
    return f"{prose}\n\n\n{table}\n\n\n{prose}\n".encode()


def as_docx(rows: Rows) -> bytes:
    """A Word document with the table in it."""
    import docx

    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for place, cell in zip(row.cells, cells, strict=False):
            place.text = printed(cell)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def as_pdf(rows: Rows) -> bytes:
    """Landscape pages with the table, its heading repeated on each."""
    width = max(map(len, rows))
    cells = [f'text("{_typst(printed(cell))}")' for row in rows for cell in [*row, *[None] * (width - len(row))]]
    heading, body = ", ".join(cells[:width]), ", ".join(cells[width:])
    return typeset(f"#table(columns: (1fr,) * {width}, table.header({heading}), {body})")


def typeset(body: str) -> bytes:
    """A PDF of landscape A4 pages."""
    import typst

    page = '#set page("a4", flipped: true, margin: 1cm)\n#set text(8pt, font: "Sarabun Muni", lang: "th")\n'
    return typst.compile((page + body).encode(), font_paths=[str(FONTS)])


def _typst(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


EVERY_FORMAT: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "bare biff": as_bare_biff,
    "html utf-8": as_html,
    "html cp874": lambda rows: as_html(rows, "cp874", '<meta http-equiv="Content-Type" content="charset=windows-874">'),
    "spreadsheetml": as_spreadsheetml,
    "ods": as_ods,
    "fods": as_fods,
    "csv with mark": as_csv,
    "csv without mark": lambda rows: as_csv(rows, encoding="utf-8"),
    "csv cp874": lambda rows: as_csv([[_in_cp874(printed(cell)) for cell in row] for row in rows], encoding="cp874"),
    "csv semicolon": lambda rows: as_csv(rows, ";"),
    "tsv utf-16": lambda rows: as_csv(rows, "\t", "utf-16"),
    "text": as_text,
    "docx": as_docx,
    "pdf": as_pdf,
}
