"""What PostgreSQL interrupts is taken up again, and what it cannot do is said."""

import threading
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import Database
from feedback_service.engines import TransientFault


def lanes(database: Database) -> int:
    """Count the lanes of the ledger."""
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(LedgerLane)).scalar_one()


def end_connection_of(session: Session, url: str) -> None:
    """Have the server end the connection that `session` uses."""
    other = Database(url)
    mine = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with other.transaction() as ending:
        ending.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
    other.close()


def test_a_deadlock_is_tried_again_until_both_have_their_way(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    meeting = threading.Barrier(2, timeout=10)
    tries: list[tuple[int, int]] = []

    def cross(first: int, second: int) -> None:
        def work() -> None:
            with database.transaction() as session:
                session.get_one(LedgerLane, first, with_for_update=True).sequence += 1
                tries.append((first, second))
                if len(tries) <= 2:
                    meeting.wait()
                session.flush()
                session.get_one(LedgerLane, second, with_for_update=True).sequence += 1

        database.retrying(work)

    threads = [threading.Thread(target=cross, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert [session.get_one(LedgerLane, lane).sequence for lane in (1, 2)] == [2, 2]
    assert len(tries) > 2
    database.close()


def test_a_connection_that_the_server_ends_is_replaced_unseen(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    ended: list[bool] = []

    def work() -> int:
        with database.transaction() as session:
            if not ended:
                ended.append(True)
                end_connection_of(session, postgresql_url)
            session.get_one(LedgerLane, 3).sequence = 7
            session.flush()
            return 1

    assert database.retrying(work) == 1
    with database.reading() as session:
        assert session.get_one(LedgerLane, 3).sequence == 7
    database.close()


def test_without_trying_again_that_connection_would_have_been_a_fault(postgresql_url: str) -> None:
    database = Database(postgresql_url)

    def work() -> None:
        with database.transaction() as session:
            end_connection_of(session, postgresql_url)
            session.execute(select(LedgerEntry.act))

    with pytest.raises(TransientFault):
        work()
    database.close()


def test_a_server_that_is_away_is_said_to_be_away() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:9/nothing")

    with pytest.raises(StorageUnavailable), database.reading() as session:
        session.execute(select(LedgerLane.lane))


def unreached(database: Database, monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """Have so many of the next connections end before they are made."""
    dialect, failures = database.engine.dialect, [psycopg.OperationalError("ended by the administrator")] * times
    connect = dialect.connect

    def connecting(*arguments: Any, **options: Any) -> object:
        if failures:
            raise failures.pop()
        return connect(*arguments, **options)

    monkeypatch.setattr(dialect, "connect", connecting)


def test_a_connection_that_ends_before_it_is_made_is_made_again(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(postgresql_url)
    unreached(database, monkeypatch, times=1)

    assert lanes(database)
    database.close()


def test_a_server_that_cannot_be_reached_is_not_asked_for_long(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(postgresql_url)
    unreached(database, monkeypatch, times=2)

    with pytest.raises(StorageUnavailable) as refused:
        lanes(database)

    assert not isinstance(refused.value, TransientFault)
    database.close()
