"""Commands of suggestions: let go what is kept no longer, and erase by a tracking code."""

import click

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.suggestions.queries.standing import WORD_TABLES
from feedback_service.suggestions.queries.tracking import by_code
from feedback_service.suggestions.rules.codes import code_hash, typed
from feedback_service.suggestions.rules.hands import SYSTEM
from feedback_service.suggestions.service import Shelf
from feedback_service.suggestions.service import erase as erase_suggestion
from feedback_service.suggestions.service.retention import keep_no_longer


@click.group("retention")
def retention() -> None:
    """Retention: let go what is kept no longer."""


@retention.command("run")
@click.pass_obj
def run(settings: Settings) -> None:
    """Forget contacts after their days, and files that belong to nothing. The worker does so every night."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        gone = keep_no_longer(session, settings, SystemClock().now())
    database.forget(*WORD_TABLES, at_any_size=True)
    database.close()
    click.echo(f"Forgotten: {gone.contacts} contacts, {gone.files} files.")


@click.command("erase")
@click.argument("code")
@click.pass_obj
def erase(settings: Settings, code: str) -> None:
    """Erase the suggestion with tracking code CODE: text, talk, contact and files; that there was one stays counted."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        found = by_code(session, code_hash(typed(code) or ""))
        if found is None:
            raise NotFound("There is no such suggestion.")
        file_ids = erase_suggestion(session, found, by=SYSTEM, now=SystemClock().now())
    Shelf.at(settings.data_dir).remove(file_ids)
    database.forget(*WORD_TABLES, at_any_size=True)
    database.close()
    click.echo(f"Suggestion {found} is erased.")


COMMANDS: tuple[click.Command, ...] = (retention, erase)
"""What the console entry takes from here."""
