"""Which plan project is which budget line, as people decided: crosswalk.toml, one [[match]] a decision."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.vocabulary.errors import WrongSettings
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
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _wrong(path, str(cause)) from cause
    if unknown := written.keys() - {"match"}:
        raise _wrong(path, f"[[match]]: {', '.join(sorted(unknown))}")
    return tuple(_match(path, number, record) for number, record in enumerate(written.get("match", []), start=1))


def _match(path: Path, number: int, record: Mapping[str, Any]) -> Match:
    for key in _TEXTS:
        if not isinstance(record.get(key), str) or not record[key].strip():
            raise _wrong(path, f"match {number}: {key}")
    try:
        year = FiscalYear(record["fiscal_year"])
    except (KeyError, TypeError, ValueError) as cause:
        raise _wrong(path, f"match {number}: fiscal_year") from cause
    if not isinstance(record.get("when"), datetime.date):
        raise _wrong(path, f"match {number}: when")
    project, budget_line = normal_text(record["project"]), normal_text(record["budget_line"])
    return Match(record["organisation"].strip(), year, project, budget_line, record["who"].strip(), record["when"])


def _wrong(path: Path, what: str) -> WrongSettings:
    return WrongSettings(
        f"{path} อ่านไม่ได้ตามแบบ: {what} โปรดแก้ตามตัวอย่างใน docs/corrections.md",
        f"{path} is not as it should be: {what}; see docs/corrections.md for an example",
    )
