"""Have large exports prepared beside the requests: who asked for what, how far it is, until when it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prepared_export",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("records", sa.String(length=12), nullable=False),
        sa.Column("written_as", sa.String(length=6), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_ids", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.CheckConstraint("rows_done >= 0 AND rows_total >= 0", name=op.f("ck_prepared_export_rows")),
        sa.CheckConstraint("records IN ('ratings', 'votes', 'suggestions')", name=op.f("ck_prepared_export_records")),
        sa.CheckConstraint("written_as IN ('csv', 'xlsx', 'jsonl', 'sav')", name=op.f("ck_prepared_export_written_as")),
        sa.CheckConstraint(
            "status IN ('waiting', 'making', 'ready', 'failed')", name=op.f("ck_prepared_export_status")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_prepared_export_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_prepared_export_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_export")),
    )
    op.create_index(op.f("ix_prepared_export_account_id"), "prepared_export", ["account_id"])
    op.create_index(op.f("ix_prepared_export_status"), "prepared_export", ["status"])


def downgrade() -> None:
    op.drop_table("prepared_export")
