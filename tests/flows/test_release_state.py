"""How far a release is on its way to the public."""

from pathlib import Path

from flows.release_state import release_states
from reports.sign.ledger import open_ledger


def test_the_state_of_a_release_is_what_the_ledger_says_was_done_last(tmp_path: Path):
    assert release_states(tmp_path) == {}
    done = [("approval", "a-v1", "preparer"), ("approval", "a-v1", "approver"), ("approval", "b-v1", "preparer")]
    with open_ledger(tmp_path) as ledger:
        for kind, release, role in [*done, ("publication", "c-v1", "")]:
            ledger.append(kind, {"release": release, "role": role})
    assert release_states(tmp_path) == {"a-v1": "approved", "b-v1": "prepared", "c-v1": "published"}
