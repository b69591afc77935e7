"""A whole `prongsai sync`, start to end, against its floor: `python -m tests.bench.sync [MUNICIPALITIES] [FOLDER]`.

The floor reads every sheet with calamine and inserts every row into one SQLite table: no types, no checks, no archive.
Both are whole processes, run side by side; only the ratios mean anything on a shared machine.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.exports import write_budget, write_exports

FLOOR = """
import glob, sqlite3, sys
from python_calamine import CalamineWorkbook
rows = []
for name in sorted(glob.glob(sys.argv[1] + "/inbox/*/*.xlsx")):
    for place, cells in enumerate(CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()):
        rows.append((name, place, *cells[:10], *[None] * (10 - len(cells[:10]))))
table = sqlite3.connect(sys.argv[1] + "/floor.db")
table.execute("CREATE TABLE t (f, i, " + ", ".join(f"c{k}" for k in range(10)) + ")")
table.executemany("INSERT INTO t VALUES (" + ", ".join("?" * 12) + ")", rows)
table.commit()
"""


def timed(*command: str) -> float:
    """Seconds of wall time of a whole process, which must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def main(municipalities: int, folder: Path) -> None:
    """Print each figure and its ratio to the floor."""
    write_exports(folder, municipalities)
    (folder / "prongsai.toml").write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', encoding="utf-8")
    floor = timed(sys.executable, "-c", FLOOR, str(folder))
    sync = (sys.executable, "-m", "flows.cli", "sync", "--config", str(folder / "prongsai.toml"))
    first = timed(*sync)
    again = timed(*sync)
    changed_file = folder / "inbox" / "00000" / "elaas_2566-03-31.xlsx"
    write_budget(changed_file, "เทศบาลตำบลทดสอบ 1", random.Random(-1), 300, 2566)
    changed = timed(*sync)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{municipalities} municipalities, {municipalities * 330:,} rows")
    print(f"floor             {floor:7.2f} s")
    print(f"first sync        {first:7.2f} s   {first / floor:5.2f} x the floor")
    print(f"nothing changed   {again:7.2f} s   {again / first:5.1%} of the first sync")
    print(f"one changed       {changed:7.2f} s   {changed / first:5.1%} of the first sync")
    print(f"largest process   {memory:7.0f} MB")


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if len(sys.argv) > 2:
        main(number, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as kept:
            main(number, Path(kept))
