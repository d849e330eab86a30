"""Commands of questionnaires: files in and out."""

from pathlib import Path

import click

from feedback_service.bundled import own
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.questionnaires import queries, service
from feedback_service.questionnaires.export.codebook import codebook_csv, codebook_xlsx
from feedback_service.questionnaires.export.xlsform import xlsform
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.rules.codebooks import lines_of
from feedback_service.questionnaires.rules.troubles import Unreadable, words_of
from feedback_service.questionnaires.rules.wording import Wording, file_of
from feedback_service.settings import Settings
from feedback_service.web.i18n import Translations, said

ACTOR = "system"


@click.group("questionnaire")
def questionnaire() -> None:
    """Questionnaires: import, export, codebook."""


@questionnaire.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def take_in(settings: Settings, file: Path) -> None:
    """Make a draft of FILE, our own JSON or an XLSForm workbook; it is published at the desk."""
    now = SystemClock().now()
    try:
        written = read_any(file.read_bytes(), today=local_day(now))
    except Unreadable as refusal:
        translations = Translations.read(own("translations"))
        for sentence in words_of(refusal.troubles):
            click.echo(said(sentence, translations), err=True)
        raise
    database = Database(settings.database_url)
    with database.transaction() as session:
        number = service.take_in(session, written, by=ACTOR, now=now)
    database.close()
    click.echo(f"Draft: {written.id}, version {number}.")


@questionnaire.command("export")
@click.argument("name")
@click.option("--version", "number", type=int, help="The newest one, if not told.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A .json or .xlsx file, if not printed.")
@click.pass_obj
def send_out(settings: Settings, name: str, number: int | None, out: Path | None) -> None:
    """Write a version of the questionnaire NAME to a file, or print it as JSON."""
    known, _number = _known(settings, name, number)
    if out is None:
        click.echo(file_of(known), nl=False)
        return
    out.write_bytes(xlsform(known) if out.suffix == ".xlsx" else file_of(known))
    click.echo(f"Written: {out}")


@questionnaire.command("codebook")
@click.argument("name")
@click.option("--version", "number", type=int, help="The newest one, if not told.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .csv or .xlsx file.")
@click.pass_obj
def codebook(settings: Settings, name: str, number: int | None, out: Path) -> None:
    """Write what the values of the questionnaire NAME mean in the exports."""
    known, wanted = _known(settings, name, number)
    lines = lines_of(known, wanted)
    out.write_bytes(codebook_xlsx(lines) if out.suffix == ".xlsx" else codebook_csv(lines))
    click.echo(f"Written: {out}")


def _known(settings: Settings, name: str, number: int | None) -> tuple[Wording, int]:
    database = Database(settings.database_url)
    with database.reading() as session:
        wanted = number or queries.newest_number(session, name)
        known = queries.wording(session, name, wanted)
    database.close()
    if known is None:
        raise NotFound("There is no such version of a questionnaire.")
    return known, wanted


COMMANDS: tuple[click.Command, ...] = (questionnaire,)
"""What the console entry takes from here."""
