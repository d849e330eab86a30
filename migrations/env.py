"""Runs the migrations on a connection of its own: SQLite with foreign keys off, checked at the end."""

from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool


def migrate(connection: Connection) -> None:
    """Run what is missing in one transaction; refuse to commit when a row has lost its parent."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(connection=connection, render_as_batch=is_sqlite, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite:
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise RuntimeError(f"{len(orphans)} rows would lose their parent, the first in {orphans[0][0]}")


def main() -> None:
    """Open the database that the caller names and migrate it."""
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _settle(connection: object, _record: object) -> None:
            connection.isolation_level = None  # type: ignore[attr-defined]
            connection.execute("PRAGMA journal_mode=wal")  # type: ignore[attr-defined]
            connection.execute("PRAGMA synchronous=full")  # type: ignore[attr-defined]
            connection.execute("PRAGMA foreign_keys=off")  # type: ignore[attr-defined]

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


main()
