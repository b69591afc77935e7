"""SIGKILL anywhere while people sign and publish: nothing half public; run again, it is signed and published once."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from reports.sign.ledger import read_ledger
from reports.sign.verify import HOLDS, verify
from tests.reports.sign.signing import everything
from tests.torture.trials import child_process

pytestmark = pytest.mark.server
ID = "751NH-2566-1-v1"


@pytest.fixture
def child() -> Iterator["subprocess.Popen[str]"]:
    with child_process() as process:
        yield process


@pytest.fixture
def commands(reported: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Two sign, one publishes; the report is made and both have keys."""
    monkeypatch.setenv("PRONGSAI_PASSPHRASE", "ยาวพอสำหรับกุญแจ")
    config = ["--config", str(reported / "prongsai.toml")]
    approvals = []
    for name, role in (("ผู้จัดทำรายงาน", "preparer"), ("ปลัดเทศบาล", "approver")):
        assert main([*config, "signer", "add", name]) == 0
        approvals.append([*config, "approve", ID, "--as", name, "--role", role])
    return [*approvals, [*config, "publish", ID, "--to", str(reported / "web")]]


def test_killed_anywhere_and_run_again_it_is_signed_and_published_once(
    example: Path, child: "subprocess.Popen[str]", commands: list[list[str]], tmp_path: Path, every: int = 12
):
    start = shutil.copytree(example, tmp_path / "start")

    def run(**order: object) -> dict[str, Any]:
        said = {"folder": str(example), "environment": {"PRONGSAI_PASSPHRASE": "ยาวพอสำหรับกุญแจ"}, "commands": commands}
        assert child.stdin and child.stdout
        child.stdin.write(json.dumps(said | {"fatal": None, "seconds": None, "watched": "events"} | order) + "\n")
        child.stdin.flush()
        return json.loads(child.stdout.readline())

    def begin() -> None:
        shutil.rmtree(example)
        shutil.copytree(start, example)

    def left() -> dict[str, bytes]:
        kept = everything(example / "web") | {f"releases/{k}": v for k, v in everything(example / "releases").items()}
        return {name: content for name, content in kept.items() if "/." not in f"/{name}"}

    undisturbed = run()
    assert undisturbed["exits"] == [0, 0, 0]
    expected, points = left(), undisturbed["passed"]
    assert any("LEDGER" in name for name, _ in points) and any(name.startswith("os.rename") for name, _ in points)
    for name, times in points[::every]:
        begin()
        assert run(fatal=[name, times])["ended"] == -9, name
        assert all(expected[path] == content for path, content in left().items() if path.startswith("751NH")), name
        published = [one for one in read_ledger(example / "releases") if one.kind == "publication"]
        assert not published or verify(example / "web/751NH/2566-1/latest").code == HOLDS
        # Refused where it was all done but for the answer; a second record is what never happens.
        assert run()["exits"] == [0, 0, 1 if published else 0], name
        assert left() == expected, name
        assert [one.kind for one in read_ledger(example / "releases")] == ["approval", "approval", "publication"], name
