"""Connections to the two databases, what must hold on them, and names for their faults."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from feedback_service.core.errors import StorageUnavailable

BUSY_SECONDS = 5.0
FAULTS_TO_RETRY = ("40001", "40P01", "57P01", "57P02", "57P03")
"""PostgreSQL's serialization failure, deadlock, and shutdown of the server or of our connection; and class 08."""
SQLITE_FAULTS = ("locked", "busy", "full", "readonly", "read-only", "disk I/O", "unable to open", "malformed")
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
_NOT_RECORDED = "The records cannot be reached just now. Nothing was recorded; please try again in a moment."


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
    state = getattr(error.orig, "sqlstate", None)
    if state is None and isinstance(error.orig, sqlite3.Error):
        known = any(word in str(error.orig) for word in SQLITE_FAULTS)
        return StorageUnavailable(_NOT_RECORDED) if known else None
    if state is not None and (state in FAULTS_TO_RETRY or state.startswith("08")):
        return TransientFault(_NOT_RECORDED)
    if error.connection_invalidated:
        return TransientFault(_NOT_RECORDED)
    if state is None or state[:2] in ("53", "55", "57", "58"):
        is_operational = type(error).__name__ in ("OperationalError", "InterfaceError")
        return StorageUnavailable(_NOT_RECORDED) if is_operational else None
    return StorageUnavailable(_NOT_RECORDED) if state == "25006" else None


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
    return create_engine(
        url,
        pool_size=16,
        max_overflow=0,
        pool_timeout=1,
        pool_pre_ping=True,
        pool_recycle=300,
        connect_args={"options": options, "connect_timeout": 2},
    )


def read_back(connection: Connection) -> None:
    for name, wanted in PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != wanted:
            raise UnsafeDatabase(f"SQLite must run with {name}={wanted}, and this file has {name}={found}.")


def forgotten(connection: Any, tables: Iterable[str]) -> bool:
    """Empty SQLite's log, or clear dead rows out of PostgreSQL's tables; say whether that was possible just now."""
    if isinstance(connection, sqlite3.Connection):
        busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    connection.autocommit = True
    try:
        connection.execute("SET statement_timeout = 0")
        for table in tables:
            connection.execute(f'VACUUM "{table}"')
    finally:
        connection.execute("RESET statement_timeout")
        connection.autocommit = False
    return True
