"""Bringing the tables of a database to the newest revision."""

from sqlalchemy import inspect, text

from feedback_service.bundled import folder
from feedback_service.db import Database


def upgrade(database: Database) -> None:
    """Bring the tables to the newest revision; nothing changes when a step fails."""
    if is_current(database):
        return
    from alembic import command  # a quarter of a second that a start with current tables does not pay
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    configuration.attributes["url"] = database.url.render_as_string(hide_password=False)
    command.upgrade(configuration, "head")


def revision(database: Database) -> str | None:
    """Return the revision of the tables, None for an empty database."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current(database: Database) -> bool:
    """Whether the tables are of the newest revision."""
    return revision(database) == max(path.name[:4] for path in (folder("migrations") / "versions").glob("[0-9]*.py"))
