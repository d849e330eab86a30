"""Keeping the tallies: adding what is new, and making them again from the ratings."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.db import Base
from feedback_service.ratings.models import (
    ChoiceTally,
    HourTally,
    LaneChoiceTally,
    LaneDayTally,
    LaneHourTally,
    MarkTally,
    MonthTally,
    ProcedureMonthTally,
    ProcedureTally,
    RatingTally,
    WeekdayTally,
)
from feedback_service.ratings.queries import recount
from feedback_service.ratings.queries.lanes import COUNTS, lane_choices, lane_days, lane_hours, units_beside
from feedback_service.ratings.queries.tallies import month_of_days
from feedback_service.ratings.rules import (
    Cell,
    LaneChoiceCell,
    LaneDayCell,
    LaneHourCell,
    Sums,
    Tally,
    lane_choices_of,
    lane_days_of,
    lane_hours_of,
    lane_of,
    sums_of,
)
from feedback_service.statements import Statement

Kept = RatingTally | HourTally | MarkTally | ProcedureTally | ChoiceTally
SUMMED = (MonthTally, WeekdayTally, ProcedureMonthTally, LaneDayTally, LaneHourTally, LaneChoiceTally)
"""What the tallies of days add up to, in the order in which everybody writes."""
_LEVELS = tuple(f"level_{level}" for level in range(1, 6))


def add(session: Session, tally: Tally) -> None:
    """Add counts to the tallies; writers of the same cells wait for each other in one order."""
    _add_days(session, tally)
    _add_sums(session, sums_of(tally))
    _add_cells(session, LaneDayTally, lane_days_of(tally.levels))
    _add_cells(session, LaneHourTally, lane_hours_of(tally.hours))
    _add_choices(session, LaneChoiceTally, lane_choices_of(tally.choices))


def _add_days(session: Session, tally: Tally) -> None:
    connection = session.connection()
    if tally.levels:
        rows = [_level_row(cell, tally.levels[cell]) for cell in sorted(tally.levels)]
        _addition(connection.dialect.name, RatingTally, COUNTS).each(connection, rows)
    _add_cells(session, HourTally, tally.hours)
    _add_cells(session, MarkTally, tally.marks)
    _add_cells(session, ProcedureTally, tally.procedures)
    _add_choices(session, ChoiceTally, tally.choices)


def rebuild(session: Session, unit_id: int, day: date) -> None:
    """Make the tallies of one unit and day again from its ratings, while nobody adds to them."""
    tables = (RatingTally, HourTally, MarkTally, ProcedureTally, ChoiceTally)
    _lock(session, (*tables, *SUMMED))
    _clear(session, tables, unit_id, day)
    _add_days(session, recount(session, unit_id, day))
    month_on = day.replace(day=1)
    for months in (MonthTally, WeekdayTally, ProcedureMonthTally):
        session.execute(delete(months).where(months.unit_id == unit_id, months.month_on == month_on))
    _add_sums(session, month_of_days(session, unit_id, day))
    _sum_lane(session, unit_id, day)


def _sum_lane(session: Session, unit_id: int, day: date) -> None:
    """Make the tallies of the lane of a unit again out of those of its units."""
    lane, month_on = lane_of(unit_id), day.replace(day=1)
    units = units_beside(session, unit_id, month_on)
    session.execute(delete(LaneDayTally).where(LaneDayTally.lane == lane, LaneDayTally.day == day))
    counted = lane_days(units=units, day=day)
    session.execute(insert(LaneDayTally).from_select((*LaneDayCell._fields, *COUNTS), counted))
    session.execute(delete(LaneHourTally).where(LaneHourTally.lane == lane, LaneHourTally.month_on == month_on))
    counted = lane_hours(units=units, month_on=month_on)
    session.execute(insert(LaneHourTally).from_select((*LaneHourCell._fields, *COUNTS), counted))
    session.execute(delete(LaneChoiceTally).where(LaneChoiceTally.lane == lane, LaneChoiceTally.month_on == month_on))
    chosen = lane_choices(month_on, units=units)
    session.execute(insert(LaneChoiceTally).from_select((*LaneChoiceCell._fields, "count"), chosen))


def count_marks(session: Session, unit_id: int, day: date) -> None:
    """Count the labelled ratings of one unit and day again; tablets go on sending meanwhile."""
    _lock(session, (MarkTally, ProcedureTally, ProcedureMonthTally))
    _clear(session, (MarkTally, ProcedureTally), unit_id, day)
    counted = recount(session, unit_id, day)
    _add_cells(session, MarkTally, counted.marks)
    _add_cells(session, ProcedureTally, counted.procedures)
    of_month = (ProcedureMonthTally.unit_id == unit_id, ProcedureMonthTally.month_on == day.replace(day=1))
    session.execute(delete(ProcedureMonthTally).where(*of_month))
    _add_cells(session, ProcedureMonthTally, month_of_days(session, unit_id, day).procedures)


def _lock(session: Session, tables: Sequence[type[Base]]) -> None:
    """Let nobody else add to some tallies before the transaction ends; SQLite has one writer as it is."""
    if session.connection().dialect.name == "postgresql":
        names = ", ".join(table.__tablename__ for table in tables)
        session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def _clear(session: Session, tables: Sequence[type[Kept]], unit_id: int, day: date) -> None:
    for table in tables:
        session.execute(delete(table).where(table.unit_id == unit_id, table.day == day))


def _add_sums(session: Session, sums: Sums) -> None:
    _add_cells(session, MonthTally, sums.months)
    _add_cells(session, WeekdayTally, sums.weekdays)
    _add_cells(session, ProcedureMonthTally, sums.procedures)


def _add_cells(session: Session, table: type[Base], cells: Mapping[Any, Sequence[int]]) -> None:
    connection = session.connection()
    if cells:
        rows = [{**cell._asdict(), **_counts(cells[cell])} for cell in sorted(cells)]
        _addition(connection.dialect.name, table, COUNTS).each(connection, rows)


def _add_choices(session: Session, table: type[Base], cells: Mapping[Any, int]) -> None:
    connection = session.connection()
    if cells:
        rows = [{**cell._asdict(), "count": cells[cell]} for cell in sorted(cells)]
        _addition(connection.dialect.name, table, ("count",)).each(connection, rows)


def _level_row(cell: Cell, counts: Sequence[int]) -> dict[str, object]:
    row = {**cell._asdict(), **_counts(counts)}
    del row["value"]
    return row


def _counts(counts: Sequence[int]) -> dict[str, int]:
    return {**dict(zip(_LEVELS, counts, strict=True)), "total": sum(counts)}


@lru_cache(maxsize=32)
def _addition(dialect_name: str, model: type[Base], counts: tuple[str, ...]) -> Statement:
    """Return the statement that adds to a cell or makes it, compiled once."""
    upsert: Callable[..., Any] = sqlite.insert if dialect_name == "sqlite" else postgresql.insert
    table = Base.metadata.tables[model.__tablename__]
    addition = upsert(table)
    sums = {name: table.c[name] + addition.excluded[name] for name in counts}
    return Statement(addition.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=sums))
