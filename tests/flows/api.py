"""Asking the API of a Prefect server, as patiently as its own clients do: the machine may be slow, its SQLite busy."""

import time
from collections.abc import Callable
from typing import Any

import requests

SECONDS = 180


def posted(url: str, path: str, body: dict[str, Any]) -> Any:
    """What the API answers to a POST, asked again while its database is locked."""
    patience = time.monotonic() + SECONDS
    while (answer := requests.post(f"{url}/{path}", json=body, timeout=SECONDS)).status_code == 503:
        assert time.monotonic() < patience, answer.text
        time.sleep(0.5)
    assert answer.ok, answer.text
    return answer.json()


def got(url: str, path: str) -> Any:
    """What the API answers to a GET; None for what is not there."""
    answer = requests.get(f"{url}/{path}", timeout=SECONDS)
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
