"""An export's bytes give the tables of our sources in it."""

from connectors.declaration import Declaration, declared_sources
from connectors.formats import grids_of
from connectors.grid import Grid
from connectors.layout import read_table
from connectors.limits import Limits
from warehouse.vocabulary.errors import Unreadable
from warehouse.vocabulary.records import Defect, Reading


def read_export(content: bytes, limits: Limits | None = None) -> list[Reading]:
    """Every table of a known source in an export, in the order found; at least one.

    Visible sheets first: a hidden one counts only where no visible one holds a table of its source.
    Raises Unreadable, with one clear cause, if there is none.
    """
    grids = grids_of(content, limits or Limits())
    readings: list[Reading] = []
    for declaration in declared_sources():
        visible = _tables([grid for grid in grids if not grid.hidden], declaration)
        readings += visible or _from_hidden([grid for grid in grids if grid.hidden], declaration)
    if not readings:
        known = declared_sources()
        raise Unreadable(
            "ไม่พบตารางของรายงานที่รู้จัก: " + " หรือ ".join(one.title_th for one in known) + " โปรดตรวจว่าส่งไฟล์ถูกต้อง",
            "no table of a known report: "
            + " or ".join(one.title_en for one in known)
            + "; check that this is the right file",
        )
    return readings


def _tables(grids: list[Grid], declaration: Declaration) -> list[Reading]:
    found = []
    for grid in grids:
        start = place = 0
        while table := read_table(grid, declaration, start):
            reading, start = table
            place += 1
            if place > 1:
                reading.sheet = f"{grid.name} ({place})"
            found.append(reading)
    for reading in found[1:]:
        reading.defects.append(Defect("table.twice", observed=reading.sheet, expected=found[0].sheet))
    return found


def _from_hidden(grids: list[Grid], declaration: Declaration) -> list[Reading]:
    found = _tables(grids, declaration)
    for reading in found:
        reading.defects.append(Defect("sheet.hidden", observed=reading.sheet))
    return found
