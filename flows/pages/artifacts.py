"""What a run shows in Prefect: tags, its findings in a table, a summary of what changed, what stopped, what to do."""

import time
from collections.abc import Callable, Sequence
from typing import cast
from uuid import UUID

from httpx import HTTPError
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from expectations.catalogue import catalogue
from flows.line import ExportResult
from warehouse.vocabulary.records import Finding, Severity
from warehouse.vocabulary.wording import COLUMNS, SEVERITIES

_FEW = 10  # files, or reports: of fewer the last one is seen soon enough
_EVERY = 5  # seconds: one more call to the server than that is lost in a load
_MOST_ROWS = 500  # a table that a browser still shows; the warehouse holds them all


class Progress:
    """A progress artifact of how much of a batch is done, told anew every few seconds at most.

    A batch of a few, or one that is done within seconds, shows none. What is done in several `steps` is told each time.
    """

    def __init__(self, total: int, what: str, *, steps: int = 1, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._what, self._steps, self._clock = total, what, steps, clock
        self._shown: UUID | None = None
        self._told = clock()

    def _tell(self, told: int) -> None:
        """That so many were told by now."""
        whole, now = told == self._total * self._steps, self._clock()
        if self._total < _FEW or (whole and self._shown is None) or not (whole or now - self._told >= _EVERY):
            return
        done = told / self._steps
        self._told, percent, said = now, done / self._total * 100, f"{self._what} {int(done):,} / {self._total:,}"
        try:
            if self._shown is None:
                self._shown = cast(UUID, create_progress_artifact(percent, key="progress", description=said))
            else:
                update_progress_artifact(self._shown, percent, description=said)
        except HTTPError:  # it is only shown: the work waits no second time for a server that does not answer
            self._total = 0

    def after(self, done: int) -> Callable[[int], None]:
        """What hears of each further few, once so many are done, in the process of the flow."""
        told = done * self._steps

        def more(number: int) -> None:
            nonlocal told
            told += number
            self._tell(told)

        return more


def keep_tags(*asked: str | None) -> None:
    """Tag this run by the source, organisation or period that it was asked for, if it was."""
    if new := [one for one in asked if one]:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, tags=[*flow_run.tags, *new])


def keep_findings(results: Sequence[tuple[ExportResult, Sequence[Finding]]]) -> None:
    """A table artifact of the findings, most severe first."""
    order = list(Severity)
    found = [(result, finding) for result, findings in results for finding in findings]
    found.sort(key=lambda one: order.index(one[1].severity))
    table = [
        {
            "ระดับ / Severity": SEVERITIES[finding.severity].in_both,
            "เซลล์ / Cell": finding.cell or "",
            "คอลัมน์ / Column": COLUMNS[finding.column].in_both if finding.column in COLUMNS else "",
            "พบ / Found": finding.observed or "",
            "ควรเป็น / Expected": finding.expected or "",
            "ข้อสังเกต / Finding": finding.message.in_both,
            "ต้องทำ / To do": catalogue()[finding.rule].fix.in_both,
            "ไฟล์ / File": result.origin,
        }
        for result, finding in found[:_MOST_ROWS]
    ]
    more = f" (แสดง {_MOST_ROWS} แรก / the first {_MOST_ROWS} shown)" if len(found) > _MOST_ROWS else ""
    said = f"ข้อสังเกต {len(found)} ข้อ / Findings: {len(found)}{more}"
    create_table_artifact(key="findings", table=table, description=said)


def keep_summary(markdown: str, description: str) -> None:
    """A Markdown artifact: what changed, what stopped and what to do."""
    create_markdown_artifact(key="summary", markdown=markdown, description=description)
