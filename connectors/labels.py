"""Labels that are printed once stand for the rows below them too."""

from collections.abc import Mapping, Sequence
from itertools import chain, compress, count, repeat
from operator import ne

from connectors.totalnames import is_total_label


def filled_down(
    printed: Sequence[Sequence[str]], names: Sequence[str], groups: Mapping[int, Sequence[tuple[int, str]]]
) -> tuple[list[list[str]], list[int]]:
    """One list a label level, outermost first, with a label for every row; and the rows where labels may change.

    A label stays until another is printed; a new outer label ends the inner ones. `groups` are labels on lines of
    their own above a row, as (level, label). A nameless row's รวม… is a total's label, and no group begins with it.
    """
    if not names:
        return [[] for _ in printed], []
    turns = {0, *(row for row in groups if row < len(names))}
    after_nameless = [row for row, name in enumerate(names[:-1], 1) if not name]
    for column in filter(any, printed):
        # The same label again changes nothing, but for one that may have been a total's.
        turns.update([row for row in compress(count(1), map(ne, column[1:], column)) if column[row]])
        turns.update([row for row in after_nameless if column[row]])
    starts = sorted(turns)
    current = [""] * len(printed)
    held: list[list[str]] = []
    for row in starts:
        for level, word in groups.get(row, ()):
            current[level:] = [word] + [""] * (len(current) - level - 1)
        for level, column in enumerate(printed):
            word = column[row]
            if word and word != current[level] and (names[row] or not is_total_label(word)):
                current[level:] = [word] + [""] * (len(current) - level - 1)
        held.append(current.copy())
    lengths = [end - row for row, end in zip(starts, [*starts[1:], len(names)], strict=True)]
    return [list(chain.from_iterable(map(repeat, column, lengths))) for column in zip(*held, strict=True)], starts


def runs(filled: Sequence[Sequence[str]], starts: Sequence[int]) -> list[list[int]]:
    """One list a level: the rows at which a run of equal labels begins, all outer ones equal too."""
    begins: list[list[int]] = []
    outer = {0}
    for column in filled:
        outer = outer.union(row for row in starts if row and column[row] != column[row - 1])
        begins.append(sorted(outer))
    return begins
