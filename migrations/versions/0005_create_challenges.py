"""Create challenges that were spent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenge_spend",
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("form", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(6), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(nonce) = 32", name=op.f("ck_challenge_spend_nonce")),
        sa.CheckConstraint("outcome IN ('passed', 'failed')", name=op.f("ck_challenge_spend_outcome")),
        sa.CheckConstraint("length(record_id) = 36", name=op.f("ck_challenge_spend_record_id")),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_challenge_spend")),
    )
    op.create_index(op.f("ix_challenge_spend_spent_at"), "challenge_spend", ["spent_at"])


def downgrade() -> None:
    op.drop_table("challenge_spend")
