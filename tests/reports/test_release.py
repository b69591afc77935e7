"""Releases: written whole, once, and never changed."""

import errno
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from reports.figure import Figures
from reports.figures import figures_of
from reports.manifest import sha256
from reports.release import Release, make_release
from reports.sign.ledger import open_ledger
from tests.reports.facts import BUDGET_LINES, FACTS, comment, commented
from tests.reports.test_figures import BY_HAND
from warehouse.vocabulary.errors import Damaged, Unreachable, Words, WrongSettings
from warehouse.vocabulary.records import CheckedRule, ReportFacts

pytestmark = pytest.mark.slow

CHANGED = replace(
    FACTS, budget_lines=(replace(BUDGET_LINES[0], disbursed=4_898_500, remaining=11_901_500), *BUDGET_LINES[1:])
)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_has_its_id_folder_files_and_figures(example: Release) -> None:
    assert example.id == "751NH-2566-1-v1"
    assert example.folder.parts[-3:] == ("751NH", "2566-1", "v1")
    assert example.new
    assert example.figures == BY_HAND
    assert {kind: path.name for kind, path in example.files.items()} == {
        "pdf": "report.pdf",
        "docx": "report.docx",
        "html": "report.html",
        "xlsx": "report.xlsx",
        "budget_pdf": "budget.pdf",
        "budget_docx": "budget.docx",
        "budget_html": "budget.html",
        "plan_pdf": "plan.pdf",
        "plan_docx": "plan.docx",
        "plan_html": "plan.html",
        "budget_csv": "budget.csv",
        "plan_csv": "plan.csv",
        "findings_csv": "findings.csv",
        "datapackage": "datapackage.json",
        "manifest": "manifest.json",
    }
    assert sorted(contents(example.folder)) == sorted(path.name for path in example.files.values())


def test_the_manifest_tells_inputs_findings_corrections_and_hashes(example: Release) -> None:
    manifest = json.loads(example.files["manifest"].read_text("utf-8"))
    assert manifest["release"] == example.id
    assert [(each["source"], each["sha256"][:2], each["fetched_at"]) for each in manifest["inputs"]] == [
        ("elaas", "bb", "2023-04-10T18:30:00+00:00"),
        ("eplannacc", "aa", "2023-04-10T03:30:00+00:00"),
    ]
    assert manifest["figures"]["disbursed"]["origins"][0]["cells"] == "I6:I16"
    assert [(each["cell"], each["resolved"]) for each in manifest["findings"]][:2] == [("I6", True), ("A3", False)]
    assert manifest["corrections"][0]["right"] == "48984.00"
    assert manifest["words"]["unconfirmed_measures"] == [1, 2, 4, 5, 7]
    assert {name: (each["file"], each["ita_item"]["item"]) for name, each in manifest["documents"].items()} == {
        "measures": ("report.pdf", "O43"),
        "budget": ("budget.pdf", "O12"),
        "plan": ("plan.pdf", "O37"),
    }
    assert manifest["template"] is None
    for name, kept in manifest["files"].items():
        assert sha256((example.folder / name).read_bytes()) == kept["sha256"]


def test_a_comment_makes_a_new_version_that_keeps_it_with_who_and_when_and_an_expired_one_makes_none(
    tmp_path: Path,
) -> None:
    first = make_release(FACTS, words_file=None, releases=tmp_path)
    gone = comment("months_in_title", "A2", "4", "หัวตารางพิมพ์ผิด")
    told = make_release(commented(gone), words_file=None, releases=tmp_path)
    assert (told.id, told.new, told.expired_comments) == (first.id, False, (gone,))
    said = comment("months_in_title", "A2", "5", "หัวตารางพิมพ์ผิด")
    second = make_release(commented(said, gone), words_file=None, releases=tmp_path)
    assert (second.folder.name, second.expired_comments) == ("v2", (gone,))
    manifest = json.loads(second.files["manifest"].read_text("utf-8"))
    assert {each["rule"]: each["comments"] for each in manifest["findings"] if each["comments"]} == {
        "months_in_title": [{"comment": "หัวตารางพิมพ์ผิด", "who": "ปลัดเทศบาล", "when": "2023-04-12"}]
    }


