"""Which plan project is which budget line, as people decided: crosswalk.toml, one [[match]] a decision."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from expectations.decision_file import read_decisions
from warehouse.vocabulary.fiscal import FiscalYear
from warehouse.vocabulary.thai import normal_text

_TEXTS = ("organisation", "project", "budget_line", "who")


@dataclass(frozen=True, slots=True)
class Match:
    """A person's decision that a project of the plan is a line of the budget; both by their printed names."""

    organisation: str  # code
    fiscal_year: FiscalYear
    project: str
    budget_line: str
    who: str
    when: datetime.date


def read_crosswalk(path: Path) -> tuple[Match, ...]:
    """The matches in a file. Raises WrongSettings that names the file, the record and the key."""
    records = read_decisions(path, "match", _TEXTS, ())
    return tuple(
        Match(
            record["organisation"],
            record["fiscal_year"],
            normal_text(record["project"]),
            normal_text(record["budget_line"]),
            record["who"],
            record["when"],
        )
        for record in records
    )
