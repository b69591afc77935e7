"""Views in baht for people and BI tools; in PostgreSQL every column says in Thai what it is."""
# ruff: noqa: S608 - these statements are made of our own words alone

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _baht(*columns: str) -> str:
    return ", ".join(f"CAST({column} / 100.0 AS NUMERIC(20, 2)) AS {column.split('.')[-1]}_baht" for column in columns)


def _sums(*columns: str) -> str:
    return ", ".join(f"CAST(sum({c}) / 100.0 AS NUMERIC(20, 2)) AS {c.split('.')[-1]}_baht" for c in columns)


_MONEY = [f"l.{name}" for name in ("approved", "transfer_in", "transfer_out", "committed", "disbursed", "remaining")]
_OWNER = "e.organisation, o.name AS organisation_name, o.district, o.province, e.fiscal_year, e.half"
_OWNER_GROUP = "e.organisation, o.name, o.district, o.province, e.fiscal_year, e.half"
_OF_CURRENT = "FROM current_export e JOIN organisation o ON o.code = e.organisation"
_LATER = """later.organisation = e.organisation AND later.source = e.source
            AND later.fiscal_year = e.fiscal_year AND later.half = e.half
            AND (later.fetched_at, later.id) > (e.fetched_at, e.id)"""

# Each planner knows with its own that few of many cut-offs are current, and looks their rows up by index.
_CURRENT = {
    "sqlite": """
        SELECT e.* FROM export e
        WHERE e.verdict = 'accepted' AND e.id = (
            SELECT later.id FROM export later
            WHERE later.organisation = e.organisation AND later.source = e.source
              AND later.fiscal_year = e.fiscal_year AND later.half = e.half AND later.verdict = 'accepted'
            ORDER BY later.fetched_at DESC, later.id DESC LIMIT 1
        )
        """,
    "postgresql": """
        SELECT id, sha256, judged_by, place, source, sheet, organisation, fiscal_year, half, verdict, content_hash,
               facts, replaces, rows, size, file_name, origin, via, fetched_at, loaded_at, title, letters,
               error_th, error_en
        FROM (
            SELECT *, row_number() OVER (
                PARTITION BY organisation, source, fiscal_year, half ORDER BY fetched_at DESC, id DESC
            ) AS latest
            FROM export WHERE verdict = 'accepted'
        ) AS ranked
        WHERE latest = 1
        """,
}

