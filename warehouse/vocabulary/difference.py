"""An export, the accepted one before it, and how they differ."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.vocabulary.fiscal import Period

Columns = Mapping[str, Sequence[Any]]
"""Rows as columns of equal length, named as in a Reading."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The accepted export that came before another of the same organisation, source and fiscal year."""

    export_id: int
    file_name: str
    size: int  # bytes
    period: Period
    data_date: datetime.date | None
    fetched_at: datetime.datetime  # UTC
    columns: Columns


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table differs from the accepted one before it; size, rows and totals are now less then."""

    previous_id: int  # the export before
    previous_file: str
    previous_period: Period
    previous_date: datetime.date | None  # the data date that it printed
    previous_fetched: datetime.datetime  # UTC
    data_date: datetime.date | None  # the one that this table prints
    size: int  # bytes
    rows: int
    totals: Mapping[str, int]  # money column -> satang, over all lines
    gone: tuple[str, ...]  # lines by their labels
    new: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether there are other lines, or other totals."""
        return bool(self.rows or self.gone or self.new or any(self.totals.values()))
