"""Python's garbage collector, held back: a sync makes millions of objects that live on, and hardly any garbage."""

import atexit
import gc
from functools import cache

_NEW_OBJECTS = 100_000  # before it looks for garbage; Python's own 700 cost an eighth of the time of a sync


@cache
def collect_rarely() -> None:
    """Have this process look for garbage a hundred times less often, and not at its end, where all goes anyway."""
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)
