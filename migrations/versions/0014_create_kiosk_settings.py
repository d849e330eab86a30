"""Create the settings of a unit's tablets and the rosters of counters."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_setting",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("languages", sa.String(40), nullable=False),
        sa.Column("idle_seconds", sa.Integer(), nullable=False),
        sa.Column("warning_seconds", sa.Integer(), nullable=False),
        sa.Column("thanks_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("idle_seconds BETWEEN 15 AND 180", name=op.f("ck_kiosk_setting_idle_seconds")),
        sa.CheckConstraint("warning_seconds BETWEEN 10 AND 60", name=op.f("ck_kiosk_setting_warning_seconds")),
        sa.CheckConstraint("thanks_seconds BETWEEN 2 AND 15", name=op.f("ck_kiosk_setting_thanks_seconds")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kiosk_setting_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_kiosk_setting")),
    )
    op.create_table(
        "counter_roster",
        sa.Column("counter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shifts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_counter_roster_counter_id_counter")),
        sa.PrimaryKeyConstraint("counter_id", name=op.f("pk_counter_roster")),
    )


def downgrade() -> None:
    op.drop_table("counter_roster")
    op.drop_table("kiosk_setting")
