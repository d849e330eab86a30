"""Keep what officers say of their own figures, and corrections of who served at a counter."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officer_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.String(80), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(2000), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(2000), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(60), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_officer_review_quarter")),
        sa.CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name=op.f("ck_officer_review_reply")),
        sa.CheckConstraint("answer IS NULL OR reply IS NOT NULL", name=op.f("ck_officer_review_answer")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_officer_review_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_review")),
        sa.UniqueConstraint(
            *("unit_id", "year", "quarter", "officer"), name=op.f("uq_officer_review_unit_id_year_quarter_officer")
        ),
    )
    op.create_table(
        "shift_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first_hour", sa.SmallInteger(), nullable=False),
        sa.Column("last_hour", sa.SmallInteger(), nullable=False),
        sa.Column("officer", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.CheckConstraint(
            "first_hour >= 0 AND first_hour <= last_hour AND last_hour <= 23", name=op.f("ck_shift_correction_hours")
        ),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_shift_correction_counter_id_counter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_correction")),
    )
    op.create_index(op.f("ix_shift_correction_counter_id_day"), "shift_correction", ["counter_id", "day"])


def downgrade() -> None:
    op.drop_table("shift_correction")
    op.drop_table("officer_review")
