"""The rows below a heading, each knowingly taken for what it is: leaf, printed total, group line or page furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.cells import Column, money_in
from connectors.declaration import Declaration
from connectors.grid import CellValue, Grid, column_letter
from connectors.headings import FoundHeading, is_heading
from connectors.totals import PREFIX, Span, span_named, span_summing
from warehouse.vocabulary.records import Defect, PrintedTotal
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

_PAGE_FURNITURE = re.compile(r"หน้า(?:ที่)?\s*\d+|\d+\s*/\s*\d+|-\s*\d+\s*-|พิมพ์(?:โดย|เมื่อ|วันที่).*|วันที่พิมพ์.*")
_PLACE_WITHIN_TEXT = "note"


@dataclass(slots=True)
class Body:
    """The value rows of one table: `rows` are offsets below the heading, `leaves` places in `rows`."""

    first_source_row: int  # the officer's number of offset 0
    cells: dict[str, tuple[CellValue, ...]]  # every offset, by column
    rows: list[int] = field(default_factory=list)
    amounts: dict[str, list[int]] = field(default_factory=dict)  # satang, one a value row
    leaves: list[int] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)  # filled down, one a leaf
    totals: list[PrintedTotal] = field(default_factory=list)


def sorted_body(
    grid: Grid, declaration: Declaration, heading: FoundHeading, above: set[str], defects: list[Defect]
) -> Body:
    """The body below a heading; what cannot be taken is added to the defects. `above` holds the title's lines."""
    rows = grid.rows[heading.body_row :]
    by_place = list(zip(*rows, strict=True)) if rows else [()] * len(grid.rows[heading.first_row])
    body = Body(heading.body_row + 1, {column: by_place[place] for column, place in heading.places.items()})
    values = [body.cells[c] for c in declaration.of_kind("money", "integer", "tick", "status") if c in body.cells]
    wordy: list[int] = []
    for offset, cells in enumerate(zip(*values, strict=True)):
        if type(cells[0]) is float:
            body.rows.append(offset)
        elif any(cell not in ("", None) for cell in cells):
            if not is_heading(grid, heading.body_row + offset, declaration, None, heading):
                body.rows.append(offset)
        else:
            wordy.append(offset)
    _read_amounts(grid, declaration, heading, body, defects)
    _sort(declaration, heading, body, _group_lines(grid, declaration, heading, body, wordy, above, defects), defects)
    return body


def _read_amounts(
    grid: Grid, declaration: Declaration, heading: FoundHeading, body: Body, defects: list[Defect]
) -> None:
    for column in declaration.of_kind("money"):
        cells = body.cells[column]
        letter = column_letter(heading.places[column])

        def refuse(place: int, observed: str, column: str = column, letter: str = letter) -> None:
            source_row = body.first_source_row + body.rows[place]
            defects.append(Defect("cell.unreadable", source_row, column, f"{letter}{source_row}", observed))

        body.amounts[column] = money_in(Column([cells[offset] for offset in body.rows], refuse))
        # What calamine gives as blank, an error or a formula never calculated, must not become 0 unsaid.
        for place, offset in enumerate(body.rows) if grid.unreadable else ():
            if broken := grid.unreadable.get((heading.body_row + offset, heading.places[column])):
                refuse(place, broken)


def _group_lines(
    grid: Grid,
    declaration: Declaration,
    heading: FoundHeading,
    body: Body,
    wordy: Sequence[int],
    above: set[str],
    defects: list[Defect],
) -> dict[int, tuple[int, str]]:
    """Rows of words alone that head a group: offset -> (which label column, its text)."""
    labels = [c for c in declaration.of_kind("label") if c in body.cells]
    last = body.rows[-1] if body.rows else -1
    groups = {}
    for offset in wordy:
        words = {
            place: normal_text(str(v))
            for place, v in enumerate(grid.rows[heading.body_row + offset])
            if v not in ("", None)
        }
        line = " ".join(words.values())
        if offset > last or not line or line in above or _PAGE_FURNITURE.fullmatch(to_arabic_digits(line)):
            continue
        if is_heading(grid, heading.body_row + offset, declaration, None, heading):
            continue
        column = next((c for c in labels if heading.places[c] in words), None)
        if len(words) == 1 and column is not None:
            groups[offset] = (labels.index(column), line)
        else:
            row = body.first_source_row + offset
            defects.append(Defect("row.without_amounts", row, cell=f"{row}:{row}", observed=line))
    return groups


def _sort(
    declaration: Declaration,
    heading: FoundHeading,
    body: Body,
    groups: dict[int, tuple[int, str]],
    defects: list[Defect],
) -> None:
    labels = [c for c in declaration.of_kind("label") if c in body.cells]
    texts = [
        body.cells[c] for c in (*labels, *declaration.of_kind("text")) if c in body.cells and c != _PLACE_WITHIN_TEXT
    ]
    body.labels = {column: [] for column in labels}
    filled = list(body.labels.values())
    current = [""] * len(labels)
    group_rows = sorted(groups)
    above: list[str] = []  # labels of the totals directly above
    for place, offset in enumerate(body.rows):
        while group_rows and group_rows[0] < offset:
            level, line = groups[group_rows.pop(0)]
            current[level:] = [line] + [""] * (len(current) - level - 1)
        words = [normal_text(v) if type(v) is str else "" if v is None else str(v) for v in [c[offset] for c in texts]]
        printed = next((word for word in words if word), "")
        if (printed.startswith(PREFIX) or not printed) and body.leaves:
            span = _total_span(printed, place, body, filled, above)
            if span:
                amounts = {column: column_amounts[place] for column, column_amounts in body.amounts.items()}
                body.totals.append(PrintedTotal(printed, body.first_source_row + offset, *span, amounts))
                above.append(printed)
                continue
            row = body.first_source_row + offset
            kind = "row.looks_like_total" if printed else "row.without_label"
            defects.append(Defect(kind, row, cell=f"{row}:{row}", observed=printed or None, row=len(body.leaves)))
        above.clear()
        _fill_down(current, words)
        body.leaves.append(place)
        for column, word in zip(filled, current, strict=True):
            column.append(word)


def _total_span(
    label: str, place: int, body: Body, filled: Sequence[Sequence[str]], above: Sequence[str]
) -> Span | None:
    rows = len(body.leaves)
    if span := span_named(label, rows, filled, above):
        return span
    columns = {column: [amounts[leaf] for leaf in body.leaves] for column, amounts in body.amounts.items()}
    return span_summing({c: amounts[place] for c, amounts in body.amounts.items()}, rows, filled, columns)


def _fill_down(current: list[str], words: Sequence[str]) -> None:
    """A label stays until another is printed; a new outer label ends the inner ones."""
    for level in range(len(current)):
        if words[level] and words[level] != current[level]:
            current[level:] = [words[level]] + [""] * (len(current) - level - 1)
