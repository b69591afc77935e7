"""How each export differs from the accepted one before it."""
# ruff: noqa: S608 - this statement is made of our own words alone

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MONEY = ("approved", "transfer_in", "transfer_out", "committed", "disbursed", "remaining", "budget")
_CHANGES = ", ".join(f"CAST(d.{name} / 100.0 AS NUMERIC(20, 2)) AS {name}_change_baht" for name in _MONEY)
_VIEW = f"""
    SELECT e.organisation, o.name AS organisation_name, o.district, o.province, e.source, e.fiscal_year, e.half,
           e.id AS export_id, e.verdict, e.file_name, e.fetched_at, d.since, b.half AS since_half,
           b.file_name AS since_file_name, b.fetched_at AS since_fetched_at, d.size AS size_change,
           d.rows AS row_change, d.lines_new, d.lines_gone, d.new_lines, d.gone_lines, {_CHANGES}
    FROM difference d
    JOIN export e ON e.id = d.export_id
    JOIN export b ON b.id = d.since
    JOIN organisation o ON o.code = e.organisation
    """
_COLUMNS = {
    "organisation": "รหัสหน่วยงาน 5 หลัก (ข้อความ)",
    "organisation_name": "ชื่อหน่วยงาน",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "source": "แหล่งข้อมูล",
    "fiscal_year": "ปีงบประมาณ (พ.ศ.)",
    "half": "รอบรายงาน: 1 = 6 เดือน, 2 = 12 เดือน",
    "export_id": "เลขที่ไฟล์",
    "verdict": "ผลการตรวจ",
    "file_name": "ชื่อไฟล์",
    "fetched_at": "วันเวลาที่ได้รับไฟล์ (UTC)",
    "since": "เลขที่ไฟล์ครั้งก่อนที่นำมาเทียบ",
    "since_half": "รอบของไฟล์ครั้งก่อน",
    "since_file_name": "ชื่อไฟล์ครั้งก่อน",
    "since_fetched_at": "วันเวลาที่ได้รับไฟล์ครั้งก่อน (UTC)",
    "size_change": "ขนาดไฟล์ที่เปลี่ยน (ไบต์)",
    "row_change": "จำนวนรายการที่เปลี่ยน",
    "lines_new": "จำนวนรายการใหม่",
    "lines_gone": "จำนวนรายการที่หายไป",
    "new_lines": "ชื่อรายการใหม่ (JSON)",
    "gone_lines": "ชื่อรายการที่หายไป (JSON)",
    "approved_change_baht": "ยอดรวมงบประมาณอนุมัติที่เปลี่ยน (บาท)",
    "transfer_in_change_baht": "ยอดรวมโอนเพิ่มที่เปลี่ยน (บาท)",
    "transfer_out_change_baht": "ยอดรวมโอนลดที่เปลี่ยน (บาท)",
    "committed_change_baht": "ยอดรวมผูกพันที่เปลี่ยน (บาท)",
    "disbursed_change_baht": "ยอดรวมเบิกจ่ายที่เปลี่ยน (บาท)",
    "remaining_change_baht": "ยอดรวมคงเหลือที่เปลี่ยน (บาท)",
    "budget_change_baht": "ยอดรวมงบประมาณของโครงการที่เปลี่ยน (บาท)",
}


def upgrade() -> None:
    op.create_table(
        "difference",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger()) for name in _MONEY),
        sa.Column("lines_new", sa.Integer(), nullable=False),
        sa.Column("lines_gone", sa.Integer(), nullable=False),
        sa.Column("new_lines", sa.Text(), nullable=False),
        sa.Column("gone_lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("export_id", name="pk_difference"),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name="fk_difference_export_id_export"),
        sa.ForeignKeyConstraint(["since"], ["export.id"], name="fk_difference_since_export"),
    )
    op.execute(f"CREATE VIEW export_differences AS {_VIEW}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON VIEW export_differences IS 'ผลต่างของแต่ละไฟล์จากไฟล์ที่ผ่านการตรวจครั้งก่อน หน่วยเป็นบาท'")
        for column, said in _COLUMNS.items():
            op.execute(f"COMMENT ON COLUMN export_differences.{column} IS '{said}'")


def downgrade() -> None:
    op.execute("DROP VIEW export_differences")
    op.drop_table("difference")
