"""The data of earlier versions under this one: nothing lost, nothing changed, old releases still proven.

tests/upgrade/tables-0003.zip was left by commit 5284c79, a sync without and one with the correction, then a report;
signed-0004.zip by ba027be, its report signed by two people. Both worked on the example, in /srv/prongsai.
"""

import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from flows.cli import main
from tests.flows.test_deploy import commands_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
V1 = "releases/751NH/2566-1/v1"
PLACES = {"tables-0003": 3, "signed-0004": 0}
"""What verify says of the release: 3 not signed off, 0 holds."""
Printed = pytest.CaptureFixture[str]


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What an earlier version left, and where we stand."""
    with zipfile.ZipFile(ROOT / "tests/upgrade" / f"{request.param}.zip") as kept:
        kept.extractall(tmp_path)
    for name in ("PRONGSAI_CONFIG", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PRONGSAI_SETTLE_SECONDS", "0")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(query: str) -> list[tuple]:
    with sqlite3.connect(".prongsai/warehouse.db") as warehouse:
        return warehouse.execute(query).fetchall()


def state(capsys: Printed) -> dict:
    capsys.readouterr()
    assert main(["status", "--json", "--period", "2566-1"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_an_earlier_version_left_goes_on(place: Path, capsys: Printed, request: pytest.FixtureRequest):
    facts = "SELECT * FROM budget_line", "SELECT * FROM plan_project", "SELECT * FROM correction"
    before = [rows(query) for query in facts]
    kept = {path: path.read_bytes() for path in (place / V1).iterdir()}
    said = state(capsys)
    assert [source["verdict"] for source in said["sources"]] == ["accepted", "accepted"]
    assert said["release"] == "751NH-2566-1-v1"
    assert main(["sync"]) == 0  # judged anew, by the rules of now
    assert [rows(query) for query in facts[:2]] == before[:2]
    assert set(before[2]) <= set(rows(facts[2]))
    assert not any("prongsai run" in one for one in state(capsys)["to_do"])  # nothing came that the report lacks
    assert main(["report", "--json", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]) == 0
    made = json.loads(capsys.readouterr().out)
    was = json.loads(kept[place / V1 / "manifest.json"])["figures"]
    assert {key: made["figures"][key] for key in was} == {key: figure["value"] for key, figure in was.items()}
    trust = [".prongsai/signers"] if (place / ".prongsai/signers").exists() else []
    expected = PLACES[request.node.callspec.params["place"]]
    assert main(["verify", V1, *(f"--trust={one}" for one in trust)]) == expected
    assert {path: path.read_bytes() for path in (place / V1).iterdir()} == kept


def test_an_upgrade_that_tells_nothing_new_makes_no_new_draft(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
):
    config = ["--config", str(example / "prongsai.toml")]
    report = [*config, "report", "--json", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]
    assert [main([*config, "sync"]), main(report)] == [0, 0]
    monkeypatch.setattr("reports.manifest.made_with", lambda: {"prongsai": "of another version"})
    monkeypatch.setattr("flows.job.READING_VERSION", 4711)  # every export is judged anew
    assert main([*config, "sync"]) == 0
    said = capsys.readouterr().out
    assert said.count("ข้อมูลเหมือนเดิม") == 2 and "ใหม่ 0 เหมือนเดิม 2" in said
    assert main(report) == 0
    assert json.loads(capsys.readouterr().out)["release"] == "751NH-2566-1-v1"


def test_a_draft_made_before_the_files_are_judged_anew_names_no_rule_of_now_as_passed(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
):
    config = ["--config", str(example / "prongsai.toml")]
    report = [*config, "report", "--json", "--organisation", "751NH", "--fiscal-year", "2566", "--half", "1"]

    def made() -> tuple[str, list[str], str]:
        capsys.readouterr()
        assert main(report) == 0
        said = json.loads(capsys.readouterr().out)
        manifest = json.loads(Path(said["files"]["manifest"]).read_text("utf-8"))
        versions = [one["rules_version"] for one in manifest["inputs"]]
        return said["release"], versions, Path(said["files"]["html"]).read_text("utf-8")

    assert main([*config, "sync"]) == 0
    release, [before, _], page = made()
    assert (release, "table-checks" in page) == ("751NH-2566-1-v1", True)
    for place in ("flows.job", "flows.reporting"):
        monkeypatch.setattr(f"{place}.rules_version", lambda: "0123456789ab")
    release, versions, page = made()
    assert (release, versions) == ("751NH-2566-1-v2", [before, before])
    assert "table-checks" not in page and f"ตรวจด้วยกฎรุ่น {before}" in page
    assert main([*config, "sync"]) == 0
    release, versions, page = made()
    assert (release, versions) == ("751NH-2566-1-v3", ["0123456789ab"] * 2)
    assert "table-checks" in page and "ไม่ใช่กฎรุ่นของโปรแกรม" not in page


def test_the_documented_way_of_upgrading_is_gone(place: Path, request: pytest.FixtureRequest):
    page = (ROOT / "docs/install.md").read_text(encoding="utf-8").partition("## เปลี่ยนรุ่น")[2]
    block = "\n".join(re.findall(r"^ {4}.*", page, re.MULTILINE))
    commands = list(commands_in(block))
    assert [command[0] for command in commands] == ["status", "sync", "rebuild", "verify"]
    expected = PLACES[request.node.callspec.params["place"]]
    assert [main(command) for command in commands] == [0, 0, 0, expected]
    assert rows("SELECT version_num FROM alembic_version") >= [("0004",)]
