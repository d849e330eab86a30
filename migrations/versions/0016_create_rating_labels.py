"""Create the labels of ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating_label",
        sa.Column("id", sa.String(50), nullable=False),
        sa.Column("rating_id", sa.String(36), nullable=False),
        sa.Column("label", sa.String(10), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("label IN ('pace', 'run', 'hours', 'lost')", name=op.f("ck_rating_label_label")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_label_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_label")),
    )
    op.create_index(op.f("ix_rating_label_rating_id"), "rating_label", ["rating_id"])


def downgrade() -> None:
    op.drop_table("rating_label")
