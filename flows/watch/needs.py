"""What each report waits for until it is public, for whom, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.declaration import declared_sources
from flows.release_state import ReleaseState
from warehouse.store.status import ReportStatus, SourceStatus
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Organisation


@dataclass(frozen=True, slots=True)
class Need:
    """What one report waits for: what is missing, and what to do about it."""

    missing: Words
    to_do: Words


_RUN = Words("สั่ง prongsai run", "prongsai run")
_FAILED = Need(
    Words("จัดทำรายงานไม่สำเร็จ", "the report could not be made"),
    Words("แก้ตามเหตุผลที่แจ้งไว้ แล้วสั่ง prongsai run", "mend what the reason names, then prongsai run"),
)
_SIGNING = {
    ReleaseState.DRAFT: Need(
        Words("รายงานยังไม่ได้ลงนาม", "the report is not signed"),
        Words(
            "ผู้จัดทำลงนาม: prongsai approve <ฉบับ> --as <ชื่อ> --role preparer",
            "its preparer signs: prongsai approve <release> --as <name> --role preparer",
        ),
    ),
    ReleaseState.PREPARED: Need(
        Words("รายงานรอผู้อนุมัติลงนาม", "the report waits for its approver"),
        Words(
            "ผู้อนุมัติลงนาม: prongsai approve <ฉบับ> --as <ชื่อ> --role approver",
            "the approver signs: prongsai approve <release> --as <name> --role approver",
        ),
    ),
    ReleaseState.APPROVED: Need(
        Words("รายงานลงนามแล้ว ยังไม่เผยแพร่", "the report is signed, but not published"),
        Words("สั่ง prongsai publish <ฉบับ> --to <ปลายทาง>", "prongsai publish <release> --to <target>"),
    ),
}


def to_do_of(need: Need, report: ReportStatus) -> Words:
    """What to do about one report, with its own id and code where the words stand for any."""
    release, code = report.release or "", report.organisation.code
    return Words(
        need.to_do.th.replace("<ฉบับ>", release).replace("<รหัสหน่วยงาน>", code),
        need.to_do.en.replace("<release>", release).replace("<code>", code),
    )


def needs(report: ReportStatus, inbox: Path) -> list[Need]:
    """What is missing until a report is made, or made anew of a later file; nothing once it is."""
    failed = [_FAILED] if report.failure else []
    if report.release is not None:
        said = Words("มีไฟล์ใหม่กว่ารายงาน รอจัดทำฉบับใหม่", "a file is newer than the report")
        return failed or ([Need(said, _RUN)] if report.outdated else [])
    found = failed + [_need(source, inbox) for source in report.sources if not source.current]
    return found or [Need(Words("ข้อมูลครบแล้ว รอจัดทำรายงาน", "the report can be made"), _RUN)]


def open_steps(report: ReportStatus, states: Mapping[str, ReleaseState], inbox: Path) -> list[Need]:
    """What a report waits for until it is public: files, its making, signatures, its publication."""
    state = state_of(report, states)
    signing = [_SIGNING[state]] if state in _SIGNING and not (report.outdated or report.failure) else []
    return needs(report, inbox) + signing


def state_of(report: ReportStatus, states: Mapping[str, ReleaseState]) -> ReleaseState | None:
    """How far its newest release is on its way; None if there is none."""
    return None if report.release is None else states.get(report.release, ReleaseState.DRAFT)


def is_public(report: ReportStatus, states: Mapping[str, ReleaseState]) -> bool:
    """Whether any version of a report is published; a correction that is being signed makes it no less so."""
    if report.release is None:
        return False
    stem, _, version = report.release.rpartition("-v")
    versions = (f"{stem}-v{number}" for number in range(1, int(version) + 1))
    return any(states.get(one) is ReleaseState.PUBLISHED for one in versions)


def _need(source: SourceStatus, inbox: Path) -> Need:
    name = source_name(source.source)
    if source.verdict is None:
        return Need(
            Words(f"ยังไม่มีไฟล์ {name}", f"no {name} file yet"),
            Words(f"ส่งออกไฟล์จาก {name} แล้ววางใน {inbox}/<รหัสหน่วยงาน>/", f"export it, put it into {inbox}/<code>/"),
        )
    return Need(
        Words(f"ไฟล์ {name} ไม่ผ่านการตรวจ", f"the {name} file was stopped"),
        Words(
            f"แก้ตามข้อสังเกตที่ต้นทาง ส่งออกใหม่ แล้ววางใน {inbox}/<รหัสหน่วยงาน>/",
            f"mend the findings at the source, export again, put it into {inbox}/<code>/",
        ),
    )


def source_name(source: str) -> str:
    """The short name that people know a source by: the one in brackets at the end of its declared title."""
    [title] = [one.title_th for one in declared_sources() if one.source == source]
    return title.rpartition("(")[2].removesuffix(")")


def grouped(
    reports: Iterable[ReportStatus], states: Mapping[str, ReleaseState], inbox: Path
) -> dict[Need, list[Organisation]]:
    """Each need with all whose report waits for it, in their order."""
    waiting: dict[Need, list[Organisation]] = {}
    for report in reports:
        for need in open_steps(report, states, inbox):
            waiting.setdefault(need, []).append(report.organisation)
    return waiting
