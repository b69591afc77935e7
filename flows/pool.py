"""Processes that work beside this one and end with it."""

import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.context import BaseContext

from flows.garbage import collect_rarely


def new_pool(module: str) -> ProcessPoolExecutor:
    """A process for each core, each started when there is work for it; the work is defined in this module."""
    return ProcessPoolExecutor(os.cpu_count(), mp_context=_context(module), initializer=_begin)


def _context(module: str) -> BaseContext:
    """How they are started: not by fork, a process of threads (Prefect's) must not be copied amid what they do.

    On Linux a process without threads is started beside this one, imports the module and is copied for each of them.
    """
    if sys.platform == "linux":
        forkserver.set_forkserver_preload([module])  # heeded before its start: a second module is imported by each
        try:
            forkserver.ensure_running()
            return get_context("forkserver")
        except OSError:  # the path of the folder for temporary files is too long for its socket
            pass
    return get_context("spawn")


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
