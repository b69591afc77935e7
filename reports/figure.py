"""One number of a report, and the cells that it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from warehouse.vocabulary.money import baht_plain, baht_printed
from warehouse.vocabulary.records import LoadedExport, Source

Unit = Literal["baht", "percent", "points", "count", "months"]
Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure was read: cells such as "I6:I16" of one sheet of one file."""

    source: Source
    file_name: str
    sheet: str
    cells: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Money in satang, shares in percent with two decimals; None where there is nothing to tell."""

    key: str
    title: str
    unit: Unit
    value: Value
    origins: tuple[Origin, ...] = ()
    formula: str = ""

    @property
    def printed(self) -> str | None:
        """For people: 3,822,121.63, 45.00 or 7."""
        if self.value is None:
            return None
        return baht_printed(int(self.value)) if self.unit == "baht" else f"{self.value:,}"

    @property
    def cells(self) -> dict[tuple[Source, str, str], str]:
        """All its cells, by source, file and sheet."""
        cells: dict[tuple[Source, str, str], list[str]] = {}
        for origin in dict.fromkeys(self.origins):
            cells.setdefault((origin.source, origin.file_name, origin.sheet), []).append(origin.cells)
        return {place: ", ".join(found) for place, found in cells.items()}

    @property
    def plain(self) -> str | int | None:
        """For machines: "3822121.63", "45.00" or 7."""
        if self.value is None or self.unit in ("count", "months"):
            return None if self.value is None else int(self.value)
        return baht_plain(int(self.value)) if self.unit == "baht" else str(self.value)


Figures = dict[str, Figure]


def percent(part: int, whole: int) -> Decimal | None:
    """part of whole in percent, half up to two decimals; None where whole is nothing."""
    if whole <= 0:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def origin_of(export: LoadedExport, column: str | None, source_rows: Iterable[int]) -> tuple[Origin, ...]:
    """Cells of a column (or whole rows) as short ranges: I6:I16, I18:I30; nothing where there are no rows."""
    letter = export.letters.get(column, "") if column else ""
    cells = ", ".join(
        f"{letter}{first}:{letter}{last}" if first != last or not letter else f"{letter}{first}"
        for first, last in _runs(sorted(set(source_rows)))
    )
    return (Origin(export.source, export.export.file_name, export.sheet, cells),) if cells else ()


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    known = set(numbers)
    return list(
        zip((n for n in numbers if n - 1 not in known), (n for n in numbers if n + 1 not in known), strict=True)
    )
