"""Running the migrations step by step, as alembic does, from any folder that holds some."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from feedback_service.bundled import folder

VERSIONS = "alembic_version"
Row = tuple[object, ...]
Rows = dict[str, Counter[Row]]


@dataclass(frozen=True)
class Migrations:
    """The migrations of one folder, run on one database."""

    url: str
    scripts: Path

    @classmethod
    def ours(cls, url: str) -> "Migrations":
        """Return the service's own."""
        return cls(url, folder("migrations"))

    def up(self, to: str = "head") -> None:
        """Go up to a revision."""
        command.upgrade(self._configuration(), to)

    def down(self, to: str) -> None:
        """Go down to a revision."""
        command.downgrade(self._configuration(), to)

    def engine(self) -> Engine:
        """Return a plain connection to the database, beside the service."""
        return create_engine(self.url, poolclass=NullPool)

    def rows(self) -> Rows:
        """Return every row of every table, and how often it is there."""
        engine = self.engine()
        with engine.connect() as connection:
            return rows_of(connection)

    def _configuration(self) -> Config:
        configuration = Config()
        configuration.set_main_option("script_location", str(self.scripts))
        configuration.attributes["url"] = self.url
        return configuration


def ordered() -> list[Script]:
    """Return every revision of ours, the first one first."""
    return list(reversed(list(ScriptDirectory(str(folder("migrations"))).walk_revisions())))


def rows_of(connection: Connection) -> Rows:
    """Return every row of every table but alembic's own, and how often it is there."""
    names = [name for name in inspect(connection).get_table_names() if name != VERSIONS]
    return {name: Counter(tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))) for name in names}
