"""What a release says otherwise than the version before, the cut-off before and the same half of the year before."""

from dataclasses import dataclass, replace
from pathlib import Path

from reports.earlier import COMPARING
from reports.manifest import period_of
from reports.release import latest_version, read_manifest
from reports.sign.difference import Difference, difference
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


@dataclass(frozen=True, slots=True)
class Comparison:
    """A release against three others; of an earlier period the newest version, None where it has no release."""

    version: Difference
    cut_off: Difference | None
    last_year: Difference | None


def comparison(folder: Path) -> Comparison:
    """A release compared. Raises Damaged if one of them is not as it was written."""
    last, same = earlier_periods(period_of(read_manifest(folder)))
    return Comparison(difference(folder), _against(folder, last), _against(folder, same))


def earlier_periods(period: Period) -> tuple[Period, Period]:
    """The period of the cut-off before, and the same half of the year before."""
    before = FiscalYear(period.fiscal_year.year - 1)
    last = Period(before, Half.FULL) if period.half is Half.FIRST else replace(period, half=Half.FIRST)
    return last, replace(period, fiscal_year=before)


def _against(folder: Path, period: Period) -> Difference | None:
    """Without the figures that compare with earlier periods themselves."""
    shelf = folder.resolve().parent.parent / str(period)
    newest = latest_version(shelf)
    if not newest:
        return None
    found = difference(folder, shelf / f"v{newest}")
    return replace(found, figures=tuple(one for one in found.figures if one.key not in COMPARING))
