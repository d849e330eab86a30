"""Statements for many rows say and bring back the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from feedback_service.audit.models import LedgerLane
from feedback_service.db import Base, Database, insert_once
from feedback_service.notices.models import JobRun
from feedback_service.statements import Statement

RUNS = Base.metadata.tables[JobRun.__tablename__]
ADDED = Statement(insert(RUNS))
FINISHED = Statement(select(RUNS.c.finished_at).where(RUNS.c.key == bindparam("of_key")))
AT_NOON = datetime(2026, 3, 2, 12, 0, 0, 7, tzinfo=timezone(timedelta(hours=7)))


def test_a_moment_comes_back_in_utc_to_the_microsecond(database: Database) -> None:
    with database.transaction() as session:
        ADDED.each(session.connection(), [{"key": "one", "finished_at": AT_NOON}])

    with database.reading() as session:
        (told,) = FINISHED.one(session.connection(), {"of_key": "one"})
        kept = session.execute(select(JobRun.finished_at).where(JobRun.finished_at == AT_NOON)).scalar_one()
    assert (told, kept) == (AT_NOON, AT_NOON)
    assert told.tzinfo is UTC


def test_a_moment_without_its_zone_is_refused(database: Database) -> None:
    row = {"key": "one", "finished_at": datetime(2026, 3, 2)}  # noqa: DTZ001  # what is refused

    with pytest.raises(Exception, match="a moment needs its time zone"), database.transaction() as session:
        ADDED.each(session.connection(), [row])


def test_only_rows_that_are_new_are_told(database: Database) -> None:
    rows = [{"key": name, "finished_at": AT_NOON} for name in ("one", "two", "three")]

    with database.transaction() as session:
        first = insert_once(session, JobRun, rows[:2], key=JobRun.key)
        second = insert_once(session, JobRun, rows, key=JobRun.key)

    assert (first, second) == ({"one", "two"}, {"three"})


def test_a_row_that_the_table_refuses_is_refused_in_the_words_of_every_database(database: Database) -> None:
    lanes = Statement(insert(Base.metadata.tables[LedgerLane.__tablename__]))
    row = {"lane": 20, "sequence": -1, "hash": "a" * 64}

    with pytest.raises(IntegrityError), database.transaction() as session:
        lanes.each(session.connection(), [row])
