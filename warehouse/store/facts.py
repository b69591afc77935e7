"""What a report is made from: the current accepted exports of one organisation and period."""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select

from warehouse.store.current import current_exports
from warehouse.store.readings import FACTS
from warehouse.store.rows import correction_of, export_of, finding_of, period_of, title_of
from warehouse.store.transactions import reading
from warehouse.tables import correction, export, finding, organisation
from warehouse.vocabulary.errors import NotReady
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import (
    RULES_VERSION,
    BudgetLine,
    Finding,
    LoadedExport,
    Organisation,
    PlanProject,
    ReportFacts,
    Status,
)

_MOST_VARIABLES = 10_000  # in one statement; SQLite takes 32,766


def report_facts(
    engine: Engine, code: str, period: Period, *, known_at: datetime.datetime | None = None, earlier: bool = False
) -> ReportFacts:
    """All that one report needs, as it is known now or as it was known at a moment (UTC).

    With `earlier`, the fiscal year's earlier export stands in for one source that is missing, but not for all: budgets
    and plans of another year say nothing of this one. Raises NotReady if a source has no accepted export.
    """
    mine = (export.c.organisation == code, export.c.fiscal_year == period.fiscal_year.year)
    with reading(engine) as connection:
        current = current_exports(*mine, export.c.half <= period.half.value, known_at=known_at)
        found = connection.execute(current.order_by(export.c.half)).mappings().all()
        of_period = {row["source"]: row for row in found if row["half"] == period.half.value}
        exports = {row["source"]: row for row in found} if earlier and of_period else of_period
        missing = [source for source in FACTS if source not in exports]
        owner = connection.execute(select(organisation).where(organisation.c.code == code)).one_or_none()
        if missing or owner is None:
            raise _not_ready(code, period, missing)
        lines = [BudgetLine(**row) for row in _fact_rows(connection, "elaas", exports["elaas"])]
        projects = [
            PlanProject(**{**row, "status": Status(row["status"])})
            for row in _fact_rows(connection, "eplannacc", exports["eplannacc"])
        ]
        loaded = {source: _loaded_export(connection, row) for source, row in exports.items()}
    return ReportFacts(
        Organisation(*owner), period, loaded["elaas"], loaded["eplannacc"], tuple(lines), tuple(projects)
    )


def _not_ready(code: str, period: Period, missing: list[str]) -> NotReady:
    sources = ", ".join(missing)
    return NotReady(
        f"ยังทำรายงานของ {code} รอบ {period} ไม่ได้: ไม่มีข้อมูลที่ผ่านการตรวจสอบจาก {sources} "
        "โปรดแก้ข้อสังเกตร้ายแรงหรือส่งไฟล์ แล้วสั่ง prongsai sync อีกครั้ง",
        f"the report of {code} for {period} cannot be made: no accepted export from {sources}; "
        "mend the critical findings or hand in the file, then run prongsai sync again",
    )


def _fact_rows(connection: Connection, source: str, row: Mapping[str, Any] | RowMapping) -> list[dict[str, Any]]:
    table, columns = FACTS[source]
    wanted = select(*(table.c[column] for column in columns)).where(table.c.export_id == row["facts"])
    return [dict(fact) for fact in connection.execute(wanted.order_by(table.c.source_row)).mappings()]


def _loaded_export(connection: Connection, row: RowMapping) -> LoadedExport:
    findings = connection.execute(select(finding).where(finding.c.export_id == row["id"]).order_by(finding.c.place))
    corrections = connection.execute(select(correction).where(correction.c.export_id == row["id"]))
    period = period_of(row)
    applied = (correction_of(one, row["organisation"], row["source"], period) for one in corrections.mappings())
    return LoadedExport(
        export_of(row),
        row["source"],
        row["sheet"],
        json.loads(row["letters"]),
        title_of(row["title"]),
        period,
        row["rows"],
        tuple(finding_of(one) for one in findings.mappings()),
        tuple(sorted(applied, key=lambda one: (one.source_row, one.column))),
        rules_version=row["judged_by"][:RULES_VERSION],
    )


def findings_of(engine: Engine, export_ids: Sequence[int]) -> dict[int, tuple[Finding, ...]]:
    """The findings of each of these exports, most severe first, as they were loaded."""
    found: dict[int, list[Finding]] = {export_id: [] for export_id in export_ids}
    with reading(engine) as connection:
        for first in range(0, len(export_ids), _MOST_VARIABLES):
            mine = finding.c.export_id.in_(export_ids[first : first + _MOST_VARIABLES])
            for row in connection.execute(select(finding).where(mine).order_by(finding.c.place)).mappings():
                found[row["export_id"]].append(finding_of(row))
    return {export_id: tuple(findings) for export_id, findings in found.items()}
