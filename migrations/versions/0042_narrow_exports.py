"""Let an export that is prepared hold one channel or one tier of trust."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

CHECKS = {
    "channel": "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone', 'site', 'embed')",
    "tier": "tier IN ('dossier', 'kiosk', 'web', 'suspicious', 'clean')",
}


def upgrade() -> None:
    with op.batch_alter_table("prepared_export") as export:
        for name, words in CHECKS.items():
            export.add_column(sa.Column(name, sa.String(12), nullable=True))
            export.create_check_constraint(op.f(f"ck_prepared_export_{name}"), words)


def downgrade() -> None:
    with op.batch_alter_table("prepared_export") as export:
        for name in CHECKS:
            export.drop_constraint(op.f(f"ck_prepared_export_{name}"), type_="check")
            export.drop_column(name)
