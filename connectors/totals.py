"""Which rows are printed subtotals and totals, and which leaf rows each of them stands for.

Never told by the substring รวม: เทศบาลตำบลรวมใจพัฒนา is a real name. A total begins with รวม, and what follows names
the group that ends there, or all; or, failing that, its amounts are the sums of such a group.
"""

from collections.abc import Mapping, Sequence

PREFIX = "รวม"
_ALL = frozenset({"ทั้งสิ้น", "ทั้งหมด", "ทุกแผนงาน", "สุทธิ", "เงินทั้งสิ้น", "งบประมาณทั้งสิ้น", "งบประมาณรายจ่ายทั้งสิ้น"})
_GROUP_WORDS = ("แผนงาน", "งาน", "หมวด", "ประเภท")

Span = tuple[int, int]


def spans_ending(rows: int, labels: Sequence[Sequence[str]]) -> list[Span]:
    """The groups that end with the last of so many leaf rows, innermost first and all rows last, as (first, last).

    `labels` holds one filled-down list a label column, outermost first, each as long as there are rows.
    """
    last = rows - 1
    if last < 0:
        return []
    first, spans = 0, [(0, last)]
    for column in labels:
        here = last
        while here > first and column[here - 1] == column[last]:
            here -= 1
        first = here
        spans.append((first, last))
    return spans[::-1]


def span_named(label: str, rows: int, labels: Sequence[Sequence[str]], above: Sequence[str]) -> Span | None:
    """The group that a label such as รวมงบกลาง names; None if it names none.

    Where two levels bear one name, the innermost that the totals directly `above` (their labels) have not yet taken.
    """
    rest = label.removeprefix(PREFIX).strip()
    spans = spans_ending(rows, labels)
    if not spans:
        return None
    if rest in _ALL:
        return spans[-1]
    named = [
        span
        for span, column in zip(spans, reversed(labels), strict=False)
        if rest and column[-1] and rest in {column[-1], *(word + column[-1] for word in _GROUP_WORDS)}
    ]
    if not named:
        return None
    taken = sum(one == label for one in above)
    return named[min(taken, len(named) - 1)]


def span_summing(
    amounts: Mapping[str, int], rows: int, labels: Sequence[Sequence[str]], columns: Mapping[str, Sequence[int]]
) -> Span | None:
    """The innermost group whose sums are most of a row's amounts; None if there is none.

    Two columns must agree on something other than 0: a leaf row never does so by chance.
    """
    for first, last in spans_ending(rows, labels):
        if last == first:
            continue
        sums = {name: sum(column[first : last + 1]) for name, column in columns.items()}
        agreeing = [name for name in amounts if amounts[name] == sums[name]]
        if len(agreeing) * 2 > len(amounts) and sum(bool(amounts[name]) for name in agreeing) >= 2:
            return first, last
    return None
