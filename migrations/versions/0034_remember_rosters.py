"""Remember the shifts of counters as they were, so that what is told of a moment names whoever served then."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("shifts", sa.Text(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_past_roster_counter_id_counter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_roster")),
    )
    op.create_index(op.f("ix_past_roster_counter_id_until_at"), "past_roster", ["counter_id", "until_at"])


def downgrade() -> None:
    op.drop_table("past_roster")
