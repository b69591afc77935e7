"""An export's tables are told apart by their place in the file: two sheets may bear one label."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_PERIOD = ["organisation", "source", "fiscal_year", "half", "verdict"]
_VIEWS = {
    "current_export": """
        SELECT * FROM export
        WHERE id IN (
            SELECT max(id) FROM export WHERE verdict = 'accepted' GROUP BY organisation, source, fiscal_year, half
        )""",
    "current_budget": """
        SELECT e.organisation, o.name AS organisation_name, o.district, o.province, e.fiscal_year, e.half,
               l.source_row, l.programme, l.work, l.category, l.expense_type, l.project,
               l.approved / 100.0 AS approved_baht, l.transfer_in / 100.0 AS transfer_in_baht,
               l.transfer_out / 100.0 AS transfer_out_baht, l.committed / 100.0 AS committed_baht,
               l.disbursed / 100.0 AS disbursed_baht, l.remaining / 100.0 AS remaining_baht
        FROM current_export e
        JOIN organisation o ON o.code = e.organisation
        JOIN budget_line l ON l.export_id = e.facts""",
    "current_plan": """
        SELECT e.organisation, o.name AS organisation_name, o.district, o.province, e.fiscal_year, e.half,
               p.source_row, p.number, p.project, p.dimension, p.budget / 100.0 AS budget_baht,
               p.disbursed / 100.0 AS disbursed_baht, p.status, p.note
        FROM current_export e
        JOIN organisation o ON o.code = e.organisation
        JOIN plan_project p ON p.export_id = e.facts""",
}
"""As version 0001 made them."""


def upgrade() -> None:
    for view in reversed(_VIEWS):
        op.execute(f"DROP VIEW {view}")
    op.add_column("export", sa.Column("place", sa.Integer()))
    op.execute(
        """
        UPDATE export SET place = (
            SELECT count(*) FROM export AS earlier
            WHERE earlier.sha256 = export.sha256 AND earlier.judged_by = export.judged_by AND earlier.id < export.id
        )
        """
    )
    with op.batch_alter_table("export") as batch:
        batch.alter_column("place", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint("uq_export_sha256_judged_by_source_sheet", type_="unique")
        batch.create_unique_constraint("uq_export_sha256_judged_by_place", ["sha256", "judged_by", "place"])
        batch.drop_index("ix_export_period")
        batch.create_index("ix_export_period", [*_PERIOD, "fetched_at", "id"])


def downgrade() -> None:
    with op.batch_alter_table("export") as batch:
        batch.drop_index("ix_export_period")
        batch.create_index("ix_export_period", _PERIOD)
        batch.drop_constraint("uq_export_sha256_judged_by_place", type_="unique")
        batch.create_unique_constraint(
            "uq_export_sha256_judged_by_source_sheet", ["sha256", "judged_by", "source", "sheet"]
        )
        batch.drop_column("place")
    for view, query in _VIEWS.items():
        op.execute(f"CREATE VIEW {view} AS {query}")
