"""Let a rating tell which survey it answers."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rating", sa.Column("survey_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("rating", "survey_id")
