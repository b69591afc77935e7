"""What a run tells in Markdown: what changed, what stopped and what to do; short, however much it was."""

from collections.abc import Iterator, Sequence

from expectations.catalogue import catalogue
from expectations.difference import difference_words, summary_words
from flows.line import ExportResult
from flows.pages.links import release_links
from flows.reporting import Made, expired
from flows.settings import Settings
from flows.watch.needs import source_name
from reports.sign.approvals import SIGNERS
from warehouse.store.load import Outcome
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Finding, Severity

SYNC_SUMMARY = "สรุปการนำเข้าข้อมูล / Summary of the sync"
"""What Prefect lists the summary of a sync by, and its heading."""
_NEW, _SAME = Words("ฉบับใหม่", "New"), Words("ไม่เปลี่ยนแปลง", "As it was")
_MOST_TOLD = 50  # tables and reports: Prefect keeps every summary for more than a year
_MOST_CAUSES = 10  # of one table
Told = tuple[ExportResult, Sequence[Finding]]


def sync_summary(results: Sequence[Told], page: str | None, left: Words | None = None) -> str:
    """How many tables are new, known and stopped, why, and what changed; `page` tells where to read more.

    left: what to say of handled files that could not be moved.
    """
    stopped = [(result, findings) for result, findings in results if result.stopped]
    new = sum(result.outcome is Outcome.LOADED for result, _ in results)
    same = len(results) - new - len(stopped)
    lines = [
        f"# {SYNC_SUMMARY}",
        f"- นำเข้าใหม่ {new} ตาราง / New tables: {new}",
        f"- เหมือนเดิม {same} ตาราง / As they were: {same}",
        f"- ไม่ผ่าน {len(stopped)} ตาราง / Stopped: {len(stopped)}",
    ]
    if page:
        lines.append(f"- {page}")
    if left:
        lines.append(f"- {left.in_both}")
    for one in stopped[:_MOST_TOLD]:
        lines += _stopped(*one)
    if (more := len(stopped) - _MOST_TOLD) > 0:
        lines.append(f"\n… ไม่ผ่านอีก {more:,} ตาราง ดูหน้าข้อสังเกต / {more:,} more stopped: see the findings page")
    return "\n".join([*lines, *_differences([result for result, _ in results])])


def nothing_to_ask(source: str | None) -> str:
    """That no portal of the settings hands out this source, or none at all: a run that had nothing to do."""
    name = f" {source_name(source)}" if source else ""
    return (
        f"# {SYNC_SUMMARY}\n"
        f"- ไม่มีพอร์ทัลที่แจกไฟล์{name} ใน `portals` ของ prongsai.toml งานนี้จึงไม่ต้องทำอะไร / "
        f"No portal in `portals` of prongsai.toml hands out{name} files: this run had nothing to do\n"
        "- ไฟล์ที่วางในโฟลเดอร์รับไฟล์ งาน `hourly` รับทุกชั่วโมง ถ้ามีพอร์ทัล ดู docs/portal-recipes.md / "
        "What lies in the inbox is taken every hour by `hourly`; for a portal see docs/portal-recipes.md"
    )


def _stopped(result: ExportResult, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"\n## ไม่ผ่าน / Stopped: `{result.origin}`"
    if result.error:
        yield f"- {result.error.in_both}"
    critical = [finding for finding in findings if finding.severity is Severity.CRITICAL]
    for finding in critical[:_MOST_CAUSES]:
        fix = catalogue()[finding.rule].fix
        yield f"- **{finding.message.th}** / {finding.message.en}"
        yield f"  - ต้องทำ: {fix.th} / To do: {fix.en}"
    if (more := len(critical) - _MOST_CAUSES) > 0:
        yield f"- … อีก {more:,} ข้อ / {more:,} more"


def _differences(results: Sequence[ExportResult]) -> Iterator[str]:
    """What changed since the last time: all in one line, then the tables that lost or won most lines."""
    differences = [(one, one.difference) for one in results if one.difference]
    if not differences:
        return
    yield "\n## เทียบกับครั้งก่อน / Compared with the last time"
    yield f"{summary_words([difference for _, difference in differences]).in_both}\n"
    differences.sort(key=lambda pair: (-len(pair[1].gone), -len(pair[1].new), pair[0].origin))
    for result, difference in differences[:_MOST_TOLD]:
        if result.period:
            yield f"- `{result.origin}`: {difference_words(difference, result.period).in_both}"
    if (more := len(differences) - _MOST_TOLD) > 0:
        yield f"- … อีก {more:,} ตาราง ดูมุมมอง export_differences ในคลังข้อมูล / {more:,} more in that view"


def report_summary(settings: Settings, reports: Sequence[Made]) -> str:
    """How many reports are new, as they were and could not be made; what to do; which and why, the unchanged last."""
    failed = [(one, one.error) for one in reports if one.error]
    made = sorted((one.release for one in reports if one.release), key=lambda release: not release.new)
    new = sum(release.new for release in made)
    counted = Words(
        f"ฉบับใหม่ {new} ไม่เปลี่ยนแปลง {len(made) - new} ทำไม่ได้ {len(failed)}",
        f"New {new}, as they were {len(made) - new}, could not be made {len(failed)}",
    )
    lines = ["# สรุปการจัดทำรายงาน / Summary of the reports", f"- {counted.in_both}"]
    if new:
        signs = f'`prongsai approve <ฉบับ> --role {SIGNERS[settings.sign_off][0]} --as "ชื่อ-สกุล"`'
        lines.append(f"- ต้องทำ: อ่านฉบับใหม่แล้วลงนาม / To do: read what is new, then sign: {signs}")
    if failed:
        lines.append(
            "- ต้องทำ: แก้ตามเหตุผลของฉบับที่ทำไม่ได้ แล้วสั่ง `prongsai run` / "
            "To do: mend what the reasons name, then `prongsai run`"
        )
    lines += [
        f"- ทำไม่ได้ / Not made **{one.organisation} {one.period}**: {why.in_both}" for one, why in failed[:_MOST_TOLD]
    ]
    for release in made[:_MOST_TOLD]:
        links = release_links(settings, release.folder)
        lines.append(f"- {(_NEW if release.new else _SAME).in_both} **{release.id}**: {links}")
        if release.new and not release.id.endswith("-v1"):
            lines.append(f"  - เปลี่ยนอะไรจากฉบับก่อน / What changed: `prongsai diff {release.id}`")
        lines += [f"  - {expired(comment).in_both}" for comment in release.expired_comments]
    if more := max(len(failed) - _MOST_TOLD, 0) + max(len(made) - _MOST_TOLD, 0):
        lines.append(f"- … อีก {more:,} รายงาน / {more:,} more: `prongsai status`")
    if not reports:
        lines.append("- ยังไม่มีหน่วยงานที่ข้อมูลครบสำหรับจัดทำรายงาน / No organisation has all files for a report yet")
    return "\n".join(lines)
