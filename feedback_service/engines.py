"""Connections to the two databases, what must hold on them, and names for their faults."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from feedback_service.core.errors import StorageUnavailable

BUSY_SECONDS = 5.0
TO_RETRY = ("40001", "40P01", "57P01", "57P02", "57P03", "08")
"""PostgreSQL's serialization failure, deadlock, shutdown of the server or of our connection, and a lost connection."""
UNREACHED, READ_ONLY = "08001", "25006"
SQLITE_FAULTS = ("locked", "busy", "full", "readonly", "read-only", "disk I/O", "unable to open", "malformed")
SMALL_BYTES = 64 * 1024 * 1024
"""Tables up to this size are written anew in about a second."""
LOCKED = "55P03"
MAY_END_LOG = """
    SELECT has_function_privilege('pg_switch_wal()', 'execute')
       AND pg_has_role(current_user, 'pg_checkpoint', 'usage')
"""
PRAGMAS: Mapping[str, object] = {
    "journal_mode": "wal",
    "synchronous": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": int(BUSY_SECONDS * 1000),
    "wal_autocheckpoint": 1000,
    "journal_size_limit": 64 * 1024 * 1024,
}
NOT_RECORDED = "The records cannot be reached just now. Nothing was recorded; please try again in a moment."


class TransientFault(StorageUnavailable):
    """The database asks for the whole transaction once more."""


class UnsafeDatabase(Exception):
    """The database does not keep the promise that this service gives; the sentence says which."""


@contextmanager
def faults_named() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as error:
        raise StorageUnavailable("The service is busy. Please try again in a moment.") from error
    except DBAPIError as error:
        fault = _storage_fault(error)
        if fault is None:
            raise
        raise fault from error


def _storage_fault(error: DBAPIError) -> StorageUnavailable | None:
    if isinstance(error.orig, sqlite3.Error):
        known = any(word in str(error.orig) for word in SQLITE_FAULTS)
        return StorageUnavailable(NOT_RECORDED) if known else None
    state = getattr(error.orig, "sqlstate", None) or ""
    is_operational = isinstance(error, (OperationalError, InterfaceError))
    if state in (UNREACHED, READ_ONLY):
        return StorageUnavailable(NOT_RECORDED)
    if error.connection_invalidated or state.startswith(TO_RETRY) or (is_operational and not state):
        return TransientFault(NOT_RECORDED)
    return StorageUnavailable(NOT_RECORDED) if is_operational and state.startswith(("53", "55", "57", "58")) else None


def sqlite_engine(path: Path, *, only_reads: bool, text_factory: Callable[[bytes], str] | type[str] = str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.text_factory = text_factory
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
        if only_reads:
            connection.execute("PRAGMA query_only=1")
        return connection

    size = 32 if only_reads else 1
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_reset_on_return="rollback",
        hide_parameters=True,
    )
    begin = "BEGIN" if only_reads else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def postgresql_engine(url: str) -> Engine:
    # A helper process takes 40 ms to start (measured), longer than a page has; each question is answered by one.
    alone = "-c max_parallel_workers_per_gather=0"
    options = f"-c statement_timeout=5000 -c lock_timeout=5000 -c synchronous_commit=on -c timezone=UTC {alone}"
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=0,
        pool_timeout=1,
        pool_pre_ping=True,
        pool_recycle=300,
        hide_parameters=True,
        connect_args={"options": options, "connect_timeout": 2},
    )

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]) -> object:
        return _connected(lambda: dialect.connect(*arguments, **options), dialect.loaded_dbapi, tries=2)

    return engine


def _connected(connect: Callable[[], object], driver: Any, *, tries: int) -> object:
    """Connect, once more when PostgreSQL ended the connection before it was made; raises its error 08001."""
    try:
        return connect()
    except driver.OperationalError as error:
        if tries == 1 or isinstance(error, driver.errors.ConnectionTimeout):
            raise driver.errors.lookup(UNREACHED)(str(error)) from error
        return _connected(connect, driver, tries=tries - 1)


def read_back(connection: Connection) -> None:
    for name, wanted in PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != wanted:
            raise UnsafeDatabase(f"SQLite must run with {name}={wanted}, and this file has {name}={found}.")


def sqlite_forgotten(connection: sqlite3.Connection) -> bool:
    """Empty the log, in which what was deleted still stands; say whether nobody was reading it."""
    busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def postgresql_forgotten(connection: Connection, tables: Iterable[str], *, at_any_size: bool) -> bool:
    """Write tables of the caller anew, and end the log that holds what stood in them; say whether both was done.

    Big tables are only swept unless `at_any_size`, for writing them anew shuts everybody out meanwhile.
    """
    connection.exec_driver_sql("SET statement_timeout = 0")
    try:
        is_new = [_written_anew(connection, table, at_any_size=at_any_size) for table in tables]
        _written_anew(connection, "pg_statistic", at_any_size=at_any_size)  # it holds the most frequent words
        return _log_ended(connection) and all(is_new)
    finally:
        connection.exec_driver_sql("RESET statement_timeout")


def _written_anew(connection: Connection, table: str, *, at_any_size: bool) -> bool:
    size: int = connection.exec_driver_sql("SELECT pg_total_relation_size(%s::regclass)", (table,)).scalar_one()
    analyze = ", ANALYZE" if not table.startswith("pg_") else ""
    try:
        if at_any_size or size <= SMALL_BYTES:
            connection.exec_driver_sql(f'VACUUM (FULL{analyze}) "{table}"')
            return True
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != LOCKED:
            raise
    connection.exec_driver_sql(f'VACUUM "{table}"')
    return False


def _log_ended(connection: Connection) -> bool:
    if not connection.exec_driver_sql(MAY_END_LOG).scalar_one():
        return False
    connection.exec_driver_sql("SELECT pg_switch_wal()")
    connection.exec_driver_sql("CHECKPOINT")
    return True


def keeps_ended_log(connection: Connection) -> bool:
    """Say whether PostgreSQL keeps what its log held after the log has ended, or does not let us end it."""
    recycles = connection.exec_driver_sql("SHOW wal_recycle").scalar_one() == "on"
    return recycles or not connection.exec_driver_sql(MAY_END_LOG).scalar_one()
