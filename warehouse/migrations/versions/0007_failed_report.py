"""The reports that could not be made when they were last tried, since when and why."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "failed_report",
        sa.Column("organisation", sa.String(5), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("failed_at", Moment(), nullable=False),
        sa.Column("reason_th", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "fiscal_year", "half", name="pk_failed_report"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name="fk_failed_report_organisation_organisation"
        ),
    )


def downgrade() -> None:
    op.drop_table("failed_report")
