"""The whole: `python -m tests.torture [MOMENTS]` kills at every named point and at 200 random moments, on SQLite and on
PostgreSQL, and tries any sequence of hand-ins for longer than `make test` does. Takes about an hour; exit 1 on a loss.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.torture.trials import Trials, child_process
from tests.warehouse.machine import WarehouseMachine
from tests.warehouse.server import new_database, running_postgresql
from warehouse.store.connection import open_warehouse

CALLS = 60  # of the calls and returns of our functions, which are some hundreds


def kill_everywhere(folder: Path, new_url: Callable[[], str], moments: int) -> int:
    """How many trials failed, each told as it happens."""
    failed = 0
    with child_process() as child:
        trials = Trials(child, folder, new_url)
        _, called, _ = trials.undisturbed("calls")
        expected, points, took = trials.undisturbed("events")
        calls = [point for point in called if point[0].startswith(("call ", "return "))]
        kills = [{"at": point} for point in points + calls[:: max(1, len(calls) // CALLS)]]
        kills += [{"after": random.Random(seed).uniform(0, took)} for seed in range(moments)]
        killed = 0
        for number, kill in enumerate(kills):
            if number % 50 == 0:
                print(f"{number} of {len(kills)} runs", flush=True)
            try:
                killed += trials.killed(expected, **kill)  # type: ignore[arg-type]
            except AssertionError as loss:
                failed += 1
                print(f"LOSS {kill}: {str(loss)[:2000]}", flush=True)
        print(f"{len(points)} points, {len(kills)} runs, {killed} killed, {failed} losses", flush=True)
    return failed


def main(moments: int) -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-torture-") as name:
        folder = Path(name)
        template = folder / "template.db"
        open_warehouse(f"sqlite:///{template}")
        WarehouseMachine.template = template
        long = settings(
            max_examples=500, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(WarehouseMachine, settings=long)
        print("any sequence: as the model says", flush=True)
        failed = kill_everywhere(folder / "a", lambda: f"sqlite:///{folder}/a/place/.prongsai/w.db", moments)
        with running_postgresql() as server:
            failed += kill_everywhere(folder / "b", lambda: new_database(server), moments // 4)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
