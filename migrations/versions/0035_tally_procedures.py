"""Count ratings by the procedure they tell of, and those that are there; let a ballot name its procedure."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"
LEVELS = "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0"
BORNE = "SELECT 1 FROM rating_label WHERE rating_id = rating.id AND lifted_at IS NULL AND label"


def upgrade() -> None:
    op.create_table(
        "procedure_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        *(sa.Column(f"level_{level}", sa.Integer(), nullable=False) for level in range(1, 6)),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_procedure_tally_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_procedure_tally_tier")),
        sa.CheckConstraint(LEVELS, name=op.f("ck_procedure_tally_levels")),
        sa.CheckConstraint(
            "total = level_1 + level_2 + level_3 + level_4 + level_5", name=op.f("ck_procedure_tally_total")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_procedure_tally_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_procedure_tally_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "day", "procedure_id", "counter_id", "version_id", "channel", "tier", "is_marked"),
            name=op.f("pk_procedure_tally"),
        ),
        sqlite_with_rowid=False,
    )
    marked = f"EXISTS ({BORNE} IN ('pace', 'run', 'hours'))"
    levels = ", ".join(f"sum(CASE WHEN level = {level} THEN 1 ELSE 0 END)" for level in range(1, 6))
    op.execute(
        "INSERT INTO procedure_tally (unit_id, day, procedure_id, counter_id, version_id, "  # noqa: S608  # nosec B608
        "channel, tier, is_marked, level_1, level_2, level_3, level_4, level_5, total) "
        f"SELECT unit_id, counted_on, procedure_id, coalesce(counter_id, 0), version_id, channel, tier, {marked}, "
        f"{levels}, count(*) FROM rating WHERE level IS NOT NULL AND procedure_id IS NOT NULL "
        f"AND NOT EXISTS ({BORNE} = 'lost') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
    )
    op.add_column("ballot", sa.Column("procedure_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("ballot", "procedure_id")
    op.drop_table("procedure_tally")
