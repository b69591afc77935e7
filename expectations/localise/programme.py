"""The smallest explanations of a part by integer programming, where the search ran out of work.

The programme chooses cells only (a set cover over the cuts, all coefficients one: no big-M over satang). Whether a
choice repairs the part is settled in exact integers by the part, which answers with new cuts until one does.
The bound is on branch-and-bound nodes, so that the same table is found the same way on any machine and on any day.
"""

from expectations.localise.family import Cell
from expectations.localise.part import LISTED, Part, bits_of

# Nodes of all the programmes of a part, seconds as a rule; setting one up counts as so many.
_NODES, _SET_UP = 100, 5
_SECONDS = 60.0  # of one programme: only for tables so large that a single node takes as long


def smallest(part: Part[Cell]) -> list[dict[Cell, int]]:
    """Every explanation of the smallest size; [] where there is none or the nodes did not suffice."""
    left = _NODES
    everything = part.everything()
    found: list[dict[Cell, int]] = []
    size = None
    while 0 not in part.cuts:
        chosen, nodes = _cover(part.cuts, everything.bit_length(), left)
        left -= nodes + _SET_UP
        if chosen is None:
            part.complete = False
            break
        if size is not None and chosen.bit_count() > size:
            break
        if repairs := part.repairs(chosen):
            found += repairs
            size = chosen.bit_count()
            if len(found) > LISTED:
                part.complete = False
                return found[:LISTED]
            part.cuts.append(everything & ~chosen)
    return found


def _cover(cuts: list[int], cells: int, most_nodes: int) -> tuple[int | None, int]:
    """The fewest cells that meet every cut, proven by HiGHS, or None if it could not; and the nodes that it took."""
    if most_nodes <= 0:
        return None, 0
    # Half a second to import: an officer who checks one file must not wait for it.
    import numpy
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    members = [[bit.bit_length() - 1 for bit in bits_of(cut)] for cut in cuts]
    columns = numpy.array([cell for cut in members for cell in cut])
    starts = numpy.cumsum([0, *map(len, members)])
    cover = LinearConstraint(csr_array((numpy.ones(len(columns)), columns, starts), shape=(len(cuts), cells)), lb=1)
    options = {"node_limit": most_nodes, "time_limit": _SECONDS, "mip_rel_gap": 0.0}
    answer = milp(numpy.ones(cells), integrality=1, bounds=(0, 1), constraints=cover, options=options)
    nodes = int(answer.mip_node_count or 0)
    if answer.status != 0:
        return None, nodes
    chosen = sum(1 << int(cell) for cell in numpy.flatnonzero(answer.x > 0.5))
    return (chosen if all(cut & chosen for cut in cuts) else None), nodes
