"""Commands of the service itself."""

import click

from feedback_service.operations.commands.copies import backup
from feedback_service.operations.commands.demo import demo
from feedback_service.operations.commands.doctor import doctor
from feedback_service.operations.commands.secret import secret
from feedback_service.operations.commands.serve import run
from feedback_service.operations.commands.tables import db

COMMANDS: tuple[click.Command, ...] = (run, demo, db, backup, secret, doctor)
