"""Create the tables of QR codes that lead to surveys, and of how often they were scanned."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "qr_code",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_qr_code_survey_id_survey")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_qr_code_counter_id_counter")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_qr_code")),
    )
    op.create_index(op.f("ix_qr_code_survey_id"), "qr_code", ["survey_id"])
    op.create_table(
        "qr_scan",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_qr_scan_count")),
        sa.ForeignKeyConstraint(["code"], ["qr_code.code"], name=op.f("fk_qr_scan_code_qr_code")),
        sa.PrimaryKeyConstraint("code", "day", name=op.f("pk_qr_scan")),
    )


def downgrade() -> None:
    op.drop_table("qr_scan")
    op.drop_table("qr_code")
