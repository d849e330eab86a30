"""Let a unit show the photos of those who serve at its counters."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_photo",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_kiosk_photo")),
    )
    op.add_column("kiosk_setting", sa.Column("is_photo_shown", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("kiosk_setting") as setting:
        setting.drop_column("is_photo_shown")
    op.drop_table("kiosk_photo")
