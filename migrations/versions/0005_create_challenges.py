"""Create challenges that were spent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the owner of the feature."""


def downgrade() -> None:
    """Filled by the owner of the feature."""
