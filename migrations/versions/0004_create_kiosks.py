"""Create kiosks and their enrolment codes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("is_officer_shown", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kiosk_unit_id_unit")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_kiosk_counter_id_counter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
    )
    op.create_index(op.f("ix_kiosk_token_hash"), "kiosk", ["token_hash"], unique=True)
    op.create_index(op.f("ix_kiosk_unit_id"), "kiosk", ["unit_id"])
    op.create_index(op.f("ix_kiosk_counter_id"), "kiosk", ["counter_id"])
    op.create_table(
        "kiosk_state",
        sa.Column("kiosk_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("storage_persisted", sa.Boolean(), nullable=True),
        sa.Column("app_version", sa.String(40), nullable=False),
        sa.Column("clock_skew_seconds", sa.BigInteger(), nullable=True),
        sa.Column("battery_percent", sa.Integer(), nullable=True),
        sa.CheckConstraint("queued >= 0", name=op.f("ck_kiosk_state_queued")),
        sa.CheckConstraint("last_sequence >= 0", name=op.f("ck_kiosk_state_last_sequence")),
        sa.CheckConstraint("battery_percent BETWEEN 0 AND 100", name=op.f("ck_kiosk_state_battery_percent")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_kiosk_state_kiosk_id_kiosk")),
        sa.PrimaryKeyConstraint("kiosk_id", name=op.f("pk_kiosk_state")),
    )
    op.create_table(
        "kiosk_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kiosk_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(used_at IS NULL) = (kiosk_id IS NULL)", name=op.f("ck_kiosk_code_used")),
        sa.CheckConstraint("created_at < expires_at", name=op.f("ck_kiosk_code_life")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kiosk_code_unit_id_unit")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_kiosk_code_counter_id_counter")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_kiosk_code_kiosk_id_kiosk")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_kiosk_code")),
    )
    op.create_index(op.f("ix_kiosk_code_expires_at"), "kiosk_code", ["expires_at"])


def downgrade() -> None:
    op.drop_table("kiosk_code")
    op.drop_table("kiosk_state")
    op.drop_table("kiosk")
