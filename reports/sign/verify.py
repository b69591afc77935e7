"""Whether a release is what people signed. Needs the folder alone: no settings, no database, no network."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from reports.sign.approvals import (
    ROLES,
    Approval,
    approval_of,
    approvals_in,
    finding_key,
    lacking,
    sha256_text,
)
from reports.sign.ledger import LEDGER, approvals_file, entries_in, shelf_root
from warehouse.vocabulary.errors import Damaged, Words
from warehouse.vocabulary.fiscal import moment_words

MANIFEST = "manifest.json"
HOLDS, ALTERED, UNSIGNED = 0, 1, 3
"""Exit codes: signed and unaltered; something is not as it was; unaltered as far as can be told, but not signed off."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: holds, does not, or (None) is not there to be held."""

    holds: bool | None
    words: Words


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at in one release; its manifest, empty if it cannot be read, and the approvals that hold."""

    checks: tuple[Check, ...]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    manifest_sha256: str = ""
    approvals: tuple[Approval, ...] = ()

    @property
    def code(self) -> int:
        """The exit code."""
        if any(check.holds is False for check in self.checks):
            return ALTERED
        return UNSIGNED if any(check.holds is None for check in self.checks) else HOLDS


def verify(folder: Path, trusted: Mapping[str, str] | None = None) -> Verified:
    """What holds and what not of the release in a folder; trusted: signers' names and public keys, if known."""
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest = _manifest(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        unread = f"อ่าน {MANIFEST} ใน {folder} ไม่ได้: {cause}", f"{MANIFEST} in {folder} cannot be read: {cause}"
        return Verified((_fault(*unread),))
    sha256, release = sha256_text(content), manifest["release"]
    approvals, signing = _signing(folder, release, sha256, trusted)
    checks = (
        *_file_checks(folder, manifest),
        *signing,
        *_comment_checks(manifest, approvals),
        *_ledger_checks(folder, release, approvals),
    )
    return Verified(checks, manifest, sha256, tuple(approvals))


def _manifest(content: bytes) -> dict[str, Any]:
    """The manifest, proven to have what is read from it here."""
    manifest: dict[str, Any] = json.loads(content)
    if not isinstance(manifest["release"], str):
        raise TypeError("release")
    for name, file in manifest["files"].items():
        if not isinstance(file["sha256"], str) or PurePosixPath(name).is_absolute() or {"..", ""} & {*name.split("/")}:
            raise ValueError(name)
    for finding in manifest["findings"]:
        _ = finding_key(finding), finding["message"]["th"], finding["message"]["en"]
    return manifest


def _file_checks(folder: Path, manifest: Mapping[str, Any]) -> list[Check]:
    checks = []
    for name, file in manifest["files"].items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            checks.append(_fault(f"ไม่มีไฟล์ {name}", f"{name} is missing"))
        elif sha256_text(path.read_bytes()) != file["sha256"]:
            checks.append(
                _fault(f"{name} ถูกแก้ไข ไม่ตรงกับ {MANIFEST}", f"{name} was changed: it does not match {MANIFEST}")
            )
        else:
            checks.append(_held(f"{name} ตรงกับ {MANIFEST}", f"{name} matches {MANIFEST}"))
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    for name in sorted(there - {*manifest["files"], MANIFEST}):
        checks.append(_fault(f"มีไฟล์แปลกปลอม {name}", f"{name} does not belong to this release"))
    version = manifest["release"].rpartition("-")[2]
    if re.fullmatch(r"v\d+", folder.name) and folder.name != version:
        checks.append(
            _fault(f"โฟลเดอร์ {folder.name} มีเนื้อหาของ {version}", f"folder {folder.name} holds what is {version}")
        )
    return checks


def _signing(
    folder: Path, release: str, manifest_sha256: str, trusted: Mapping[str, str] | None
) -> tuple[list[Approval], list[Check]]:
    """The approvals, if they can be believed, and what is to be said of them."""
    path = approvals_file(folder.resolve())
    try:
        content = path.read_bytes()
        approvals = approvals_in(content, release, manifest_sha256, path.name)
    except FileNotFoundError:
        approvals = []  # told below
    except OSError as cause:
        return [], [_fault(f"อ่าน {path} ไม่ได้ ({cause.strerror})", f"{path} cannot be read ({cause.strerror})")]
    except Damaged as cause:
        return [], [Check(False, cause.words)]
    checks = [_signature_check(approval, trusted) for approval in approvals]
    missing = lacking(approvals)
    if missing is None and len(approvals) == 1:
        checks.append(_held("ลงนามครบตามที่หน่วยงานกำหนด (หนึ่งคน)", "signed off as its settings ask: by one person"))
    elif missing is None:
        checks.append(_held("ลงนามครบสองคน", "signed off by two people"))
    else:
        checks.append(Check(None, missing))
    if not approvals:
        th, en = (
            f"ไม่มีไฟล์ {path.name} อยู่ข้างโฟลเดอร์: ไม่มีใครลงนามรับรอง {MANIFEST} หรือไม่ได้คัดลอกลายเซ็นมาด้วย จึงอาจไม่ใช่ของเดิม",
            f"there is no {path.name} beside the folder: nobody signed {MANIFEST}, or the signatures were not copied "
            "along; it may have been replaced",
        )
        checks.append(Check(None, Words(th, en)))
    return approvals, checks


def _signature_check(approval: Approval, trusted: Mapping[str, str] | None) -> Check:
    role, name = ROLES[approval.role], approval.name
    if trusted is not None and name not in trusted:
        th, en = (
            f"ไม่มีกุญแจสาธารณะของ {name} ให้เทียบ ({name}.pub)",
            f"no public key of {name} to compare with ({name}.pub)",
        )
        return Check(None, Words(th, en))
    if trusted is not None and trusted[name] != approval.public_key:
        return _fault(
            f"กุญแจที่ลงนามในชื่อ {name} ไม่ใช่กุญแจของ {name} ที่เชื่อถือ",
            f"the key that signed as {name} is not the one trusted as {name}",
        )
    signed_at = moment_words(datetime.datetime.fromisoformat(approval.signed_at))
    told = f": {approval.comment}" if approval.comment else ""
    return _held(
        f"{role.th} {name} ลงนาม {signed_at.th} กุญแจ {approval.public_key[:16]}…{told}",
        f"signed by the {role.en} {name} on {signed_at.en}, key {approval.public_key[:16]}…{told}",
    )


def _comment_checks(manifest: Mapping[str, Any], approvals: Sequence[Approval]) -> list[Check]:
    """Each finding that a signer spoke of, with what was said."""
    return [
        _held(
            f"ข้อสังเกต {key} {finding['message']['th']} — {approval.name}: {approval.comments[key]}",
            f"finding {key}: {finding['message']['en']} — {approval.name}: {approval.comments[key]}",
        )
        for approval in approvals
        for finding in manifest["findings"]
        if (key := finding_key(finding)) in approval.comments
    ]


def _ledger_checks(folder: Path, release: str, approvals: Sequence[Approval]) -> list[Check]:
    """Whether the ledger, where it is at hand, is whole and tells the same approvals of this release."""
    path = shelf_root(folder) / LEDGER
    try:
        entries = entries_in(path.read_bytes(), LEDGER)
        told = [approval_of(one.record, f"{LEDGER}:{one.number}") for one in entries if one.kind == "approval"]
    except FileNotFoundError:
        return []
    except OSError as cause:
        return [_fault(f"อ่าน {path} ไม่ได้ ({cause.strerror})", f"{path} cannot be read ({cause.strerror})")]
    except Damaged as cause:
        return [Check(False, cause.words)]
    if [one for one in told if one.release == release] != [*approvals]:
        return [_fault(f"{LEDGER} บันทึกการลงนามไว้ต่างจากนี้", f"{LEDGER} tells other approvals of this release")]
    return [
        _held(
            f"{LEDGER} ต่อเนื่องครบ {len(entries)} บรรทัด ลายเซ็นถูกต้อง {len(told)} รายการ",
            f"{LEDGER} holds: {len(entries)} lines, {len(told)} signatures",
        )
    ]


def _held(th: str, en: str) -> Check:
    return Check(True, Words(th, en))


def _fault(th: str, en: str) -> Check:
    return Check(False, Words(th, en))
