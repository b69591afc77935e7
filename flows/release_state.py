"""How far a release is on its way to the public, as the ledger of signatures says."""

import enum
from collections.abc import Iterable, Mapping
from pathlib import Path

from reports.release import latest_version
from reports.sign.approvals import SignOff, approvals_in, lacking, line_of, sha256_text
from reports.sign.ledger import LEDGER, folder_of, read_ledger
from reports.sign.verify import MANIFEST
from warehouse.vocabulary.errors import Words


class ReleaseState(enum.StrEnum):
    """What was last done with a release."""

    DRAFT = "draft"
    PREPARED = "prepared"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def words(self) -> Words:
        """What people are told."""
        return _WORDS[self]


_WORDS = {
    ReleaseState.DRAFT: Words("รอลงนาม", "to be signed"),
    ReleaseState.PREPARED: Words("รอผู้อนุมัติลงนาม", "the approver is next"),
    ReleaseState.APPROVED: Words("ลงนามแล้ว รอเผยแพร่", "signed, to be published"),
    ReleaseState.PUBLISHED: Words("เผยแพร่แล้ว", "published"),
}
_BY_ROLE = {"preparer": ReleaseState.PREPARED, "approver": ReleaseState.APPROVED}


def release_states(releases: Path) -> Mapping[str, ReleaseState]:
    """The state of each release that is in the ledger, else it is a draft. Raises Damaged for a broken chain."""
    order, states = list(ReleaseState), dict[str, ReleaseState]()
    for entry in read_ledger(releases):
        release = entry.record["release"]
        reached = ReleaseState.PUBLISHED if entry.kind == "publication" else _BY_ROLE[entry.record["role"]]
        states[release] = max(states.get(release, ReleaseState.DRAFT), reached, key=order.index)
    return states


def sign_off_of(releases: Path, ids: Iterable[str], sign_off: SignOff) -> dict[str, Words | None]:
    """What sign-off of each release still lacks, None if it is complete, its signatures and their chain checked.

    sign_off: the rule where nobody approved yet. Left out: releases that a newer version replaced, and those that are
    gone. Raises Damaged.
    """
    told: dict[str, bytes] = {}
    for entry in read_ledger(releases):
        if entry.kind == "approval":
            told[entry.record["release"]] = told.get(entry.record["release"], b"") + line_of(entry.record) + b"\n"
    found: dict[str, Words | None] = {}
    for one in ids:
        folder = folder_of(releases, one)
        if folder.is_dir() and folder.name == f"v{latest_version(folder.parent)}":
            manifest = sha256_text((folder / MANIFEST).read_bytes())
            approvals = approvals_in(told[one], one, manifest, LEDGER) if one in told else []
            approved = any(approval.role == "approver" for approval in approvals)
            found[one] = lacking(approvals, None if approved else sign_off)
    return found
