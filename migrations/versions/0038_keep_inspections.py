"""Keep inspections of units: when, by whom, what was found, what was mended, and until when the rest is due."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=300), nullable=False),
        sa.Column("subjects", sa.String(length=100), nullable=False),
        sa.Column("problems", sa.String(length=2000), nullable=False),
        sa.Column("found", sa.SmallInteger(), nullable=False),
        sa.Column("mended", sa.SmallInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.CheckConstraint("found BETWEEN 0 AND 999", name=op.f("ck_inspection_found")),
        sa.CheckConstraint("mended BETWEEN 0 AND found", name=op.f("ck_inspection_mended")),
        sa.CheckConstraint("due_on >= inspected_on", name=op.f("ck_inspection_due_on")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_unit_id_inspected_on"), "inspection", ["unit_id", "inspected_on"])


def downgrade() -> None:
    op.drop_table("inspection")
