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

_MOST_TOLD = 50  # tables and reports: Prefect keeps every summary for more than a year
_MOST_CAUSES = 10  # of one table
Told = tuple[ExportResult, Sequence[Finding]]


def sync_summary(results: Sequence[Told], page: str | None, left: Words | None = None) -> str:
    """How many tables are new, known and stopped, why, and what changed; `page` tells where to read more.

    left: what to say of handled files that could not be moved.
    """
    stopped = [(result, findings) for result, findings in results if result.stopped]
    new = sum(result.outcome is Outcome.LOADED for result, _ in results)
    lines = [
        "# สรุปการนำเข้าข้อมูล",
        f"- นำเข้าใหม่ {new} ตาราง",
        f"- เหมือนเดิม {len(results) - new - len(stopped)} ตาราง",
        f"- ไม่ผ่าน {len(stopped)} ตาราง",
    ]
    if page:
        lines.append(f"- {page}")
    if left:
        lines.append(f"- {left.th}")
    for one in stopped[:_MOST_TOLD]:
        lines += _stopped(*one)
    if len(stopped) > _MOST_TOLD:
        lines.append(f"\n… ไม่ผ่านอีก {len(stopped) - _MOST_TOLD:,} ตาราง ดูหน้าข้อสังเกต")
    return "\n".join([*lines, *_differences([result for result, _ in results])])


def nothing_to_ask(source: str | None) -> str:
    """That no portal of the settings hands out this source, or none at all: a run that had nothing to do."""
    what = f"ไฟล์ {source_name(source)}" if source else "ไฟล์"
    return (
        f"# สรุปการนำเข้าข้อมูล\n- ไม่มีพอร์ทัลที่แจก{what} ใน `portals` ของ prongsai.toml งานนี้จึงไม่ต้องทำอะไร\n"
        "- ไฟล์ที่วางในโฟลเดอร์รับไฟล์ งาน `hourly` รับทุกชั่วโมง ถ้ามีพอร์ทัล ดู docs/portal-recipes.md"
    )


def _stopped(result: ExportResult, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"\n## ไม่ผ่าน: `{result.origin}`"
    if result.error:
        yield f"- {result.error.th}"
    critical = [finding for finding in findings if finding.severity is Severity.CRITICAL]
    for finding in critical[:_MOST_CAUSES]:
        yield f"- **{finding.message.th}**"
        yield f"  - ต้องทำ: {catalogue()[finding.rule].fix.th}"
    if len(critical) > _MOST_CAUSES:
        yield f"- … อีก {len(critical) - _MOST_CAUSES:,} ข้อ"


def _differences(results: Sequence[ExportResult]) -> Iterator[str]:
    """What changed since the last time: all in one line, then the tables that lost or won most lines."""
    differences = [(one, one.difference) for one in results if one.difference]
    if not differences:
        return
    yield "\n## เทียบกับครั้งก่อน"
    yield f"{summary_words([difference for _, difference in differences]).th}\n"
    differences.sort(key=lambda pair: (-len(pair[1].gone), -len(pair[1].new), pair[0].origin))
    for result, difference in differences[:_MOST_TOLD]:
        if result.period:
            yield f"- `{result.origin}`: {difference_words(difference, result.period).th}"
    if len(differences) > _MOST_TOLD:
        yield f"- … อีก {len(differences) - _MOST_TOLD:,} ตาราง ดูได้ที่มุมมอง export_differences ในคลังข้อมูล"


def report_summary(settings: Settings, reports: Sequence[Made]) -> str:
    """How many reports are new, as they were and could not be made; what to do; which and why, the unchanged last."""
    failed = [(one, one.error) for one in reports if one.error]
    made = sorted((one.release for one in reports if one.release), key=lambda release: not release.new)
    new = sum(release.new for release in made)
    lines = ["# สรุปการจัดทำรายงาน", f"- ฉบับใหม่ {new} ไม่เปลี่ยนแปลง {len(made) - new} ทำไม่ได้ {len(failed)}"]
    if new:
        signs = f'`prongsai approve <ฉบับ> --role {SIGNERS[settings.sign_off][0]} --as "ชื่อ-สกุล"`'
        lines.append(f"- ต้องทำ: อ่านฉบับใหม่แล้วลงนาม {signs}")
    if failed:
        lines.append("- ต้องทำ: แก้ตามเหตุผลของฉบับที่ทำไม่ได้ แล้วสั่ง `prongsai run`")
    lines += [f"- ทำไม่ได้ **{one.organisation} {one.period}**: {why.th}" for one, why in failed[:_MOST_TOLD]]
    for release in made[:_MOST_TOLD]:
        links = release_links(settings, release.folder)
        lines.append(f"- {'ฉบับใหม่' if release.new else 'ไม่เปลี่ยนแปลง'} **{release.id}**: {links}")
        if release.new and not release.id.endswith("-v1"):
            lines.append(f"  - เปลี่ยนอะไรจากฉบับก่อน: `prongsai diff {release.id}`")
        lines += [f"  - {expired(comment).th}" for comment in release.expired_comments]
    if more := max(len(failed) - _MOST_TOLD, 0) + max(len(made) - _MOST_TOLD, 0):
        lines.append(f"- … อีก {more:,} รายงาน ดู `prongsai status`")
    if not reports:
        lines.append("- ยังไม่มีหน่วยงานที่ข้อมูลครบสำหรับจัดทำรายงาน")
    return "\n".join(lines)
