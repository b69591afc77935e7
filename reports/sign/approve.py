"""A person signs a release."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reports.manifest import version_in
from reports.release import latest_version
from reports.sign.approvals import (
    ROLES,
    Approval,
    Role,
    SignOff,
    approval_line,
    findings_named,
    lacking,
    line_of,
    sha256_text,
    signed,
)
from reports.sign.keys import public_text
from reports.sign.ledger import Ledger, approvals_file, open_ledger, shelf_root
from reports.sign.refusals import without_reason
from reports.sign.verify import Verified, verify
from warehouse.vocabulary.errors import Damaged, NotReady


def approve(
    folder: Path,
    unlocked: Callable[[], Ed25519PrivateKey],
    *,
    name: str,
    role: Role,
    comment: str,
    comments: Mapping[str, str],
    sign_off: SignOff,
    now: Callable[[], datetime.datetime],
) -> Approval:
    """The approval of a release by a person, signed and in the ledger; the one that is there, if it says the same.

    unlocked: gives the key, asked for once nothing else is in the way, while others may use the ledger; then `now`.
    comments: finding's key (`finding_key`) to what the signer says of it. Raises NotReady if it is not this person's
    turn, a newer version took its place, or it corrects what is published and says no reason; WrongSettings for a
    comment on no finding, Damaged if release or ledger are not as they were written.
    """
    wish = Approval(
        release="",
        manifest_sha256="",
        number=0,
        previous="",
        name=name,
        role=role,
        comment=comment,
        comments=dict(comments),
        sign_off=sign_off,
        signed_at="",
        public_key="",
    )
    with open_ledger(shelf_root(folder)) as ledger:
        one = _in_its_place(wish, folder, ledger)
    if one.signature:
        return one
    key = unlocked()
    wish = replace(wish, public_key=public_text(key.public_key()), signed_at=_utc(now()))
    with open_ledger(shelf_root(folder)) as ledger:  # looked at again: others may have signed meanwhile
        one = _in_its_place(wish, folder, ledger)
        if one.signature:
            return one
        done = signed(one, key)
        ledger.append("approval", asdict(done))
        _write_beside(folder, one.release, ledger)
    return done


def _utc(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")


def _in_its_place(wish: Approval, folder: Path, ledger: Ledger) -> Approval:
    """What is wished as the next approval of the release, not signed yet; the signed one that says the same, if any."""
    release = unaltered(folder, ledger)
    findings_named(release.manifest, wish.comments)
    for done in release.approvals:
        if (done.name, done.role, done.comment, done.comments) == (wish.name, wish.role, wish.comment, wish.comments):
            return done
    before = release.approvals
    one = replace(
        wish,
        release=release.manifest["release"],
        manifest_sha256=release.manifest_sha256,
        number=len(before) + 1,
        previous=sha256_text(approval_line(before[-1])) if before else release.manifest_sha256,
    )
    _check_turn(before, one)
    _check_it_can_be_published(folder, release, one, ledger)
    return one


def _check_it_can_be_published(folder: Path, release: Verified, one: Approval, ledger: Ledger) -> None:
    """What publishing would refuse whatever is done later is refused before anyone signs."""
    newest = latest_version(folder.resolve().parent)
    if newest > version_in(release.manifest["release"]):
        newer = f"{one.release.rpartition('-')[0]}-v{newest}"
        raise NotReady(
            f"ไม่ได้ลงนาม: มีฉบับใหม่กว่าแล้ว คือ {newer} โปรดอ่านแล้วลงนามฉบับนั้น",
            f"not signed: {newer} took the place of this version; read and sign that one",
        )
    published = [entry.record for entry in ledger.entries if entry.kind == "publication"]
    if reason := without_reason(release.manifest, [*release.approvals, one], published):
        raise NotReady(f"ไม่ได้ลงนาม: {reason.th}", f"not signed: {reason.en}")


def unaltered(folder: Path, ledger: Ledger) -> Verified:
    """A release with its approvals, first brought up to the ledger: a kill may have come between the two.

    Raises Damaged that names all that is not as it was written.
    """
    first = verify(folder)
    if first.manifest:
        _write_beside(folder, first.manifest["release"], ledger)
    release = verify(folder)
    if faults := [check.words for check in release.checks if check.holds is False]:
        raise Damaged(
            f"{folder} ไม่ใช่ฉบับที่จัดทำไว้: {'; '.join(each.th for each in faults)}",
            f"{folder} is not what was written: {'; '.join(each.en for each in faults)}",
        )
    return release


def _write_beside(folder: Path, release: str, ledger: Ledger) -> None:
    records = [entry.record for entry in ledger.entries if entry.kind == "approval"]
    told = b"".join(line_of(record) + b"\n" for record in records if record["release"] == release)
    path = approvals_file(folder.resolve())
    there = path.read_bytes() if path.is_file() else b""
    if told != there and told.startswith(there):  # anything else is for `verify` to tell
        partial = path.with_name(f".{path.name}.part")
        partial.write_bytes(told)
        partial.replace(path)


def _check_turn(before: Sequence[Approval], one: Approval) -> None:
    role = ROLES[one.role]
    if any(done.role == one.role for done in before):
        raise NotReady(f"{role.th}ลงนามแล้ว", f"the {role.en} has signed already")
    if before and before[-1].role == "approver":
        raise NotReady("ลงนามครบแล้ว ไม่รับลายเซ็นเพิ่ม", "it is signed off; no more signatures are taken")
    if one.role == "approver" and (missing := lacking([*before, one])):
        raise NotReady(f"ยังอนุมัติไม่ได้: {missing.th}", f"it cannot be approved yet: {missing.en}")
