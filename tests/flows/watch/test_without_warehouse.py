"""The watchdog while the warehouse is down: everyone who is told of what is overdue hears of it, and of its end."""

import datetime
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.server import free_port
from flows.settings import read_settings
from flows.watch.alerts import Target
from flows.watch.watchdog import tell_that_warehouse_is_back, tell_without_outbox
from tests.flows.watch.offices import status
from tests.warehouse.exports import day
from warehouse.vocabulary.errors import Words

# Apprise shims a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

DOWN = "ตรวจสถานะไม่ได้ / The watch cannot look"


@pytest.fixture
def superior(hook: list[dict], monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What was posted to the one target of the settings, and to the one that hears only of what is overdue."""
    [target] = json.loads(os.environ["PRONGSAI_ALERTS"])
    monkeypatch.setenv("PRONGSAI_ESCALATE", json.dumps([f"{target.removesuffix('/hook')}/superior", target]))
    return hook


def test_the_watchdog_still_speaks_when_the_warehouse_does_not_to_the_superior_too(place: Path, superior: list[dict]):
    (place / ".prongsai").mkdir()
    (place / ".prongsai/warehouse.db").write_bytes(b"no database" * 1000)
    assert [status(place, "--alert"), status(place, "--alert")] == [1, 1]
    assert [one["title"] for one in superior] == [f"[โปร่งใส] {DOWN}"] * 2  # who is told of all is not told twice
    thai, english = superior[1]["message"].split("\n\nEnglish:\n")
    assert "warehouse.db" in thai and re.search("[ก-ฮ]", thai)
    assert "warehouse.db" in english and not re.search("[ก-ฮ]", english)
    (place / ".prongsai/warehouse.db").unlink()
    assert [status(place, "--alert"), status(place, "--alert")] == [0, 0]
    assert [one["title"] for one in superior].count(f"[โปร่งใส] แก้ไขแล้ว / Resolved: {DOWN}") == 2


def test_without_a_warehouse_too_a_target_that_is_down_misses_nothing_and_no_other_hears_it_twice(
    place: Path, hook: list[dict]
):
    settings, words = read_settings(place / "prongsai.toml"), Words("เปิดคลังข้อมูลไม่ได้", "no warehouse")
    [address] = json.loads(os.environ["PRONGSAI_ALERTS"])
    well, down = Target("well", address), Target("other", f"json://127.0.0.1:{free_port()}")
    up = replace(down, address=address)

    def told(hours: int, *targets: Target) -> int:
        hook.clear()
        tell_without_outbox(settings, targets, words, now=day(1) + datetime.timedelta(hours=hours))
        return len(hook)

    def told_back(*targets: Target) -> int:
        hook.clear()
        tell_that_warehouse_is_back(settings, targets)
        return len(hook)

    assert [told(0, well, down), told(1, well, down), told(2, well, up), told(3, well, up)] == [1, 0, 1, 0]
    assert [told(24, well, up), told(26, well, up)] == [1, 1]  # again, each a day after it heard it last
    assert [told_back(well, down), told_back(well, up), told_back(well, up)] == [1, 1, 0]
    assert [told(27, well, down), told_back(well, up)] == [1, 1]  # who heard of no trouble hears of no end


def test_each_target_hears_of_a_warehouse_that_is_gone_with_its_folder(
    place: Path, hook: list[dict], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    [target] = json.loads(os.environ["PRONGSAI_ALERTS"])
    monkeypatch.setenv("PRONGSAI_ALERTS", json.dumps([target, f"{target}/other"]))
    shutil.rmtree(place / ".prongsai", ignore_errors=True)
    (place / ".prongsai").write_text("no folder", "ascii")
    assert status(place, "--alert") == 1
    assert [one["title"] for one in hook] == [f"[โปร่งใส] {DOWN}"] * 2
    assert "File exists" in capsys.readouterr().err  # the cause, not that it was told without a note of it


def test_a_target_that_is_gone_hears_of_no_end(place: Path, hook: list[dict]):
    settings = read_settings(place / "prongsai.toml")
    marker = settings.path(settings.state) / "told-without-warehouse"  # as a version before left it
    marker.parent.mkdir(exist_ok=True)
    marker.touch()
    tell_that_warehouse_is_back(settings, [Target("well", "json://127.0.0.1")])
    assert not marker.exists() and hook == []


def test_a_superior_who_cannot_be_told_is_told_of_once_and_the_rest_goes_on(
    place: Path, hook: list[dict], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRONGSAI_ESCALATE", json.dumps(["env:NOBODY"]))
    assert [status(place, "--alert"), status(place, "--alert")] == [64, 64]
    titles = [one["title"] for one in hook]
    assert titles.count(f"[โปร่งใส] {DOWN}") == 1 and any("No sync" in one for one in titles)
    assert "env:NOBODY" in hook[-1]["message"] and "escalate" in hook[-1]["message"]
    (place / ".prongsai/warehouse.db").write_bytes(b"no database" * 1000)
    assert status(place, "--alert") == 1  # the cause that comes first
