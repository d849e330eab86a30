"""Create accounts of the staff and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the owner of the feature."""


def downgrade() -> None:
    """Filled by the owner of the feature."""
