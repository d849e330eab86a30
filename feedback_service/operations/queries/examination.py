"""What the doctor looks at, each with its remedy."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from feedback_service import upgrade
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import Database
from feedback_service.engines import UnsafeDatabase, keeps_ended_log
from feedback_service.operations.queries.readiness import ROOM_BYTES, differences, has_room
from feedback_service.operations.rules import NAME, copied_at, copy_name
from feedback_service.settings import Settings

COPY_AGE = timedelta(days=2)
COPY_REMEDY = "Run each night: feedback-service backup create"
LOG_REMEDY = (
    "As PostgreSQL's administrator: ALTER SYSTEM SET wal_recycle = off; SELECT pg_reload_conf();"
    " GRANT pg_checkpoint TO {role}; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {role};"
)
COUNTS_REMEDY = "Run: feedback-service ledger verify. When it passes, the records are right: count them again."


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; a grave one keeps the service from recording or from proving what it recorded."""

    problem: str
    remedy: str
    is_grave: bool = True


def examination(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Yield everything that is wrong, the gravest kinds first."""
    yield from _folder(settings.data_dir)
    yield from _secret(settings.data_dir)
    yield from _database(settings)
    yield from _address(settings)
    yield from _copies(settings.backups, now)


def newest_copy(folder: Path) -> datetime | None:
    """Return when the newest copy in `folder` was made."""
    names = sorted(path.name for path in folder.glob("*") if NAME.match(path.name)) if folder.is_dir() else []
    return copied_at(names[-1]) if names else None


def _folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK):
        yield Finding(
            f"The data folder {folder} cannot be written.",
            "Let the user that runs the service write there.",
        )
    elif not has_room(folder):
        yield Finding(
            f"Less than {ROOM_BYTES >> 20} MB are free in {folder}.",
            "Free some space, or name another folder in FEEDBACK_DATA_DIR.",
        )


def _secret(folder: Path) -> Iterator[Finding]:
    path = folder / "secret.key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(f"Others may read {path}.", f"Run: chmod 600 {path}")


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url)
    try:
        database.check()
        if not upgrade.is_current(database):
            yield Finding("The tables are not of this version.", "Run: feedback-service db upgrade")
            return
        with database.inspecting() as session:
            yield from (Finding(sentence, COUNTS_REMEDY) for sentence in differences(session))
            if not database.is_sqlite and keeps_ended_log(session.connection()):
                role = database.url.username or "feedback"
                problem = "What a citizen erases stays in PostgreSQL's log until that is written over."
                yield Finding(problem, LOG_REMEDY.format(role=role), is_grave=False)
    except StorageUnavailable:
        yield Finding(
            "The database cannot be opened.",
            "Check FEEDBACK_DATABASE_URL, the rights of the file, and that PostgreSQL runs.",
        )
    except UnsafeDatabase as error:
        yield Finding(f"{error}.", "Keep the file on a local disk, not on a network share.")
    finally:
        database.close()


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.is_https and "127.0.0.1" not in settings.base_url and "localhost" not in settings.base_url:
        yield Finding(
            "Citizens reach the service without TLS: tablets cannot work offline and codes can be read on the way.",
            "Put nginx with a certificate in front and set FEEDBACK_BASE_URL to the https address.",
        )


def _copies(folder: Path, now: datetime) -> Iterator[Finding]:
    newest = newest_copy(folder)
    if newest is None:
        yield Finding("There is no copy of the records yet.", COPY_REMEDY, is_grave=False)
    elif newest < now - COPY_AGE:
        yield Finding(
            f"The newest copy is of {copy_name(newest)}.",
            "Run: feedback-service backup create, each night by a timer.",
            is_grave=False,
        )
