"""Names of networks: each day has a key of its own in a file that only this service reads, and that is destroyed.

While the key is there, votes of one network can be told to belong together; afterwards nobody, this office included,
can find out which network it was, not even by trying every network there is (security.md 2.4).
"""

import hmac
import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_service.core.ids import new_token
from feedback_service.core.period import local_day, starts_at
from feedback_service.notices.service import Job
from feedback_service.polls.models import PollNetwork
from feedback_service.settings import Settings

FOLDER = "networks"
DESTROYED_AFTER = timedelta(hours=47)
"""After the first moment of its day; the daily job comes at half past eleven at night, so no key sees its 48th hour."""
FORGETS_AT = time(23, 30)
LETTERS = 16
BYTES = 32


class Naming(Protocol):
    """Names the network of a vote on one poll at a moment."""

    def __call__(self, network: str, poll_id: int, *, now: datetime) -> str:
        """Return 16 hex digits."""


@dataclass(frozen=True)
class Keyring:
    """The keys of these days, one file a day in `folder`."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> "Keyring":
        """Return the keyring of an office."""
        return _keyring(settings.data_dir)

    def name_of(self, network: str, poll_id: int, *, now: datetime) -> str:
        """Return the name of a network on one poll today, 16 hex digits; makes the key of the day if there is none."""
        return self.naming()(network, poll_id, now=now)

    def naming(self) -> "Naming":
        """Return what names networks and reads each key only once: let go of it soon, it holds what it has read."""
        keys: dict[date, bytes] = {}

        def name_of(network: str, poll_id: int, *, now: datetime) -> str:
            day = local_day(now)
            key = keys.get(day) or keys.setdefault(day, self._key(day) or self._made(now))
            return hmac.digest(key, f"{poll_id} {network}".encode(), "sha256").hex()[:LETTERS]

        return name_of

    def forget(self, *, now: datetime) -> int:
        """Destroy the keys that have had their time, and any of days to come; return how many."""
        old = [path for path in self.folder.glob("*.key") if not _is_kept(path, now)]
        for path in old:
            _destroy(path)
        return len(old)

    def _key(self, day: date) -> bytes | None:
        try:
            with open(f"{self.folder}/{day}.key", "rb", buffering=0) as file:  # noqa: PTH123  # each group of votes reads it
                return file.read()
        except FileNotFoundError:
            return None

    def _made(self, now: datetime) -> bytes:
        """Make the key of today, unless another process was quicker; nobody ever reads half of one."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.forget(now=now)
        draft = self.folder / f"draft-{new_token(8)}"
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_bytes(new_token(BYTES).encode())
        path = self._path(local_day(now))
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_bytes()
        finally:
            draft.unlink()
        return path.read_bytes()

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}.key"


@lru_cache(maxsize=16)
def _keyring(data_dir: Path) -> Keyring:
    return Keyring(data_dir / FOLDER)


def forget(session: Session, settings: Settings, now: datetime) -> None:
    """Destroy keys that have had their time, with the counts that were kept under them; the daily job."""
    Keyring.of(settings).forget(now=now)
    session.execute(delete(PollNetwork).where(PollNetwork.counted_on < local_day(now)))


JOBS = (Job("polls.networks", FORGETS_AT, forget),)


def _is_kept(path: Path, now: datetime) -> bool:
    try:
        day = date.fromisoformat(path.stem)
    except ValueError:
        return False
    return starts_at(day) - timedelta(days=1) <= now < starts_at(day) + DESTROYED_AFTER


def _destroy(path: Path) -> None:
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return  # another process was quicker
