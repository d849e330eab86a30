"""Create ratings, comments, tallies and the quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the owner of the feature."""


def downgrade() -> None:
    """Filled by the owner of the feature."""
