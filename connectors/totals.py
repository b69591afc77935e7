"""Which rows are printed subtotals and totals, and which rows each sums: told by name, place and arithmetic."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub

from connectors.totalnames import TotalName, is_total_label, names_group, total_name

Span = tuple[int, int]  # the first row, and the row after the last
Amounts = tuple[int, ...]
UNLABELLED = "รวม"


@dataclass(slots=True)
class Rows:
    """The value rows of one table, from the top. Labels are one list a level, outermost first."""

    amounts: Sequence[Sequence[int]]  # one list a column, as all below
    names: Sequence[str]
    printed: Sequence[Sequence[str]]  # labels as each row prints them
    filled: Sequence[Sequence[str]]  # labels as they hold for each row
    begins: Sequence[Sequence[int]]  # where the runs of equal labels begin
    headings: Sequence[tuple[str, ...]]  # the bare words above each label column


@dataclass(slots=True)
class Sorted:
    """Which value rows are totals, each with its label and what it sums; and which lines are odd, with what is said."""

    totals: dict[int, tuple[str, Span]]
    odd: dict[int, tuple[str, str | None]]  # row -> the kind of defect that it is, and its label


def sorted_rows(rows: Rows, suspects: Mapping[int, Sequence[str]]) -> Sorted:
    """The rows that may be totals, judged; `suspects` holds their words, every other row is a line.

    A total begins with รวม, and what follows names the group that ends or begins there, or everything; or its amounts
    are the sums of such a group. A nameless row above deeper ones is the total of these, printed first.
    """
    labels = {row: label for row, words in suspects.items() if (label := _label(words))}
    heads = {row: head for row in suspects if row not in labels and (head := _head(rows, row))}
    table = _Table(rows, heads, labels.keys() | {row for row, words in suspects.items() if not words})
    has_names = any(rows.names)
    for row, words in suspects.items():
        if row in heads:
            continue
        if label := labels.get(row):
            table.take(row, label, table.span_of(row, label), "row.looks_like_total")
        elif not words:
            table.take(row, None, table.span_summed(row), "row.without_label")
        elif span := table.span_repeated(row):
            table.take(row, words[-1], span, "row.without_label")
        elif has_names:
            table.take(row, None, None, "row.without_label")
    return _with_lines(table.found, len(rows.names))


def _with_lines(found: Sorted, rows: int) -> Sorted:
    """A total that turned out to sum no line is itself a line, and odd."""
    if not found.totals:
        return found
    lines = list(accumulate((row not in found.totals for row in range(rows)), initial=0))
    empty = [row for row, (_, (first, end)) in found.totals.items() if lines[first] == lines[end]]
    for row in empty:
        found.odd[row] = ("row.looks_like_total", found.totals.pop(row)[0])
    return found


def _label(words: Sequence[str]) -> str | None:
    """The words that begin like a total's label; รวม in a cell of its own goes on in the next."""
    for place, word in enumerate(words):
        if is_total_label(word):
            return " ".join(words[place:]) if total_name(word) == TotalName("", False) else word
    return None


def _innermost(rows: Rows, row: int) -> int | None:
    return next((level for level in reversed(range(len(rows.printed))) if rows.printed[level][row]), None)


def _head(rows: Rows, row: int) -> tuple[str, Span] | None:
    """The label and rows of a total above its group: it prints a label and no name, the next row goes deeper."""
    level, below = _innermost(rows, row), row + 1
    if level is None or below == len(rows.names):
        return None
    deeper = rows.names[below] or any(column[below] for column in rows.printed[level + 1 :])
    end = _run_end(rows, level, row)
    return (rows.printed[level][row], (below, end)) if deeper and end > below else None


def _run_start(rows: Rows, level: int, row: int) -> int:
    return rows.begins[level][bisect_right(rows.begins[level], row) - 1]


def _run_end(rows: Rows, level: int, row: int) -> int:
    begins = rows.begins[level]
    place = bisect_right(begins, row)
    return begins[place] if place < len(begins) else len(rows.names)


