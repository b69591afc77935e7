"""The first line that a failed run tells in Prefect is its cause: in Thai, without words of a program."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.api import newest, posted

pytestmark = pytest.mark.server

_CODE = """
import sys
from prefect import tags
from flows.evidence import evidence
from flows.report import report
from flows.sync import sync
for flow, asked in {calls}:
    with tags("prongsai"):
        state = flow(sys.argv[1], *asked, return_state=True)
    try:
        state.result()
    except Exception as error:
        print(type(error).__name__)
"""


def test_the_first_line_of_a_failed_run_is_its_cause_in_thai(example: Path, prefect: dict[str, str]):
    config, url = str(example / "prongsai.toml"), prefect["PREFECT_API_URL"]

    def failed(calls: str, number: int) -> Iterator[list[str]]:
        """Of each flow that is called the error that its run ends with, and the lines that Prefect shows of it."""
        command = [sys.executable, "-c", _CODE.format(calls=calls), config]
        done = subprocess.run(command, env=os.environ | prefect, capture_output=True, text=True, check=True)
        runs = newest(url, number)
        for error, run in zip(done.stdout.split(), reversed(runs), strict=True):
            assert (run["state"]["type"], run["tags"][0]) == ("FAILED", "prongsai")
            yield [error, *run["state"]["message"].splitlines()]

    [[error, *lines]] = failed('[(report, ("751NH", 2566, 1))]', 1)
    assert error == "NotReady" and len(lines) == 2
    assert lines[0].startswith("ยังทำรายงานของ 751NH รอบ 2566-1 ไม่ได้:") and "prongsai sync" in lines[1]
    (example / "prongsai.toml").write_text("inbocks = 'typed wrong'\n", encoding="utf-8")
    told = list(failed("[(sync, ()), (report, ()), (evidence, ())]", 3))
    shown = posted(url, "logs/filter", {"logs": {"level": {"ge_": logging.ERROR}}, "sort": "TIMESTAMP_DESC"})
    for error, *lines in told:
        assert error == "WrongSettings" and "inbocks" in lines[0] and not lines[0].isascii()
    assert [one["message"] for one in shown].count(told[0][1]) == 3
