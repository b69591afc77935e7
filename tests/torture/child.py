"""A process that runs command lines in copies of itself, and kills a copy where it is told to.

Everything was imported before, so that a run takes a second and not ten. One order a line on standard input, one answer
a line on standard output, both JSON. The product knows nothing of this: the points are seen from outside, as calls and
returns of its functions, statements to its database and what it does to files.
"""

import datetime
import importlib
import json
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, NoReturn

from sqlalchemy import Engine, event

import flows.command.say
from flows.cli import main

# Before any command imports the clock: what two runs write can then be compared byte for byte.
flows.command.say.now = lambda: datetime.datetime(2023, 4, 12, 3, 0, tzinfo=datetime.UTC)

SEEN = ("flows.", "warehouse.", "reports.release", "reports.manifest", "connectors.read", "expectations.judge")
FILE_EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "sqlite3.connect"}
_PASSING = re.compile(r"[0-9a-f]{64}|\.\d+(?=\.part)|(?<=\.v\d)-\w+")  # parts of names that differ from run to run


class Points:
    """Counts the points that a run passes, keeps their names, and dies at one of them."""

    def __init__(self, folder: str, fatal: list[Any] | None) -> None:
        self.folder, self.fatal = folder, fatal
        self.passed: Counter[str] = Counter()
        self.names: dict[CodeType, str | None] = {}

    def watch(self, calls: bool) -> None:
        sys.addaudithook(self.on_audit)
        event.listen(Engine, "before_cursor_execute", self.on_statement)
        event.listen(Engine, "commit", lambda _: self.reach("sql COMMIT"))
        if calls:  # takes three times as long
            sys.settrace(self.on_call)

    def reach(self, name: str) -> None:
        self.passed[name] += 1
        if self.fatal == [name, self.passed[name]]:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_audit(self, happens: str, arguments: tuple[Any, ...]) -> None:
        if happens in FILE_EVENTS and str(arguments[0]).startswith(self.folder):
            self.reach(f"{happens} {_PASSING.sub('', str(arguments[0])[len(self.folder) :])}")

    def on_statement(self, _: object, __: object, statement: str, *___: object) -> None:
        self.reach(f"sql {' '.join(statement.split()[:3])}")

    def on_call(self, frame: FrameType, _: str, __: object) -> Callable[..., None] | None:
        code = frame.f_code
        if code not in self.names:
            place = f"{frame.f_globals.get('__name__')}.{code.co_qualname}"
            self.names[code] = place if place.startswith(SEEN) else None
        if (place := self.names[code]) is None:
            return None
        self.reach(f"call {place}")
        frame.f_trace_lines = False
        return self.on_return

    def on_return(self, frame: FrameType, happens: str, _: object) -> None:
        if happens == "return":
            self.reach(f"return {self.names[frame.f_code]}")


def run(order: dict[str, Any], answer: int) -> NoReturn:
    """Run the commands in this copy; what was passed goes into the pipe."""
    log = os.open(f"{order['folder']}/../log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order["environment"])
    points = Points(order["folder"], order["fatal"])
    if order["watched"]:
        points.watch(calls=order["watched"] == "calls")
    exits = [main(command) for command in order["commands"]]
    sys.settrace(None)
    said = {"exits": exits, "passed": list(points.passed.items()), "modules": sorted(sys.modules)}
    with os.fdopen(answer, "w") as out:
        json.dump(said, out)
    os._exit(0)


def obey(order: dict[str, Any]) -> dict[str, Any]:
    """Run an order in a copy, killed after so many seconds if it says so; how it ended and what it passed."""
    start = time.perf_counter()
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        try:
            run(order, writing)
        finally:
            os._exit(70)
    os.close(writing)
    if order["seconds"] is not None:
        time.sleep(order["seconds"])
        os.kill(copy, signal.SIGKILL)
    with os.fdopen(reading) as answer:
        said = answer.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    # One killed while it answered said only half of it.
    told = json.loads(said) if ended == 0 else {"exits": [], "passed": [], "modules": []}
    return told | {"ended": ended, "took": time.perf_counter() - start}


if __name__ == "__main__":
    for line in sys.stdin:
        answered = obey(json.loads(line))
        for module in answered.pop("modules"):  # what the copy had to import, the next ones find here
            if module not in sys.modules and not module.startswith("__"):
                try:
                    importlib.import_module(module)
                except ImportError:
                    continue
        print(json.dumps(answered), flush=True)
