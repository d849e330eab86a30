"""Serving: gunicorn, after the tables have been brought up to date."""

import os

import click

from feedback_service import upgrade
from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
from feedback_service.operations.commands.welcome import load_shipped, welcome
from feedback_service.operations.export import share_figures
from feedback_service.operations.rules import KEPT
from feedback_service.operations.service import backup
from feedback_service.settings import Settings


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=None, type=click.IntRange(1, 64), help="processes; more than 1 only with PostgreSQL")
@click.option("--threads", default=16, show_default=True, type=click.IntRange(1, 256))
@click.pass_obj
def run(settings: Settings, host: str, port: int, workers: int | None, threads: int) -> None:
    """Bring the tables up to date, then serve with gunicorn until stopped."""
    is_sqlite = bring_up_to_date(settings)
    if is_sqlite and (workers or 1) > 1:
        raise click.UsageError("SQLite serves from one process: leave out --workers, or use PostgreSQL.")
    count = workers or (1 if is_sqlite else 2)
    os.environ["FEEDBACK_DATA_DIR"] = str(settings.data_dir)
    if settings.metrics_token and count > 1:
        share_figures(settings.data_dir)
    database = Database(settings.database_url)
    load_shipped(database)
    for line in welcome(database, settings, f"http://{host}:{port}"):
        click.echo(line)
    database.close()
    from feedback_service.operations.commands.arbiter import Arbiter  # only this command needs gunicorn

    Arbiter(gunicorn_settings(f"{host}:{port}", count, threads)).run()


def bring_up_to_date(settings: Settings) -> bool:
    """Copy the records before their tables change, upgrade, check; return whether the database is the embedded one."""
    database = Database(settings.database_url)
    if upgrade.revision(database) is not None and not upgrade.is_current(database):
        copy = backup.create(database, settings.data_dir, settings.backups, now=SystemClock().now(), keep=KEPT)
        click.echo(f"Copy made before the upgrade: {copy}")
    upgrade.upgrade(database)
    database.check()
    database.close()
    return database.is_sqlite


def gunicorn_settings(address: str, workers: int, threads: int) -> dict[str, object]:
    """Return how gunicorn serves; measurements serve other applications in the same way."""
    memory = "/dev/shm"  # noqa: S108 - the heartbeat file must not wait for a disk
    return {
        "bind": address,
        "worker_class": "feedback_service.operations.commands.patience.PatientWorker",
        "workers": workers,
        "threads": threads,
        "timeout": 30,
        "graceful_timeout": 20,
        "keepalive": 5,
        "backlog": 512,
        "limit_request_line": 4094,
        "limit_request_fields": 50,
        "limit_request_field_size": 4096,
        "control_socket_disable": True,
        "forwarded_allow_ips": "127.0.0.1",
        "umask": 0o077,
        "loglevel": "warning",
        "worker_tmp_dir": memory if os.access(memory, os.W_OK) else None,
    }
