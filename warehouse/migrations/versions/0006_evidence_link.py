"""The web addresses that reports cite, and since when one cannot be opened."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "evidence_link",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("checked_at", Moment(), nullable=False),
        sa.Column("dead_since", Moment()),
        sa.Column("reason_th", sa.Text()),
        sa.Column("reason_en", sa.Text()),
        sa.PrimaryKeyConstraint("address", name="pk_evidence_link"),
    )


def downgrade() -> None:
    op.drop_table("evidence_link")
