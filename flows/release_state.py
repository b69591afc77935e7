"""How far a release is on its way to the public, as the ledger of signatures says."""

import enum
from collections.abc import Mapping
from pathlib import Path

from reports.sign.ledger import read_ledger
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
