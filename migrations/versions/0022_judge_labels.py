"""Let people lift labels with a reason, and count the ratings that bear one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"
LEVELS = "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0"
BORNE = "SELECT 1 FROM rating_label WHERE rating_id = rating.id AND lifted_at IS NULL AND label"


def upgrade() -> None:
    op.add_column("rating_label", sa.Column("lifted_by", sa.String(60), nullable=True))
    op.add_column("rating_label", sa.Column("reason", sa.String(500), nullable=True))
    op.create_table(
        "mark_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        *(sa.Column(f"level_{level}", sa.Integer(), nullable=False) for level in range(1, 6)),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_mark_tally_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_mark_tally_tier")),
        sa.CheckConstraint(LEVELS, name=op.f("ck_mark_tally_levels")),
        sa.CheckConstraint("total = level_1 + level_2 + level_3 + level_4 + level_5", name=op.f("ck_mark_tally_total")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mark_tally_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_mark_tally_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "day", "counter_id", "version_id", "channel", "tier"), name=op.f("pk_mark_tally")
        ),
        sqlite_with_rowid=False,
    )
    levels = ", ".join(f"sum(CASE WHEN level = {level} THEN 1 ELSE 0 END)" for level in range(1, 6))
    op.execute(
        "INSERT INTO mark_tally (unit_id, day, counter_id, version_id, channel, tier, "  # noqa: S608  # nosec B608
        "level_1, level_2, level_3, level_4, level_5, total) "
        f"SELECT unit_id, counted_on, coalesce(counter_id, 0), version_id, channel, tier, {levels}, count(*) "
        f"FROM rating WHERE level IS NOT NULL AND EXISTS ({BORNE} IN ('pace', 'run', 'hours')) "
        f"AND NOT EXISTS ({BORNE} = 'lost') GROUP BY 1, 2, 3, 4, 5, 6"
    )


def downgrade() -> None:
    op.drop_table("mark_tally")
    with op.batch_alter_table("rating_label") as batch:
        batch.drop_column("reason")
        batch.drop_column("lifted_by")
