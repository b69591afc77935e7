"""Corrections as people write them: corrections.toml, one [[correction]] a decision."""

import re
from pathlib import Path

from expectations.decision_file import read_decisions, wrong_decision
from warehouse.vocabulary.records import Correction

_TEXTS = ("organisation", "source", "cell", "printed", "right", "reason", "who")
_CELL = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file. Raises WrongSettings that names the file, the record and the key."""
    corrections = []
    for number, record in enumerate(read_decisions(path, "correction", _TEXTS, ("half", "evidence")), start=1):
        if not _CELL.fullmatch(record["cell"]):
            raise wrong_decision(path, f"correction {number}: cell = {record['cell']!r}")
        texts = {key: record[key] for key in _TEXTS}
        evidence = str(record.get("evidence", ""))
        corrections.append(Correction(**texts, period=record["period"], when=record["when"], evidence=evidence))
    return tuple(corrections)
