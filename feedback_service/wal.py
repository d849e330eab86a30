"""Shared fsync of SQLite's write-ahead log: the durability of synchronous=FULL at the price of one sync for many.

A writer commits at synchronous=NORMAL, which writes its frames to the log without waiting for the disk. It then asks
here for everything committed so far to be made durable. One caller at a time syncs; whoever committed before that sync
began is served by it. The system calls are those of FULL in the same order, so a power cut loses nothing acknowledged.
"""

import os
from pathlib import Path
from threading import Condition


class WalSync:
    """Makes finished commits durable; one per database file and process."""

    def __init__(self, database_path: Path) -> None:
        """Watch the log beside `database_path`, which SQLite makes with the first write."""
        self._path = Path(f"{database_path}-wal")
        self._changed = Condition()
        self._committed = 0
        self._durable = 0
        self._syncing = False
        self._file: int | None = None

    def committed(self) -> int:
        """Count one commit and return its ticket; call it while the write lock is still held."""
        with self._changed:
            self._committed += 1
            return self._committed

    def wait(self, ticket: int) -> None:
        """Return when the commit of `ticket` is on the disk; raises OSError when the disk refuses."""
        with self._changed:
            while self._syncing and self._durable < ticket:
                self._changed.wait()
            if self._durable >= ticket:
                return
            self._syncing = True
            goal = self._committed
        try:
            self._sync()
        except OSError:
            self._finish(None)
            raise
        self._finish(goal)

    def close(self) -> None:
        """Let go of the log."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _finish(self, goal: int | None) -> None:
        with self._changed:
            self._syncing = False
            if goal is not None:
                self._durable = max(self._durable, goal)
            self._changed.notify_all()

    def _sync(self) -> None:
        log = self._log()
        if log is not None:
            os.fdatasync(log)

    def _log(self) -> int | None:
        try:
            present = self._path.stat()
        except (
            FileNotFoundError
        ):  # nothing was written yet, or SQLite moved all of it into the database and synced that
            return None
        if self._file is not None:
            held = os.fstat(self._file)
            if (held.st_ino, held.st_dev) == (present.st_ino, present.st_dev):
                return self._file
            os.close(self._file)
        self._file = os.open(self._path, os.O_RDWR)
        return self._file
