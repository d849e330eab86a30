"""One whole test run: its folder and its PostgreSQL, shared by every worker."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgresql import Cluster

FOLDER = "TESTS_FOLDER"


class Run:
    """The folder of a run; the process that made it also ends its cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "postgresql")
        self._started = False

    @classmethod
    def begin(cls) -> "Run":
        """Make the folder and tell the workers, which inherit this environment, where it is."""
        folder = Path(tempfile.mkdtemp(prefix="feedback-"))
        folder.chmod(0o711)
        os.environ[FOLDER] = str(folder)
        return cls(folder)

    @classmethod
    def join(cls) -> "Run":
        """Return the run that this worker belongs to."""
        return cls(Path(os.environ[FOLDER]))

    def start_cluster(self) -> None:
        """Start PostgreSQL once."""
        if not self.cluster.folder.exists():
            self.cluster.create()
            self.cluster.start()
            self._started = True

    def end(self) -> None:
        """Stop PostgreSQL and take the folder away."""
        if self._started:
            self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one worker at a time pass."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
