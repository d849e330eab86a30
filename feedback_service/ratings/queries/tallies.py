"""Reading what the tallies hold, and counting the ratings again."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import not_, select, union
from sqlalchemy.orm import Session

from feedback_service.core.period import local_time, month_of
from feedback_service.questionnaires.queries import question_texts
from feedback_service.ratings.models import (
    ChoiceTally,
    HourTally,
    MarkTally,
    MonthTally,
    ProcedureMonthTally,
    ProcedureTally,
    Rating,
    RatingTally,
    WeekdayTally,
)
from feedback_service.ratings.queries.labels import left_out, marked
from feedback_service.ratings.queries.lanes import lane_differences
from feedback_service.ratings.rules import (
    Cell,
    Countable,
    HourCell,
    MarkCell,
    MonthCell,
    ProcedureCell,
    ProcedureMonthCell,
    Sums,
    Tally,
    WeekdayCell,
    sums_of,
    tallied,
)

LEVEL_NAMES = tuple(f"level_{level}" for level in range(1, 6))
LEVEL_COLUMNS = tuple(getattr(RatingTally, name) for name in LEVEL_NAMES)
MARK_COLUMNS = tuple(getattr(MarkTally, name) for name in MarkCell._fields)
MARK_LEVELS = tuple(getattr(MarkTally, f"level_{level}") for level in range(1, 6))
PROCEDURE_COLUMNS = tuple(getattr(ProcedureTally, name) for name in ProcedureCell._fields)
PROCEDURE_LEVELS = tuple(getattr(ProcedureTally, f"level_{level}") for level in range(1, 6))
HOUR_COLUMNS = tuple(getattr(HourTally, name) for name in HourCell._fields)
HOUR_LEVELS = tuple(getattr(HourTally, f"level_{level}") for level in range(1, 6))
CELL_COLUMNS = ("unit_id", "day", "counter_id", "version_id", "question", "value", "channel", "tier")


def days(session: Session) -> tuple[tuple[int, date], ...]:
    """Return every unit and day that has a rating or a tally."""
    known = union(
        select(Rating.unit_id, Rating.counted_on.label("day")).distinct(),
        select(RatingTally.unit_id, RatingTally.day).distinct(),
        select(ChoiceTally.unit_id, ChoiceTally.day).distinct(),
        select(HourTally.unit_id, HourTally.day).distinct(),
        select(MarkTally.unit_id, MarkTally.day).distinct(),
        select(ProcedureTally.unit_id, ProcedureTally.day).distinct(),
        select(MonthTally.unit_id, MonthTally.month_on).distinct(),
        select(WeekdayTally.unit_id, WeekdayTally.month_on).distinct(),
        select(ProcedureMonthTally.unit_id, ProcedureMonthTally.month_on).distinct(),
    ).order_by("unit_id", "day")
    return tuple((row.unit_id, row.day) for row in session.execute(known))


def kept_tally(session: Session, unit_id: int, day: date) -> Tally:
    """Return the tallies of one unit and day as they are kept."""
    of_levels = [getattr(RatingTally, name) for name in CELL_COLUMNS if name != "value"]
    of_choices = [getattr(ChoiceTally, name) for name in CELL_COLUMNS]
    levels = session.execute(
        select(*of_levels, *LEVEL_COLUMNS).where(RatingTally.unit_id == unit_id, RatingTally.day == day)
    )
    choices = session.execute(
        select(*of_choices, ChoiceTally.count).where(ChoiceTally.unit_id == unit_id, ChoiceTally.day == day)
    )
    hours = session.execute(
        select(*HOUR_COLUMNS, *HOUR_LEVELS).where(HourTally.unit_id == unit_id, HourTally.day == day)
    )
    marks = session.execute(
        select(*MARK_COLUMNS, *MARK_LEVELS).where(MarkTally.unit_id == unit_id, MarkTally.day == day)
    )
    by_procedure = (ProcedureTally.unit_id == unit_id, ProcedureTally.day == day)
    procedures = session.execute(select(*PROCEDURE_COLUMNS, *PROCEDURE_LEVELS).where(*by_procedure))
    return Tally(
        {Cell._make((*row[:5], "", *row[5:7])): tuple(row[7:]) for row in levels},
        {Cell._make(row[:8]): row[8] for row in choices},
        {HourCell._make(row[:7]): tuple(row[7:]) for row in hours},
        {MarkCell._make(row[:6]): tuple(row[6:]) for row in marks},
        {ProcedureCell._make(row[:8]): tuple(row[8:]) for row in procedures},
    )


def recount(session: Session, unit_id: int, day: date) -> Tally:
    """Return the tallies of one unit and day as the ratings give them, without those of a tablet while it was lost.

    Raises ValueError for a damaged rating.
    """
    columns = (
        *(Rating.unit_id, Rating.counted_on, Rating.counter_id, Rating.version_id, Rating.channel, Rating.tier),
        *(Rating.answers, Rating.answered_at, marked(), Rating.procedure_id),
    )
    counted = (Rating.unit_id == unit_id, Rating.counted_on == day, not_(left_out()))
    rows = session.execute(select(*columns).where(*counted)).all()
    ratings = [Countable(*row[:6], json.loads(row[6]), local_time(row[7]).hour, row[8], row[9]) for row in rows]
    questions = question_texts(session, frozenset(rating.version_id for rating in ratings))
    return tallied(ratings, questions)


def month_of_days(session: Session, unit_id: int, day: date) -> Sums:
    """Return what the tallies of one unit come to in the month of a day."""
    days = month_of(day)
    of_levels = [getattr(RatingTally, name) for name in CELL_COLUMNS if name != "value"]
    within = (RatingTally.unit_id == unit_id, RatingTally.day.between(days.first_on, days.last_on))
    levels = session.execute(select(*of_levels, *LEVEL_COLUMNS).where(*within))
    within = (HourTally.unit_id == unit_id, HourTally.day.between(days.first_on, days.last_on))
    hours = session.execute(select(*HOUR_COLUMNS, *HOUR_LEVELS).where(*within))
    within = (ProcedureTally.unit_id == unit_id, ProcedureTally.day.between(days.first_on, days.last_on))
    procedures = session.execute(select(*PROCEDURE_COLUMNS, *PROCEDURE_LEVELS).where(*within))
    return sums_of(
        Tally(
            levels={Cell._make((*row[:5], "", *row[5:7])): tuple(row[7:]) for row in levels},
            hours={HourCell._make(row[:7]): tuple(row[7:]) for row in hours},
            procedures={ProcedureCell._make(row[:8]): tuple(row[8:]) for row in procedures},
            choices={},
            marks={},
        )
    )


def kept_months(session: Session, unit_id: int, day: date) -> Sums:
    """Return the tallies of one unit for the month of a day as they are kept."""

    def rows(table: Any, names: Sequence[str]) -> Iterator[tuple[Any, tuple[int, ...]]]:
        columns = [getattr(table, name) for name in (*names, *LEVEL_NAMES)]
        wanted = (table.unit_id == unit_id, table.month_on == day.replace(day=1))
        for row in session.execute(select(*columns).where(*wanted)):
            yield row[: len(names)], tuple(row[len(names) :])

    return Sums(
        {MonthCell._make(key): counts for key, counts in rows(MonthTally, MonthCell._fields)},
        {WeekdayCell._make(key): counts for key, counts in rows(WeekdayTally, WeekdayCell._fields)},
        {
            ProcedureMonthCell._make(key): counts
            for key, counts in rows(ProcedureMonthTally, ProcedureMonthCell._fields)
        },
    )


def tally_differences(session: Session) -> Iterator[str]:
    """Yield a sentence for every unit and day whose tallies do not agree with a recount."""
    try:
        places = days(session)
    except ValueError:
        yield "A rating or a tally has a day that cannot be read. Run: feedback-service ledger verify"
        return
    for unit_id, day in places:
        yield from _day_differences(session, unit_id, day)
    of_months = sorted({(unit_id, day.replace(day=1)) for unit_id, day in places})
    for unit_id, month_on in of_months:
        if kept_months(session, unit_id, month_on) != month_of_days(session, unit_id, month_on):
            yield f"Unit {unit_id}, {month_on:%Y-%m}: the tally of the month differs from those of its days."
    yield from lane_differences(session, {month_on for _unit, month_on in of_months})


def _day_differences(session: Session, unit_id: int, day: date) -> Iterator[str]:
    try:
        kept, counted = kept_tally(session, unit_id, day), recount(session, unit_id, day)
    except (KeyError, TypeError, ValueError):
        yield f"Unit {unit_id}, {day}: a rating cannot be read. Run: feedback-service ledger verify"
        return
    for told, is_same in (
        ("levels", kept.levels == counted.levels),
        ("hours", kept.hours == counted.hours),
        ("labelled ratings", kept.marks == counted.marks),
        ("procedures", kept.procedures == counted.procedures),
        ("choices", kept.choices == counted.choices),
    ):
        if not is_same:
            yield f"Unit {unit_id}, {day}: the tally of {told} differs from a recount of the ratings."