class _Table:
    """The rows as far as they are judged, from the top down."""

    def __init__(self, rows: Rows, heads: dict[int, tuple[str, Span]], maybe: set[int]) -> None:
        self.found = Sorted(dict(heads), {})
        self._rows = rows
        self._above = _Sums(rows.amounts, self.found.totals)
        self._maybe = heads.keys() | maybe
        self._below = _Sums(rows.amounts, self._maybe)
        self._last: dict[str, int] = {}  # the row after the last total of everything, or of a kind of group

    def take(self, row: int, label: str | None, span: Span | None, odd: str) -> None:
        """Note the row as a total, or as an odd line."""
        if span:
            self.found.totals[row] = (label or UNLABELLED, span)
        else:
            self.found.odd[row] = (odd, label)

    def span_of(self, row: int, label: str) -> Span | None:
        """What a row with a total's label sums; None if it can only be a line that is called so."""
        name = total_name(label)
        if name.is_of_everything:
            last = self._last.get("", 0)
            self._last[""] = row + 1
            return self._likeliest(row, [(0, row), (last, row), (row + 1, len(self._rows.names))])
        if name.group:
            named = self._named(row, label, name.group)
            return self._likeliest(row, named) or self._agreeing(row, self._around(row), 2)
        around = self._around(row)
        return self._agreeing(row, around, 1) or self._likeliest(row, around)

    def span_summed(self, row: int) -> Span | None:
        """What a row without any word sums, to the last satang; None if nothing."""
        amounts = self._above.amounts_of(row)
        spans = (span for span in self._around(row) if any(amounts) and self._sums(row, span)[1:] == amounts)
        return next(spans, None)

    def span_repeated(self, row: int) -> Span | None:
        """The group that ends above a nameless row which repeats its label; None if it does not sum that group."""
        level = _innermost(self._rows, row)
        if level is None or row == 0 or self._rows.printed[level][row] != self._rows.filled[level][row - 1]:
            return None
        return self._agreeing(row, [(_run_start(self._rows, level, row - 1), row)], 2)

    def _named(self, row: int, label: str, group: str) -> list[Span]:
        """The groups of this name that end above or begin below, the innermost that was not yet summed first."""
        rows, levels = self._rows, range(len(self._rows.filled) - 1, -1, -1)
        above = [
            (_run_start(rows, level, row - 1), row)
            for level in levels
            if row and names_group(group, rows.filled[level][row - 1], rows.headings[level])
        ]
        taken = 0  # where two levels bear one name, the totals stand below each other
        while taken + 1 < len(above) and self.found.totals.get(row - 1 - taken, ("",))[0] == label:
            taken += 1
        below = [
            (row + 1, _run_end(rows, level, row + 1))
            for level in levels
            if row + 1 < len(rows.names)
            and _run_start(rows, level, row + 1) >= row
            and names_group(group, rows.filled[level][row + 1], rows.headings[level])
        ]
        return [*above[taken:], *above[:taken], *below] or self._since_last(row, group)

    def _since_last(self, row: int, group: str) -> list[Span]:
        """A group on a level that has no column (รวมแผนงาน…) goes back to the last total of that level."""
        for level, headings in enumerate(self._rows.headings):
            for heading in headings:
                if row and group.startswith(heading) and not self._rows.filled[level][row - 1]:
                    first = self._last.get(heading, 0)
                    self._last[heading] = row + 1
                    return [(first, row)]
        return []

    def _around(self, row: int) -> list[Span]:
        """Every group that ends above a row, innermost first, and whatever sums it; then those that begin below it."""
        rows, levels = self._rows, range(len(self._rows.filled) - 1, -1, -1)
        above = [(_run_start(rows, level, row - 1), row) for level in levels] if row else []
        summed = self._above.start_of(row)
        above += [(summed, row)] if summed is not None else []
        below: list[Span] = []
        if row + 1 < len(rows.names):
            starting = [level for level in levels if _run_start(rows, level, row + 1) >= row]
            below = [(row + 1, _run_end(rows, level, row + 1)) for level in starting]
        return [*above, (0, row), *below, (row + 1, len(rows.names))]

    def _likeliest(self, row: int, spans: Iterable[Span]) -> Span | None:
        """The first group that agrees, else the first that has lines."""
        filled = [span for span in dict.fromkeys(spans) if any(self._is_line(row, other) for other in range(*span))]
        if len(filled) < 2:
            return filled[0] if filled else None
        return self._agreeing(row, filled, 1) or filled[0]

    def _is_line(self, row: int, other: int) -> bool:
        """Whether another row is a line, as far as is known when a row is judged."""
        return other not in (self.found.totals if other < row else self._maybe)

    def _agreeing(self, row: int, spans: Iterable[Span], least: int) -> Span | None:
        """The first group whose sums are most of the row's amounts, at least so many of them other than 0.

        With two, a line never does so by chance; and where only sums tell, one line alone is no group.
        """
        amounts = self._above.amounts_of(row)
        for span in spans:
            lines, *sums = self._sums(row, span)
            agreeing = [amount for amount, total in zip(amounts, sums, strict=True) if amount == total]
            nonzero = sum(map(bool, agreeing))
            if lines >= least and len(agreeing) * 2 > len(amounts) and nonzero >= least:
                return span
        return None

    def _sums(self, row: int, span: Span) -> Amounts:
        """How many lines a span has, and their sums; below the row as far as the rows there are surely lines."""
        return (self._above if span[1] <= row else self._below).of(span)


class _Sums:
    """Running sums over the rows that are no totals."""

    def __init__(self, amounts: Sequence[Sequence[int]], totals: Container[int]) -> None:
        self._amounts = amounts
        self._totals = totals
        self._before: list[Amounts] = [(0,) * (len(amounts) + 1)]  # lines and sums above a row
        self._reached: dict[Amounts, int] = {}  # sums -> the last row above which they are reached

    def amounts_of(self, row: int) -> Amounts:
        """The amounts of one row."""
        return tuple([column[row] for column in self._amounts])

    def of(self, span: Span) -> Amounts:
        """How many lines a span has, and their sums."""
        self._extend(span[1])
        return tuple(map(sub, self._before[span[1]], self._before[span[0]]))

    def start_of(self, row: int) -> int | None:
        """Where a span begins that ends above a row and sums it to the last satang."""
        self._extend(row)
        return self._reached.get(tuple(map(sub, self._before[row][1:], self.amounts_of(row))))

    def _extend(self, row: int) -> None:
        while len(self._before) <= row:
            last, sums = len(self._before) - 1, self._before[-1]
            self._reached[sums[1:]] = last
            self._before.append(sums if last in self._totals else tuple(map(add, sums, (1, *self.amounts_of(last)))))
