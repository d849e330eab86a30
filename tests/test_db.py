"""What the database promises, on both kinds."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, func, insert, select, text, type_coerce
from sqlalchemy.exc import IntegrityError, StatementError

from feedback_service.audit.models import LedgerLane
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import (
    Database,
    MomentText,
    UtcDateTime,
    before_commit,
    insert_once,
    moment_text,
)
from feedback_service.engines import PRAGMAS, UnsafeDatabase

HASH = "a" * 64


def lane_row(lane: int) -> dict[str, object]:
    """Return a row of the smallest table there is."""
    return {"lane": lane, "sequence": 0, "hash": HASH}


def lanes(database: Database) -> int:
    """Count the rows of that table."""
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(LedgerLane)).scalar_one()


def test_a_reading_can_write_nothing(database: Database) -> None:
    before = lanes(database)

    with pytest.raises(Exception, match=r"read-?only|cannot be reached"), database.reading() as session:
        session.execute(insert(LedgerLane).values(lane_row(40)))

    assert lanes(database) == before


def test_a_transaction_that_fails_leaves_nothing_behind(database: Database) -> None:
    before = lanes(database)

    def pull_the_plug() -> None:
        with database.transaction() as session:
            insert_once(session, LedgerLane, [lane_row(40)], key=LedgerLane.lane)
            raise RuntimeError("the officer pulled the plug")

    with pytest.raises(RuntimeError):
        pull_the_plug()

    assert lanes(database) == before


def test_the_same_row_is_inserted_once(database: Database) -> None:
    with database.transaction() as session:
        first = insert_once(session, LedgerLane, [lane_row(40), lane_row(41)], key=LedgerLane.lane)
    with database.transaction() as session:
        second = insert_once(session, LedgerLane, [lane_row(41), lane_row(42)], key=LedgerLane.lane)

    assert (first, second) == ({40, 41}, {42})


def test_a_step_before_commit_runs_once_and_last(database: Database) -> None:
    told: list[str] = []

    with database.transaction() as session:
        before_commit(session, "seal", lambda _session: told.append("seal"))
        before_commit(session, "seal", lambda _session: told.append("again"))
        told.append("work")

    assert told == ["work", "seal"]


def test_a_value_out_of_range_is_refused_by_the_database_itself(database: Database) -> None:
    with pytest.raises(IntegrityError, match="ck_ledger_lane_lane"), database.transaction() as session:
        insert_once(session, LedgerLane, [lane_row(99)], key=LedgerLane.lane)


def test_writers_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    def count_up() -> None:
        for _ in range(25):
            database.retrying(add_one)

    def add_one() -> None:
        with database.transaction() as session:
            row = session.get_one(LedgerLane, 0, with_for_update=True)
            row.sequence += 1

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert session.get_one(LedgerLane, 0).sequence == 200


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    visit = Table("visit", MetaData(), Column("at", UtcDateTime))
    moment = datetime(2026, 10, 13, 8, 30, 0, 123456, tzinfo=timezone(timedelta(hours=7)))

    with database.transaction() as session:
        visit.create(session.connection())
        session.execute(visit.insert().values(at=moment))
    with database.reading() as session:
        shown, spelled = session.execute(select(visit.c.at, type_coerce(visit.c.at, MomentText).label("text"))).one()

    assert (shown, shown.tzinfo) == (datetime(2026, 10, 13, 1, 30, 0, 123456, tzinfo=UTC), UTC)
    assert spelled == moment_text(moment) == "2026-10-13 01:30:00.123456"


def test_a_moment_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 10, 13), database.engine.dialect)  # noqa: DTZ001  # the point


def test_the_embedded_database_runs_as_it_must(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    database.check()

    with database.reading() as session:
        found = {name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert found == dict(PRAGMAS)
    database.close()


def test_a_file_that_cannot_keep_a_log_is_refused_at_the_start(tmp_path: Path) -> None:
    """A database in memory has no write-ahead log: the one kind of file that reads the pragma back otherwise."""
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA synchronous=0")
        connection.exec_driver_sql("BEGIN")

    with pytest.raises(UnsafeDatabase, match="synchronous=1"):
        database.check()
    database.close()


def test_a_folder_that_takes_no_writes_is_said_to_be_away(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'missing' / 'x.db'}")

    with pytest.raises(StorageUnavailable), database.transaction() as session:
        session.execute(select(LedgerLane.lane))


def test_a_disk_that_refuses_is_remembered_until_it_takes_something_and_a_long_queue_is_not(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/nowhere/x.db")
    with pytest.raises(StorageUnavailable, match="busy"), database.transaction():
        raise StorageUnavailable("busy")
    assert not database.is_refusing()

    with pytest.raises(StorageUnavailable), database.transaction() as session:
        session.execute(text("SELECT 1"))
    assert database.is_refusing()

    (tmp_path / "nowhere").mkdir()
    with database.transaction() as session:
        session.execute(text("CREATE TABLE x (y INTEGER)"))
    assert not database.is_refusing()
    database.close()


def test_damaged_text_can_still_be_inspected(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.transaction() as session:
        session.execute(text("UPDATE ledger_lane SET hash = CAST(x'ff' || hash AS TEXT) WHERE lane = 5"))

    with pytest.raises(Exception, match="decode"), database.reading() as session:
        session.execute(select(LedgerLane.hash)).all()
    with database.inspecting() as session:
        assert "\ufffd" in session.execute(select(LedgerLane.hash).where(LedgerLane.lane == 5)).scalar_one()
    database.close()


def test_unknown_sql_errors_are_not_dressed_up_as_a_full_disk(database: Database) -> None:
    with pytest.raises(Exception, match=r"no such column|does not exist") as raised, database.reading() as session:
        session.execute(text("SELECT nonsense"))

    assert not isinstance(raised.value, StorageUnavailable)
    assert not isinstance(raised.value, StatementError) or raised.value.orig is not None
