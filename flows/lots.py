"""The waiting files of a sync, cut into lots that may be worked on at the same time, on any machine, in any order."""

from collections.abc import Sequence
from itertools import groupby

from connectors.inbox import Waiting
from flows.line import LOT

_ALONE = 4 * LOT  # one lot is read while the one before is judged and loaded
_SHARED = 100  # enough to spread the suites' fixed cost, few enough that none works on when all others are done


def cut(files: Sequence[Waiting], *, shared: bool) -> list[list[list[Waiting]]]:
    """Stages of lots: those of one stage touch nothing in common, the stages come one after another.

    All files of one organisation stand in one lot, so what they are judged against does not hang on who is first. Whose
    a file is that neither its folder nor its name tells is only known once it is read: such files come last, one lot
    after another. `shared` cuts smaller lots, for several workers.
    """
    size = _SHARED if shared else _ALONE
    told = sorted((file for file in files if file.organisation), key=lambda file: str(file.organisation))
    together: list[list[Waiting]] = []
    for _, mine in groupby(told, key=lambda file: file.organisation):
        lot = list(mine)
        if together and len(together[-1]) + len(lot) <= size:
            together[-1] += lot
        else:
            together.append(lot)
    untold = [file for file in files if not file.organisation]
    return [together, *([untold[first : first + size]] for first in range(0, len(untold), size))]
