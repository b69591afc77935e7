"""What reading one file may still take: time, tables and cells."""

import time
from collections.abc import Mapping

from connectors.formats import refusals
from connectors.grid import CellValue, Grid
from connectors.limits import Limits

TABLES = 250
CELL_BYTES = 8  # of a blank one, in a list


class Allowance:
    """Counts down while one file is read; each method refuses the file once there is nothing left."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.seconds
        self._tables = TABLES
        self._cells = limits.unpacked_bytes // CELL_BYTES

    def seconds_left(self) -> float:
        """How long reading may still take."""
        return max(self._end - time.monotonic(), 0)

    def check_time(self) -> None:
        """Raises Unreadable if reading takes longer than limits.seconds."""
        if not self.seconds_left():
            raise refusals.too_slow(self.limits)

    def check_rows(self, rows: int) -> None:
        """Raises Unreadable if a table has more rows than limits.rows."""
        if rows > self.limits.rows:
            raise refusals.too_many_rows(self.limits)

    def check_columns(self, columns: int) -> None:
        """Raises Unreadable if a row has more columns than limits.columns."""
        if columns > self.limits.columns:
            raise refusals.too_many_columns(self.limits)

    def take(self, rows: int, columns: int) -> None:
        """Raises Unreadable if the table is larger than the limits, or all tables of the file together."""
        self.check_time()
        self.check_rows(rows)
        self.check_columns(columns)
        self._tables -= 1
        self._cells -= rows * columns
        if self._tables < 0:
            raise refusals.too_large(f"เกิน {TABLES} ตาราง", f"more than {TABLES} tables")
        if self._cells < 0:
            raise refusals.too_much_unpacked(self.limits)

    def grid(
        self,
        name: str,
        rows: list[list[CellValue]],
        hidden: bool = False,
        unreadable: Mapping[tuple[int, int], str] | None = None,
        hidden_rows: frozenset[int] = frozenset(),
    ) -> Grid:
        """The rows as a grid, filled up with blanks to one length."""
        width = max(map(len, rows), default=0)
        self.take(len(rows), width)
        for row in rows:
            row.extend([""] * (width - len(row)))
        return Grid(name, rows, hidden, unreadable or {}, hidden_rows)
