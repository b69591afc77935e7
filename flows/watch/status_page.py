"""The status page: organisations × sources on one accessible page, in Thai and English, that needs no network."""

import base64
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from expectations.evidence import DeadCitation
from flows.release_state import ReleaseState
from flows.watch.deadlines import Deadline
from flows.watch.needs import Need, grouped, is_public, needs, source_name
from flows.watch.reports import period_of_cause
from flows.watch.wrong import Wrong, joined, period_words
from warehouse.page import templates_in
from warehouse.store.status import ReportStatus, SourceStatus
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, date_words, moment_words, thai_day
from warehouse.vocabulary.records import Organisation, Severity
from warehouse.vocabulary.wording import SEVERITIES

VERDICTS = {
    "accepted": Words("ผ่าน", "accepted"),
    "rejected": Words("ไม่ผ่าน", "rejected"),
    "unreadable": Words("อ่านไม่ได้", "unreadable"),
    None: Words("ยังไม่มีไฟล์", "no file yet"),
}


@dataclass(frozen=True, slots=True)
class SourceCell:
    """What one cell of the table says of one source."""

    tone: str  # good, bad or none
    verdict: Words
    file: str
    came: Words | None
    findings: Words
    older_counts: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation."""

    organisation: Organisation
    sources: tuple[SourceCell, ...]
    tone: str  # good, ready or bad
    report: Words
    state: Words | None  # of the release, if there is one
    evidence: Words | None  # findings in its own words: the file and how many
    failure: Words | None  # when it could not be made, and why
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
    name = period_words(period)
    page: str = (
        templates_in(Path(__file__).parent / "templates")
        .get_template("status.html.j2")
        .render(
            title=Words(f"สถานะรายงาน{name.th}", f"Report status, {name.en}"),
            moment=moment_words(now),
            due=date_words(due.day),
            due_note="" if due.confirmed else due.source,
            left=(due.day - thai_day(now)).days,
            counts=[
                (Words("หน่วยงาน", "Organisations"), len(reports), "all"),
                (Words("มีรายงานแล้ว", "Report made"), made, "good"),
                (Words("เผยแพร่แล้ว", "Published"), sum(is_public(one, states) for one in reports), "good"),
                (Words("พร้อมจัดทำ", "Ready to be made"), ready, "ready"),
                (Words("จัดทำไม่สำเร็จ", "Could not be made"), failed, "bad"),
                (Words("ยังขาดข้อมูล", "Files missing"), lacking, "bad"),
            ],
            wrong=[one for one in wrong if period_of_cause(one.cause) is None],
            waiting=grouped(reports, states, inbox),
            sources=[source_name(one.source) for one in reports[0].sources] if reports else [],
            rows=[_row(one, states, inbox, dead, now) for one in reports],
            fonts=_fonts(),
        )
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
    failure = None
    if one.failure:
        at, why = moment_words(one.failure.failed_at), one.failure.said
        failure = Words(f"{at.th}: {why.th}", f"{at.en}: {why.en}")
    if one.release is not None:
        state, version = states.get(one.release, ReleaseState.DRAFT), one.release.rpartition("-")[2]
        said, tone = Words(f"ฉบับ {version}", f"version {version}"), "bad" if one.failure else "good"
        return Row(one.organisation, cells, tone, said, state.words, evidence, failure, open_needs)
    ready = one.ready and not one.failure
    said = Words("พร้อมจัดทำ", "ready to be made") if ready else Words("ยังไม่มี", "none yet")
    return Row(one.organisation, cells, "ready" if ready else "bad", said, None, evidence, failure, open_needs)


def _cell(source: SourceStatus, now: datetime.datetime) -> SourceCell:
    tone = "none" if source.verdict is None else "good" if source.verdict == "accepted" else "bad"
    return SourceCell(
        tone,
        VERDICTS[source.verdict],
        source.file_name or "",
        came(source.fetched_at, now),
        counted(source.findings),
        source.current and source.verdict != "accepted",
    )


def _evidence(dead: Sequence[DeadCitation]) -> Words | None:
    if not dead:
        return None
    file, found = dead[0].citation.file, counted(Counter(one.finding.severity for one in dead))
    return Words(f"ข้อสังเกตใน {file}: {found.th}", f"Findings in {file}: {found.en}")


def counted(findings: Mapping[Severity, int]) -> Words:
    """ร้ายแรง 1 · เตือน 2; nothing of none."""
    return joined(
        " · ",
        (
            Words(f"{words.th} {findings[severity]}", f"{words.en} {findings[severity]}")
            for severity, words in SEVERITIES.items()
            if severity in findings
        ),
    )


def came(moment: datetime.datetime | None, now: datetime.datetime) -> Words | None:
    """31 มีนาคม 2566 (5 วันก่อน); None for a file that never came."""
    if moment is None:
        return None
    day, days = date_words(thai_day(moment)), (thai_day(now) - thai_day(moment)).days
    ago = Words(f"{days} วันก่อน", f"{days} days ago") if days else Words("วันนี้", "today")
    return Words(f"{day.th} ({ago.th})", f"{day.en} ({ago.en})")


@cache
def _fonts() -> dict[int, str]:
    fonts = files("reports") / "fonts"
    names = {400: "SarabunMuni-Regular.woff2", 700: "SarabunMuni-Bold.woff2"}
    return {weight: base64.b64encode((fonts / name).read_bytes()).decode("ascii") for weight, name in names.items()}
