"""Let notices tell of tablets that are silent."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = (
    "event IN ('suggestion.received', 'suggestion.assigned', 'suggestion.waiting', 'suggestion.replied', "
    "'suggestion.due-soon', 'suggestion.overdue', 'suggestion.approval', 'suggestion.answered', 'digest.daily', "
    "'notice.test')"
)
AFTER = BEFORE.replace("'digest.daily'", "'kiosk.silent', 'digest.daily'")


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM notice_delivery WHERE notice_id IN (SELECT id FROM notice WHERE event = 'kiosk.silent')")
    op.execute("DELETE FROM notice WHERE event = 'kiosk.silent'")
    _allow(BEFORE)


def _allow(events: str) -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint(op.f("ck_notice_event"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_event"), events)
