"""Which rows are printed subtotals and totals, and which rows each sums: told by name, place and arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from connectors.groups import Rows, head_of, next_rows
from connectors.sums import Amounts, Span, Sums
from connectors.totalnames import TotalName, is_total_label, names_group, total_name

UNLABELLED = "รวม"
EVERYTHING = "ทั้งสิ้น"
_LONGEST_LABEL = 200  # characters
_SURELY = 3  # amounts that no line has by chance


@dataclass(slots=True)
class Sorted:
    """Which value rows are totals, each with its label and what it sums; and which lines are odd, with what is said."""

    totals: dict[int, tuple[str, Span]]
    odd: dict[int, tuple[str, str | None]]  # row -> the kind of defect that it is, and its label
    labels: frozenset[int] = frozenset()  # rows that only bear a group's label, with nothing in their amounts


def sorted_rows(rows: Rows, suspects: Mapping[int, Sequence[str]]) -> Sorted:
    """The rows that may be totals, judged; `suspects` holds their words, the last row's too; all others are lines.

    A total begins with รวม, and what follows names the group that ends or begins there, or everything; or its amounts
    are the sums of such a group. A nameless row above deeper ones is the total of these, printed first.
    """
    labels = {row: label for row, words in suspects.items() if (label := _label(words))}
    below = next_rows(labels)
    heads = {row: head for row in suspects if row not in labels and (head := head_of(rows, row, below))}
    judge = _Judge(rows, heads, labels.keys() | {row for row, words in suspects.items() if not words})
    has_names = len(suspects) < len(rows.names) or any(rows.names[row] for row in suspects if row not in labels)
    for row, words in suspects.items():
        if row in heads:
            judge.last_total = row
        elif label := labels.get(row):
            judge.take(row, label, judge.span_of(row, label), "row.looks_like_total")
        elif not words:
            judge.take(row, None, judge.span_summed(row), "row.without_label")
        elif rows.names[row]:  # the last row: whatever it is called, the sum of all others is no line
            judge.take_sum_of_all(row)
        elif judge.repeats_label(row, has_names):
            judge.take(row, words[-1], judge.span_repeated(row), "row.without_label")
        elif has_names:
            judge.found.odd[row] = ("row.without_label", None)
    return _with_lines(judge.found, frozenset(row for row in heads if not any(c[row] for c in rows.amounts)), rows)


def _sums_of_lines(rows: Rows) -> set[int]:
    """The rows that sum lines just above them in three amounts or more: totals under words that we do not know.

    Where nothing is spent yet only two are not 0, and a group may have one line: then the last must sum all lines.
    """
    if len(rows.amounts) < _SURELY:
        return set()
    everything = _summing(rows, 1)
    if everything.get(len(rows.names) - 1) == 0:
        return set(everything)
    return {row for row in _summing(rows, 2) if sum(bool(column[row]) for column in rows.amounts) >= _SURELY}


def _summing(rows: Rows, least: int) -> dict[int, int]:
    """The rows that sum so many lines just above them, or more, in two amounts at least; and where those begin."""
    found: dict[int, int] = {}
    sums = Sums(rows.amounts, found)
    for row in range(least, len(rows.names)):
        start = sums.start_of(row)
        if start is None or sums.lines_and_sums((start, row))[0] < least:
            continue
        if sum(map(bool, sums.amounts_of(row))) > 1:
            found[row] = start
    return found


def _label(words: Sequence[str]) -> str | None:
    """The words that begin like a total's label; รวม in a cell of its own goes on in the next."""
    for word, following in pairwise([*words, ""]):
        if is_total_label(word) and len(word) <= _LONGEST_LABEL:
            is_open = total_name(word) == TotalName("", False)
            return f"{word} {following}" if is_open and following.strip("0123456789.,✓/") else word
    return None