_VIEWS: dict[str, tuple[str, str | dict[str, str]]] = {
    "current_export": (
        "ไฟล์ที่ใช้อยู่: ฉบับที่ผ่านการตรวจและได้รับหลังสุดของแต่ละหน่วยงาน แหล่งข้อมูล ปีงบประมาณ และรอบ",
        _CURRENT,
    ),
    "current_budget": (
        "รายการงบประมาณที่ใช้อยู่ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, l.source_row, l.programme, l.work, l.category, l.expense_type, l.project, {_baht(*_MONEY)}
        {_OF_CURRENT} JOIN budget_line l ON l.export_id = e.facts
        """,
    ),
    "current_plan": (
        "โครงการตามแผนปฏิบัติการป้องกันการทุจริตที่ใช้อยู่ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, p.source_row, p.number, p.project, p.dimension, {_baht("p.budget", "p.disbursed")},
               p.status, p.note
        {_OF_CURRENT} JOIN plan_project p ON p.export_id = e.facts
        """,
    ),
    "budget_execution": (
        "ผลการใช้จ่ายงบประมาณตามแผนงานและงบ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, l.programme, l.category, count(*) AS line_count, {_sums(*_MONEY)},
               CAST(100.0 * sum(l.disbursed) / nullif(sum(l.approved + l.transfer_in - l.transfer_out), 0)
                    AS NUMERIC(20, 2)) AS disbursed_percent
        {_OF_CURRENT} JOIN budget_line l ON l.export_id = e.facts
        GROUP BY {_OWNER_GROUP}, l.programme, l.category
        """,
    ),
    "plan_progress": (
        "ความก้าวหน้าของแผนปฏิบัติการป้องกันการทุจริตตามมิติ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, p.dimension, count(*) AS project_count,
               count(CASE p.status WHEN 'awaiting_report' THEN 1 END) AS awaiting_report,
               count(CASE p.status WHEN 'in_progress' THEN 1 END) AS in_progress,
               count(CASE p.status WHEN 'completed' THEN 1 END) AS completed,
               count(CASE p.status WHEN 'not_feasible' THEN 1 END) AS not_feasible, {_sums("p.budget", "p.disbursed")}
        {_OF_CURRENT} JOIN plan_project p ON p.export_id = e.facts
        GROUP BY {_OWNER_GROUP}, p.dimension
        """,
    ),
    "budget_transfers": (
        "รายการที่มีการโอนงบประมาณ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, l.source_row, l.programme, l.work, l.category, l.expense_type, l.project,
               {_baht("l.approved", "l.transfer_in", "l.transfer_out")}
        {_OF_CURRENT} JOIN budget_line l ON l.export_id = e.facts
        WHERE l.transfer_in <> 0 OR l.transfer_out <> 0
        """,
    ),
    "budget_history": (
        "ยอดรวมงบประมาณของทุกฉบับที่ผ่านการตรวจ เรียงตามรอบและวันที่ได้รับไฟล์ หน่วยเป็นบาท",
        f"""
        SELECT {_OWNER}, e.id AS export_id, e.replaces, e.file_name, e.fetched_at, e.loaded_at,
               CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS is_current, count(*) AS line_count, {_sums(*_MONEY)}
        FROM export e
        JOIN organisation o ON o.code = e.organisation
        JOIN budget_line l ON l.export_id = e.facts
        LEFT JOIN current_export c ON c.id = e.id
        WHERE e.verdict = 'accepted'
        GROUP BY {_OWNER_GROUP}, e.id, e.replaces, e.file_name, e.fetched_at, e.loaded_at, c.id
        """,
    ),
    "open_findings": (
        "ข้อสังเกตของไฟล์หลังสุดของแต่ละหน่วยงาน แหล่งข้อมูล ปีงบประมาณ และรอบ",
        f"""
        SELECT e.organisation, o.name AS organisation_name, e.source, e.fiscal_year, e.half, e.verdict, e.file_name,
               e.fetched_at, f.rule, f.severity, f.cell, f.column_name, f.observed, f.expected,
               f.message_th, f.message_en
        FROM export e
        JOIN finding f ON f.export_id = e.id
        LEFT JOIN organisation o ON o.code = e.organisation
        WHERE NOT EXISTS (SELECT 1 FROM export later WHERE {_LATER})
          AND NOT EXISTS (
              SELECT 1 FROM export again
              WHERE again.sha256 = e.sha256 AND again.judged_by <> e.judged_by AND again.id > e.id
          )
        """,
    ),
}
"""Name → (what it shows, its query), each after those that it stands on."""

_COLUMNS = {
    "organisation": "รหัสหน่วยงาน 5 หลัก (ข้อความ)",
    "organisation_name": "ชื่อหน่วยงาน",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "source": "แหล่งข้อมูล",
    "fiscal_year": "ปีงบประมาณ (พ.ศ.)",
    "half": "รอบรายงาน: 1 = 6 เดือน, 2 = 12 เดือน",
    "source_row": "แถวในไฟล์ต้นฉบับ",
    "programme": "แผนงาน",
    "work": "งาน",
    "category": "งบ",
    "expense_type": "ประเภทรายจ่าย",
    "project": "โครงการ",
    "approved_baht": "งบประมาณอนุมัติ (บาท)",
    "transfer_in_baht": "โอนเพิ่ม (บาท)",
    "transfer_out_baht": "โอนลด (บาท)",
    "committed_baht": "ผูกพัน (บาท)",
    "disbursed_baht": "เบิกจ่าย (บาท)",
    "remaining_baht": "คงเหลือ (บาท)",
    "disbursed_percent": "ร้อยละการเบิกจ่ายต่องบประมาณหลังโอน",
    "line_count": "จำนวนรายการ",
    "number": "ลำดับ",
    "dimension": "มิติ (1–4)",
    "budget_baht": "งบประมาณ (บาท)",
    "status": "สถานะ",
    "note": "หมายเหตุ",
    "project_count": "จำนวนโครงการ",
    "awaiting_report": "จำนวนที่รอรายงาน",
    "in_progress": "จำนวนที่อยู่ระหว่างดำเนินการ",
    "completed": "จำนวนที่ดำเนินการแล้วเสร็จ",
    "not_feasible": "จำนวนที่ไม่สามารถดำเนินการได้",
    "export_id": "เลขที่ไฟล์",
    "is_current": "1 = ฉบับที่ใช้อยู่",
    "id": "เลขที่ไฟล์",
    "sha256": "ลายนิ้วมือของไฟล์ (SHA-256)",
    "judged_by": "ลายนิ้วมือของกฎและการตั้งค่าที่ใช้ตรวจ",
    "place": "ลำดับของตารางในไฟล์",
    "sheet": "แผ่นงาน",
    "verdict": "ผลการตรวจ",
    "content_hash": "ลายนิ้วมือของข้อมูลที่อ่านได้",
    "facts": "เลขที่ไฟล์ที่เก็บรายการ",
    "replaces": "เลขที่ไฟล์ที่ถูกแทนที่",
    "rows": "จำนวนแถวที่อ่านได้",
    "size": "ขนาดไฟล์ (ไบต์)",
    "file_name": "ชื่อไฟล์",
    "origin": "ที่มาของไฟล์",
    "via": "วิธีที่ได้รับไฟล์",
    "fetched_at": "วันเวลาที่ได้รับไฟล์ (UTC)",
    "loaded_at": "วันเวลาที่นำเข้า (UTC)",
    "title": "หัวรายงาน (JSON)",
    "letters": "ตัวอักษรของคอลัมน์ในแผ่นงาน (JSON)",
    "error_th": "สาเหตุที่อ่านไม่ได้ (ภาษาไทย)",
    "error_en": "สาเหตุที่อ่านไม่ได้ (ภาษาอังกฤษ)",
    "rule": "กฎ",
    "severity": "ระดับ",
    "cell": "เซลล์",
    "column_name": "คอลัมน์",
    "observed": "ค่าที่พบ",
    "expected": "ค่าที่ควรเป็น",
    "message_th": "ข้อสังเกต (ภาษาไทย)",
    "message_en": "ข้อสังเกต (ภาษาอังกฤษ)",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for view, (shows, query) in _VIEWS.items():
        op.execute(f"CREATE VIEW {view} AS {query if isinstance(query, str) else query[dialect]}")
        if dialect == "postgresql":
            op.execute(f"COMMENT ON VIEW {view} IS '{shows}'")
            for column in sa.inspect(op.get_bind()).get_columns(view):
                said = _COLUMNS[column["name"]]
                op.execute(f"COMMENT ON COLUMN {view}.{column['name']} IS '{said}'")


def downgrade() -> None:
    for view in reversed(_VIEWS):
        op.execute(f"DROP VIEW {view}")
