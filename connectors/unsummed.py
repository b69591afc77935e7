"""The lines at the end of a table that none of its printed totals sums."""

from collections.abc import Mapping, Sequence

from connectors.sums import Span
from connectors.totalnames import total_name


def unsummed(totals: Mapping[int, tuple[str, Span]], lines: Sequence[int]) -> tuple[list[int], bool]:
    """The lines below the last that a total sums, and whether they stand below the total of everything.

    `totals` are label and rows by the row of the total, `lines` the rows of lines; none where no total is printed.
    """
    summed = max((end for _, (_, end) in totals.values()), default=None)
    if summed is None:
        return [], False
    rest = [line for line in lines if line >= summed]
    return rest, any(total_name(label).is_of_everything and end <= row for row, (label, (_, end)) in totals.items())
