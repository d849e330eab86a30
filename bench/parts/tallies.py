"""Tallies of ratings that were written straight into the tables, in one statement each."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback_service.db import Database
from feedback_service.ratings.rules import LANES

HOURS = {
    "sqlite": "CAST(strftime('%H', answered_at, '+7 hours') AS INTEGER)",
    "postgresql": "CAST(extract(hour FROM answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh') AS smallint)",
}
MONTHS = {"sqlite": "date(day, 'start of month')", "postgresql": "CAST(date_trunc('month', day) AS date)"}
WEEKDAYS = {
    "sqlite": "(CAST(strftime('%w', day) AS INTEGER) + 6) % 7",
    "postgresql": "CAST(extract(isodow FROM day) - 1 AS smallint)",
}
LEVELS = ", ".join(f"sum(CASE WHEN level = {level} THEN 1 ELSE 0 END)" for level in range(1, 6)) + ", count(*)"
CHOICE_KEYS = "version_id, question, value, channel, tier"
CHOSEN = f"""
INSERT INTO choice_tally (unit_id, day, counter_id, {CHOICE_KEYS}, count)
SELECT unit_id, counted_on, counter_id, version_id, 'reasons',
       CASE WHEN sequence % 2 = 0 THEN 'waiting' ELSE 'guidance' END, channel, tier, count(*)
FROM rating WHERE level = 1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608  # words of this page
LANE_CHOICES = f"INSERT INTO lane_choice_tally (month_on, lane, {CHOICE_KEYS}, count)"
OF_CHOICES = "FROM choice_tally GROUP BY 1, 2, 3, 4, 5, 6, 7"
NAMES = ", ".join(f"level_{level}" for level in range(1, 6)) + ", total"
SUMMED = ", ".join(f"sum({name})" for name in NAMES.split(", "))


def count_again(database: Database) -> None:
    """Make the tallies as `tally rebuild` would, in one statement each; those of months out of those of days."""
    kind = database.engine.dialect.name
    months, deal = MONTHS[kind], f"unit_id % {LANES}"
    with database.transaction() as session:
        for table in ("choice_tally", "lane_choice_tally"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  # words of this page only
        for table, head, chosen, source in (*_of_days(kind), *_of_months(kind)):
            keys = ", ".join(str(number) for number in range(1, head.count(",") + 4))
            counts = LEVELS if source.startswith("rating") and source != "rating_tally" else SUMMED
            into = f"INSERT INTO {table} ({head}, channel, tier, {NAMES})"
            told = f"SELECT {chosen}, channel, tier, {counts} FROM {source} GROUP BY {keys}"  # noqa: S608  # ours
            patient(session).execute(text(f"DELETE FROM {table}"))  # noqa: S608  # words of this page only
            session.execute(text(f"{into} {told}"))
        session.execute(text(CHOSEN))
        session.execute(text(f"{LANE_CHOICES} SELECT {months}, {deal}, {CHOICE_KEYS}, sum(count) {OF_CHOICES}"))
        session.execute(text("ANALYZE"))


def _of_days(kind: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return the name, the keys, what they are read from, and the source of each tally of days."""
    place = "counter_id, version_id"
    return (
        (
            "rating_tally",
            f"unit_id, day, {place}, question",
            f"unit_id, counted_on, {place}, CAST('satisfaction' AS varchar)",
            "rating",
        ),
        ("hour_tally", f"unit_id, day, hour, {place}", f"unit_id, counted_on, {HOURS[kind]}, {place}", "rating"),
        (
            "procedure_tally",
            f"unit_id, day, is_marked, procedure_id, {place}",
            f"unit_id, counted_on, false, procedure_id, {place}",
            "rating WHERE procedure_id IS NOT NULL",
        ),
    )


def _of_months(kind: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return the same of each tally that adds up those of days."""
    place, deal = "counter_id, version_id", f"unit_id % {LANES}"
    return (
        (
            "month_tally",
            f"unit_id, month_on, {place}, question",
            f"unit_id, {MONTHS[kind]}, {place}, question",
            "rating_tally",
        ),
        (
            "weekday_tally",
            "unit_id, month_on, weekday, hour, version_id",
            f"unit_id, {MONTHS[kind]}, {WEEKDAYS[kind]}, hour, version_id",
            "hour_tally",
        ),
        (
            "procedure_month_tally",
            "unit_id, month_on, is_marked, procedure_id, version_id",
            f"unit_id, {MONTHS[kind]}, is_marked, procedure_id, version_id",
            "procedure_tally",
        ),
        ("lane_day_tally", "day, lane, version_id, question", f"day, {deal}, version_id, question", "rating_tally"),
        (
            "lane_hour_tally",
            "month_on, weekday, hour, lane, version_id",
            f"month_on, weekday, hour, {deal}, version_id",
            "weekday_tally",
        ),
    )


def patient(session: Session) -> Session:
    """Let PostgreSQL take its time: the service itself gives a statement some seconds."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
    return session
