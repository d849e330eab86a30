"""Create the scores of the nine indices."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "index_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("index_number", sa.SmallInteger(), nullable=False),
        sa.Column("own_points", sa.SmallInteger(), nullable=True),
        sa.Column("appraised_points", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(60), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_index_score_quarter")),
        sa.CheckConstraint("index_number BETWEEN 1 AND 9", name=op.f("ck_index_score_index_number")),
        sa.CheckConstraint("own_points BETWEEN 0 AND 200", name=op.f("ck_index_score_own_points")),
        sa.CheckConstraint("appraised_points BETWEEN 0 AND 200", name=op.f("ck_index_score_appraised_points")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_index_score_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_score")),
        sa.UniqueConstraint(
            *("unit_id", "year", "quarter", "index_number"),
            name=op.f("uq_index_score_unit_id_year_quarter_index_number"),
        ),
    )


def downgrade() -> None:
    op.drop_table("index_score")
