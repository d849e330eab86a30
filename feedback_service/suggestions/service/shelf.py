"""The shelf: files of suggestions in the data folder, each under its random id, and nothing else about them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feedback_service.core.errors import NotFound, StorageUnavailable
from feedback_service.suggestions.rules.hands import CleanFile

FOLDER = "attachments"
WAITING = "waiting"
"""Where files lie while their form is being mended."""


@dataclass(frozen=True)
class Shelf:
    """The folder where files lie."""

    folder: Path

    @classmethod
    def at(cls, data_dir: Path) -> "Shelf":
        """Return the shelf of a data folder."""
        return cls(data_dir / FOLDER)

    @contextmanager
    def holding(self, files: Iterable[CleanFile]) -> Iterator[None]:
        """Lay files down, on the disk before anything speaks of them; take them away again when the rest fails."""
        laid: list[str] = []
        try:
            for file in files:
                laid.append(file.id)
                self._lay(file)
            yield
        except BaseException:
            self.remove(laid)
            raise

    def read(self, file_id: str) -> bytes:
        """Return the content of a file; raises NotFound."""
        try:
            return self._path(file_id).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("This file is no longer kept.") from error

    def remove(self, file_ids: Iterable[str]) -> None:
        """Take files away; what is gone already is no fault."""
        for file_id in file_ids:
            path = self._path(file_id)
            if path.exists():
                _wipe(path)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of everything that lies here."""
        return tuple(path.name for path in sorted(self.folder.glob("??/*")))

    def sweep(self, *, before: datetime, known: frozenset[str] = frozenset()) -> int:
        """Take away what was laid down before a moment and is not `known`; return how many there were."""
        old = [
            path
            for path in self.folder.glob("??/*")
            if path.name not in known and path.stat().st_mtime < before.timestamp()
        ]
        self.remove(path.name for path in old)
        return len(old)

    def _lay(self, file: CleanFile) -> None:
        path = self._path(file.id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(file.content)
            synced(path)
            synced(path.parent)
        except OSError as error:
            message = "The file cannot be kept just now. Nothing was recorded; please try again in a moment."
            raise StorageUnavailable(message) from error

    def _path(self, file_id: str) -> Path:
        return self.folder / file_id[:2] / file_id


def _wipe(path: Path) -> None:
    """Overwrite a file before it goes, so that its blocks do not keep it on an ordinary disk."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    synced(path)
    path.unlink()


def synced(path: Path) -> None:
    """Have a file or a folder on the disk before anything speaks of it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
