"""Why a release may not be published."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reports.manifest import period_of, version_in
from reports.sign.approvals import Approval, SignOff, lacking
from reports.sign.ledger import newest_version
from reports.sign.pages import Record
from reports.sign.verify import Verified, verify
from warehouse.vocabulary.errors import NotReady, Words
from warehouse.vocabulary.fiscal import thai_date, thai_day


def reasons_against(
    folder: Path,
    release: Verified,
    earlier: Sequence[Record],
    now: datetime.datetime,
    sign_off: SignOff,
    known: Mapping[str, str],
) -> list[Words]:
    """Why a release may not be published, as far as it and its approvals tell; empty if it may."""
    manifest, reasons = release.manifest, []
    if missing := lacking(release.approvals, sign_off):
        reasons.append(missing)
    reasons += [check.words for check in verify(folder, known).checks if check.holds is False]
    reasons += [
        Words(
            f"ไม่รู้จักกุญแจของ {name} โปรดคัดลอก {name}.pub ที่ได้รับจากเจ้าตัวมาไว้ใน .prongsai/signers",
            f"the key of {name} is not known here: put {name}.pub, got from its owner, into .prongsai/signers",
        )
        for name in dict.fromkeys(one.name for one in release.approvals)
        if name not in known
    ]
    critical = [one for one in manifest["findings"] if one["severity"] == "critical" and not one["resolved"]]
    reasons += [
        Words(f"มีข้อสังเกตร้ายแรงที่ยังไม่แก้: {one['message']['th']}", f"a critical finding is open: {one['message']['en']}")
        for one in critical
    ]
    period = period_of(manifest)
    if thai_day(now) < period.cut_off:
        reasons.append(Words(f"รอบ {period} ยังไม่สิ้นสุด", f"the period {period} is not over"))
    return reasons + _correction_reasons(release, earlier)


def reasons_of_inputs(release: Verified, current: Path) -> list[Words]:
    """That facts, words, checks or software are no longer those that were signed, if so."""
    now = verify(current)
    if now.manifest_sha256 == release.manifest_sha256:
        return []
    newer = now.manifest.get("release", "–")
    return [
        Words(
            f"ข้อมูล ถ้อยคำ หรือกฎเปลี่ยนไปหลังลงนาม ฉบับปัจจุบันคือ {newer} โปรดลงนามฉบับนั้น",
            f"facts, words or rules changed since it was signed: current is {newer}; sign that one",
        )
    ]


def published_unchanged(record: Record) -> Words:
    """That a release is at the target already, as its record says, and nothing of it is missing there."""
    day = thai_day(datetime.datetime.fromisoformat(record["published_at"]))
    return Words(
        f"เผยแพร่ที่ {record['target']} แล้วเมื่อ {thai_date(day)} และไม่มีสิ่งใดเปลี่ยน จึงไม่มีอะไรต้องทำ",
        f"it is published at {record['target']} already, since {day.isoformat()}, unchanged: there is nothing to do",
    )


def left_at_target(record: Record, *, new: bool) -> Words:
    """What is at a target now whose public address did not give all of it back, and what to do."""
    place = record["target"]
    th, en = "แต่ยังไม่บันทึกว่าเผยแพร่", "but not on record as published"
    if not new:
        th, en = "และบันทึกว่าเผยแพร่ไว้ก่อนแล้ว", "and stay on record as published"
    return Words(
        f"ไฟล์ทั้งหมดอยู่ที่ {place} แล้ว {th} โปรดแก้ที่อยู่สาธารณะ (--address หรือ publish_address) แล้วสั่งเดิมอีกครั้ง "
        "ไม่เผยแพร่ซ้อน ถ้าปลายทางต่างหากที่ผิด ให้ลบไฟล์ที่นั่น",
        f"all files are at {place} now, {en}: right the public address (--address or publish_address) and run the same "
        "again, nothing is published twice. If it is the target that is wrong, take the files away there",
    )


def _correction_reasons(release: Verified, earlier: Sequence[Record]) -> list[Words]:
    last = last_version(release.manifest, earlier)
    if last > version_in(release.manifest["release"]):
        return [Words(f"ฉบับที่ {last} เผยแพร่แล้ว", f"version {last} is published already")]
    reason = without_reason(release.manifest, release.approvals, earlier)
    return [reason] if reason else []


def without_reason(
    manifest: Mapping[str, Any], approvals: Sequence[Approval], earlier: Sequence[Record]
) -> Words | None:
    """That a version which corrects a published one does not say why, if so."""
    if not last_version(manifest, earlier) or any(approval.comment for approval in approvals):
        return None
    return Words(
        'ฉบับนี้แก้ไขฉบับที่เผยแพร่แล้ว ต้องบอกเหตุผลขณะลงนาม: prongsai approve --comment "เหตุผล"',
        'this corrects a published version and must say why, at signing: prongsai approve --comment "WHY"',
    )


def last_version(manifest: Mapping[str, Any], earlier: Sequence[Record]) -> int:
    """The newest published version of the same report, 0 if there is none."""
    return newest_version(earlier, code_of(manifest), str(period_of(manifest)))


def code_of(manifest: Mapping[str, Any]) -> str:
    """The organisation's code."""
    return str(manifest["organisation"]["code"])


def refused(release: str, reasons: Sequence[Words]) -> NotReady:
    """All reasons as one error."""
    return NotReady(
        f"เผยแพร่ {release} ไม่ได้: {'; '.join(each.th for each in reasons)}",
        f"{release} is not published: {'; '.join(each.en for each in reasons)}",
    )
