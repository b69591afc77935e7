"""Fetching and reading a batch into typed tables against calamine: `python -m tests.bench.reading [MUNICIPALITIES]`.

The floor opens every workbook and takes its cells, in one process. Ours takes the files from the inbox, reads them on
all cores, proves that they are harmless, and gives typed tables. What a sync imports meanwhile is imported before.
"""

import importlib
import sys
import tempfile
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from connectors.fetched import Fetched
from connectors.inbox import arrived, read
from connectors.limits import Limits
from flows.reading import read_all
from tests.bench.exports import write_exports


def main(municipalities: int) -> None:
    """Print both and their ratio; the second round, too, in which the reading processes stand ready."""
    importlib.import_module("great_expectations")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_exports(folder, municipalities)
        for _ in range(2):
            started = time.perf_counter()
            for path in sorted(folder.glob("inbox/*/*.xlsx")):
                CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            floor = time.perf_counter() - started
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
