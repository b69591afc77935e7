"""One trial: a run is killed, nothing is found half done, a second run makes everything as if nothing had happened."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from reports.release import read_manifest
from tests.conftest import EXAMPLE
from warehouse.archive import archived_bytes
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.readings import FACTS
from warehouse.store.transactions import reading
from warehouse.tables import export, metadata

Point = tuple[str, int]
"""A name, and the how-manieth time that it is passed."""


@dataclass(frozen=True)
class State:
    """All that a run leaves: every row of the warehouse, every finished file with its hash."""

    rows: dict[str, list[tuple[Any, ...]]]
    files: dict[str, str]


class Trials:
    """Runs of the example in one place, on databases that `new_url` makes empty."""

    def __init__(self, child: "subprocess.Popen[str]", folder: Path, new_url: Callable[[], str]) -> None:
        self.child, self.place, self.new_url = child, folder / "place", new_url

    def undisturbed(self, watched: str) -> tuple[State, list[Point], float]:
        """What a run leaves that nobody disturbs, the points that it passes, and how long it takes.

        `watched` says how closely: "events" of files and database, or "calls" of our functions too.
        """
        self.begin()
        passed = self.run(watched=watched)["passed"]
        self.begin()
        took = self.run()["took"]  # not of the first, which has to import everything
        points = [(name, 1) for name, _ in passed] + [(name, times) for name, times in passed if times > 1]
        return self.state(), points, took

    def killed(self, expected: State, *, at: Point | None = None, after: float | None = None) -> bool:
        """Whether the run was killed before it ended. AssertionError if anything is lost, half there or twice."""
        self.begin()
        watched = None if at is None else "calls" if at[0].startswith(("call ", "return ")) else "events"
        ended = self.run(fatal=at, seconds=after, watched=watched)["ended"]
        self.check_nothing_is_half_done()
        again = self.run()
        assert again["exits"] == [0, 0], again
        state = self.state()
        assert state.rows == expected.rows
        assert state.files == expected.files
        return bool(ended == -9)

    def begin(self) -> None:
        """The example as it is handed in, in the same place each time, and a database without tables."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(EXAMPLE, self.place, ignore=shutil.ignore_patterns(".prongsai", "releases", "__pycache__"))
        self.url = self.new_url()

    def run(self, **order: object) -> dict[str, Any]:
        """Sync and report."""
        config = ["--config", str(self.place / "prongsai.toml")]
        report = ["report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
        said = {
            "folder": str(self.place),
            "environment": {"PRONGSAI_DATABASE_URL": self.url, "PRONGSAI_SETTLE_SECONDS": "0"},
            "commands": [["sync", *config], [*report, *config]],
            "fatal": None,
            "seconds": None,
            "watched": None,
        } | order
        assert self.child.stdin and self.child.stdout
        self.child.stdin.write(json.dumps(said) + "\n")
        self.child.stdin.flush()
        answer: dict[str, Any] = json.loads(self.child.stdout.readline())
        assert answer["ended"] in (0, -9), (self.place.parent / "log.txt").read_text()[-3000:]
        return answer

    def state(self) -> State:
        with reading(open_warehouse(self.url)) as connection:
            tables = metadata.sorted_tables
            rows = {
                table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
                for table in tables
            }
        return State(rows, {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.finished()})

    def finished(self) -> Iterator[tuple[str, Path]]:
        """Every file of archive and releases but those that were never finished."""
        for folder in (self.place / ".prongsai" / "archive", self.place / "releases"):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and path.suffix != ".part" and not any(one.startswith(".") for one in inside.parts):
                    yield str(path.relative_to(self.place)), path

    def check_nothing_is_half_done(self) -> None:
        """Every export has its bytes and all its rows; every release is whole."""
        warehouse = open_warehouse(self.url)
        with reading(warehouse) as connection:
            exports = connection.execute(select(export)).all()
        for one in exports:
            archived_bytes(self.place / ".prongsai" / "archive", one.sha256)
            assert one.rows == kept_rows(warehouse, one.source, one.id)
        for folder in (self.place / "releases").glob("*/*/v*"):
            read_manifest(folder)


def kept_rows(warehouse: Warehouse, source: str, export_id: int) -> int:
    """How many facts an export has."""
    table, _ = FACTS[source]
    with reading(warehouse) as connection:
        counted = select(func.count()).select_from(table).where(table.c.export_id == export_id)
        return connection.execute(counted).scalar_one()


@contextmanager
def child_process() -> Iterator["subprocess.Popen[str]"]:
    """A process that runs what it is told."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PRONGSAI_", "PREFECT_"))}
    command = [sys.executable, "-m", "tests.torture.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=own) as child:
        yield child
        assert child.stdin
        child.stdin.close()
