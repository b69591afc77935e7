"""Runs a module as `python -m` does, and ends when whoever holds the other end of its standard input is gone."""

import os
import runpy
import sys
import threading


def _end_with_parent() -> None:
    while os.read(0, 1024):  # not sys.stdin, whose lock Python wants when it ends
        pass
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
