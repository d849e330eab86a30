"""Keeping the tallies: adding what is new, and making them again from the ratings."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_service.db import Base
from feedback_service.ratings.models import ChoiceTally, HourTally, MarkTally, ProcedureTally, RatingTally
from feedback_service.ratings.queries import recount
from feedback_service.ratings.rules import Cell, HourCell, MarkCell, ProcedureCell, Tally

Kept = RatingTally | HourTally | MarkTally | ProcedureTally | ChoiceTally
_LEVELS = tuple(f"level_{level}" for level in range(1, 6))


def add(session: Session, tally: Tally) -> None:
    """Add counts to the tallies; writers of the same cells wait for each other in one order."""
    connection = session.connection()
    if tally.levels:
        rows = [_level_row(cell, tally.levels[cell]) for cell in sorted(tally.levels)]
        connection.execute(_addition(connection.dialect.name, RatingTally, (*_LEVELS, "total")), rows)
    if tally.hours:
        rows = [_hour_row(cell, tally.hours[cell]) for cell in sorted(tally.hours)]
        connection.execute(_addition(connection.dialect.name, HourTally, (*_LEVELS, "total")), rows)
    _add_marks(session, tally.marks)
    _add_procedures(session, tally.procedures)
    if tally.choices:
        rows = [{**cell._asdict(), "count": tally.choices[cell]} for cell in sorted(tally.choices)]
        connection.execute(_addition(connection.dialect.name, ChoiceTally, ("count",)), rows)


def rebuild(session: Session, unit_id: int, day: date) -> None:
    """Make the tallies of one unit and day again from its ratings, while nobody adds to them."""
    _clear(session, (RatingTally, HourTally, MarkTally, ProcedureTally, ChoiceTally), unit_id, day)
    add(session, recount(session, unit_id, day))


def count_marks(session: Session, unit_id: int, day: date) -> None:
    """Count the labelled ratings of one unit and day again; tablets go on sending meanwhile."""
    _clear(session, (MarkTally, ProcedureTally), unit_id, day)
    counted = recount(session, unit_id, day)
    _add_marks(session, counted.marks)
    _add_procedures(session, counted.procedures)


def _clear(session: Session, tables: Sequence[type[Kept]], unit_id: int, day: date) -> None:
    """Empty the tallies of one unit and day; PostgreSQL lets nobody add to them before the transaction ends."""
    if session.connection().dialect.name == "postgresql":
        names = ", ".join(table.__tablename__ for table in tables)
        session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    for table in tables:
        session.execute(delete(table).where(table.unit_id == unit_id, table.day == day))


def _add_procedures(session: Session, procedures: Mapping[ProcedureCell, tuple[int, ...]]) -> None:
    connection = session.connection()
    if procedures:
        rows = [{**cell._asdict(), **_counts(procedures[cell])} for cell in sorted(procedures)]
        connection.execute(_addition(connection.dialect.name, ProcedureTally, (*_LEVELS, "total")), rows)


def _add_marks(session: Session, marks: Mapping[MarkCell, tuple[int, ...]]) -> None:
    connection = session.connection()
    if marks:
        rows = [{**cell._asdict(), **_counts(marks[cell])} for cell in sorted(marks)]
        connection.execute(_addition(connection.dialect.name, MarkTally, (*_LEVELS, "total")), rows)


def _level_row(cell: Cell, counts: Sequence[int]) -> dict[str, object]:
    row = {**cell._asdict(), **_counts(counts)}
    del row["value"]
    return row


def _hour_row(cell: HourCell, counts: Sequence[int]) -> dict[str, object]:
    return {**cell._asdict(), **_counts(counts)}


def _counts(counts: Sequence[int]) -> dict[str, int]:
    return {**dict(zip(_LEVELS, counts, strict=True)), "total": sum(counts)}


@lru_cache(maxsize=8)
def _addition(dialect_name: str, model: type[Base], counts: tuple[str, ...]) -> Any:
    """Return the statement that adds to a cell or makes it, compiled once."""
    upsert: Callable[..., Any] = sqlite.insert if dialect_name == "sqlite" else postgresql.insert
    table = Base.metadata.tables[model.__tablename__]
    addition = upsert(table)
    return addition.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: table.c[name] + addition.excluded[name] for name in counts},
    )
