"""Create targets, notices, their deliveries, and the note of daily jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('mail', 'webhook', 'gateway')"
EVENTS = (
    "event IN ('suggestion.received', 'suggestion.assigned', 'suggestion.waiting', 'suggestion.replied', "
    "'suggestion.due-soon', 'suggestion.overdue', 'suggestion.approval', 'suggestion.answered', 'digest.daily', "
    "'notice.test')"
)
STATUSES = "status IN ('waiting', 'sent', 'failed', 'nobody')"


def upgrade() -> None:
    _create_notice_target()
    _create_notice()
    _create_notice_delivery()
    op.create_table(
        "job_run",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job_run")),
    )
    op.create_index(op.f("ix_job_run_finished_at"), "job_run", ["finished_at"])


def downgrade() -> None:
    op.drop_table("job_run")
    op.drop_table("notice_delivery")
    op.drop_table("notice")
    op.drop_table("notice_target")


def _create_notice_target() -> None:
    op.create_table(
        "notice_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_notice_target_channel")),
        sa.CheckConstraint("account_id IS NULL OR channel = 'mail'", name=op.f("ck_notice_target_personal")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_target_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_target_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_target")),
    )
    op.create_index(
        "uq_notice_target_account_id",
        "notice_target",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("account_id IS NOT NULL"),
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_notice_target_unit_id"), "notice_target", ["unit_id"])


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(EVENTS, name=op.f("ck_notice_event")),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_notice_language")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_key"), "notice", ["key"], unique=True)
    op.create_index(op.f("ix_notice_made_at"), "notice", ["made_at"])


def _create_notice_delivery() -> None:
    op.create_table(
        "notice_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.String(36), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(10), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(200), nullable=False),
        sa.Column("code", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_notice_delivery_channel")),
        sa.CheckConstraint(STATUSES, name=op.f("ck_notice_delivery_status")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_notice_delivery_tries")),
        sa.CheckConstraint("(status = 'waiting') = (finished_at IS NULL)", name=op.f("ck_notice_delivery_finished")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id_notice")),
        sa.ForeignKeyConstraint(
            ["target_id"], ["notice_target.id"], name=op.f("fk_notice_delivery_target_id_notice_target")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
    )
    op.create_index(op.f("ix_notice_delivery_status_due_at"), "notice_delivery", ["status", "due_at"])
    op.create_index(op.f("ix_notice_delivery_notice_id"), "notice_delivery", ["notice_id"])
    op.create_index(op.f("ix_notice_delivery_target_id"), "notice_delivery", ["target_id"])
