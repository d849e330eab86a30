"""Create the tables of piles of paper that are keyed twice before they are stored."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("keyed_by", sa.String(60), nullable=False),
        sa.Column("checked_by", sa.String(60), nullable=True),
        sa.Column("stored_by", sa.String(60), nullable=True),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=name != "opened_at") for name in MOMENTS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("sheets", "differences", "left_out")),
        sa.CheckConstraint("channel IN ('paper', 'phone')", name=op.f("ck_paper_batch_channel")),
        sa.CheckConstraint("checked_by <> keyed_by", name=op.f("ck_paper_batch_two_people")),
        sa.CheckConstraint("sheets >= 0 AND differences >= 0 AND left_out >= 0", name=op.f("ck_paper_batch_counts")),
        sa.CheckConstraint("(stored_at IS NULL) = (stored_by IS NULL)", name=op.f("ck_paper_batch_stored")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_paper_batch_unit_id_unit")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_paper_batch_counter_id_counter")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_paper_batch_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
    )
    op.create_index(op.f("ix_paper_batch_unit_id_opened_at"), "paper_batch", ["unit_id", "opened_at"])
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("second", sa.Text(), nullable=True),
        sa.CheckConstraint("length(id) = 36", name=op.f("ck_paper_sheet_id")),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_sheet_number")),
        sa.CheckConstraint("first IS NOT NULL OR second IS NOT NULL", name=op.f("ck_paper_sheet_keyed")),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_sheet_batch_id_paper_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_paper_sheet_batch_id_number")),
    )


def downgrade() -> None:
    op.drop_table("paper_sheet")
    op.drop_table("paper_batch")


MOMENTS = ("opened_at", "keyed_at", "checked_at", "stored_at", "dropped_at")
