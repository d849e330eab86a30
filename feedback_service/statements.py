"""Statements that are carried out for many rows: spelled once, and on SQLite handed to the driver itself.

SQLite answers within this process, in two microseconds; what SQLAlchemy prepares around each of its statements takes
ten times as long (measured), and as much again for every ten rows. PostgreSQL is spoken to as ever: a message to
another process costs more than its preparation.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from feedback_service.engines import TransientFault

Row = Mapping[str, object]
Told = tuple[Any, ...]
Changes = tuple[tuple[int, Callable[[Any], Any]], ...]
"""At which places a value is spelled in another way, and how."""
BUSY = "The service is busy. Nothing was recorded yet; please try again in a moment."
TAKEN = "23505"
"""PostgreSQL's word for a name that is taken."""


class Statement:
    """One statement for rows of the same columns, which must all be given: it fills in no defaults of Python."""

    def __init__(self, statement: Executable) -> None:
        """Keep `statement`; it is spelled when it is first carried out."""
        self._statement = statement
        self._spelled: dict[tuple[str, ...], _Spelled] = {}

    def each(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Carry it out for every row."""
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, rows)
        elif rows:
            self._in(connection, rows[0]).each(connection, rows)

    def returned(self, connection: Connection, rows: Sequence[Row]) -> list[Told]:
        """Carry it out for every row, and return what comes back: at most one line for each, in no order."""
        if connection.dialect.name != "sqlite":
            return [tuple(told) for told in connection.execute(self._statement, rows)]
        return self._in(connection, rows[0]).returned(connection, rows) if rows else []

    def one(self, connection: Connection, row: Row) -> Told:
        """Carry it out once and return its only line."""
        if connection.dialect.name != "sqlite":
            return tuple(connection.execute(self._statement, row).one())
        (told,) = self._in(connection, row).returned(connection, [row])
        return told

    def _in(self, connection: Connection, row: Row) -> "_Spelled":
        names = tuple(row)
        return self._spelled.get(names) or self._spelled.setdefault(
            names, _Spelled(self._statement, names, connection.dialect)
        )


def insert_once(
    session: Session,
    table: type[DeclarativeBase],
    rows: Sequence[Row],
    *,
    key: InstrumentedAttribute[Any],
) -> set[Any]:
    """Insert the rows, all of the same columns, whose `key` is not there yet; return the keys that were inserted.

    Raises TransientFault when PostgreSQL meets another one of a row's names that somebody is taking just now: the
    whole transaction, run again, sees that row.
    """
    if not rows:
        return set()
    connection = session.connection()
    try:
        return {key for (key,) in _insertion(connection.dialect.name, table, key).returned(connection, rows)}
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) == TAKEN:
            raise TransientFault(BUSY) from error
        raise


class _Spelled:
    """A statement in the words of SQLite's driver, and how each value is spelled in it."""

    def __init__(self, statement: Executable, names: Sequence[str], dialect: Dialect) -> None:
        compiled = cast("SQLCompiler", statement.compile(dialect=dialect, column_keys=list(names)))  # type: ignore[attr-defined]
        assert not compiled.prefetch, "a default of Python would be left out"
        places = compiled.positiontup or []
        self.words = str(compiled)
        self._dialect = dialect
        self._values = _picked(places)
        self._given = _changes([_writing(compiled.binds[name].type, dialect) for name in places])
        self._found = _changes([_reading(column.type, dialect) for column in _columns(statement)])

    def each(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Carry it out for every row."""
        with closing(connection.connection.cursor()) as cursor:
            try:
                cursor.executemany(self.words, [self._bound(row) for row in rows])
            except sqlite3.Error as error:
                raise self._named(error) from error

    def returned(self, connection: Connection, rows: Sequence[Row]) -> list[Told]:
        """Carry it out for every row and return what each brought back."""
        with closing(connection.connection.cursor()) as cursor:
            try:
                told = [cursor.execute(self.words, self._bound(row)).fetchone() for row in rows]
            except sqlite3.Error as error:
                raise self._named(error) from error
        return [_changed(one, self._found) for one in told if one is not None]

    def _bound(self, row: Row) -> Told:
        return _changed(self._values(row), self._given)

    def _named(self, error: sqlite3.Error) -> Exception:
        return DBAPIError.instance(self.words, None, error, sqlite3.Error, hide_parameters=True, dialect=self._dialect)


def _picked(names: Sequence[str]) -> Callable[[Row], Told]:
    """Return what takes the values of these names out of a row."""
    if len(names) > 1:
        return cast("Callable[[Row], Told]", itemgetter(*names))
    return lambda row: tuple(row[name] for name in names)


def _changes(ways: Sequence[Callable[[Any], Any] | None]) -> Changes:
    return tuple((place, way) for place, way in enumerate(ways) if way is not None)


def _changed(values: Told, changes: Changes) -> Told:
    if not changes:
        return values
    spelled = list(values)
    for place, way in changes:
        spelled[place] = way(spelled[place])
    return tuple(spelled)


def _columns(statement: Executable) -> Sequence[Any]:
    return list(getattr(statement, "exported_columns", ()))


def _writing(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


@lru_cache(maxsize=256)
def _insertion(dialect_name: str, table: type[DeclarativeBase], key: InstrumentedAttribute[Any]) -> Statement:
    """Return the statement, made once: the rows are its parameters, so that it has to be compiled only once."""
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    return Statement(dialect.insert(table).on_conflict_do_nothing(index_elements=[key.key]).returning(key))
