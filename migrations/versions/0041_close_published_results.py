"""Close the published results of a quarter once, so that no later rating can be read off a difference."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication_edition",
        sa.Column("period_key", sa.String(length=16), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("period_key", name=op.f("pk_publication_edition")),
    )


def downgrade() -> None:
    op.drop_table("publication_edition")
