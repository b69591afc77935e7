"""The bundled example: its workbooks are what its script writes, and its story is what `make run` tells."""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE


def test_the_workbooks_are_what_the_script_writes(tmp_path: Path):
    spec = importlib.util.spec_from_file_location("make_exports", EXAMPLE / "make_exports.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write_budget(tmp_path / "elaas_2566-03-31.xlsx")
    script.write_plan(tmp_path / "eplannacc_2566-03-31.xlsx")
    for path in tmp_path.iterdir():
        kept = (EXAMPLE / "inbox" / "751NH" / path.name).read_bytes()
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(kept).digest(), path.name


@pytest.mark.server
def test_make_run_shows_the_wrong_cell_the_closed_gate_and_the_report(example: Path):
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    environment["PYTHONPATH"] = str(EXAMPLE.parent.parent)
    for expected in ("รายงานฉบับใหม่", "รายงานไม่เปลี่ยนแปลง"):  # the second time nothing has changed
        command = [sys.executable, str(example / "run.py")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "เซลล์ I6 (เบิกจ่าย) พิมพ์ 68,984.00 แต่ควรเป็น 48,984.00" in done.stdout
        assert re.findall(r"\(exit (\d)\)", done.stdout) == ["1", "1", "0"]
        assert expected in done.stdout
        assert done.stderr == ""
    assert [path.name for path in (example / "releases/751NH/2566-1").iterdir()] == ["v1"]
