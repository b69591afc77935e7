"""Records as rows of the tables, and back again."""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import RowMapping

from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import (
    MONEY_OF,
    AppliedCorrection,
    Correction,
    Export,
    Finding,
    JudgedExport,
    Severity,
    TitleBlock,
)

Row = dict[str, Any]


def export_row(one: JudgedExport) -> Row:
    """The columns of an export that do not depend on what else the warehouse holds."""
    came, reading = one.export, one.reading
    return {
        "sha256": came.sha256,
        "judged_by": one.judged_by,
        "source": reading.source if reading else "",
        "sheet": reading.sheet if reading else "",
        "organisation": one.organisation.code if one.organisation else None,
        "fiscal_year": one.period.fiscal_year.year if one.period else None,
        "half": one.period.half.value if one.period else None,
        "rows": reading.rows if reading else 0,
        "size": came.size,
        "file_name": came.file_name,
        "origin": came.origin,
        "via": came.via,
        "fetched_at": came.fetched_at,
        "title": json.dumps(_title(reading.title) if reading else {}, ensure_ascii=False),
        "letters": json.dumps(reading.letters if reading else {}),
        "error_th": one.error.th if one.error else None,
        "error_en": one.error.en if one.error else None,
    }


def _title(title: TitleBlock) -> dict[str, str | None]:
    said = {"organisation": title.organisation, "district": title.district, "province": title.province}
    days = {"data_date": title.data_date, "call_date": title.call_date}
    return said | {name: day.isoformat() if day else None for name, day in days.items()}


def title_of(text: str) -> TitleBlock:
    """What was kept of a title block: names and dates; the period stands in columns of its own."""
    said: dict[str, str | None] = json.loads(text)
    days = {name: datetime.date.fromisoformat(day) for name in ("data_date", "call_date") if (day := said.get(name))}
    return TitleBlock(
        organisation=said.get("organisation"),
        district=said.get("district"),
        province=said.get("province"),
        data_date=days.get("data_date"),
        call_date=days.get("call_date"),
    )


def export_of(row: RowMapping, hinted: str | None = None) -> Export:
    """The export as archived."""
    return Export(row["sha256"], row["size"], row["file_name"], row["origin"], row["fetched_at"], row["via"], hinted)


def period_of(row: Mapping[str, Any] | RowMapping) -> Period:
    """The period of a row that has one."""
    return Period(FiscalYear(row["fiscal_year"]), Half(row["half"]))


def storable(row: Row) -> Row:
    """The row without the one character that PostgreSQL cannot keep, and an old workbook may hold."""
    return {
        name: one.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(one, str) else one
        for name, one in row.items()
    }


def finding_rows(export_id: int, findings: tuple[Finding, ...]) -> Iterator[Row]:
    """One row a finding, in their order."""
    for place, one in enumerate(findings):
        yield {
            "export_id": export_id,
            "place": place,
            "rule": one.rule,
            "severity": one.severity.value,
            "leaf": json.dumps(one.row, ensure_ascii=False),
            "source_row": one.source_row,
            "cell": one.cell,
            "column_name": one.column,
            "observed": one.observed,
            "expected": one.expected,
            "message_th": one.message.th,
            "message_en": one.message.en,
        }


def finding_of(row: RowMapping) -> Finding:
    """A finding as it was loaded."""
    return Finding(
        row["rule"],
        Severity(row["severity"]),
        Words(row["message_th"], row["message_en"]),
        json.loads(row["leaf"]),
        row["source_row"],
        row["cell"],
        row["column_name"],
        row["observed"],
        row["expected"],
    )


def correction_rows(export_id: int, corrections: tuple[AppliedCorrection, ...]) -> Iterator[Row]:
    """One row a correction that was applied."""
    for one in corrections:
        yield {
            "export_id": export_id,
            "cell": one.correction.cell,
            "column_name": one.column,
            "leaf": json.dumps(one.row, ensure_ascii=False),
            "source_row": one.source_row,
            "printed": one.correction.printed,
            "corrected": one.correction.right,
            "reason": one.correction.reason,
            "who": one.correction.who,
            "decided_on": one.correction.when,
            "evidence": one.correction.evidence,
        }


def difference_row(export_id: int, one: Difference) -> Row:
    """The row of a difference; a total that its source does not have is None."""
    return {
        "export_id": export_id,
        "since": one.previous_id,
        "size": one.size,
        "rows": one.rows,
        **{column: one.totals.get(column) for columns in MONEY_OF.values() for column in columns},
        "lines_new": len(one.new),
        "lines_gone": len(one.gone),
        "new_lines": json.dumps(one.new, ensure_ascii=False),
        "gone_lines": json.dumps(one.gone, ensure_ascii=False),
    }


def correction_of(row: RowMapping, organisation: str, source: str, period: Period) -> AppliedCorrection:
    """A correction as it was applied."""
    said = Correction(
        organisation,
        source,
        period,
        row["cell"],
        row["printed"],
        row["corrected"],
        row["reason"],
        row["who"],
        row["decided_on"],
        row["evidence"],
    )
    return AppliedCorrection(said, json.loads(row["leaf"]), row["source_row"], row["column_name"])
