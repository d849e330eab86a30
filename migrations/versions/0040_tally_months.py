"""Add up the tallies of days by month, so that long periods of many units are read in a few thousand rows."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"
LEVELS = "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0"
ADDED = "total = level_1 + level_2 + level_3 + level_4 + level_5"
MONTHS = {"sqlite": "date(day, 'start of month')", "postgresql": "CAST(date_trunc('month', day) AS date)"}
WEEKDAYS = {
    "sqlite": "(CAST(strftime('%w', day) AS INTEGER) + 6) % 7",
    "postgresql": "CAST(extract(isodow FROM day) - 1 AS smallint)",
}
NAMES = "level_1, level_2, level_3, level_4, level_5, total"
SUMS = ", ".join(f"sum({name})" for name in NAMES.split(", "))


def upgrade() -> None:
    _create("month_tally", ("counter_id",), ("question",))
    _create("weekday_tally", ("weekday", "hour"), ())
    kind = op.get_bind().dialect.name
    keys = "counter_id, version_id, question, channel, tier"
    op.execute(
        f"INSERT INTO month_tally (unit_id, month_on, {keys}, {NAMES}) "  # noqa: S608  # nosec B608
        f"SELECT unit_id, {MONTHS[kind]}, {keys}, {SUMS} FROM rating_tally GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )
    op.execute(
        "INSERT INTO weekday_tally (unit_id, month_on, weekday, hour, version_id, channel, tier, "  # noqa: S608  # nosec B608
        f"{NAMES}) SELECT unit_id, {MONTHS[kind]}, {WEEKDAYS[kind]}, hour, version_id, channel, tier, {SUMS} "
        "FROM hour_tally GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )


def _create(table: str, places: tuple[str, ...], questions: tuple[str, ...]) -> None:
    of_hours = [
        sa.CheckConstraint("weekday >= 0 AND weekday <= 6", name=op.f(f"ck_{table}_weekday")),
        sa.CheckConstraint("hour >= 0 AND hour <= 23", name=op.f(f"ck_{table}_hour")),
    ]
    number = sa.Integer() if places == ("counter_id",) else sa.SmallInteger()
    op.create_table(
        table,
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        *(sa.Column(place, number, autoincrement=False, nullable=False) for place in places),
        sa.Column("version_id", sa.Integer(), nullable=False),
        *(sa.Column(question, sa.String(60), nullable=False) for question in questions),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NAMES.split(", ")),
        *(of_hours if "hour" in places else ()),
        sa.CheckConstraint(CHANNELS, name=op.f(f"ck_{table}_channel")),
        sa.CheckConstraint(TIERS, name=op.f(f"ck_{table}_tier")),
        sa.CheckConstraint(LEVELS, name=op.f(f"ck_{table}_levels")),
        sa.CheckConstraint(ADDED, name=op.f(f"ck_{table}_total")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f(f"fk_{table}_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "month_on", *places, "version_id", *questions, "channel", "tier"), name=op.f(f"pk_{table}")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("weekday_tally")
    op.drop_table("month_tally")
