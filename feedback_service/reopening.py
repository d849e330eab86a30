"""Opening a SQLite file anew: what was opened while its disk refused stays read-only while any of it is open.

SQLite shares the index of its log between all connections of a process. One that was opened on a disk that takes no
writes is read-only, and so is every later one until the last is closed, long after the disk has been mended.
"""

from threading import Event, Lock
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from feedback_service.core.clock import Clock
from feedback_service.core.errors import StorageUnavailable

PAUSE_SECONDS = 0.25
"""How often it is tried, and how long one try may keep readers waiting."""
STEP_SECONDS = 0.005


class Reopening:
    """Closes every connection of a process at one moment, and lets new ones be opened."""

    def __init__(self, *engines: Engine, clock: Clock) -> None:
        """Watch over these engines, whose pools count who holds a connection."""
        self._engines = engines
        self._clock = clock
        self._turn = Lock()
        self._next_at = float("-inf")
        self._open = Event()
        self._open.set()

    def pass_by(self) -> None:
        """Let a reader through, after a moment when everything is being closed."""
        if not self._open.is_set():
            self._open.wait(PAUSE_SECONDS)

    def after(self, fault: StorageUnavailable) -> None:
        """Close everything once a second when this fault says that the file is read-only; nobody may be writing."""
        if not is_read_only(fault) or not self._turn.acquire(blocking=False):
            return
        try:
            if self._clock.monotonic() >= self._next_at:
                self._close_all()
                self._next_at = self._clock.monotonic() + PAUSE_SECONDS
        finally:
            self._turn.release()

    def _close_all(self) -> None:
        deadline = self._clock.monotonic() + PAUSE_SECONDS
        self._open.clear()
        try:
            while self._is_used() and self._clock.monotonic() < deadline:
                Event().wait(STEP_SECONDS)
            for engine in self._engines:
                engine.dispose()
        finally:
            self._open.set()

    def _is_used(self) -> bool:
        return any(cast("QueuePool", engine.pool).checkedout() for engine in self._engines)


def is_read_only(fault: BaseException) -> bool:
    """Whether SQLite has named, at the root of this fault, a file that takes no writes."""
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return str(getattr(fault, "sqlite_errorname", "")).startswith("SQLITE_READONLY")
