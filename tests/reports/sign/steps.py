"""What is done to the files below a folder, step by step: to look at it between any two steps, or to die at one."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}
_watching: list[tuple[str, Callable[[], None]]] = []


def _on_audit(happens: str, arguments: tuple[Any, ...]) -> None:
    if _watching and happens in _EVENTS and _place(happens, arguments).startswith(_watching[0][0]):
        watched = _watching.pop()  # what looks makes no steps of its own
        try:
            watched[1]()
        finally:
            _watching.append(watched)


def _place(happens: str, arguments: tuple[Any, ...]) -> str:
    if happens in ("os.remove", "os.rmdir") and arguments[1] >= 0:  # named within a folder that is held open
        return f"{os.readlink(f'/proc/self/fd/{arguments[1]}')}/{arguments[0]}"  # noqa: PTH115
    return str(arguments[0])


@contextmanager
def before_each_step(folder: Path, look: Callable[[], None]) -> Iterator[None]:
    """Calls `look` before a file below the folder is opened, made, moved or removed; what it raises stops the step."""
    if _on_audit not in _hooks:  # an audit hook stays as long as its process
        _hooks.append(_on_audit)
        sys.addaudithook(_on_audit)
    _watching.append((str(folder), look))
    try:
        yield
    finally:
        _watching.clear()


_hooks: list[object] = []
