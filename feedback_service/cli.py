"""The console entry: collects each feature's commands and says in one sentence why something was refused."""

import os
import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from feedback_service.accounts import commands as accounts
from feedback_service.audit.commands import ledger_command
from feedback_service.audit.queries import Witness
from feedback_service.bundled import own
from feedback_service.core.errors import DomainError
from feedback_service.dossiers import commands as dossiers
from feedback_service.engines import UnsafeDatabase
from feedback_service.kiosks import commands as kiosks
from feedback_service.notices.commands import Worker, worker_command
from feedback_service.operations import commands as operations
from feedback_service.polls import commands as polls
from feedback_service.questionnaires import commands as questionnaires
from feedback_service.ratings import commands as ratings
from feedback_service.reports import commands as reports
from feedback_service.settings import Settings, SettingsError
from feedback_service.suggestions import commands as suggestions
from feedback_service.units import commands as units
from feedback_service.web.i18n import Translations


def _worker(settings: Settings) -> Worker:
    from feedback_service.app import create_app, worker_of  # the other commands need no application

    return worker_of(create_app(settings))


def _witnesses() -> tuple[Witness, ...]:
    from feedback_service.schema import WITNESSES  # the other commands need not know every table

    return WITNESSES


GROUPS: tuple[click.Command, ...] = (
    *operations.COMMANDS,
    *units.COMMANDS,
    *accounts.COMMANDS,
    *kiosks.COMMANDS,
    ledger_command(_witnesses),
    *polls.COMMANDS,
    *questionnaires.COMMANDS,
    *ratings.COMMANDS,
    *dossiers.COMMANDS,
    *suggestions.COMMANDS,
    *reports.COMMANDS,
    worker_command(_worker),
)


@click.group()
@click.pass_context
def entry(context: click.Context) -> None:
    """Feedback Service: ratings, polls and suggestions about public service."""
    settings = Settings.from_environment(os.environ)
    context.obj = settings


for command in GROUPS:
    entry.add_command(command)


def main() -> None:
    """Run a command: 0 done, 1 refused with a sentence on stderr, 2 usage."""
    try:
        entry.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(1)
    except DomainError as error:
        said = Translations.read(own("translations")).word(error.message, "vi")
        _refuse(f"{said}\n{error.message}".format_map(error.facts))
    except (OperationalError, ProgrammingError) as error:
        _refuse(f"The tables are not of this version. Run: feedback-service db upgrade\n{error.orig}")
    except (SettingsError, UnsafeDatabase) as error:
        _refuse(str(error))


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(1)
