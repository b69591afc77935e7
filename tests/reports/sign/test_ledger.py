"""The ledger as reports read it while somebody writes: whole lines count, and only they."""

from pathlib import Path

import pytest

from reports.sign.ledger import LEDGER, last_published, open_ledger
from warehouse.vocabulary.errors import Damaged


def written(root: Path) -> bytes:
    """A ledger of two publications."""
    with open_ledger(root) as ledger:
        for version in (1, 2):
            ledger.append("publication", {"code": "751NH", "period": "2566-1", "version": version})
    return (root / LEDGER).read_bytes()


def test_a_line_that_a_killed_writer_left_unfinished_publishes_nothing(tmp_path: Path) -> None:
    assert last_published(tmp_path, "751NH", "2566-1") == 0
    whole = written(tmp_path)
    assert last_published(tmp_path, "751NH", "2566-1") == 2
    for end in range(whole.index(b"\n") + 1, len(whole)):
        (tmp_path / LEDGER).write_bytes(whole[:end])
        assert last_published(tmp_path, "751NH", "2566-1") == 1


def test_a_changed_line_is_named(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_bytes(written(tmp_path).replace(b'"version":2}', b'"version":2 '))
    with pytest.raises(Damaged, match=f"{LEDGER}:2"):
        last_published(tmp_path, "751NH", "2566-1")