def test_nothing_of_where_a_file_lay_is_published(example: Release) -> None:
    assert FACTS.budget.export.origin == "inbox"
    manifest = json.loads(example.files["manifest"].read_text("utf-8"))
    assert all("origin" not in each for each in manifest["inputs"])


def test_the_same_inputs_give_the_same_release_and_write_nothing(tmp_path: Path) -> None:
    first = make_release(FACTS, words_file=None, releases=tmp_path)
    before = contents(tmp_path)
    again = make_release(FACTS, words_file=None, releases=tmp_path)
    assert (again.id, again.folder, again.figures, again.new) == (first.id, first.folder, first.figures, False)
    assert contents(tmp_path) == before


ELSEWHERE = """
import datetime
import sys
import time
YEAR = 366 * 24 * 3600
for name in ("localtime", "gmtime"):
    told = getattr(time, name)
    setattr(time, name, lambda seconds=None, told=told: told(time.time() if seconds is None else seconds))
time.time = lambda now=time.time: now() + YEAR
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=YEAR)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)
datetime.datetime = Later
from pathlib import Path
from reports.release import make_release
from tests.reports.facts import FACTS
make_release(FACTS, words_file=None, releases=Path(sys.argv[1]))
"""


def test_the_same_inputs_give_the_same_bytes_in_another_process_and_zone_a_year_later(
    tmp_path: Path, example: Release
) -> None:
    other = {"TZ": "America/New_York", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path)]
    subprocess.run(command, cwd=Path(__file__).parents[2], env=os.environ | other, check=True)
    assert contents(tmp_path / "751NH/2566-1/v1") == contents(example.folder)


def test_other_facts_make_the_next_version_and_tell_the_difference(tmp_path: Path) -> None:
    first = make_release(FACTS, words_file=None, releases=tmp_path)
    before = contents(first.folder)
    second = make_release(CHANGED, words_file=None, releases=tmp_path)
    assert (second.id, second.new) == ("751NH-2566-1-v2", True)
    assert contents(first.folder) == before
    manifest = json.loads(second.files["manifest"].read_text("utf-8"))
    assert manifest["previous"] == first.id
    assert [(change["key"], change["before"], change["after"]) for change in manifest["changes"]] == [
        ("disbursed", "3,822,121.63", "3,822,122.63"),
        ("remaining", "4,671,008.37", "4,671,007.37"),
        ("disbursed_since_cut_off", "3,822,121.63", "3,822,122.63"),
    ]
    assert "ฉบับที่ ๒" in second.files["html"].read_text("utf-8")


def test_a_correction_tells_the_difference_to_what_is_published_and_not_to_a_draft(tmp_path: Path) -> None:
    first = make_release(FACTS, words_file=None, releases=tmp_path)
    with open_ledger(tmp_path) as ledger:
        ledger.append("publication", {"release": first.id, "code": "751NH", "period": "2566-1", "version": 1})
    make_release(CHANGED, words_file=None, releases=tmp_path)  # a draft that nobody outside ever saw
    words = tmp_path / "words.toml"
    words.write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    third = make_release(CHANGED, words_file=words, releases=tmp_path)
    manifest = json.loads(third.files["manifest"].read_text("utf-8"))
    assert (third.id[-2:], manifest["previous"]) == ("v3", first.id)
    assert "disbursed" in [change["key"] for change in manifest["changes"]]
    page = third.files["html"].read_text("utf-8")
    assert "เปลี่ยนไปจากฉบับที่ ๑" in page and "ตัวเลขทุกตัวเท่ากับ" not in page
    assert not make_release(CHANGED, words_file=words, releases=tmp_path).new


def test_going_back_to_earlier_facts_is_a_new_version(tmp_path: Path) -> None:
    for facts in (FACTS, CHANGED, FACTS):
        last = make_release(facts, words_file=None, releases=tmp_path)
    assert last.id == "751NH-2566-1-v3"


