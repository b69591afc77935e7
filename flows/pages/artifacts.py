"""What a run shows in Prefect: tags, its findings in a table, a summary of what changed, what stopped, what to do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast
from uuid import UUID

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

_Step = TypeVar("_Step")
_MOST_ROWS = 500  # a table that a browser still shows; the warehouse holds them all


def with_progress(steps: Iterable[_Step], sizes: Sequence[int], what: str) -> Iterator[_Step]:
    """The steps as they come; with more than one, a progress artifact tells how much of the sum of sizes is done."""
    total, done = sum(sizes), 0
    shown = create_progress_artifact(0.0, key="progress", description=f"{what} 0 / {total}") if len(sizes) > 1 else None
    for step, size in zip(steps, sizes, strict=True):
        yield step
        done += size
        if shown is not None:
            percent = done / total * 100
            update_progress_artifact(cast(UUID, shown), percent, description=f"{what} {done} / {total}")


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
