"""Let people be invited to use a ballot, in hours that the office chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BEFORE = (
    "event IN ('suggestion.received', 'suggestion.assigned', 'suggestion.waiting', 'suggestion.replied', "
    "'suggestion.due-soon', 'suggestion.overdue', 'suggestion.approval', 'suggestion.answered', 'kiosk.silent', "
    "'digest.daily', 'notice.test')"
)
AFTER = BEFORE.replace("'digest.daily'", "'ballot.invited', 'digest.daily'")


def upgrade() -> None:
    _allow(AFTER)
    op.create_table(
        "notice_hours",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("evening", sa.String(5), nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=False),
        sa.Column("quiet_until", sa.String(5), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_notice_hours_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_hours")),
    )
    op.create_table(
        "ballot_invitation",
        sa.Column("dossier_hash", sa.String(64), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_hash"], ["ballot.dossier_hash"], name=op.f("fk_ballot_invitation_dossier_hash_ballot")
        ),
        sa.PrimaryKeyConstraint("dossier_hash", name=op.f("pk_ballot_invitation")),
    )
    op.create_index(op.f("ix_ballot_invitation_queued_at"), "ballot_invitation", ["queued_at"])


def downgrade() -> None:
    op.drop_table("ballot_invitation")
    op.drop_table("notice_hours")
    op.execute("DELETE FROM notice_delivery WHERE notice_id IN (SELECT id FROM notice WHERE event = 'ballot.invited')")
    op.execute("DELETE FROM notice WHERE event = 'ballot.invited'")
    _allow(BEFORE)


def _allow(events: str) -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint(op.f("ck_notice_event"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_event"), events)
