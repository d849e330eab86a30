"""Bringing the tables of a database to the newest revision."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedback_service.bundled import folder
from feedback_service.db import Database


def upgrade(database: Database) -> None:
    """Bring the tables to the newest revision; nothing changes when a step fails."""
    command.upgrade(_configuration(database), "head")


def revision(database: Database) -> str | None:
    """Return the revision of the tables, None for an empty database."""
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the tables are of the newest revision."""
    return revision(database) == ScriptDirectory(str(folder("migrations"))).get_current_head()


def _configuration(database: Database) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    configuration.attributes["url"] = database.url.render_as_string(hide_password=False)
    return configuration
