"""Lines that are really gone, as people confirmed them: confirmations.toml, one [[confirmation]] a decision."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from expectations.decision_file import read_decisions, wrong_decision
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Source

_TEXTS = ("organisation", "source", "reason", "who")
_COUNTS = ("rows_before", "rows")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's decision that so many rows in place of so many are right: lines ended, or the earlier file was wrong.

    It holds for these two numbers alone, so it expires when another file comes.
    """

    organisation: str  # code
    source: Source
    period: Period
    rows_before: int
    rows: int
    reason: str
    who: str
    when: datetime.date


def read_confirmations(path: Path) -> tuple[Confirmation, ...]:
    """The confirmations in a file. Raises WrongSettings that names the file, the record and the key."""
    confirmations = []
    for number, record in enumerate(read_decisions(path, "confirmation", _TEXTS, ("half", *_COUNTS)), start=1):
        for key in _COUNTS:
            if type(record.get(key)) is not int or record[key] < 0:
                raise wrong_decision(path, f"confirmation {number}: {key}")
        confirmations.append(
            Confirmation(
                record["organisation"],
                record["source"],
                record["period"],
                record["rows_before"],
                record["rows"],
                record["reason"],
                record["who"],
                record["when"],
            )
        )
    return tuple(confirmations)
