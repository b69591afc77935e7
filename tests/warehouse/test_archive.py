"""The archive: written once, told when damaged, never half there."""

import datetime
import json
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.warehouse.exports import START, day
from warehouse.archive import archived, archived_bytes, archived_exports, sha256_of
from warehouse.vocabulary.errors import Damaged, Unreachable, WrongSettings
from warehouse.vocabulary.records import Export

CONTENT = "รายงาน".encode() * 100
SHA256 = sha256_of(CONTENT)


def put(folder: Path, content: bytes = CONTENT, *, organisation: str | None = "751E0", on: int = 0) -> Export:
    return archived(
        folder,
        content,
        file_name="a.xlsx",
        origin="inbox/a.xlsx",
        via="inbox",
        organisation=organisation,
        now=day(on),
    )


def test_bytes_come_back_as_they_were(tmp_path: Path):
    export = put(tmp_path)
    assert archived_bytes(tmp_path, export.sha256) == CONTENT
    assert export == Export(SHA256, len(CONTENT), "a.xlsx", "inbox/a.xlsx", START, "inbox", "751E0")


def test_the_same_bytes_in_the_same_place_stay_as_they_first_came(tmp_path: Path):
    first = put(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert put(tmp_path, on=3) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_bytes_moved_to_the_right_folder_are_told_of_the_right_organisation(tmp_path: Path):
    put(tmp_path, organisation="00123")
    assert put(tmp_path, organisation="751E0", on=1).organisation == "751E0"
    assert [one.organisation for one in archived_exports(tmp_path)] == ["00123", "751E0"]


def test_the_same_bytes_may_come_in_many_places_at_once(tmp_path: Path):
    codes = [f"{number:05d}" for number in range(40)]
    with ThreadPoolExecutor(8) as several:  # with one process id, as the workers of several containers have
        list(several.map(lambda code: put(tmp_path, organisation=code), codes))
    assert sorted(str(one.organisation) for one in archived_exports(tmp_path)) == codes
    assert archived_bytes(tmp_path, SHA256) == CONTENT


def test_archived_exports_come_in_the_order_of_their_fetching(tmp_path: Path):
    came = [put(tmp_path, content, on=on) for content, on in ((b"x", 2), (b"y", 0), (b"z", 1))]
    assert archived_exports(tmp_path) == [came[1], came[2], came[0]]
    assert archived_exports(tmp_path / "nothing yet") == []


def test_a_moment_is_kept_in_utc_and_whole_for_two_may_come_in_one_second(tmp_path: Path):
    thai = datetime.timezone(datetime.timedelta(hours=7))
    now = datetime.datetime(2023, 4, 1, 9, 30, 15, 123, tzinfo=thai)
    export = archived(tmp_path, b"x", file_name="x", origin="x", via="hand", organisation=None, now=now)
    assert export.fetched_at.isoformat() == "2023-04-01T02:30:15.000123+00:00"
    assert archived_exports(tmp_path) == [export]


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], CONTENT[:-1] + b"!"])
def test_damaged_bytes_are_told_as_damaged(tmp_path: Path, damage: bytes):
    put(tmp_path)
    (tmp_path / SHA256[:2] / SHA256).write_bytes(damage)
    with pytest.raises(Damaged, match=SHA256):
        archived_bytes(tmp_path, SHA256)


def test_missing_bytes_are_told_as_damaged(tmp_path: Path):
    with pytest.raises(Damaged):
        archived_bytes(tmp_path, SHA256)


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"sha256": 1}', b"\xff"])
def test_a_damaged_sidecar_is_told_as_damaged(tmp_path: Path, damage: bytes):
    put(tmp_path)
    (tmp_path / SHA256[:2] / f"{SHA256}.751E0.json").write_bytes(damage)
    for ask in (lambda: put(tmp_path), lambda: archived_exports(tmp_path)):
        with pytest.raises(Damaged, match="record is damaged"):
            ask()


def test_bytes_without_a_sidecar_were_never_archived(tmp_path: Path):
    (tmp_path / SHA256[:2]).mkdir()
    (tmp_path / SHA256[:2] / SHA256).write_bytes(CONTENT[:50])
    assert put(tmp_path, on=2).fetched_at == day(2)
    assert archived_bytes(tmp_path, SHA256) == CONTENT


def test_what_a_power_cut_emptied_is_written_again(tmp_path: Path):
    put(tmp_path)
    for path in (tmp_path / SHA256[:2]).iterdir():
        path.write_bytes(b"")
    put(tmp_path)
    assert archived_bytes(tmp_path, SHA256) == CONTENT
    assert len(archived_exports(tmp_path)) == 1


def test_bytes_that_were_lost_are_written_again_when_they_come_again(tmp_path: Path):
    first = put(tmp_path)
    (tmp_path / SHA256[:2] / SHA256).unlink()
    assert put(tmp_path, on=2) == first
    assert archived_bytes(tmp_path, SHA256) == CONTENT


def test_a_disk_without_room_is_one_clear_error_and_nothing_half_written(tmp_path: Path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(Unreachable) as told:
            put(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(tmp_path) in told.value.words.th and "พื้นที่ว่าง" in told.value.words.th
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert put(tmp_path).size == len(CONTENT)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path):
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(Unreachable, match="cannot be used"):
        put(tmp_path / "archive")


@pytest.mark.parametrize("year", [1970, 2566])
def test_a_clock_that_cannot_be_right_is_refused(tmp_path: Path, year: int):
    with pytest.raises(WrongSettings, match=f"says {year} CE"):
        archived(tmp_path, b"x", file_name="x", origin="x", via="hand", organisation=None, now=START.replace(year=year))
    assert list(tmp_path.iterdir()) == []


def test_the_sidecar_reads_without_us(tmp_path: Path):
    put(tmp_path)
    said = json.loads((tmp_path / SHA256[:2] / f"{SHA256}.751E0.json").read_text(encoding="utf-8"))
    assert said["fetched_at"] == "2023-04-01T02:30:00+00:00"
    assert said["organisation"] == "751E0"