def _with_lines(found: Sorted, labels: frozenset[int], rows: Rows) -> Sorted:
    """A total that turned out to sum no line is itself a line, and odd; one that is nothing is only a label."""
    if not found.totals:
        unknown = {row: ("row.total_or_line", rows.names[row] or None) for row in _sums_of_lines(rows)}
        return Sorted({}, found.odd | unknown)
    lines = list(accumulate((row not in found.totals for row in range(len(rows.names))), initial=0))
    empty = [row for row, (_, (first, end)) in found.totals.items() if lines[first] == lines[end]]
    for row in empty:
        found.odd[row] = ("row.total_or_line", found.totals.pop(row)[0])
    totals = {row: total for row, total in found.totals.items() if row not in labels}
    return Sorted(totals, found.odd, labels.difference(empty))


class _Judge:
    """The rows as far as they are judged, from the top down."""

    def __init__(self, rows: Rows, heads: dict[int, tuple[str, Span]], maybe: set[int]) -> None:
        self.found = Sorted(dict(heads), {})
        self.last_total = -1
        self._rows = rows
        self._next = next_rows(heads.keys() | maybe)
        self._above = Sums(rows.amounts, self.found.totals)
        self._below = Sums(rows.amounts, self._next)  # what may be a total is no line there
        self._kinds = [(word, level) for level, headings in enumerate(rows.headings) for word in headings]
        self._since: dict[str, Span] = {}  # kind -> what its last total sums from, and the row after that total
        self._noted = 0  # the row before which all totals are known to it

    def take(self, row: int, label: str | None, span: Span | None, odd: str) -> None:
        """Note the row as a total, or as an odd line; where it may well be a total, only a person can say."""
        if span:
            self.found.totals[row] = (label or UNLABELLED, span)
            self.last_total = row
            return
        lines, amount, *_ = self._above.lines_and_sums((self.last_total + 1, row))
        is_large = lines > 0 and self._above.amounts_of(row)[0] >= max(amount, 1)
        is_surely = label is not None and is_total_label(label) and bool(self._kind_of(label))
        self.found.odd[row] = ("row.total_or_line" if is_large or is_surely else odd, label)

    def take_sum_of_all(self, row: int) -> None:
        """Note the row as a total if it sums everything above it; where round amounts may do so, a person must say."""
        name = self._rows.names[row]
        if span := self._agreeing(row, [(0, row)], 3):
            self.found.totals[row] = (name, span)
        elif self._agreeing(row, [(0, row)], 2):
            self.found.odd[row] = ("row.total_or_line", name)

    def span_of(self, row: int, label: str) -> Span | None:
        """What a row with a total's label sums; None if it can only be a line that is called so."""
        name = total_name(label)
        if name.is_of_everything:
            since = self._first_since(EVERYTHING, row)
            return self._likeliest(row, [(0, row), (since, row), (row + 1, len(self._rows.names))])
        if not name.group:
            around = self._around(row)
            return self._agreeing(row, around, 1) or self._likeliest(row, around)
        span = self._likeliest(row, self._named(row, label, name.group)) or self._agreeing(row, self._around(row), 2)
        return span or self._likeliest(row, self._of_its_kind(row, label))

    def span_summed(self, row: int) -> Span | None:
        """What a row without any word sums, to the last satang; None if nothing."""
        amounts = self._above.amounts_of(row)
        spans = (span for span in self._around(row) if any(amounts) and self._sums(row, span)[1:] == amounts)
        return next(spans, None)

    def repeats_label(self, row: int, has_names: bool) -> bool:
        """Whether a nameless row prints the label of the group above; lines do so where none of them has a name."""
        level = self._rows.innermost(row)
        if level is None or row == 0:
            return False
        label, above = self._rows.printed[level][row], self._rows.printed[level][row - 1]
        return label == self._rows.filled[level][row - 1] and (has_names or label != above)

    def span_repeated(self, row: int) -> Span | None:
        """The group whose label such a row repeats; None if it does not sum that group."""
        level = self._rows.innermost(row)
        return self._agreeing(row, [span for at, span in self._rows.ending(row) if at == level], 2)

    def _named(self, row: int, label: str, group: str) -> list[Span]:
        """The groups of this name that end above or begin below, the innermost that was not yet summed first."""
        rows, line = self._rows, self._next[row]
        levels = range(len(rows.filled) - 1, -1, -1)
        above = [
            (rows.start(level, row - 1), row)
            for level in levels
            if row and names_group(group, rows.filled[level][row - 1], rows.headings[level])
        ]
        taken = 0  # where two levels bear one name, the totals stand below each other
        while taken + 1 < len(above) and self.found.totals.get(row - 1 - taken, ("",))[0] == label:
            taken += 1
        below = [
            (row + 1, rows.end(level, line))
            for level in levels
            if line < len(rows.names)
            and names_group(group, rows.filled[level][line], rows.headings[level])
            and rows.start(level, line) >= row
        ]
        return [*above[taken:], *above[:taken], *below]

    def _of_its_kind(self, row: int, label: str) -> list[Span]:
        """What รวมแผนงาน… sums where no label says so: back to the last such total, within the group it stands in."""
        kind = self._kind_of(label)
        if kind is None:
            return []
        word, level = kind
        first = max(self._first_since(word, row), self._rows.start(level, row - 1) if row else 0)
        return [(first, row), (row + 1, len(self._rows.names))]

    def _kind_of(self, label: str) -> tuple[str, int] | None:
        """The word above a label column with which a total's group begins, and its level; None if it names a place."""
        name = total_name(label)
        if not name.group:
            return (EVERYTHING if name.is_of_everything else ""), 0
        return next((kind for kind in self._kinds if name.group.startswith(kind[0])), None)

    def _first_since(self, kind: str, row: int) -> int:
        """The row after the last total of a kind; its own first row if there are no lines in between."""
        for total in range(self._noted, row):
            if total in self.found.totals and (known := self._kind_of(self.found.totals[total][0])):
                self._since[known[0]] = (self.found.totals[total][1][0], total + 1)
        self._noted = row
        first, end = self._since.get(kind, (0, 0))
        return end if self._above.has_line((end, row)) else first

    def _around(self, row: int) -> list[Span]:
        """Every group that ends above a row, innermost first, and whatever sums it; then those that begin below it."""
        above = [span for _, span in self._rows.ending(row)]
        summed = self._above.start_of(row)
        above += [(summed, row)] if summed is not None else []
        below = [span for _, span in self._rows.beginning(row, self._next[row])]
        return [*above, (0, row), *below, (row + 1, len(self._rows.names))]

    def _likeliest(self, row: int, spans: Iterable[Span]) -> Span | None:
        """The first group that agrees, else the first that has lines."""
        filled = [span for span in dict.fromkeys(spans) if self._side(row, span).has_line(span)]
        if len(filled) < 2:
            return filled[0] if filled else None
        return self._agreeing(row, filled, 1) or filled[0]

    def _agreeing(self, row: int, spans: Iterable[Span], least: int) -> Span | None:
        """The first group whose sums are most of the row's amounts, at least so many of them other than 0.

        With two, a line never does so by chance; and where only sums tell, one line alone is no group.
        """
        amounts = self._above.amounts_of(row)
        for span in spans:
            lines, *sums = self._sums(row, span)
            agreeing = [amount for amount, total in zip(amounts, sums, strict=True) if amount == total]
            if lines >= least and len(agreeing) * 2 > len(amounts) and sum(map(bool, agreeing)) >= least:
                return span
        return None

    def _sums(self, row: int, span: Span) -> Amounts:
        return self._side(row, span).lines_and_sums(span)

    def _side(self, row: int, span: Span) -> Sums:
        """The sums that hold for a span: below the row as far as the rows there are surely lines."""
        return self._above if span[1] <= row else self._below
