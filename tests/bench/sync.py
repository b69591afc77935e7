"""Whole runs of `prongsai sync` against a floor and against dlt: `python -m tests.bench.sync [MUNICIPALITIES ...]`.

The floor reads every sheet with calamine and inserts every row into one SQLite table; dlt does the same with its own
columns and types. Neither checks or archives anything. Each side is a whole process, all of them run side by side: on a
shared machine only the ratios mean anything; dlt runs at the number nearest to 1,000 only. The plot goes to
build/sync.png.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.exports import write_budget, write_exports

SHEETS = """
import glob, sys
from python_calamine import CalamineWorkbook
def rows():
    for name in sorted(glob.glob(sys.argv[1] + "/inbox/*/*.xlsx")):
        for place, cells in enumerate(CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()):
            yield (name, place, *cells[:10], *[None] * (10 - len(cells[:10])))
"""
FLOOR = f"""
import sqlite3
{SHEETS}
kept = list(rows())
table = sqlite3.connect(sys.argv[1] + "/floor.db")
table.execute("CREATE TABLE t (f, i, " + ", ".join(f"c{{k}}" for k in range(10)) + ")")
table.executemany("INSERT INTO t VALUES (" + ", ".join("?" * 12) + ")", kept)
table.commit()
"""
DLT = f"""
{SHEETS}
import os
os.environ |= {{"DLT_DATA_DIR": sys.argv[1] + "/dlt", "RUNTIME__DLTHUB_TELEMETRY": "false"}}
import dlt
names = ["f", "i", *(f"c{{k}}" for k in range(10))]
def lots(size=10_000):
    lot = []
    for row in rows():
        lot.append(dict(zip(names, (value if value != "" else None for value in row))))
        if len(lot) == size:
            yield lot
            lot = []
    yield lot
destination = dlt.destinations.sqlalchemy(f"sqlite:///{{sys.argv[1]}}/dlt.db")
pipeline = dlt.pipeline("bench", destination=destination, dataset_name="main", pipelines_dir=sys.argv[1] + "/dlt")
pipeline.run(lots(), table_name="t")
"""


@dataclass(frozen=True, slots=True)
class Took:
    """What one whole process and its children took: seconds of wall time, and MB of its largest process."""

    seconds: float
    memory: float


def timed(*command: str) -> Took:
    """Run a whole process, which must succeed."""
    measured = (sys.executable, "-c", _MEASURED, *command)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as users have it
    start = time.perf_counter()
    done = subprocess.run(measured, env=kept, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return Took(seconds, float(done.stdout.split()[-1]))


_MEASURED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
sys.exit(ended)
"""


def measure(municipalities: int, folder: Path, *, with_dlt: bool) -> dict[str, Took]:
    """What the floor, dlt, and three syncs take: the first, one with nothing new, one with one export changed."""
    write_exports(folder, municipalities)
    (folder / "prongsai.toml").write_text('organisations = "organisations.csv"\nsettle_seconds = 0\n', encoding="utf-8")
    sync = (sys.executable, "-m", "flows.cli", "sync", "--config", str(folder / "prongsai.toml"))
    took = {"floor": timed(sys.executable, "-c", FLOOR, str(folder)), "first sync": timed(*sync)}
    took["nothing changed"] = timed(*sync)
    changed = folder / "inbox" / "00000" / "elaas_2566-03-31.xlsx"
    write_budget(changed, "เทศบาลตำบลทดสอบ 1", random.Random(-1), 300, 2566)
    took["one changed"] = timed(*sync)
    if with_dlt:
        took["dlt"] = timed(sys.executable, "-c", DLT, str(folder))
    return took


def show(municipalities: int, took: dict[str, Took], base: tuple[int, Took]) -> None:
    """Print each figure and its ratios; `base` is the first sync of another number of municipalities."""
    first = took["first sync"]
    print(f"{municipalities:,} municipalities, {municipalities * 330:,} rows", flush=True)
    for name, one in took.items():
        ratios = f"{one.seconds / took['floor'].seconds:6.2f} x floor {one.seconds / first.seconds:7.1%} of first sync"
        print(f"  {name:16} {one.seconds:8.2f} s {ratios} {one.memory:6.0f} MB", flush=True)
    each = (first.seconds / municipalities) / (base[1].seconds / base[0])
    print(
        f"  a municipality   {each:.2f} x, memory {first.memory / base[1].memory:.2f} x those at {base[0]:,}",
        flush=True,
    )


def plot(measured: dict[int, dict[str, Took]], path: Path) -> None:
    """Cost against municipalities, a line each."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    numbers = list(measured)
    for name in dict.fromkeys(name for took in measured.values() for name in took):
        points = [(number, took[name].seconds) for number, took in measured.items() if name in took]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="municipalities", ylabel="seconds, whole process")
    axes.set_xticks(numbers, [f"{number:,}" for number in numbers])
    axes.grid(alpha=0.3)
    axes.legend()
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=150)
    print(f"plot: {path}")


def main(sizes: list[int]) -> None:
    """Measure and print each size, and draw them all."""
    measured: dict[int, dict[str, Took]] = {}
    base = min(sizes, key=lambda size: abs(size - 1000))
    for size in sorted(sizes, key=lambda size: (size != base, size)):
        with tempfile.TemporaryDirectory() as folder:
            measured[size] = measure(size, Path(folder), with_dlt=size == base)
        show(size, measured[size], (base, measured[base]["first sync"]))
    plot({size: measured[size] for size in sorted(sizes)}, Path("build") / "sync.png")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000])
