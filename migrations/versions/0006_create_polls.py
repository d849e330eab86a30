"""Create polls, options, votes and their tally."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the owner of the feature."""


def downgrade() -> None:
    """Filled by the owner of the feature."""