def test_other_words_make_the_next_version(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[measure.1]\nowner = "กองช่าง"\n', "utf-8")
    releases = tmp_path / "releases"
    make_release(FACTS, words_file=None, releases=releases)
    second = make_release(FACTS, words_file=words, releases=releases)
    assert second.id == "751NH-2566-1-v2"
    assert "กองช่าง" in second.files["html"].read_text("utf-8")
    assert "ตัวเลขทุกตัวเท่ากับฉบับที่ ๑" in second.files["html"].read_text("utf-8")


def upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the programs are others than those that made what is there."""
    monkeypatch.setattr("reports.manifest.made_with", lambda: {"prongsai": "of another version"})


def test_other_software_that_says_the_same_makes_no_new_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for facts in (FACTS, CHANGED):  # the second tells its difference from the first
        make_release(facts, words_file=None, releases=tmp_path)
    before = contents(tmp_path)
    upgrade(monkeypatch)
    same = make_release(CHANGED, words_file=None, releases=tmp_path)
    assert (same.id, same.new) == ("751NH-2566-1-v2", False)
    assert before.items() <= contents(tmp_path).items()
    moved = replace(FACTS.budget.export, origin="/another/inbox")
    elsewhere = replace(CHANGED, budget=replace(CHANGED.budget, export=moved))
    assert not make_release(elsewhere, words_file=None, releases=tmp_path).new
    assert make_release(FACTS, words_file=None, releases=tmp_path).id == "751NH-2566-1-v3"


@pytest.fixture
def upgraded(example: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of releases with the example's first version, which other software than this wrote."""
    shutil.copytree(example.folder, tmp_path / "751NH/2566-1/v1")
    upgrade(monkeypatch)
    return tmp_path


def test_that_other_software_says_the_same_is_found_out_once(upgraded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not make_release(FACTS, words_file=None, releases=upgraded).new
    monkeypatch.setattr("reports.release.said_of", None)  # not asked again
    assert not make_release(FACTS, words_file=None, releases=upgraded).new


OTHERWISE: dict[str, ReportFacts] = {
    "a line": CHANGED,
    "a finding": replace(FACTS, budget=replace(FACTS.budget, findings=())),
    "a rule": replace(FACTS, rules=(CheckedRule("new", "", Words("ใหม่", "new")),)),
    "a file": replace(FACTS, plan=replace(FACTS.plan, export=replace(FACTS.plan.export, sha256="cc" * 32))),
}


@pytest.mark.parametrize("facts", OTHERWISE.values(), ids=OTHERWISE)
def test_whatever_is_said_otherwise_makes_one(upgraded: Path, facts: ReportFacts) -> None:
    assert make_release(facts, words_file=None, releases=upgraded).id == "751NH-2566-1-v2"


def test_other_software_that_words_or_counts_otherwise_makes_one(
    upgraded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(facts: ReportFacts) -> Figures:
        figures = figures_of(facts)
        return figures | {"disbursed": replace(figures["disbursed"], title="จ่ายแล้ว")}

    monkeypatch.setattr("reports.release.figures_of", renamed)
    assert make_release(FACTS, words_file=None, releases=upgraded).id == "751NH-2566-1-v2"


def test_a_faulty_words_file_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings):
        make_release(FACTS, words_file=tmp_path / "none.toml", releases=tmp_path / "releases")
    assert not (tmp_path / "releases").exists()


def test_many_at_once_make_one_release(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: make_release(FACTS, words_file=None, releases=tmp_path), range(4)))
    assert {release.id for release in made} == {"751NH-2566-1-v1"}
    assert sum(release.new for release in made) == 1
    assert [path.name for path in (tmp_path / "751NH" / "2566-1").iterdir()] == ["v1"]


def test_a_release_that_someone_changed_is_called_damaged(tmp_path: Path) -> None:
    release = make_release(FACTS, words_file=None, releases=tmp_path)
    release.files["html"].write_text("เปลี่ยน", "utf-8")
    with pytest.raises(Damaged, match=r"report\.html"):
        make_release(FACTS, words_file=None, releases=tmp_path)
    release.files["manifest"].unlink()
    with pytest.raises(Damaged, match="incomplete"):
        make_release(FACTS, words_file=None, releases=tmp_path)


def test_a_place_that_cannot_be_written_is_told_with_what_to_look_at(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("a file", "utf-8")
    with pytest.raises(Unreachable, match="releases"):
        make_release(FACTS, words_file=None, releases=tmp_path / "releases")


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(Unreachable, match="No space left"):
        make_release(FACTS, words_file=None, releases=tmp_path / "releases")
    assert list((tmp_path / "releases/751NH/2566-1").iterdir()) == []
