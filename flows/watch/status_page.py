"""The status page: organisations × sources on one accessible Thai page that needs no network and no script."""

import base64
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from expectations.evidence import DeadCitation
from flows.release_state import ReleaseState
from flows.watch.deadlines import Deadline
from flows.watch.needs import Need, grouped, is_public, needs, source_name
from flows.watch.reports import Wrong, period_name, period_of_cause, thai_moment
from warehouse.store.status import ReportStatus, SourceStatus
from warehouse.vocabulary.fiscal import Period, thai_date, thai_day
from warehouse.vocabulary.records import Organisation, Severity
from warehouse.vocabulary.wording import SEVERITIES

VERDICTS = {
    "accepted": ("ผ่าน", "accepted"),
    "rejected": ("ไม่ผ่าน", "rejected"),
    "unreadable": ("อ่านไม่ได้", "unreadable"),
    None: ("ยังไม่มีไฟล์", "no file yet"),
}


@dataclass(frozen=True, slots=True)
class SourceCell:
    """What one cell of the table says of one source."""

    tone: str  # good, bad or none
    verdict: str
    file: str
    came: str
    findings: str
    older_counts: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation."""

    organisation: Organisation
    sources: tuple[SourceCell, ...]
    tone: str  # good, ready or bad
    report: str
    state: str  # of the release, if there is one
    evidence: str  # findings in its own words: the file and how many
    failure: str  # when it could not be made, and why
    needs: tuple[Need, ...]


def status_page(
    reports: Sequence[ReportStatus],
    wrong: Sequence[Wrong],
    states: Mapping[str, ReleaseState],
    period: Period,
    due: Deadline,
    inbox: Path,
    dead: Sequence[DeadCitation],
    *,
    now: datetime.datetime,
) -> str:
    """The page for one period, as it stands at a moment (UTC); the same for the same warehouse and moment."""
    made = sum(one.release is not None for one in reports)
    failed = sum(one.failure is not None for one in reports)
    lacking = sum(one.release is None and not one.ready for one in reports)
    ready = sum(one.release is None and one.ready and one.failure is None for one in reports)
    page: str = _template().render(
        title=f"สถานะรายงาน{period_name(period)}",
        moment=thai_moment(now),
        due=thai_date(due.day),
        due_note="" if due.confirmed else due.source,
        left=(due.day - thai_day(now)).days,
        counts=[
            ("หน่วยงาน", len(reports), "all"),
            ("มีรายงานแล้ว", made, "good"),
            ("เผยแพร่แล้ว", sum(is_public(one, states) for one in reports), "good"),
            ("พร้อมจัดทำ", ready, "ready"),
            ("จัดทำไม่สำเร็จ", failed, "bad"),
            ("ยังขาดข้อมูล", lacking, "bad"),
        ],
        wrong=[one.message for one in wrong if period_of_cause(one.message.cause) is None],
        waiting=grouped(reports, states, inbox),
        sources=[source_name(one.source) for one in reports[0].sources] if reports else [],
        rows=[_row(one, states, inbox, dead, now) for one in reports],
        fonts=_fonts(),
    )
    return page + "\n"


def _row(
    one: ReportStatus,
    states: Mapping[str, ReleaseState],
    inbox: Path,
    dead: Sequence[DeadCitation],
    now: datetime.datetime,
) -> Row:
    cells, open_needs = tuple(_cell(source, now) for source in one.sources), tuple(needs(one, inbox))
    evidence = _evidence([each for each in dead if each.citation.organisation == one.organisation.code])
    failure = f"{thai_moment(one.failure.failed_at)}: {one.failure.said.th}" if one.failure else ""
    if one.release is not None:
        state = states.get(one.release, ReleaseState.DRAFT)
        version, tone = f"ฉบับ {one.release.rpartition('-')[2]}", "bad" if one.failure else "good"
        return Row(one.organisation, cells, tone, version, state.words.th, evidence, failure, open_needs)
    tone, said = ("ready", "พร้อมจัดทำ") if one.ready and not one.failure else ("bad", "ยังไม่มี")
    return Row(one.organisation, cells, tone, said, "", evidence, failure, open_needs)


def _cell(source: SourceStatus, now: datetime.datetime) -> SourceCell:
    tone = "none" if source.verdict is None else "good" if source.verdict == "accepted" else "bad"
    return SourceCell(
        tone,
        VERDICTS[source.verdict][0],
        source.file_name or "",
        came(source.fetched_at, now),
        _counted(source.findings),
        source.current and source.verdict != "accepted",
    )


def _evidence(dead: Sequence[DeadCitation]) -> str:
    if not dead:
        return ""
    return f"{dead[0].citation.file}: {_counted(Counter(one.finding.severity for one in dead))}"


def _counted(findings: Mapping[Severity, int]) -> str:
    return " · ".join(
        f"{SEVERITIES[severity].th} {findings[severity]}" for severity in SEVERITIES if severity in findings
    )


def came(moment: datetime.datetime | None, now: datetime.datetime) -> str:
    """31 มีนาคม 2566 (5 วันก่อน); nothing for a file that never came."""
    if moment is None:
        return ""
    days = (thai_day(now) - thai_day(moment)).days
    return f"{thai_date(thai_day(moment))} ({f'{days} วันก่อน' if days else 'วันนี้'})"


@cache
def _template() -> Any:
    import jinja2  # only when a page is made

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("flows.watch"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("status.html.j2")


@cache
def _fonts() -> dict[int, str]:
    fonts = files("reports") / "fonts"
    names = {400: "SarabunMuni-Regular.woff2", 700: "SarabunMuni-Bold.woff2"}
    return {weight: base64.b64encode((fonts / name).read_bytes()).decode("ascii") for weight, name in names.items()}
