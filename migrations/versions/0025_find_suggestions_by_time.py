"""Find suggestions by the time at which they came."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_suggestion_received_at"), "suggestion", ["received_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_suggestion_received_at"), "suggestion")
