"""Create the table of tokens that let other systems in."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_program_token_seal")),
        sa.CheckConstraint("created_at < expires_at", name=op.f("ck_program_token_life")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_program_token_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_token")),
    )
    op.create_index(op.f("ix_program_token_seal"), "program_token", ["seal"], unique=True)
    op.create_index(op.f("ix_program_token_unit_id"), "program_token", ["unit_id"])


def downgrade() -> None:
    op.drop_table("program_token")
