"""Emptying a used PostgreSQL database: ten times cheaper than copying the migrated one again."""

from dataclasses import dataclass
from functools import cached_property

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

MANY = 2_000
"""Rows: a database that held more is bloated, and thrown away."""

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"
DESIGN = """
    SELECT (SELECT array_agg(xmin::text ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
           (SELECT array_agg(xmin::text ORDER BY oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
           (SELECT array_agg(xmin::text ORDER BY oid) FROM pg_trigger),
           (SELECT array_agg(xmin::text ORDER BY oid) FROM pg_constraint),
           (SELECT count(*) FROM pg_db_role_setting)
"""


@dataclass(frozen=True)
class Pristine:
    """What a freshly copied database holds: its tables, the rows of those that are not empty, and its design."""

    tables: tuple[str, ...]
    rows: dict[str, bytes]
    sequences: dict[str, int | None]

    @classmethod
    def of(cls, connection: Connection) -> "Pristine":
        """Read it from a database that nobody has written to."""
        tables = tuple(str(name) for (name,) in connection.execute(TABLES))
        contents = {name: _contents(connection, name) for name in tables}
        sequences = {str(name): value for name, value in connection.execute(SEQUENCES)}
        return cls(tables, {name: rows for name, rows in contents.items() if rows}, sequences)  # type: ignore[arg-type]

    @cached_property
    def _emptying(self) -> sql.Composed:
        """One statement for all tables; it returns how many rows there were."""
        steps = [
            sql.SQL("{} AS (DELETE FROM {} RETURNING 1)").format(sql.Identifier(f"of_{name}"), sql.Identifier(name))
            for name in self.tables
        ]
        counts = [sql.SQL("(SELECT count(*) FROM {})").format(sql.Identifier(f"of_{name}")) for name in self.tables]
        return sql.SQL("WITH {} SELECT {}").format(sql.SQL(", ").join(steps), sql.SQL(" + ").join(counts))

    @cached_property
    def _rewinding(self) -> sql.Composed:
        calls = [
            sql.SQL("setval({}, {}, {})").format(sql.Literal(name), sql.Literal(value or 1), sql.Literal(bool(value)))
            for name, value in self.sequences.items()
        ]
        return sql.SQL("SELECT {}").format(sql.SQL(", ").join(calls))

    def restore(self, connection: Connection) -> bool:
        """Bring the database back to this state; say no when it has held too much to be used again."""
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor foreign keys
            held = connection.execute(self._emptying).fetchone()
            for name, rows in self.rows.items():
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                    copy.write(rows)
            if self.sequences:
                connection.execute(self._rewinding)
        return held is not None and int(str(held[0])) <= MANY


def design(connection: Connection) -> object:
    """Return what changes with every change of a table, index, trigger, function or setting of the database."""
    return connection.execute(DESIGN).fetchone()


def end_others(connection: Connection) -> None:
    """End whatever else is still connected to this database, and wait for it."""
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def _contents(connection: Connection, name: str) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
        return b"".join(bytes(part) for part in copy)
