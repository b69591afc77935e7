"""The slips of typing and reading that turn one printed number into another, and how well they explain a repair.

The kinds follow S. Scholtus (2009), Automatic correction of simple typing errors in numerical data with balance
edits, Statistics Netherlands discussion paper 09046; look-alike digits come first, as an OCR's commonest slip.
"""

from collections.abc import Mapping

from expectations.localise.family import Cell

# Alike on paper, in Arabic digits (4/6, 1/7, 3/8, 0/8 ...) or in Thai ones (๕/๖, ๔/๕, ๓/๗, ๘/๙).
_LOOK_ALIKE = frozenset(map(frozenset, ("46", "17", "38", "56", "45", "37", "89", "08", "06", "68")))
# The decimal point lost, a thousands group lost; a factor of ten is a digit dropped or added.
_SHIFTS = (100, 1000)


def slip(printed: int, true: int) -> str | None:
    """The slip by which `true` came to read `printed` (both satang), or None where no single slip does it."""
    if printed == -true:
        return "sign lost"
    if printed * true < 0:
        return None
    if printed and true and (printed in [true * s for s in _SHIFTS] or true in [printed * s for s in _SHIFTS]):
        return "thousands shifted"
    # Three digits at least, as money is printed: 0.05.
    shown, meant = str(abs(printed)).zfill(3), str(abs(true)).zfill(3)
    if len(shown) == len(meant):
        return _replaced(shown, meant)
    if len(shown) + 1 == len(meant) and _extra(meant, shown) is not None:
        return "digit dropped"
    if len(shown) == len(meant) + 1 and (place := _extra(shown, meant)) is not None:
        return "digit doubled" if shown[place] == shown[place + 1 : place + 2] else "digit added"
    return None


def _replaced(shown: str, meant: str) -> str | None:
    differing = [place for place, digit in enumerate(shown) if digit != meant[place]]
    if len(differing) == 1:
        pair = frozenset((shown[differing[0]], meant[differing[0]]))
        return "look-alike digit" if pair in _LOOK_ALIKE else "digit changed"
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        first, second = differing
        return "digits swapped" if (shown[first], shown[second]) == (meant[second], meant[first]) else None
    return None


def _extra(longer: str, shorter: str) -> int | None:
    """The first place at which `longer` has one digit more than `shorter`, or None."""
    return next((p for p in range(len(longer)) if longer[:p] + longer[p + 1 :] == shorter), None)


def doubt(observed: Mapping[Cell, int], repair: Mapping[Cell, int]) -> tuple[int, int]:
    """How little slips explain a repair: (cells that no slip explains, cells not explained by look-alike digits)."""
    changes = [(observed[cell], value) for cell, value in repair.items()]
    slips = [
        "cells interchanged" if (value, printed) in changes else slip(printed, value) for printed, value in changes
    ]
    return slips.count(None), len(slips) - slips.count("look-alike digit")
