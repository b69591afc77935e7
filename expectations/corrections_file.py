"""Corrections as people write them: corrections.toml, one [[correction]] a decision."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Correction

_TEXTS = ("organisation", "source", "cell", "printed", "right", "reason", "who")
_CELL = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file. Raises WrongSettings that names the file, the record and the key."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _wrong(path, str(cause)) from cause
    records = written.get("correction", [])
    return tuple(_correction(path, number, record) for number, record in enumerate(records, start=1))


def _correction(path: Path, number: int, record: Mapping[str, Any]) -> Correction:
    for key in _TEXTS:
        if not isinstance(record.get(key), str) or not record[key].strip():
            raise _wrong(path, f"correction {number}: {key}")
    if not _CELL.fullmatch(record["cell"]):
        raise _wrong(path, f"correction {number}: cell = {record['cell']!r}")
    try:
        period = Period(FiscalYear(record["fiscal_year"]), Half(record["half"]))
    except (KeyError, TypeError, ValueError) as cause:
        raise _wrong(path, f"correction {number}: fiscal_year, half") from cause
    if not isinstance(record.get("when"), datetime.date):
        raise _wrong(path, f"correction {number}: when")
    texts = {key: record[key].strip() for key in _TEXTS}
    return Correction(**texts, period=period, when=record["when"], evidence=str(record.get("evidence", "")))


def _wrong(path: Path, what: str) -> WrongSettings:
    return WrongSettings(
        f"{path} อ่านไม่ได้ตามแบบ: {what} โปรดแก้ตามตัวอย่างใน docs/corrections.md",
        f"{path} is not as it should be: {what}; see docs/corrections.md for an example",
    )
