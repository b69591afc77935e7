"""prongsai backup, restore and rebuild: nothing that was kept is lost."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from flows.cli import main


@pytest.fixture
def synced(reported: Path) -> list[str]:
    """How to name the settings of the example, synced and reported."""
    return ["--config", str(reported / "prongsai.toml")]


def test_facts_made_anew_from_the_archive_equal_the_old_ones(
    example: Path, synced: list[str], capsys: pytest.CaptureFixture[str]
):
    shutil.rmtree(example / "inbox")
    assert main([*synced, "rebuild"]) == 0
    with sqlite3.connect(example / ".prongsai/rebuilt.db") as warehouse:
        assert warehouse.execute("SELECT sum(disbursed) FROM budget_line").fetchone() == (382212163,)
    assert main([*synced, "rebuild"]) == 1  # it is there: nothing is written over
    assert ".prongsai/rebuilt.db" in capsys.readouterr().err
    assert main([*synced, "--lang", "en", "rebuild", "--into", f"sqlite:///{example}/other.db"]) == 0
    assert "every fact equals" in capsys.readouterr().out


def test_a_fact_that_was_changed_by_hand_is_named(example: Path, synced: list[str], capsys: pytest.CaptureFixture[str]):
    with sqlite3.connect(example / ".prongsai/warehouse.db") as warehouse:
        warehouse.execute("UPDATE budget_line SET disbursed = disbursed + 1 WHERE source_row = 6")
    assert main([*synced, "rebuild"]) == 1
    assert "751NH" in capsys.readouterr().out


def test_everything_comes_back_from_a_backup(example: Path, synced: list[str], tmp_path: Path):
    kept = tmp_path / "kept.zip"
    assert main([*synced, "backup", str(kept)]) == 0
    report = (example / "releases/751NH/2566-1/v1/report.pdf").read_bytes()
    shutil.rmtree(example / ".prongsai")
    shutil.rmtree(example / "releases")
    assert main([*synced, "restore", str(kept)]) == 0
    assert (example / "releases/751NH/2566-1/v1/report.pdf").read_bytes() == report
    assert main([*synced, "sync"]) == 0
    assert main([*synced, "rebuild"]) == 0
    assert main([*synced, "restore", str(kept)]) == 1  # never over what is there


def test_what_people_decided_comes_back_too_and_takes_the_place_of_nothing(
    example: Path,
    synced: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    assert main([*synced, "signer", "add", "ปลัดเทศบาล"]) == 0
    written = [example / name for name in ("corrections.toml", "words/751NH.toml", ".prongsai/signers/ปลัดเทศบาล.pub")]
    before = [path.read_bytes() for path in written]
    assert main([*synced, "backup", str(tmp_path / "kept.zip")]) == 0
    shutil.rmtree(example / ".prongsai")
    shutil.rmtree(example / "releases")
    (example / "corrections.toml").unlink()
    (example / "words/751NH.toml").write_text("# newer", "utf-8")
    capsys.readouterr()
    assert main([*synced, "restore", str(tmp_path / "kept.zip")]) == 0
    assert "settings/words/751NH.toml" in capsys.readouterr().out
    assert [path.read_bytes() for path in written] == [before[0], b"# newer", before[2]]
    assert not list(example.rglob("*.key"))  # stays with its owner
    written[1].write_bytes(before[1])
    assert main([*synced, "report", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    assert [path.name for path in (example / "releases/751NH/2566-1").glob("v?")] == ["v1"]


def test_a_file_whose_path_tells_two_organisations_is_rejected_until_it_is_renamed_and_rebuilt_so(example: Path):
    config = ["--config", str(example / "prongsai.toml")]
    place = example / "inbox/751NH"
    with (example / "prongsai.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[organisation]]\ncode = "751E0"\nname = "x"\ndistrict = "x"\nprovince = "x"\n')
    for file in list(place.glob("*.xlsx")):
        file.rename(place / f"751E0_{file.name}")
    assert main([*config, "sync"]) == 1
    assert main([*config, "rebuild", "--into", f"sqlite:///{example}/first.db"]) == 0
    for file in list(place.glob("*.xlsx")):
        file.rename(place / file.name.removeprefix("751E0_"))
    assert main([*config, "sync"]) == 0
    assert main([*config, "rebuild", "--into", f"sqlite:///{example}/second.db"]) == 0
