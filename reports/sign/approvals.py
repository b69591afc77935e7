"""What people signed of one release, as lines that hang together: each holds the hash of the one before.

The first line holds the manifest's hash instead, and the manifest those of the files: no byte can change unseen.
"""

import datetime
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reports.sign.keys import public_text
from warehouse.vocabulary.errors import Damaged, Words, WrongSettings

Role = Literal["preparer", "approver"]
SignOff = Literal["two", "one"]
ROLES: Mapping[str, Words] = {
    "preparer": Words("ผู้จัดทำ", "preparer"),
    "approver": Words("ผู้อนุมัติ", "approver"),
}
SIGNERS: Mapping[SignOff, Sequence[Role]] = {"two": ("preparer", "approver"), "one": ("approver",)}
"""Who must sign, in their order, under each rule."""
_PURPOSE = b"prongsai approval 1\n"  # so that a signature made here can never pass for one made elsewhere


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's signature under one release. Hashes, key and signature in hexadecimal, the time UTC in ISO form."""

    release: str
    manifest_sha256: str
    number: int
    previous: str
    name: str
    role: str
    comment: str
    comments: Mapping[str, str]  # finding's key -> what the signer says of it
    sign_off: str  # how many people it took by the settings at that time: "two" or "one"
    signed_at: str
    public_key: str
    signature: str = ""


def sha256_text(content: bytes) -> str:
    """The hash in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def line_of(record: Mapping[str, Any]) -> bytes:
    """The one way in which a record is written: so the same record has the same hash everywhere."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def record_in(line: bytes, place: str) -> dict[str, Any]:
    """The record of one line. Raises Damaged if it is not written exactly as `line_of` writes it."""
    try:
        record = json.loads(line)
        exact = isinstance(record, dict) and line_of(record) == line
    except (ValueError, RecursionError) as cause:
        raise _damaged(place) from cause
    if not exact:
        raise _damaged(place)
    return dict(record)


def lines_in(content: bytes, place: str) -> list[bytes]:
    """The lines of a file of records. Raises Damaged if the last one does not end."""
    if not content.endswith(b"\n"):
        raise _damaged(place)
    return content[:-1].split(b"\n")


def signed(approval: Approval, key: Ed25519PrivateKey) -> Approval:
    """The approval with the signer's public key and signature."""
    named = replace(approval, public_key=public_text(key.public_key()), signature="")
    return replace(named, signature=key.sign(_said(named)).hex())


def approval_of(record: Mapping[str, Any], place: str) -> Approval:
    """An approval whose signature holds. Raises Damaged that says which line does not, and why."""
    types = {field.name: field.type for field in fields(Approval)}
    wrong = [name for name in types if not isinstance(record.get(name), _kind(name))]
    if wrong or record.keys() != types.keys() or record["role"] not in ROLES:
        raise _damaged(place)
    approval = Approval(**record)
    try:
        # Only the lower-case form counts: fromhex reads others too, and those bytes would be free to change.
        key, signature = bytes.fromhex(approval.public_key), bytes.fromhex(approval.signature)
        if (key.hex(), signature.hex()) != (approval.public_key, approval.signature):
            raise _damaged(place)
        datetime.datetime.fromisoformat(approval.signed_at)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _said(approval))
    except (ValueError, InvalidSignature) as cause:
        raise Damaged(
            f"{place}: ลายเซ็นของ {approval.name} ไม่ถูกต้อง ข้อความหรือกุญแจถูกแก้ไขหลังลงนาม",
            f"{place}: the signature of {approval.name} does not hold; words or key were changed after signing",
        ) from cause
    return approval


def approvals_in(content: bytes, release: str, manifest_sha256: str, place: str) -> list[Approval]:
    """The approvals of a release, in order. Raises Damaged if a line, the order or the manifest is not as signed."""
    approvals: list[Approval] = []
    previous = manifest_sha256
    for number, line in enumerate(lines_in(content, place), 1):
        here = f"{place}:{number}"
        approval = approval_of(record_in(line, here), here)
        if (approval.release, approval.manifest_sha256) != (release, manifest_sha256):
            raise Damaged(
                f"{here}: {approval.name} ลงนามไว้กับ {approval.release} ที่มีเนื้อหาอื่น: "
                "manifest.json ถูกแก้ไขหลังลงนาม หรือนี่เป็นลายเซ็นของฉบับอื่น",
                f"{here}: {approval.name} signed {approval.release} with other contents: "
                "manifest.json was changed after signing, or this is the approval of another release",
            )
        if (approval.number, approval.previous) != (number, previous):
            raise Damaged(
                f"{here}: ลำดับการลงนามไม่ต่อเนื่อง มีบรรทัดถูกลบ สลับ หรือแทรก",
                f"{here}: the chain of approvals is broken: a line was removed, moved or put in",
            )
        approvals.append(approval)
        previous = sha256_text(line)
    return approvals


def lacking(approvals: Sequence[Approval], sign_off: SignOff | None = None) -> Words | None:
    """What sign-off still lacks; None if it is complete. Without a rule: the one that the approver signed under."""
    signers = {approval.role: approval for approval in approvals}
    approver = signers.get("approver")
    rule = sign_off or (approver.sign_off if approver else "two")
    needed = SIGNERS["one" if rule == "one" else "two"]
    if missing := [ROLES[role] for role in needed if role not in signers]:
        return Words(
            f"ยังไม่ได้ลงนามโดย{'และ'.join(each.th for each in missing)}",
            f"not signed yet by the {' and the '.join(each.en for each in missing)}",
        )
    people = [signers[role] for role in needed]
    if len({one.name for one in people}) < len(needed) or len({one.public_key for one in people}) < len(needed):
        return Words("ผู้จัดทำและผู้อนุมัติเป็นคนเดียวกัน", "preparer and approver are the same person")
    return None


def finding_key(finding: Mapping[str, Any]) -> str:
    """What a signer's comment on a finding of a manifest is kept by: source, rule and, if it names one, cell."""
    return ":".join(part for part in (finding["source"], finding["rule"], finding["cell"]) if part)


def findings_named(manifest: Mapping[str, Any], keys: Collection[str]) -> list[dict[str, Any]]:
    """The findings of a manifest that go by these keys. Raises WrongSettings that lists what there is."""
    known = {finding_key(finding) for finding in manifest["findings"]}
    if unknown := sorted(set(keys) - known):
        told = ", ".join(sorted(known)) or "–"
        raise WrongSettings(
            f"ไม่มีข้อสังเกต {', '.join(unknown)} ในฉบับนี้ ที่มีคือ {told}",
            f"this release has no finding {', '.join(unknown)}; it has {told}",
        )
    return [finding for finding in manifest["findings"] if finding_key(finding) in keys]


def approval_line(approval: Approval) -> bytes:
    """An approval as its line."""
    return line_of(asdict(approval))


def _said(approval: Approval) -> bytes:
    return _PURPOSE + line_of({name: value for name, value in asdict(approval).items() if name != "signature"})


def _kind(name: str) -> type:
    return {"number": int, "comments": dict}.get(name, str)


def _damaged(place: str) -> Damaged:
    return Damaged(f"{place}: ถูกแก้ไขหรือเสียหาย อ่านเป็นบันทึกไม่ได้", f"{place}: changed or damaged, not a record as written")
