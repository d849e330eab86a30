"""Whether requests may be sent here, and whether counts agree with their records."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback_service import upgrade
from feedback_service.db import Database
from feedback_service.polls.queries import differences as poll_differences
from feedback_service.ratings.queries import tally_differences

CHECKS: tuple[Callable[[Session], Iterator[str]], ...] = (tally_differences, poll_differences)
"""What each feature that keeps counts offers: sentences about counts that differ from a recount."""


def differences(session: Session) -> Iterator[str]:
    """Yield a sentence for every kept count that does not agree with its records."""
    for check in CHECKS:
        yield from check(session)


def damage(session: Session) -> Iterator[str]:
    """Yield a sentence for everything that SQLite finds wrong in its file; PostgreSQL's pages have their own sums."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        for (finding,) in connection.execute(text("PRAGMA integrity_check(10)")):
            if finding != "ok":
                yield f"The file is damaged: {finding}. Put the last copy back: feedback-service backup restore"


def readiness(database: Database, data_dir: Path) -> dict[str, bool]:
    """Return what must hold before requests are sent here; raises StorageUnavailable."""
    return {
        "database": True,
        "migrations": upgrade.is_current(database),
        "disk": os.access(data_dir, os.W_OK) and has_room(data_dir),
    }


def has_room(folder: Path) -> bool:
    """Whether the disk of `folder` takes more than a few records."""
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize > ROOM_BYTES


ROOM_BYTES = 16 * 1024 * 1024
