"""An export's bytes give the tables of our sources in it."""

from collections import Counter
from collections.abc import Sequence

from connectors.declaration import Declaration, declared_sources
from connectors.formats import grids_of
from connectors.grid import Grid
from connectors.layout import other_unit_of_headings, read_table
from connectors.limits import Limits
from connectors.tables import Table, tables_in
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import Defect, Reading

_HEADING_ROWS = 50


def read_export(
    content: bytes, limits: Limits | None = None, declarations: Sequence[Declaration] | None = None
) -> list[Reading]:
    """Every table of a known source in an export, source by source in the order found; at least one.

    Raises Unreadable, with one clear cause, if there is none.
    """
    return readings_of(grids_of(content, limits or Limits()), declarations or declared_sources())


def readings_of(grids: Sequence[Grid], declarations: Sequence[Declaration]) -> list[Reading]:
    """Every table of these sources in some sheets; at least one.

    A hidden sheet counts only where no visible one holds a table of its source. Raises Unreadable if there is no table,
    or if the only visible one of a source cannot be read.
    """
    found = [(grid, tables_in(grid, declarations)) for grid in grids]
    tables = [table for _, of_grid in found for table in of_grid]
    without = [grid for grid, of_grid in found if not of_grid and not grid.hidden]
    readings: list[Reading] = []
    causes: list[Unreadable] = []
    for declaration in declarations:
        mine = [table for table in tables if table.declaration is declaration]
        visible = [table for table in mine if not table.grid.hidden]
        try:
            readings += _read(visible or mine, without)
        except Unreadable as cause:
            if visible:
                raise
            causes.append(cause)
    if not readings:
        raise causes[0] if causes else _other_unit(grids, declarations) or _no_table(declarations)
    return readings


def _read(tables: Sequence[Table], without: Sequence[Grid]) -> list[Reading]:
    """The readings of one source's tables; a second one, and one that cannot be read, is a finding on the others.

    So is a sheet without any heading in which a table goes on, as programs that cut a PDF into sheets leave it.
    """
    found: list[Reading] = []
    causes: list[tuple[str, Unreadable]] = []
    seen: Counter[str] = Counter()
    for table in tables:
        seen[table.grid.name] += 1
        sheet = table.grid.name if seen[table.grid.name] == 1 else f"{table.grid.name} ({seen[table.grid.name]})"
        try:
            reading = read_table(table)
        except Unreadable as cause:
            causes.append((sheet, cause))
            continue
        reading.sheet = sheet
        if table.grid.hidden:
            reading.defects.append(Defect("sheet.hidden", observed=sheet))
        reading.defects += [Defect("table.unread", observed=grid.name) for grid in without if table.goes_on_in(grid)]
        found.append(reading)
    if causes and not found:
        raise causes[0][1]
    for reading in found:
        reading.defects += [Defect("table.incomplete", observed=sheet) for sheet, _ in causes]
        others = [other.sheet for other in found if other is not reading]
        reading.defects += [Defect("table.twice", observed=reading.sheet, expected=other) for other in others[:1]]
    return found


def _other_unit(grids: Sequence[Grid], declarations: Sequence[Declaration]) -> Unreadable | None:
    """Why no heading is known, where each has another unit in it, as เบิกจ่าย (พันบาท) has."""
    for grid in grids:
        for number, row in enumerate(grid.rows[:_HEADING_ROWS], 1):
            for unit in filter(None, (other_unit_of_headings(row, one) for one in declarations)):
                return Unreadable(
                    f'แผ่นงาน "{grid.name}" แถว {number}: จำนวนเงินเป็น{unit} โปรดส่งออกไฟล์ใหม่ในหน่วยบาท',
                    f'sheet "{grid.name}" row {number}: the amounts are in {unit}; export the file again in baht',
                )
    return None


def _no_table(declarations: Sequence[Declaration]) -> Unreadable:
    return Unreadable(
        "ไม่พบตารางของรายงานที่รู้จัก: " + " หรือ ".join(one.title_th for one in declarations) + " โปรดตรวจว่าส่งไฟล์ถูกต้อง",
        "no table of a known report: "
        + " or ".join(one.title_en for one in declarations)
        + "; check that this is the right file",
    )
