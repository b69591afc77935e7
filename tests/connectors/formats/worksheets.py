"""Workbooks around hand-written XML, for what no writer would write."""

from tests.connectors.formats.written import zipped

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FILLED = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet_of(rows: str) -> str:
    """A worksheet's XML around its rows."""
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts_of(*sheets: str | bytes, states: tuple[str, ...] = ()) -> dict[str, str | bytes]:
    """The parts of a workbook of these worksheets; a state is visible, hidden or veryHidden."""
    numbered = list(enumerate(sheets, 1))
    shown = dict(zip(range(1, len(sheets) + 1), states, strict=False))
    entries = "".join(
        f'<sheet name="แผ่น {number}" sheetId="{number}" state="{shown.get(number, "visible")}" r:id="rId{number}"/>'
        for number, _ in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in numbered},
    }


def workbook_of(*rows: str) -> bytes:
    """A workbook with one worksheet for each piece of row XML."""
    return zipped(parts_of(*map(sheet_of, rows)))
