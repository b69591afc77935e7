"""One file out, everything back, proven byte for byte."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.warehouse.exports import (
    CRITICAL,
    FIRST_HALF,
    KHLONG,
    WARNING,
    budget,
    correction,
    day,
    handed_in,
    load_on,
    plan,
)
from warehouse.archive import archived, archived_exports
from warehouse.backup import back_up, restore, verified
from warehouse.store.comparison import differing_facts
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.facts import report_facts
from warehouse.store.releases import ReleaseRecord, keep_release
from warehouse.store.status import report_status
from warehouse.store.transactions import reading, writing
from warehouse.tables import metadata, outbox
from warehouse.vocabulary.errors import Damaged, NotReady, Unreachable

FILLED = {"organisation", "export", "budget_line", "plan_project", "quarantined_row", "finding", "correction"}
FILLED |= {"release", "outbox"}


@pytest.fixture
def office(warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    """A warehouse with every kind of row, its archive and its releases."""
    load_on(warehouse, 0, handed_in(budget(10, 20), WARNING, content="a", corrections=(correction(),)))
    load_on(warehouse, 1, handed_in(plan(1), content="plan", on=1), handed_in(budget(3), CRITICAL, content="bad", on=1))
    load_on(warehouse, 2, handed_in(budget(10, 20), content="same", on=2), handed_in(None, content="unreadable"))
    keep_release(warehouse, ReleaseRecord("v1", KHLONG.code, FIRST_HALF, 1, "folder", "a" * 64), now=day(3))
    for content in (b"a", b"plan", b"bad", b"same", b"unreadable"):
        archived(
            tmp_path / "archive", content, file_name="x", origin="x", via="hand", organisation=KHLONG.code, now=day(0)
        )
    message(warehouse)
    (tmp_path / "releases/751E0/2566-1/v1").mkdir(parents=True)
    (tmp_path / "releases/751E0/2566-1/v1/รายงาน.pdf").write_bytes(b"%PDF" * 100)
    return warehouse


def message(warehouse: Warehouse) -> None:
    """One more message that waits; the database gives it its number."""
    words = {"cause": "late", "stage": "first", "target": "mail", "title": "ใกล้ครบกำหนด", "body": "…"}
    with writing(warehouse) as connection:
        connection.execute(outbox.insert().values(**words, made_at=day(0), tries=0, try_at=day(0)))


def backed_up(warehouse: Warehouse, tmp_path: Path) -> Path:
    target = tmp_path / "backup.zip"
    back_up(warehouse, archive=tmp_path / "archive", releases=tmp_path / "releases", target=target, now=day(4))
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(warehouse: Warehouse) -> dict[str, list]:
    with reading(warehouse) as connection:
        return {
            table.name: connection.execute(table.select().order_by(*table.primary_key)).all()
            for table in metadata.sorted_tables
        }


def test_everything_comes_back_into_empty_places(office: Warehouse, empty_url: str, tmp_path: Path):
    before = rows(office)
    assert {name for name, filled in before.items() if filled} >= FILLED
    backup = backed_up(office, tmp_path)
    if office.dialect.name == "sqlite" and "sqlite" in empty_url:
        empty_url = f"sqlite:///{tmp_path}/back/warehouse.db"
    restore(backup, url=empty_url, archive=tmp_path / "back/archive", releases=tmp_path / "back/releases")
    again = open_warehouse(empty_url)
    assert rows(again) == before
    assert differing_facts(office, again) == []
    assert report_facts(again, KHLONG.code, FIRST_HALF) == report_facts(office, KHLONG.code, FIRST_HALF)
    assert report_status(again, [KHLONG], FIRST_HALF) == report_status(office, [KHLONG], FIRST_HALF)
    for folder in ("archive", "releases"):
        assert contents(tmp_path / "back" / folder) == contents(tmp_path / folder)
    assert load_on(again, 9, handed_in(budget(5), content="next", on=9)) == ["loaded"]
    message(again)
    assert [row.id for row in rows(again)["outbox"]] == [1, 2]


def test_what_is_not_finished_is_not_backed_up(office: Warehouse, tmp_path: Path):
    (tmp_path / "releases/751E0/2566-1/.v2-abc").mkdir()
    (tmp_path / "releases/751E0/2566-1/.v2-abc/report.pdf").write_bytes(b"half")
    (tmp_path / "archive/ab").mkdir(exist_ok=True)
    (tmp_path / "archive/ab/abc.123.part").write_bytes(b"half")
    names = verified(backed_up(office, tmp_path))
    assert not [name for name in names if ".v2" in name or ".part" in name]
    assert len(names) == 1 + 2 * 5 + 1
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == ["backup.zip"]


def test_a_backup_of_damaged_bytes_is_refused_and_the_last_one_stays(office: Warehouse, tmp_path: Path):
    before = backed_up(office, tmp_path).read_bytes()
    sha256 = archived_exports(tmp_path / "archive")[0].sha256
    (tmp_path / "archive" / sha256[:2] / sha256).write_bytes(b"other")
    with pytest.raises(Damaged, match=sha256):
        backed_up(office, tmp_path)
    assert (tmp_path / "backup.zip").read_bytes() == before


def test_a_backup_that_changed_anywhere_is_told_and_nothing_is_restored(office: Warehouse, tmp_path: Path):
    backup = backed_up(office, tmp_path)
    whole, files = backup.read_bytes(), verified(backup)
    told = 0
    for place in range(0, len(whole), len(whole) // 150):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            assert verified(backup) == files  # a changed date in the zip's own headers changes nothing of ours
        except Damaged:
            told += 1
    assert told > 100
    backup.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        restore(backup, url=f"sqlite:///{tmp_path}/x/w.db", archive=tmp_path / "x/a", releases=tmp_path / "x/r")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["../outside", "archive/../../outside", "/etc/outside", "archive", "else/where"])
def test_a_backup_cannot_write_anywhere_else(office: Warehouse, tmp_path: Path, name: str):
    backup = backed_up(office, tmp_path)
    written = io.BytesIO()
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(written, "w") as new:
        said = json.loads(old.read("manifest.json"))
        place = next(one for one in said["files"] if one.startswith("releases/"))
        said["files"][name] = said["files"].pop(place)
        for one in old.namelist():
            content = json.dumps(said).encode() if one == "manifest.json" else old.read(one)
            new.writestr(name if one == place else one, content)
    backup.write_bytes(written.getvalue())
    with pytest.raises(Damaged):
        verified(backup)


@pytest.mark.parametrize("place", ["archive", "releases", "database"])
def test_nothing_is_restored_over_what_is_there(office: Warehouse, tmp_path: Path, place: str):
    backup = backed_up(office, tmp_path)
    url = f"sqlite:///{tmp_path}/back/warehouse.db"
    if place == "database":
        load_on(open_warehouse(url), 0, handed_in(budget(1), content="already here"))
    else:
        shutil.copytree(tmp_path / place, tmp_path / "back" / place)
    with pytest.raises(NotReady, match="not empty"):
        restore(backup, url=url, archive=tmp_path / "back/archive", releases=tmp_path / "back/releases")


def test_a_place_that_cannot_be_written_is_one_clear_error(office: Warehouse, tmp_path: Path):
    with pytest.raises(Unreachable, match="cannot be used"):
        back_up(
            office,
            archive=tmp_path / "archive",
            releases=tmp_path / "releases",
            target=tmp_path / "nowhere/backup.zip",
            now=day(0),
        )
    with pytest.raises(Unreachable, match="cannot be used"):
        restore(tmp_path / "missing.zip", url="sqlite:///x.db", archive=tmp_path / "a", releases=tmp_path / "r")
