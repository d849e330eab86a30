"""Create what the office writes and speaks for its tablets."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_sound",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_kiosk_sound")),
    )
    op.create_table(
        "kiosk_prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("source", sa.String(1000), nullable=False),
        sa.Column("text", sa.String(1000), nullable=True),
        sa.Column("sound_hash", sa.String(64), nullable=True),
        sa.CheckConstraint("language IN ('vi', 'bru', 'pac')", name=op.f("ck_kiosk_prompt_language")),
        sa.ForeignKeyConstraint(
            ["sound_hash"], ["kiosk_sound.hash"], name=op.f("fk_kiosk_prompt_sound_hash_kiosk_sound")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk_prompt")),
    )
    op.create_index(op.f("ix_kiosk_prompt_language_source"), "kiosk_prompt", ["language", "source"], unique=True)


def downgrade() -> None:
    op.drop_table("kiosk_prompt")
    op.drop_table("kiosk_sound")
