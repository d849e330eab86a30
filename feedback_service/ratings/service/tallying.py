"""Keeping the tallies: adding what is new, and making them again from the ratings."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.db import Base
from feedback_service.ratings.models import (
    ChoiceTally,
    HourTally,
    MarkTally,
    MonthTally,
    ProcedureTally,
    RatingTally,
    WeekdayTally,
)
from feedback_service.ratings.queries import recount
from feedback_service.ratings.queries.tallies import month_of_days
from feedback_service.ratings.rules import (
    Cell,
    HourCell,
    MarkCell,
    MonthCell,
    ProcedureCell,
    Tally,
    WeekdayCell,
    months_of,
    weekdays_of,
)
from feedback_service.statements import Statement

Kept = RatingTally | HourTally | MarkTally | ProcedureTally | ChoiceTally
_LEVELS = tuple(f"level_{level}" for level in range(1, 6))


def add(session: Session, tally: Tally) -> None:
    """Add counts to the tallies; writers of the same cells wait for each other in one order."""
    _add_days(session, tally)
    _add_months(session, months_of(tally.levels), weekdays_of(tally.hours))


def _add_days(session: Session, tally: Tally) -> None:
    connection = session.connection()
    if tally.levels:
        rows = [_level_row(cell, tally.levels[cell]) for cell in sorted(tally.levels)]
        _addition(connection.dialect.name, RatingTally, (*_LEVELS, "total")).each(connection, rows)
    if tally.hours:
        rows = [_hour_row(cell, tally.hours[cell]) for cell in sorted(tally.hours)]
        _addition(connection.dialect.name, HourTally, (*_LEVELS, "total")).each(connection, rows)
    _add_marks(session, tally.marks)
    _add_procedures(session, tally.procedures)
    if tally.choices:
        rows = [{**cell._asdict(), "count": tally.choices[cell]} for cell in sorted(tally.choices)]
        _addition(connection.dialect.name, ChoiceTally, ("count",)).each(connection, rows)


def rebuild(session: Session, unit_id: int, day: date) -> None:
    """Make the tallies of one unit and day again from its ratings, while nobody adds to them."""
    tables = (RatingTally, HourTally, MarkTally, ProcedureTally, ChoiceTally)
    _lock(session, (*tables, MonthTally, WeekdayTally))
    _clear(session, tables, unit_id, day)
    _add_days(session, recount(session, unit_id, day))
    for months in (MonthTally, WeekdayTally):
        session.execute(delete(months).where(months.unit_id == unit_id, months.month_on == day.replace(day=1)))
    _add_months(session, *month_of_days(session, unit_id, day))


def count_marks(session: Session, unit_id: int, day: date) -> None:
    """Count the labelled ratings of one unit and day again; tablets go on sending meanwhile."""
    _lock(session, (MarkTally, ProcedureTally))
    _clear(session, (MarkTally, ProcedureTally), unit_id, day)
    counted = recount(session, unit_id, day)
    _add_marks(session, counted.marks)
    _add_procedures(session, counted.procedures)


def _lock(session: Session, tables: Sequence[type[Base]]) -> None:
    """Let nobody else add to some tallies before the transaction ends; SQLite has one writer as it is."""
    if session.connection().dialect.name == "postgresql":
        names = ", ".join(table.__tablename__ for table in tables)
        session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def _clear(session: Session, tables: Sequence[type[Kept]], unit_id: int, day: date) -> None:
    for table in tables:
        session.execute(delete(table).where(table.unit_id == unit_id, table.day == day))


def _add_months(
    session: Session, months: Mapping[MonthCell, tuple[int, ...]], weekdays: Mapping[WeekdayCell, tuple[int, ...]]
) -> None:
    connection = session.connection()
    if months:
        rows = [{**cell._asdict(), **_counts(months[cell])} for cell in sorted(months)]
        _addition(connection.dialect.name, MonthTally, (*_LEVELS, "total")).each(connection, rows)
    if weekdays:
        told = [{**cell._asdict(), **_counts(weekdays[cell])} for cell in sorted(weekdays)]
        _addition(connection.dialect.name, WeekdayTally, (*_LEVELS, "total")).each(connection, told)


def _add_procedures(session: Session, procedures: Mapping[ProcedureCell, tuple[int, ...]]) -> None:
    connection = session.connection()
    if procedures:
        rows = [{**cell._asdict(), **_counts(procedures[cell])} for cell in sorted(procedures)]
        _addition(connection.dialect.name, ProcedureTally, (*_LEVELS, "total")).each(connection, rows)


def _add_marks(session: Session, marks: Mapping[MarkCell, tuple[int, ...]]) -> None:
    connection = session.connection()
    if marks:
        rows = [{**cell._asdict(), **_counts(marks[cell])} for cell in sorted(marks)]
        _addition(connection.dialect.name, MarkTally, (*_LEVELS, "total")).each(connection, rows)


def _level_row(cell: Cell, counts: Sequence[int]) -> dict[str, object]:
    row = {**cell._asdict(), **_counts(counts)}
    del row["value"]
    return row


def _hour_row(cell: HourCell, counts: Sequence[int]) -> dict[str, object]:
    return {**cell._asdict(), **_counts(counts)}


def _counts(counts: Sequence[int]) -> dict[str, int]:
    return {**dict(zip(_LEVELS, counts, strict=True)), "total": sum(counts)}


@lru_cache(maxsize=16)
def _addition(dialect_name: str, model: type[Base], counts: tuple[str, ...]) -> Statement:
    """Return the statement that adds to a cell or makes it, compiled once."""
    upsert: Callable[..., Any] = sqlite.insert if dialect_name == "sqlite" else postgresql.insert
    table = Base.metadata.tables[model.__tablename__]
    addition = upsert(table)
    sums = {name: table.c[name] + addition.excluded[name] for name in counts}
    return Statement(addition.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=sums))
