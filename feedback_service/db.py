"""The database: one way to read, one way to change, the same on SQLite and PostgreSQL."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any, TypeVar, cast

from sqlalchemy import DateTime, Engine, MetaData, String
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from feedback_service.core import ids
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import StorageUnavailable
from feedback_service.engines import (
    BUSY_SECONDS,
    TransientFault,
    UnsafeDatabase,
    faults_named,
    postgresql_engine,
    postgresql_forgotten,
    read_back,
    sqlite_engine,
    sqlite_forgotten,
)
from feedback_service.gathering import Gathering, Work
from feedback_service.reopening import Reopening
from feedback_service.statements import BUSY
from feedback_service.statements import insert_once as insert_once  # noqa: PLC0414  # every feature stores by it
from feedback_service.wal import WalSync

Part = TypeVar("Part")
Result = TypeVar("Result")
TRIES = 4
REFUSAL_SECONDS = 60
ONE_STATE = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the service; constraints are named by one convention."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """Spell it for SQLite in one step."""
        return _stored_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment with ValueError."""
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MomentText(TypeDecorator[str]):
    """The stored spelling of a UtcDateTime, read without judging it: a damaged moment is still text to compare."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: object, dialect: Dialect) -> str | None:
        """Spell what PostgreSQL gives as SQLite keeps it."""
        return moment_text(value) if isinstance(value, datetime) else value if value is None else str(value)


def moment_text(moment: datetime) -> str:
    """Return the spelling under which a moment is stored and hashed: UTC, microseconds, no zone."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC)


def _stored_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(_in_utc(moment))


class Database:
    """Opens readings and transactions; `lost` is called when the disk no longer keeps what was written."""

    def __init__(self, url: str, *, lost: Callable[[], object] = lambda: os._exit(70)) -> None:
        """Connect lazily; nothing is read or written yet."""
        self.url = make_url(url)
        self._lost = lost
        self._write_lock = Lock()
        self._wal: WalSync | None = None
        self._gatherings: dict[object, Any] = {}
        self._changes: Counter[str] = Counter()
        self._clock = SystemClock()
        self._refused_at: float | None = None
        if self.is_sqlite:
            path = Path(self.url.database or "").resolve()
            self._reader = sqlite_engine(path, only_reads=True)
            self._writer = sqlite_engine(path, only_reads=False)
            self._wal = WalSync(path)
        else:
            self._reader = self._writer = postgresql_engine(self.url.render_as_string(hide_password=False))
        self._reopening = Reopening(self._reader, self._writer, clock=self._clock)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine that may write, for migrations and raw exports."""
        return self._writer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state and can write nothing; raises StorageUnavailable."""
        self._reopening.pass_by()
        with faults_named(), Session(self._reader, autoflush=False) as session:
            if not self.is_sqlite:
                session.connection(execution_options=ONE_STATE)
            yield session

    @contextmanager
    def inspecting(self) -> Iterator[Session]:
        """Yield a reading session of its own that gives damaged text back instead of stopping at it."""
        if not self.is_sqlite:
            with self.reading() as session:
                yield session
            return
        path = Path(self.url.database or "").resolve()
        engine = sqlite_engine(path, only_reads=True, text_factory=lambda raw: raw.decode(errors="replace"))
        try:
            with faults_named(), Session(engine, autoflush=False) as session:
                yield session
        finally:
            engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session whose changes are all on the disk afterwards, or none; raises StorageUnavailable."""
        try:
            with faults_named():
                yield from self._sqlite_transaction() if self._wal else self._postgresql_transaction()
        except StorageUnavailable as fault:
            self._refused_at = self._clock.monotonic() if fault.__cause__ else self._refused_at
            with self._write_lock:
                self._reopening.after(fault)
            raise
        self._refused_at = None

    def is_refusing(self) -> bool:
        """Whether the last that was to be written was refused, within the last minute."""
        refused_at = self._refused_at
        return refused_at is not None and self._clock.monotonic() < refused_at + REFUSAL_SECONDS

    def changes(self, name: str) -> int:
        """Return how often transactions of this process have said that `name` changed; see `note_change`."""
        return self._changes[name]

    def together(self, work: Work[Part, Result], part: Part) -> Result:
        """Return what `work` makes of `part` in a transaction that other requests may share; see gathering.py.

        Raises what `work` raises, and StorageUnavailable. `work` knows nothing of the request that it serves.
        """
        gathering: Gathering[Part, Result] | None = self._gatherings.get(work)
        if gathering is None:
            gathering = self._gatherings.setdefault(work, Gathering(self.transaction, work))
        return gathering.carry_out(part)

    def retrying(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; runs all of it again, with a pause, when the database asks for that."""
        for attempt in range(TRIES - 1):
            try:
                return work()
            except TransientFault:
                sleep((50 << attempt) * (0.5 + ids.below(1000) / 1000) / 1000)
        return work()

    def forget(self, *tables: str, at_any_size: bool = False) -> bool:
        """Have the disk forget what was deleted: SQLite's log is emptied, PostgreSQL's tables are written anew.

        Returns False when that was not possible just now, as in big tables of PostgreSQL unless `at_any_size`: writing
        those anew shuts everybody out for some seconds.
        """
        with faults_named(), self._writer.connect() as connection:
            if self.is_sqlite:
                return sqlite_forgotten(cast("sqlite3.Connection", connection.connection.driver_connection))
            connection.execution_options(isolation_level="AUTOCOMMIT")
            return postgresql_forgotten(connection, tables, at_any_size=at_any_size)

    def check(self) -> None:
        """Read the settings of the connection back; raises UnsafeDatabase when one does not hold."""
        if not self.is_sqlite:
            with self.reading() as session:
                if session.connection().exec_driver_sql("SHOW synchronous_commit").scalar() == "off":
                    raise UnsafeDatabase("PostgreSQL must run with synchronous_commit=on")
            return
        with faults_named(), self._writer.connect() as connection:
            read_back(connection)

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()
        if self._wal is not None:
            self._wal.close()

    def _postgresql_transaction(self) -> Iterator[Session]:
        with Session(self._writer) as session:
            yield session
            self._finish(session)

    def _sqlite_transaction(self) -> Iterator[Session]:
        if not self._write_lock.acquire(timeout=BUSY_SECONDS):
            raise StorageUnavailable(BUSY)
        try:
            with Session(self._writer) as session:
                yield session
                self._finish(session)
            assert self._wal is not None
            ticket = self._wal.committed()
        finally:
            self._write_lock.release()
        self._make_durable(ticket)

    def _finish(self, session: Session) -> None:
        session.flush()
        for step in session.info.get("before_commit", {}).values():
            step(session)
        session.commit()
        self._changes.update(session.info.get("changed", ()))

    def _make_durable(self, ticket: int) -> None:
        assert self._wal is not None
        try:
            self._wal.wait(ticket)
        except OSError as error:
            self._lost()
            raise StorageUnavailable("The disk refuses to write. Nothing was recorded.") from error


def before_commit(session: Session, name: str, step: Callable[[Session], None]) -> None:
    """Have `step` run once, last in this transaction, however often it is asked for under this `name`."""
    session.info.setdefault("before_commit", {}).setdefault(name, step)


def note_change(session: Session, name: str) -> None:
    """Tell whoever remembers something called `name` in this process to look again once this is committed."""
    session.info.setdefault("changed", set()).add(name)
