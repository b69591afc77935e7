"""Processes that work beside this one and end with it."""

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process

from flows.garbage import collect_rarely


def new_pool() -> ProcessPoolExecutor:
    """A process for each core, each started when there is work for it."""
    # Not fork: a process of threads (Prefect's) must not be copied in the middle of what they do.
    return ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_begin)


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
