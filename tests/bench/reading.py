"""Fetching and reading a batch into typed tables against calamine: `python -m tests.bench.reading [MUNICIPALITIES]`.

The floor opens every workbook and keeps its cells, in one process of its own. Ours takes the files from the inbox,
reads them on all cores, proves that they are harmless, and gives typed tables. What either imports is imported before.
"""

import importlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from connectors.fetched import Fetched
from connectors.inbox import arrived, read
from connectors.limits import Limits
from flows.reading import read_all
from tests.bench.exports import write_exports
from tests.bench.sync import SHEETS

FLOOR = f"""
{SHEETS}
import time
started = time.perf_counter()
kept = list(rows())
print(time.perf_counter() - started)
"""


def main(municipalities: int) -> None:
    """Print both and their ratio; the second round, too, in which the reading processes stand ready."""
    importlib.import_module("great_expectations")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_exports(folder, municipalities)
        for _ in range(2):
            floor = float(subprocess.check_output([sys.executable, "-c", FLOOR, str(folder)]))
            started = time.perf_counter()
            fetched = read(arrived(folder / "inbox", (), now=time.time(), settled_after=0), Limits())
            contents = [one.content for one in fetched if isinstance(one, Fetched)]
            rows = sum(
                table.rows for tables in read_all(contents, Limits()) if isinstance(tables, list) for table in tables
            )
            ours = time.perf_counter() - started
            print(f"{rows:,} rows: floor {floor:.2f} s, ours {ours:.2f} s, {ours / floor:.2f} x", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
