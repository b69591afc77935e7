"""The value rows of a table as typed columns of leaf rows, and as printed totals."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, pairwise
from typing import Any, TypeVar

from connectors.cells import Refuse, integers_in, money_in, text_in, ticks_in
from connectors.grid import CellValue, column_letter
from connectors.groups import Rows
from connectors.labels import filled_down, runs
from connectors.rows import Body, words_in
from connectors.statuses import statuses_in
from connectors.tables import Table
from connectors.totalnames import is_total_label
from connectors.totals import Sorted, sorted_rows
from connectors.unsummed import unsummed
from warehouse.vocabulary.records import Defect, PrintedTotal

Value = TypeVar("Value")
_READ: dict[str, Callable[[Sequence[CellValue], Refuse], list[Any]]] = {
    "label": text_in,
    "text": text_in,
    "money": money_in,
    "integer": integers_in,
    "tick": ticks_in,
    "status": text_in,
}
_ABSENT: dict[str, Any] = {"label": "", "text": "", "money": 0, "integer": None, "tick": False, "status": ""}


class TypedRows:
    """Every value row of one table, typed and told to be a leaf row or a printed total."""

    def __init__(self, table: Table, body: Body) -> None:
        self._table, self._body, self._declaration = table, body, table.declaration
        self._refused: list[tuple[str, int, str]] = []  # column, value row, what stands there
        self._take_out_unreadable()
        self._typed = {column: self._read(column, kind) for column, kind in self._declaration.kinds.items()}
        self._names: list[str] = []  # of each row
        self._filled: dict[str, list[str]] = {}  # the labels that hold for each row
        self._sorted = self._told_apart()
        others = self._sorted.totals.keys() | self._sorted.labels
        self._is_leaf = [row not in others for row in range(len(body.rows))]
        self._leaves = self._of_leaves(range(len(body.rows)))
        self.columns = self._columns()
        self.totals = self._printed_totals()

    def defects(self) -> list[Defect]:
        """The cells that could not be taken, and the lines that are odd."""
        leaf_of: dict[int, int | str | None] = {row: leaf for leaf, row in enumerate(self._leaves)}
        found = []
        for column, row, text in self._refused:
            if row not in leaf_of and self._declaration.kinds[column] != "money":
                continue  # a total may well count its lines where they have a mark or a number
            label, _ = self._sorted.totals.get(row, (None, None))
            place = leaf_of.get(row, label)
            number = self._body.rows[row] + 1
            cell = f"{column_letter(self._table.heading.places[column])}{number}"
            found.append(Defect("cell.unreadable", number, column, cell, text, row=place))
        for row, (kind, label) in sorted(self._sorted.odd.items()):
            number = self._body.rows[row] + 1
            found.append(Defect(kind, number, cell=f"{number}:{number}", observed=label, row=leaf_of[row]))
        return found + self._unsummed(leaf_of)

    def _unsummed(self, leaf_of: Mapping[int, int | str | None]) -> list[Defect]:
        """Lines below the total of everything, each told; lines that only lack a total at the end, told once."""
        rows, is_below = unsummed(self._sorted.totals, self._leaves)
        numbers = [self._body.rows[row] + 1 for row in rows]
        if not is_below:
            return [Defect("row.unsummed", one, cell=f"{one}:{one}", observed=str(len(rows))) for one in numbers[:1]]
        return [
            Defect(
                "row.below_total",
                one,
                cell=f"{one}:{one}",
                observed=self._names[row] or None,
                row=leaf_of[row],
            )
            for row, one in zip(rows, numbers, strict=True)
        ]

    def _take_out_unreadable(self) -> None:
        """What a workbook itself marks as an error or never calculated is refused, whatever it looks like."""
        if not self._table.grid.unreadable:
            return
        row_of = {row: place for place, row in enumerate(self._body.rows)}
        column_of = {place: column for column, place in self._table.heading.places.items()}
        for (row, place), text in sorted(self._table.grid.unreadable.items()):
            if row in row_of and place in column_of:
                column = column_of[place]
                cells = list(self._body.cells[column])
                cells[row_of[row]] = None
                self._body.cells[column] = cells
                self._refused.append((column, row_of[row], text))

    def _read(self, column: str, kind: str) -> list[Any]:
        if column not in self._body.cells:
            return [_ABSENT[kind]] * len(self._body.rows)
        return _READ[kind](self._body.cells[column], lambda row, text: self._refused.append((column, row, text)))

    def _told_apart(self) -> Sorted:
        """Fills the labels down, and tells which rows are totals."""
        declaration, typed = self._declaration, self._typed
        named = [column for column in declaration.of_kind("text") if declaration.presence[column] == "required"]
        names = self._names = typed[named[0]] if named else [""] * len(self._body.rows)
        suspects = [row for row, name in enumerate(names) if not name or is_total_label(name)]
        if suspects[-1:] != [len(names) - 1]:
            suspects.append(len(names) - 1)
        levels = declaration.of_kind("label")
        numbers = [
            c for c in declaration.of_kind("integer") if len(suspects) > 1 or self._body.groups or None in typed[c]
        ]
        printed = [typed[column] for column in levels]
        printed += [["" if value is None else str(value) for value in typed[column]] for column in numbers]
        levels += numbers
        groups = {
            row: [(levels.index(column), label) for column, label in labels]
            for row, labels in self._body.groups.items()
        }
        filled, starts = filled_down(printed, names, groups)
        self._filled = dict(zip(levels, filled, strict=True))
        rows = Rows(
            amounts=[typed[column] for column in declaration.of_kind("money")],
            names=names,
            printed=printed[: len(levels) - len(numbers)],  # a number may stand in a line that lacks its name
            filled=filled,
            begins=runs(filled, starts),
            headings=[declaration.bare_names(column) for column in levels],
        )
        found = words_in(self._table.grid, declaration, self._table.heading, [self._body.rows[row] for row in suspects])
        return sorted_rows(rows, dict(zip(suspects, found, strict=True)))

    def _columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {"source_row": [row + 1 for row in self._of_leaves(self._body.rows)]}
        for column, kind in self._declaration.kinds.items():
            if kind == "label":
                columns[column] = self._of_leaves(self._filled[column])
            elif kind == "integer":
                columns[column] = self._integers(column)
            elif kind in ("money", "text"):
                columns[column] = self._of_leaves(self._typed[column])
        marks = self._declaration.of_kind("tick", "status")
        return columns | self._statuses() if marks else columns

    def _of_leaves(self, values: Iterable[Value]) -> list[Value]:
        return list(compress(values, self._is_leaf))

    def _integers(self, column: str) -> list[int | None]:
        """The numbers of the leaf rows; where each is printed once, for the first of a group, it holds below too."""
        values: list[int | None] = self._of_leaves(self._typed[column])
        printed = [value for value in values if value is not None]
        if len(printed) == len(values) or any(one == other for one, other in pairwise(printed)):
            return values
        return [int(label) if label else None for label in self._of_leaves(self._filled[column])]

    def _statuses(self) -> dict[str, list[Any]]:
        ticks = {column: self._of_leaves(self._typed[column]) for column in self._declaration.of_kind("tick")}
        named = self._declaration.of_kind("status")
        words = self._of_leaves(self._typed[named[0]]) if named else [""] * len(self._leaves)

        def refuse(leaf: int, text: str) -> None:
            self._refused.append((named[0], self._leaves[leaf], text))

        return statuses_in(ticks, words, self._declaration, refuse)

    def _printed_totals(self) -> list[PrintedTotal]:
        money = {column: self._typed[column] for column in self._declaration.of_kind("money")}
        totals = []
        for row, (label, (first, end)) in sorted(self._sorted.totals.items()):
            amounts = {column: values[row] for column, values in money.items()}
            span = bisect_left(self._leaves, first), bisect_left(self._leaves, end) - 1
            totals.append(PrintedTotal(label, self._body.rows[row] + 1, *span, amounts))
        return totals
