"""What is done to a running office: one function for each fault, which returns when the fault is over."""

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from random import Random

import psutil
from sqlalchemy.engine import make_url

from tests.faults.crowd import Sent
from tests.faults.offices import Office

IS_FULL = "FAULTS" in os.environ
HOLD_SECONDS = 30.0 if IS_FULL else 2.0
OUTAGE_SECONDS = 60.0 if IS_FULL else 2.0
HALF_A_REQUEST = b"POST /api/v1/ratings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{"
STUCK = 100
FEW_FILES = 64
_chance = Random(20261125)


@dataclass(frozen=True)
class Harm:
    """One fault of the list: its number, how often it is done at most and in the short run, and what may come of it.

    `gap` is the longest that a citizen may wait from the first try to the yes, in seconds, on a machine that does
    nothing else; `refusals` whether anybody may meet an answer of 5xx.
    """

    number: str
    name: str
    do: Callable[[Office, Sent], object]
    times: int
    gap: float
    few: int = 1
    engines: tuple[str, ...] = ("sqlite", "postgresql")
    refusals: bool = True

    @property
    def short(self) -> tuple[str, ...]:
        """On which databases the short run does it: what happens to processes, not to records, is tried on one."""
        return self.engines if self.number in ("F1", "F7", "F9") else self.engines[:1]

    @property
    def rounds(self) -> int:
        """How often it is done in this run."""
        return self.times if IS_FULL else self.few

    @property
    def longest(self) -> float:
        """The longest wait that passes in this run: the short one shares its machine with other tests."""
        return self.gap if IS_FULL else 4 * self.gap

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


def kill_a_worker(office: Office, _sent: Sent) -> None:
    """SIGKILL to one process that answers; the master starts another."""
    office.worker().kill()


def kill_everything(office: Office, _sent: Sent) -> None:
    """SIGKILL to master and workers, then a start."""
    office.server.kill()
    office.server.start()


def stop_and_start(office: Office, _sent: Sent) -> None:
    """SIGTERM, the orderly end, then a start."""
    assert office.server.stop() == 0
    office.server.start()


def hang_up(office: Office, _sent: Sent) -> None:
    """SIGHUP: the master replaces every worker by a new one."""
    master = psutil.Process(office.server.process_id)
    old = {process.pid for process in master.children()}
    master.send_signal(signal.SIGHUP)
    _until(lambda: not old & {process.pid for process in master.children()} and bool(master.children()), 60)


def hold_the_write_lock(office: Office, _sent: Sent) -> None:
    """Somebody else writes for long: a lock on the file, or on the table of ratings."""
    if office.cluster:
        with office.cluster.connect() as connection, connection.transaction():
            connection.execute("LOCK TABLE rating IN ACCESS EXCLUSIVE MODE")
            time.sleep(HOLD_SECONDS)
        return
    path = make_url(office.server.settings["FEEDBACK_DATABASE_URL"]).database
    with closing(sqlite3.connect(str(path), isolation_level=None, timeout=30)) as file:
        file.execute("BEGIN IMMEDIATE")
        time.sleep(HOLD_SECONDS)
        file.execute("ROLLBACK")


def restart_database(office: Office, _sent: Sent) -> None:
    """PostgreSQL ends its connections and starts again."""
    assert office.cluster
    office.cluster.stop()
    office.cluster.start()


def crash_database(office: Office, _sent: Sent) -> None:
    """PostgreSQL ends at once and recovers at its start."""
    assert office.cluster
    office.cluster.kill()
    office.cluster.start()


def kill_postmaster(office: Office, _sent: Sent) -> None:
    """SIGKILL to PostgreSQL's first process; the others notice and go."""
    assert office.cluster
    office.cluster.kill_first_process()
    office.cluster.start()


def end_connections(office: Office, sent: Sent) -> None:
    """PostgreSQL ends every connection but goes on."""
    assert office.cluster
    with office.cluster.connect() as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    sent.wait_for_more(5)


def outage(office: Office, _sent: Sent) -> None:
    """PostgreSQL is away for a while."""
    assert office.cluster
    office.cluster.stop()
    time.sleep(OUTAGE_SECONDS)
    office.cluster.start()


def few_files(office: Office, _sent: Sent) -> None:
    """No process may open another file or connection for a moment, and slow visitors hold what there is."""
    processes = [office.worker()]
    with _stuck(office):
        for process in processes:
            process.rlimit(psutil.RLIMIT_NOFILE, (FEW_FILES, process.rlimit(psutil.RLIMIT_NOFILE)[1]))
        time.sleep(1)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.rlimit(psutil.RLIMIT_NOFILE, (process.rlimit(psutil.RLIMIT_NOFILE)[1],) * 2)


def slow_visitors(office: Office, sent: Sent) -> None:
    """A hundred visitors send half a request and then nothing, while the others go on."""
    with _stuck(office):
        sent.wait_for_more(20)


class _stuck:  # noqa: N801 - reads as the verb that it is
    """Connections on which half a request was sent."""

    def __init__(self, office: Office) -> None:
        self._address = ("127.0.0.1", office.server.port)
        self._open: list[socket.socket] = []

    def __enter__(self) -> None:
        for _ in range(STUCK):
            connection = socket.create_connection(self._address, timeout=5)
            self._open.append(connection)
            with suppress(OSError):
                connection.sendall(HALF_A_REQUEST)

    def __exit__(self, *_: object) -> None:
        for connection in self._open:
            connection.close()


def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


HARMS = (
    Harm("F1", "a worker is killed", kill_a_worker, 200, 3.0, few=2),
    Harm("F2", "every process is killed, then started", kill_everything, 50, 6.0),
    Harm("F3", "stopped in order, then started", stop_and_start, 25, 6.0),
    Harm("F3", "workers replaced one by one", hang_up, 25, 6.0),
    Harm("F7", "somebody else holds the write lock", hold_the_write_lock, 1, HOLD_SECONDS + 3),
    Harm("F9", "PostgreSQL restarted", restart_database, 20, 6.0, engines=("postgresql",)),
    Harm("F9", "PostgreSQL ended at once", crash_database, 10, 6.0, engines=("postgresql",)),
    Harm("F9", "PostgreSQL's first process killed", kill_postmaster, 5, 8.0, engines=("postgresql",)),
    Harm("F9", "every connection ended", end_connections, 50, 3.0, few=3, engines=("postgresql",), refusals=False),
    Harm("F9", "PostgreSQL away", outage, 1, OUTAGE_SECONDS + 2, engines=("postgresql",)),
    Harm("F15", "no file left to open", few_files, 5, 8.0),
    Harm("F15", "a hundred slow visitors", slow_visitors, 5, 6.0, refusals=False),
)
