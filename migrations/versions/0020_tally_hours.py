"""Count ratings by the hour of the day, and count those that are there."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"
LEVELS = "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0"
HOURS = {
    "sqlite": "CAST(strftime('%H', answered_at, '+7 hours') AS INTEGER)",
    "postgresql": "CAST(extract(hour FROM answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh') AS smallint)",
}
LOST = "SELECT 1 FROM rating_label WHERE rating_id = rating.id AND label = 'lost' AND lifted_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "hour_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        *(sa.Column(f"level_{level}", sa.Integer(), nullable=False) for level in range(1, 6)),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour >= 0 AND hour <= 23", name=op.f("ck_hour_tally_hour")),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_hour_tally_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_hour_tally_tier")),
        sa.CheckConstraint(LEVELS, name=op.f("ck_hour_tally_levels")),
        sa.CheckConstraint("total = level_1 + level_2 + level_3 + level_4 + level_5", name=op.f("ck_hour_tally_total")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hour_tally_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_hour_tally_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "day", "hour", "counter_id", "version_id", "channel", "tier"), name=op.f("pk_hour_tally")
        ),
        sqlite_with_rowid=False,
    )
    hour = HOURS[op.get_bind().dialect.name]
    levels = ", ".join(f"sum(CASE WHEN level = {level} THEN 1 ELSE 0 END)" for level in range(1, 6))
    op.execute(
        "INSERT INTO hour_tally (unit_id, day, hour, counter_id, version_id, channel, tier, "  # noqa: S608  # nosec B608
        "level_1, level_2, level_3, level_4, level_5, total) "
        f"SELECT unit_id, counted_on, {hour}, coalesce(counter_id, 0), version_id, channel, tier, {levels}, count(*) "
        f"FROM rating WHERE level IS NOT NULL AND NOT EXISTS ({LOST}) GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )


def downgrade() -> None:
    op.drop_table("hour_tally")
