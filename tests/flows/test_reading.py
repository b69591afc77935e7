"""Reading in several processes."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

READS = """
import multiprocessing
from connectors.limits import Limits
from flows.reading import read_all
if __name__ == "__main__":
    outcomes = read_all([b"no workbook"] * 64, Limits())
    print(*(one.pid for one in multiprocessing.active_children()), flush=True)
    input()
"""


WORKS = """
from flows.pool import new_pool
if __name__ == "__main__":
    with new_pool("flows.reading") as pool:
        print(pool.submit(abs, -1).result())
"""


@pytest.mark.slow
def test_processes_work_where_the_path_of_temporary_files_is_long(tmp_path: Path):
    script, long = tmp_path / "works.py", tmp_path / ("long" * 30)
    script.write_text(WORKS)
    long.mkdir()
    environment = os.environ | {"TMPDIR": str(long)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


@pytest.mark.slow
def test_a_killed_sync_leaves_no_process_behind(tmp_path: Path):
    script = tmp_path / "reads.py"
    script.write_text(READS)
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sync:
        readers = [psutil.Process(int(pid)) for pid in sync.stdout.readline().split()]
        sync.kill()
    assert readers
    _, left = psutil.wait_procs(readers, timeout=60)
    assert left == []
