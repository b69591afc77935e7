"""SIGKILL in the middle of a sync or a report: nothing half done, and the next run makes it whole.

A part; all points and 200 random moments by `make torture`.
"""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.trials import Trials, child_process
from tests.warehouse.server import new_database

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def child() -> Iterator["subprocess.Popen[str]"]:
    with child_process() as process:
        yield process


@pytest.mark.parametrize(("database", "spread"), [("sqlite", 2), ("postgresql", 0)])
def test_a_run_killed_anywhere_is_made_whole_by_the_next(
    database: str, spread: int, child: "subprocess.Popen[str]", tmp_path: Path, request: pytest.FixtureRequest
):
    def new_url() -> str:
        if database == "postgresql":
            return new_database(request.getfixturevalue("postgresql"))
        return f"sqlite:///{tmp_path}/place/.prongsai/warehouse.db"

    trials = Trials(child, tmp_path, new_url)
    expected, points, took = trials.undisturbed("events")
    assert len(points) >= 30
    assert [len(expected.rows[table]) for table in ("export", "budget_line", "plan_project", "release")] == [
        2,
        11,
        7,
        1,
    ]

    at = [("sql INSERT INTO correction", 1), ("sql COMMIT", 2)]  # inside the load, and at its end
    at += points[3 :: len(points) // spread] if spread else []
    assert all(trials.killed(expected, at=point) for point in at)
    trials.killed(expected, after=random.Random(database).uniform(0, took))
