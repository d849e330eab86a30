"""Rotating the secret: a new one signs, the last one is still believed, the first one derives what was given out."""

import os
from datetime import datetime

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.ids import new_token
from feedback_service.db import Database
from feedback_service.settings import SECRET_BYTES, SECRET_FILE, Settings


def rotate(database: Database, settings: Settings, *, everything: bool, now: datetime) -> None:
    """Put a new secret before those of the office, or in their place, and note it in the ledger; in one piece."""
    last, first = settings.keys[0], settings.lasting_key
    kept = () if everything else dict.fromkeys((last, first))
    path = settings.data_dir / SECRET_FILE
    begun = path.with_suffix(".new")
    begun.unlink(missing_ok=True)
    begun.touch(mode=0o600)
    with begun.open("w", encoding="utf-8") as file:
        file.write("\n".join((new_token(SECRET_BYTES), *kept)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with database.transaction() as session:
        note(session, Act("secret.changed", "system", ("secret", "1")), now=now)
    begun.replace(path)
