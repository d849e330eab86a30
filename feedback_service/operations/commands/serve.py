"""Serving: gunicorn, after the tables have been brought up to date."""

import os
import sys

import click

from feedback_service import upgrade
from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
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
    click.echo(
        f"Portal  http://{host}:{port}/\nKiosk   http://{host}:{port}/kiosk/\nDesk    http://{host}:{port}/staff/"
    )
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *_arguments(f"{host}:{port}", count, threads)])  # noqa: S606  # our own program replaces this one


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


def _arguments(address: str, workers: int, threads: int) -> list[str]:
    shared_memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108  # the heartbeat file must not wait for a disk
    return [
        *("--bind", address, "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
        *("--timeout", "30", "--graceful-timeout", "20", "--keep-alive", "5", "--backlog", "512"),
        *("--limit-request-line", "4094", "--limit-request-fields", "50", "--limit-request-field_size", "4096"),
        *("--no-control-socket", "--forwarded-allow-ips", "127.0.0.1", "--umask", "0077", "--log-level", "warning"),
        *shared_memory,
        "feedback_service.wsgi:app",
    ]
