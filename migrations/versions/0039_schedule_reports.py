"""Have reports made by themselves and sent by mail or laid into a folder, with what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

BEFORE = (
    "event IN ('suggestion.received', 'suggestion.assigned', 'suggestion.waiting', 'suggestion.replied', "
    "'suggestion.due-soon', 'suggestion.overdue', 'suggestion.approval', 'suggestion.answered', 'kiosk.silent', "
    "'ballot.invited', 'digest.daily', 'notice.test')"
)
AFTER = BEFORE.replace("'digest.daily'", "'report.made', 'report.failed', 'digest.daily'")


def upgrade() -> None:
    _allow(AFTER)
    op.create_table(
        "report_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("written_as", sa.String(length=6), nullable=False),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("days_after", sa.SmallInteger(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.CheckConstraint("every IN ('month', 'quarter', 'half', 'year')", name=op.f("ck_report_schedule_every")),
        sa.CheckConstraint("written_as IN ('xlsx', 'docx', 'pdf')", name=op.f("ck_report_schedule_written_as")),
        sa.CheckConstraint("way IN ('mail', 'folder')", name=op.f("ck_report_schedule_way")),
        sa.CheckConstraint("(way = 'mail') = (address <> '')", name=op.f("ck_report_schedule_address")),
        sa.CheckConstraint("days_after BETWEEN 1 AND 28", name=op.f("ck_report_schedule_days_after")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_schedule_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_schedule")),
    )
    op.create_index(op.f("ix_report_schedule_next_on"), "report_schedule", ["next_on"])
    op.create_index(op.f("ix_report_schedule_unit_id"), "report_schedule", ["unit_id"])
    op.create_table(
        "report_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'made', 'failed')", name=op.f("ck_report_run_status")),
        sa.CheckConstraint("(status = 'waiting') = (finished_at IS NULL)", name=op.f("ck_report_run_finished")),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["report_schedule.id"], name=op.f("fk_report_run_schedule_id_report_schedule")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_run")),
    )
    op.create_index(op.f("ix_report_run_schedule_id_asked_at"), "report_run", ["schedule_id", "asked_at"])
    op.create_index(op.f("ix_report_run_status"), "report_run", ["status"])


def downgrade() -> None:
    op.drop_table("report_run")
    op.drop_table("report_schedule")
    op.execute(
        "DELETE FROM notice_delivery WHERE notice_id IN "
        "(SELECT id FROM notice WHERE event IN ('report.made', 'report.failed'))"
    )
    op.execute("DELETE FROM notice WHERE event IN ('report.made', 'report.failed')")
    _allow(BEFORE)


def _allow(events: str) -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint(op.f("ck_notice_event"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_event"), events)
