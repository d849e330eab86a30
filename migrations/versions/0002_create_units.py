"""Create units: the tree over time, successions, counters, the office."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the owner of the feature."""


def downgrade() -> None:
    """Filled by the owner of the feature."""
