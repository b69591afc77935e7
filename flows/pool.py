"""Processes that work beside this one and end with it."""

import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process

from flows.garbage import collect_rarely

# Not fork: a process of threads (Prefect's) must not be copied in the middle of what they do. On Linux a process that
# has no threads is started beside this one, imports what the work needs, and is copied for each that is wanted.
_CONTEXT = get_context("forkserver" if sys.platform == "linux" else "spawn")


def new_pool(module: str) -> ProcessPoolExecutor:
    """A process for each core, each started when there is work for it; the work is defined in this module."""
    _CONTEXT.set_forkserver_preload([module])  # heeded until the first of all is started: others import it then
    return ProcessPoolExecutor(os.cpu_count(), mp_context=_CONTEXT, initializer=_begin)


def _begin() -> None:
    collect_rarely()
    end_with_parent()


def end_with_parent() -> None:
    """Have this process end when the one that started it is gone, if killed too: it would wait for work for ever."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
