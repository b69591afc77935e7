"""What 24 monthly cut-offs cost the view of the current ones: `python -m tests.bench.views [MUNICIPALITIES]`.

The view of one period is asked for when each budget came once, and again when 24 of each came: six of that period, each
replacing the one before, and 18 of the three after it. On SQLite and on PostgreSQL.
"""

import datetime
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from connectors.read import read_export
from tests.bench.exports import write_exports
from tests.warehouse.server import new_database, running_postgresql
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.store.load import load
from warehouse.store.transactions import reading
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Export, JudgedExport, Organisation, Reading

VIEWS = ("current_budget", "budget_execution", "budget_transfers")
PERIODS = [Period(FiscalYear(year), half) for year in (2566, 2567) for half in Half]


def budgets_in(folder: Path, month: int) -> Iterator[JudgedExport]:
    """Each municipality's budget as it stands in a month: one satang a month more was approved and remains."""
    for number, path in enumerate(sorted(folder.glob("inbox/*/elaas_*.xlsx"))):
        (table,) = read_export(path.read_bytes())
        moved = {name: [amount + month for amount in table.columns[name]] for name in ("approved", "remaining")}
        name = hashlib.sha256(f"{number} {month}".encode()).hexdigest()
        came = datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(days=30 * month)
        owner = Organisation(f"{number:05d}", "ทดสอบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
        export = Export(name, 1, path.name, str(path), came, "inbox", owner.code)
        one: Reading = replace(table, columns=table.columns | moved)
        yield JudgedExport(export, "bench", owner, PERIODS[month // 6], one, (), (), None)


def seconds(warehouse: Warehouse, view: str) -> float:
    """The best of three answers of a view for the first period."""
    asked = text(f"SELECT * FROM {view} WHERE fiscal_year = 2566 AND half = 1")
    took = []
    for _ in range(3):
        started = time.perf_counter()
        with reading(warehouse) as connection:
            rows = connection.execute(asked).fetchall()
        took.append(time.perf_counter() - started)
    assert rows
    return min(took)


def measure(name: str, warehouse: Warehouse, folder: Path) -> None:
    """Print each view's time with one cut-off and with 24."""
    one: dict[str, float] = {}
    for month in range(24):
        load(warehouse, list(budgets_in(folder, month)), now=datetime.datetime.now(datetime.UTC))
        if month == 0:
            one = {view: seconds(warehouse, view) for view in VIEWS}
    for view, before in one.items():
        after = seconds(warehouse, view)
        print(f"{name:10} {view:18} one {before:.3f} s, 24 cut-offs {after:.3f} s, {after / before:.2f} x", flush=True)


def main(municipalities: int) -> None:
    """Measure both databases."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_exports(folder, municipalities)
        measure("SQLite", open_warehouse(f"sqlite:///{folder}/bench.db"), folder)
        with running_postgresql() as server:
            measure("PostgreSQL", open_warehouse(new_database(server)), folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
