"""The findings of one sync as a page that an officer opens: the sheets as they know them, the wrong cells marked."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from expectations.page import PageItem, findings_page
from flows.line import ExportResult
from flows.settings import Settings

MOST_TABLES = 200  # a page that a browser still opens; the warehouse holds the findings of all


def rows_for_page(results: Iterable[ExportResult]) -> Iterator[ExportResult]:
    """The results, but for the rows of stopped tables that the page has no room for: thousands fill the memory."""
    room = MOST_TABLES
    for one in results:
        if one.reading and not one.accepted:
            room -= 1
        yield replace(one, reading=None) if room < 0 else one


def keep_page(settings: Settings, results: Sequence[ExportResult], now: datetime.datetime) -> Path | None:
    """Write the page of a sync into the state folder, stopped tables first; None if it has nothing to tell."""
    few = len(results) <= MOST_TABLES
    told = [
        one
        for one in results
        if one.outcome and ((one.findings and one.reading) or one.error or (few and one.difference))
    ]
    if not told:
        return None
    told.sort(key=lambda one: one.accepted)
    items = [
        PageItem(
            Path(one.origin).name, one.reading, one.findings, one.organisation, one.period, one.error, one.difference
        )
        for one in told[:MOST_TABLES]
    ]
    path = settings.path(settings.state) / "findings" / f"{now:%Y%m%dT%H%M%SZ}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(findings_page(items), encoding="utf-8")
    partial.replace(path)
    return path
