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
from expectations.difference import difference_words, summary_words
from flows.line import ExportResult
from flows.links import release_links
from flows.reporting import Made, expired
from flows.settings import Settings
from warehouse.vocabulary.records import Finding, Severity
from warehouse.vocabulary.wording import COLUMNS, SEVERITIES

_MOST_COMPARED = 50
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
            "ระดับ": SEVERITIES[finding.severity].th,
            "เซลล์": finding.cell or "",
            "คอลัมน์": COLUMNS[finding.column].th if finding.column in COLUMNS else "",
            "พบ": finding.observed or "",
            "ควรเป็น": finding.expected or "",
            "ข้อสังเกต": finding.message.th,
            "ต้องทำ": catalogue()[finding.rule].fix.th,
            "ไฟล์": result.origin,
        }
        for result, finding in found[:_MOST_ROWS]
    ]
    more = f" (แสดง {_MOST_ROWS} จาก {len(found)})" if len(found) > _MOST_ROWS else ""
    create_table_artifact(key="findings", table=table, description=f"ข้อสังเกต {len(found)} ข้อ{more}")


def keep_sync_summary(results: Sequence[tuple[ExportResult, Sequence[Finding]]], page: str | None) -> None:
    """A Markdown artifact: how many tables are new, known and stopped, and why; `page` tells where to read more."""
    stopped = [(result, findings) for result, findings in results if result.stopped]
    new = sum(result.accepted and result.outcome is not None for result, _ in results)
    lines = [
        "# สรุปการนำเข้าข้อมูล",
        f"- นำเข้าใหม่ {new} ตาราง",
        f"- เหมือนเดิม {len(results) - new - len(stopped)} ตาราง",
        f"- ไม่ผ่าน {len(stopped)} ตาราง",
    ]
    if page:
        lines.append(f"- {page}")
    for result, findings in stopped:
        lines.append(f"\n## ไม่ผ่าน: `{result.origin}`")
        if result.error:
            lines.append(f"- {result.error.th}")
        for finding in findings:
            if finding.severity is Severity.CRITICAL:
                lines.append(f"- **{finding.message.th}**")
                lines.append(f"  - ต้องทำ: {catalogue()[finding.rule].fix.th}")
    create_markdown_artifact(
        key="summary",
        markdown="\n".join([*lines, *_differences([result for result, _ in results])]),
        description="สรุปการนำเข้าข้อมูล",
    )


def _differences(results: Sequence[ExportResult]) -> Iterator[str]:
    """What changed since the last time: all in one line, then the tables that lost or won most lines."""
    differences = [(one, one.difference) for one in results if one.difference]
    if not differences:
        return
    yield "\n## เทียบกับครั้งก่อน"
    yield f"{summary_words([difference for _, difference in differences]).th}\n"
    differences.sort(key=lambda pair: (-len(pair[1].gone), -len(pair[1].new), pair[0].origin))
    for result, difference in differences[:_MOST_COMPARED]:
        if result.period:
            yield f"- `{result.origin}`: {difference_words(difference, result.period).th}"
    if len(differences) > _MOST_COMPARED:
        yield f"- … อีก {len(differences) - _MOST_COMPARED:,} ตาราง ดูได้ที่มุมมอง export_differences ในคลังข้อมูล"


def keep_report_summary(settings: Settings, reports: Sequence[Made]) -> None:
    """A Markdown artifact: which reports could not be made and why, which are new, and where they lie."""
    lines = ["# สรุปการจัดทำรายงาน"]
    lines += [f"- ทำไม่ได้ **{one.organisation} {one.period}**: {one.error.th}" for one in reports if one.error]
    for made in (one.release for one in reports if one.release):
        links = release_links(settings, made.folder)
        lines.append(f"- {'ฉบับใหม่' if made.new else 'ไม่เปลี่ยนแปลง'} **{made.id}**: {links}")
        lines += [f"  - {expired(comment).th}" for comment in made.expired_comments]
    if not reports:
        lines.append("- ยังไม่มีหน่วยงานที่ข้อมูลครบสำหรับจัดทำรายงาน")
    create_markdown_artifact(key="summary", markdown="\n".join(lines), description="สรุปการจัดทำรายงาน")
