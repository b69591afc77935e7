"""Asking the API of a Prefect server, as patiently as its own clients do: the machine may be slow, its SQLite busy."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import requests

SECONDS = 180


def posted(url: str, path: str, body: dict[str, Any]) -> Any:
    """What the API answers to a POST that may be repeated: while its database is busy, or it is silent, it is."""
    patience = time.monotonic() + SECONDS
    while time.monotonic() < patience:
        try:
            answer = requests.post(f"{url}/{path}", json=body, timeout=SECONDS / 4)
        except requests.ReadTimeout:
            continue
        if answer.status_code != 503:
            assert answer.ok, answer.text
            return answer.json()
        time.sleep(0.5)
    raise AssertionError(f"{path} was asked in vain")


def run_now(url: str, deployment: str) -> str:
    """The id of a new run of a deployment, named by its id: one, however often the server must be asked."""
    once = {"idempotency_key": str(uuid.uuid4())}
    return str(posted(url, f"deployments/{deployment}/create_flow_run", once)["id"])


def got(url: str, path: str) -> Any:
    """What the API answers to a GET; None for what is not there."""
    patience = time.monotonic() + SECONDS
    while (answer := requests.get(f"{url}/{path}", timeout=SECONDS)).status_code == 503:
        assert time.monotonic() < patience, answer.text
        time.sleep(0.5)
    assert answer.ok or answer.status_code == 404, answer.text
    return answer.json() if answer.ok else None


def newest(url: str, number: int = 1, **wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The flow runs that began last, the newest first, by Prefect's filter."""
    begun = {"state": {"type": {"any_": ["RUNNING", "COMPLETED", "FAILED"]}}}
    found = {"flow_runs": begun | wanted, "sort": "START_TIME_DESC", "limit": number}
    return list(posted(url, "flow_runs/filter", found))


def until(holds: Callable[[], object]) -> None:
    """Wait until it does."""
    patience = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < patience, "waited in vain"
        time.sleep(0.5)
