"""Find ratings of answers by their day: the monthly review looks for one star, reopened or not."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

RATED = sa.text("act = 'rate'")


def upgrade() -> None:
    op.create_index(
        op.f("ix_suggestion_step_at"), "suggestion_step", ["at"], sqlite_where=RATED, postgresql_where=RATED
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_suggestion_step_at"), "suggestion_step")
