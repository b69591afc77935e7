"""Decisions as people write them down: a TOML file of records with who and when, each field checked."""

import datetime
import tomllib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import MONEY_OF


def read_decisions(path: Path, table: str, texts: Collection[str], others: Collection[str]) -> list[dict[str, Any]]:
    """The [[table]] records of a file: `texts`, which must say something, `fiscal_year`, `when`, and `others` as is.

    Where `half` is one of the others, the record has a `period` as well.
    Raises WrongSettings that names the file, the record and the key.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise wrong_decision(path, str(cause)) from cause
    records: list[dict[str, Any]] = written.get(table, [])
    if written.keys() - {table} or not all(isinstance(record, dict) for record in records):
        raise wrong_decision(path, f"[[{table}]]: {', '.join(written)}")
    return [_checked(path, f"{table} {number}", record, texts, others) for number, record in enumerate(records, 1)]


def _checked(
    path: Path, name: str, record: dict[str, Any], texts: Collection[str], others: Collection[str]
) -> dict[str, Any]:
    for key in texts:
        if not isinstance(record.get(key), str) or not record[key].strip():
            raise wrong_decision(path, f"{name}: {key}")
    if "source" in texts and record["source"].strip() not in MONEY_OF:
        raise wrong_decision(path, f"{name}: source = {record['source']!r}")
    if unknown := record.keys() - {*texts, *others, "fiscal_year", "when"}:
        raise wrong_decision(path, f"{name}: {', '.join(sorted(unknown))}")
    try:
        year = FiscalYear(record["fiscal_year"])
    except (KeyError, TypeError, ValueError) as cause:
        raise wrong_decision(path, f"{name}: fiscal_year") from cause
    try:
        period = {"period": Period(year, Half(record["half"]))} if "half" in others else {}
    except (KeyError, ValueError) as cause:
        raise wrong_decision(path, f"{name}: half") from cause
    if type(record.get("when")) is not datetime.date:
        raise wrong_decision(path, f"{name}: when")
    stripped = {key: value.strip() if isinstance(value, str) else value for key, value in record.items()}
    return {**stripped, "fiscal_year": year, **period}


def add_decisions(path: Path, records: Sequence[str], read: Callable[[Path], object]) -> None:
    """Add records to a file, which stays as it was unless `read` takes all of it."""
    before = path.read_text(encoding="utf-8-sig").rstrip("\n") if path.is_file() else ""
    partial = path.with_suffix(".part")
    try:
        partial.write_text("\n\n".join([before, *records]).lstrip("\n"), encoding="utf-8")
        read(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def wrong_decision(path: Path, what: str) -> WrongSettings:
    """The error for a decision that is not written as it should be."""
    return WrongSettings(
        f"{path} อ่านไม่ได้ตามแบบ: {what} โปรดแก้ตามตัวอย่างใน docs/corrections.md",
        f"{path} is not as it should be: {what}; see docs/corrections.md for an example",
    )
