"""Add up the tallies of all units in a few lanes, and those of procedures by month, to read a province quickly."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"
LEVELS = "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0"
ADDED = "total = level_1 + level_2 + level_3 + level_4 + level_5"
LANE = "lane >= 0 AND lane <= 7"
WEEKDAY = "weekday >= 0 AND weekday <= 6"
HOUR = "hour >= 0 AND hour <= 23"
MONTHS = {"sqlite": "date(day, 'start of month')", "postgresql": "CAST(date_trunc('month', day) AS date)"}
NAMES = "level_1, level_2, level_3, level_4, level_5, total"
SUMS = ", ".join(f"sum({name})" for name in NAMES.split(", "))


def upgrade() -> None:
    small: dict[str, Any] = {"nullable": False, "autoincrement": False}
    lane, weekday, hour = (sa.Column(name, sa.SmallInteger(), **small) for name in ("lane", "weekday", "hour"))
    lane_again = sa.Column("lane", sa.SmallInteger(), **small)
    question = sa.Column("question", sa.String(60), nullable=False)
    day, unit = sa.Column("day", sa.Date(), nullable=False), sa.Column("unit_id", sa.Integer(), nullable=False)
    month, months = (sa.Column("month_on", sa.Date(), nullable=False) for _ in range(2))
    procedure = sa.Column("procedure_id", sa.Integer(), **small)
    marked: sa.Column[Any] = sa.Column("is_marked", sa.Boolean(), nullable=False)
    _create("procedure_month_tally", (unit, month, procedure), (), (marked,), {})
    _create("lane_day_tally", (day, lane), (question,), (), {"lane": LANE})
    checks = {"lane": LANE, "weekday": WEEKDAY, "hour": HOUR}
    _create("lane_hour_tally", (months, weekday, hour, lane_again), (), (), checks)
    month_on = MONTHS[op.get_bind().dialect.name]
    keys = "unit_id, {month}procedure_id, version_id, channel, tier, is_marked"
    _fill("procedure_month_tally", keys, f"{month_on}, ", "procedure_tally")
    _fill("lane_day_tally", "day, {lane}version_id, question, channel, tier", "unit_id % 8, ", "rating_tally")
    keys = "month_on, weekday, hour, {lane}version_id, channel, tier"
    _fill("lane_hour_tally", keys, "unit_id % 8, ", "weekday_tally")
    month, lane = sa.Column("month_on", sa.Date(), nullable=False), sa.Column("lane", sa.SmallInteger(), **small)
    texts = [sa.Column(name, sa.String(60), nullable=False) for name in ("question", "value")]
    _create("lane_choice_tally", (month, lane), texts, (), {"lane": LANE, "count": "count >= 0"})
    op.execute(
        "INSERT INTO lane_choice_tally (month_on, lane, version_id, question, value, channel, tier, count) "  # noqa: S608  # nosec B608
        f"SELECT {month_on}, unit_id % 8, version_id, question, value, channel, tier, sum(count) "
        "FROM choice_tally GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )


def _fill(table: str, keys: str, computed: str, source: str) -> None:
    heads = keys.format(month="month_on, ", lane="lane, ")
    told = keys.format(month=computed, lane=computed)
    places = ", ".join(str(place) for place in range(1, heads.count(",") + 2))
    op.execute(
        f"INSERT INTO {table} ({heads}, {NAMES}) "  # noqa: S608  # nosec B608
        f"SELECT {told}, {SUMS} FROM {source} GROUP BY {places}"
    )


def _create(
    table: str,
    first: Sequence[sa.Column[Any]],
    middle: Sequence[sa.Column[Any]],
    last: Sequence[sa.Column[Any]],
    checks: dict[str, str],
) -> None:
    keys = (
        *first,
        sa.Column("version_id", sa.Integer(), nullable=False),
        *middle,
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        *last,
    )
    counted = ("count",) if "count" in checks else NAMES.split(", ")
    of_counts = {} if "count" in checks else {"levels": LEVELS, "total": ADDED}
    of_cells = {**checks, "channel": CHANNELS, "tier": TIERS, **of_counts}
    named = "questionnaire_version"
    version = sa.ForeignKeyConstraint(["version_id"], [f"{named}.id"], name=op.f(f"fk_{table}_version_id_{named}"))
    unit = sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id_unit"))
    op.create_table(
        table,
        *keys,
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counted),
        *(sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}")) for name, words in of_cells.items()),
        *((unit,) if keys[0].name == "unit_id" else ()),
        version,
        sa.PrimaryKeyConstraint(*(key.name for key in keys), name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("lane_choice_tally", "lane_hour_tally", "lane_day_tally", "procedure_month_tally"):
        op.drop_table(table)
