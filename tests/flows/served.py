"""One `prongsai serve`, really served, and its API."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil
import requests

from flows.server import free_port
from tests.flows.api import got, posted, run_now, until


class Served:
    """One `prongsai serve` on a copy of the example."""

    def __init__(self, example: Path, environment: Mapping[str, str] | None = None) -> None:
        self.example, self.port = example, free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        added = {
            "PRONGSAI_SERVE_PORT": str(self.port),
            "PREFECT_RUNNER_POLL_FREQUENCY": "2",
            "PRONGSAI_PAGES_PORT": "0",
            "PYTHONUNBUFFERED": "1",
        }
        self.environment = {**os.environ, **added, **(environment or {})}
        self.environment.pop("PREFECT_API_URL", None)
        self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        """Its process, once it says that it serves."""
        self.launch()
        self.until(lambda: "ทำงานแล้ว" in self.said())
        return self.process

    def launch(self) -> None:
        """Start it, and wait for nothing."""
        command = [sys.executable, "-m", "flows.cli", "serve", "--config", str(self.example / "prongsai.toml")]
        # A session of its own, so that a test can kill it with all that it started.
        with (self.example / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, start_new_session=True)

    def said(self) -> str:
        """What it printed since it was started last."""
        return (self.example / "serve.log").read_text(encoding="utf-8")

    def asked(self, path: str, body: dict[str, object]) -> list[dict]:
        """What the API answers to a POST, as a list; nothing while no server answers."""
        try:
            said = posted(self.api, path, body)
        except requests.ConnectionError:
            return []
        return said if isinstance(said, list) else [said]

    def runs(self, name: str, *types: str) -> list[dict]:
        state = {"state": {"type": {"any_": list(types)}}}
        return self.asked("flow_runs/filter", {"flow_runs": {"name": {"like_": name}, **state}})

    def start_run(self, deployment: str) -> str:
        [found] = self.asked("deployments/filter", {"deployments": {"name": {"any_": [deployment]}}})
        return run_now(self.api, found["id"])

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until it holds, as long as it serves."""

        def holds_while_served() -> object:
            assert self.process.poll() is None, f"serve ended: {self.said()}"
            return holds()

        until(holds_while_served)

    def children(self) -> dict[str, int]:
        """Command line and process number of each process that serve started itself."""
        return {" ".join(one.cmdline()): one.pid for one in psutil.Process(self.process.pid).children()}

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def prongsai(self, *arguments: str) -> str:
        """What another command prints on the same settings."""
        command = [sys.executable, "-m", "flows.cli", *arguments, "--config", str(self.example / "prongsai.toml")]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def got(self, path: str) -> Any:
        """What the API answers to a GET; None for what is not there."""
        return got(self.api, path)
