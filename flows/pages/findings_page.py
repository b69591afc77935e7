"""The findings of one sync as a page that an officer opens: the sheets as they know them, the wrong cells marked."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from expectations.page import PageItem, findings_page
from flows.line import MOST_SHOWN, ExportResult
from flows.settings import Settings
from flows.watch.citations import dead_citations
from flows.whole import write_whole
from warehouse.store.connection import Warehouse


def keep_page(
    settings: Settings, warehouse: Warehouse, results: Sequence[ExportResult], now: datetime.datetime
) -> Path | None:
    """Write the page of a sync into the state folder, stopped tables first; None if it has nothing to tell.

    The dead links of the organisations that it tells of stand on it too.
    """
    few = len(results) <= MOST_SHOWN
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
        for one in told[:MOST_SHOWN]
    ]
    owners = {one.organisation.code: one.organisation for one in items if one.organisation}
    dead = (one for one in dead_citations(settings, warehouse) if one.citation.organisation in owners)
    for (code, file), cited in groupby(dead, key=lambda one: (one.citation.organisation, one.citation.file)):
        items.append(PageItem(file, None, tuple(one.finding for one in cited), owners[code]))
    path = settings.path(settings.state) / "findings" / f"{now:%Y%m%dT%H%M%SZ}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, findings_page(items))
    return path
