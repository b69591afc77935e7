"""The first tables, and views in baht for people and BI tools."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_organisation")),
    )
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("judged_by", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(length=5), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("half", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("facts", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("error_th", sa.Text(), nullable=True),
        sa.Column("error_en", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["facts"], ["export.id"], name=op.f("fk_export_facts_export")),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_export_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["replaces"], ["export.id"], name=op.f("fk_export_replaces_export")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint(
            "sha256", "judged_by", "source", "sheet", name=op.f("uq_export_sha256_judged_by_source_sheet")
        ),
    )
    op.create_index(
        "ix_export_period", "export", ["organisation", "source", "fiscal_year", "half", "verdict"], unique=False
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(length=5), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_release_organisation_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint(
            "organisation",
            "fiscal_year",
            "half",
            "version",
            name=op.f("uq_release_organisation_fiscal_year_half_version"),
        ),
    )
    op.create_table(
        "budget_line",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("expense_type", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("transfer_in", sa.BigInteger(), nullable=False),
        sa.Column("transfer_out", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("disbursed", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_budget_line_export_id_export")),
        sa.PrimaryKeyConstraint("export_id", "source_row", name=op.f("pk_budget_line")),
    )
    op.create_table(
        "correction",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_correction_export_id_export")),
        sa.PrimaryKeyConstraint("export_id", "cell", name=op.f("pk_correction")),
    )
    op.create_table(
        "finding",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("cell", sa.Text(), nullable=True),
        sa.Column("column_name", sa.Text(), nullable=True),
        sa.Column("observed", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("message_th", sa.Text(), nullable=False),
        sa.Column("message_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_finding_export_id_export")),
        sa.PrimaryKeyConstraint("export_id", "place", name=op.f("pk_finding")),
    )
    op.create_table(
        "plan_project",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("disbursed", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_plan_project_export_id_export")),
        sa.PrimaryKeyConstraint("export_id", "source_row", name=op.f("pk_plan_project")),
    )
    op.create_table(
        "quarantined_row",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_quarantined_row_export_id_export")),
        sa.PrimaryKeyConstraint("export_id", "source_row", name=op.f("pk_quarantined_row")),
    )

    op.execute(
        """
        CREATE VIEW current_export AS
        SELECT * FROM export
        WHERE id IN (
            SELECT max(id) FROM export WHERE verdict = 'accepted' GROUP BY organisation, source, fiscal_year, half
        )
        """
    )
    op.execute(
        """
        CREATE VIEW current_budget AS
        SELECT e.organisation, o.name AS organisation_name, o.district, o.province, e.fiscal_year, e.half,
               l.source_row, l.programme, l.work, l.category, l.expense_type, l.project,
               l.approved / 100.0 AS approved_baht, l.transfer_in / 100.0 AS transfer_in_baht,
               l.transfer_out / 100.0 AS transfer_out_baht, l.committed / 100.0 AS committed_baht,
               l.disbursed / 100.0 AS disbursed_baht, l.remaining / 100.0 AS remaining_baht
        FROM current_export e
        JOIN organisation o ON o.code = e.organisation
        JOIN budget_line l ON l.export_id = e.facts
        """
    )
    op.execute(
        """
        CREATE VIEW current_plan AS
        SELECT e.organisation, o.name AS organisation_name, o.district, o.province, e.fiscal_year, e.half,
               p.source_row, p.number, p.project, p.dimension, p.budget / 100.0 AS budget_baht,
               p.disbursed / 100.0 AS disbursed_baht, p.status, p.note
        FROM current_export e
        JOIN organisation o ON o.code = e.organisation
        JOIN plan_project p ON p.export_id = e.facts
        """
    )


def downgrade() -> None:
    for view in ("current_plan", "current_budget", "current_export"):
        op.execute(f"DROP VIEW {view}")
    op.drop_table("quarantined_row")
    op.drop_table("plan_project")
    op.drop_table("finding")
    op.drop_table("correction")
    op.drop_table("budget_line")
    op.drop_table("release")
    op.drop_index("ix_export_period", table_name="export")
    op.drop_table("export")
    op.drop_table("organisation")
