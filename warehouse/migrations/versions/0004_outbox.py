"""Messages that wait until they are sent, and when each verb last ended well."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_target", "outbox", ["target", "sent_at"])
    op.create_index("ix_outbox_cause", "outbox", ["cause", "target", "id"])
    op.create_table(
        "last_run",
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("verb", name="pk_last_run"),
    )


def downgrade() -> None:
    op.drop_table("last_run")
    op.drop_table("outbox")
