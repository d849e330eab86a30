"""Looking at the state of the service itself."""

import os
from pathlib import Path

from feedback_service import upgrade
from feedback_service.db import Database


def readiness(database: Database, data_dir: Path) -> dict[str, bool]:
    """Return what must hold before requests are sent here; raises StorageUnavailable."""
    return {
        "database": True,
        "migrations": upgrade.is_current(database),
        "disk": os.access(data_dir, os.W_OK) and _has_room(data_dir),
    }


def _has_room(folder: Path) -> bool:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize > ROOM_BYTES


ROOM_BYTES = 16 * 1024 * 1024
