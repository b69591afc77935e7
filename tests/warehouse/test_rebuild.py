"""From the archive alone, the same facts once more."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.warehouse.exports import CRITICAL, FIRST_HALF, KHLONG, RUAM_CHAI, budget, day, handed_in
from warehouse.archive import archived, archived_bytes, archived_exports
from warehouse.store.comparison import differing_facts
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.load import load
from warehouse.store.transactions import writing
from warehouse.tables import budget_line
from warehouse.vocabulary.records import Export, JudgedExport

HISTORY = [  # day, folder, content, which is the disbursed satang of each line
    [(0, KHLONG, "10 20"), (0, RUAM_CHAI, "7")],
    [(1, RUAM_CHAI, "30 0 1")],  # the file of Khlong in the wrong folder
    [(2, KHLONG, "30 0 1"), (2, KHLONG, "666")],
    [(3, RUAM_CHAI, "8")],
]


def judged(export: Export, content: str, rules: str) -> JudgedExport:
    """As the line of work would: 666 is rejected, and so is a file of Khlong in another's folder."""
    owner = KHLONG if export.organisation == KHLONG.code else RUAM_CHAI
    wrong = content == "666" or (content == "30 0 1" and owner != KHLONG)
    findings = [CRITICAL] * wrong
    reading = budget(*map(int, content.split()))
    one = handed_in(reading, *findings, content=content, owner=owner, judged_by=f"{rules} {owner.code}")
    return replace(one, export=export)


def taken_in(warehouse: Warehouse, folder: Path) -> None:
    for number, batch in enumerate(HISTORY):
        exports = []
        for on, owner, content in batch:
            came = {"file_name": content, "origin": f"inbox/{owner.code}/{content}", "via": "inbox"}
            export = archived(folder, content.encode(), **came, organisation=owner.code, now=day(on))
            exports.append(judged(export, content, "rules of then"))
        load(warehouse, exports, now=day(number))


def rebuilt(warehouse: Warehouse, folder: Path) -> None:
    exports = archived_exports(folder)
    contents = [archived_bytes(folder, export.sha256).decode() for export in exports]
    load(warehouse, [judged(*one, "rules of today") for one in zip(exports, contents, strict=True)], now=day(99))


@pytest.fixture
def other(tmp_path: Path) -> Warehouse:
    return open_warehouse(f"sqlite:///{tmp_path}/other.db")


def test_facts_rebuilt_from_the_archive_equal_the_old_ones(warehouse: Warehouse, other: Warehouse, tmp_path: Path):
    taken_in(warehouse, tmp_path / "archive")
    rebuilt(other, tmp_path / "archive")
    assert differing_facts(warehouse, other) == []
    assert differing_facts(other, open_warehouse(f"sqlite:///{tmp_path}/empty.db")) == [
        ("00123", "elaas", FIRST_HALF),
        ("751E0", "elaas", FIRST_HALF),
    ]


def test_one_satang_of_difference_is_told(warehouse: Warehouse, other: Warehouse, tmp_path: Path):
    taken_in(warehouse, tmp_path / "archive")
    rebuilt(other, tmp_path / "archive")
    with writing(other) as connection:
        connection.execute(update(budget_line).where(budget_line.c.disbursed == 30).values(disbursed=31))
    assert differing_facts(warehouse, other) == [("751E0", "elaas", FIRST_HALF)]
