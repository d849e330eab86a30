"""A running office for the faults: four tablets, an open poll, and what its records must hold afterwards."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import findings
from feedback_service.db import Database
from feedback_service.kiosks.models import Kiosk
from feedback_service.polls import queries, service
from feedback_service.polls.models import Vote
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Status
from feedback_service.ratings.models import Rating
from feedback_service.ratings.queries import WITNESSES as RATINGS
from tests.conftest import SECRET
from tests.databases import Databases, feedback_service
from tests.postgresql import Cluster
from tests.ratings.lobby import OPENING, Lobby, furnish
from tests.servers import OUR_PROGRAMS, Server

WITNESSES = (*RATINGS, *queries.WITNESSES)
TOKENS = tuple(str(number) * 64 for number in range(4))


@dataclass
class Office:
    """A server, the database below it, and what citizens need to reach it; `cluster` is None on SQLite."""

    server: Server
    poll: PollRow
    cluster: Cluster | None = None
    is_apart: bool = False
    """Whether the folder of the office lies on a file system that only the server sees."""

    @property
    def home(self) -> Path:
        """The folder of the office, as it is reached from here."""
        folder = self.server.folder
        return Path(f"/proc/{self.server.process_id}/root{folder}") if self.is_apart else folder

    @property
    def settings(self) -> dict[str, str]:
        """What a command must be told to work on the records from here; of a disk of its own it gets a copy."""
        if not self.is_apart:
            return self.server.settings
        copy = self.server.folder.with_name("seen")
        copy.mkdir(exist_ok=True)
        for name in ("feedback.db", "feedback.db-wal"):
            shutil.copyfile(self.home / name, copy / name)
        apart = {"FEEDBACK_DATABASE_URL": f"sqlite:///{copy}/feedback.db", "FEEDBACK_DATA_DIR": str(copy)}
        return {**self.server.settings, **apart}

    def stored(self) -> set[str]:
        """Return the ids of every rating, and the nonce of every vote, that the records hold."""
        with self._reading() as session:
            ratings = session.execute(select(Rating.id)).scalars()
            return {*map(str, ratings), *session.execute(select(Vote.nonce)).scalars()}

    def flaws(self) -> list[str]:
        """Return what `db check` complains about, and what the ledger finds wrong with ratings and votes."""
        checked = feedback_service("db", "check", **self.settings)
        with self._reading() as session:
            found = [f"{one.subject_kind} {one.problem}" for one in findings(session, WITNESSES)]
        return [checked.stdout + checked.stderr, *found] if checked.returncode else found

    def worker(self) -> psutil.Process:
        """Return one of the processes that answer."""
        return psutil.Process(self.server.process_id).children()[0]

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with closing(Database(self.settings["FEEDBACK_DATABASE_URL"])) as database, database.inspecting() as session:
            yield session


class Offices:
    """One running office for each kind of database, opened when somebody asks for it."""

    def __init__(self, databases: Databases, folders: pytest.TempPathFactory) -> None:
        self._databases, self._folders, self._stack = databases, folders, ExitStack()
        self._open: dict[str, Office] = {}

    def on(self, engine: str) -> Office:
        """Return the office on "sqlite" or "postgresql"."""
        if engine not in self._open:
            opened = open_office(self._databases, self._folders.mktemp(engine), engine)
            self._open[engine] = self._stack.enter_context(opened)
        return self._open[engine]

    def close(self) -> None:
        """End them."""
        self._stack.close()


@contextmanager
def open_office(
    databases: Databases,
    folder: Path,
    engine: str,
    *,
    programs: Path = OUR_PROGRAMS,
    disk: Callable[[Path], Path] | None = None,
    more: Mapping[str, str] | None = None,
) -> Iterator[Office]:
    """Run an office on one kind of database; PostgreSQL is its own, so that it may be cut off.

    `disk` returns the programs that put the folder of the office on a disk of their own.
    """
    home = folder / "office"
    home.mkdir()
    with _database(databases, home, engine) as (url, cluster):
        poll = _furnish(url)
        known = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET, "FEEDBACK_TRUSTED_PROXIES": "1"}
        server = Server(home, known | dict(more or {}), programs=disk(home) if disk else programs)
        try:
            server.start()
            yield Office(server, poll, cluster, is_apart=disk is not None)
        finally:
            server.end()


@contextmanager
def _database(databases: Databases, home: Path, engine: str) -> Iterator[tuple[str, Cluster | None]]:
    if engine == "sqlite":
        yield databases.sqlite(home), None
        return
    with TemporaryDirectory() as parent:
        Path(parent).chmod(0o711)
        cluster = Cluster(Path(parent) / "cluster")
        cluster.create()
        cluster.start()
        made = feedback_service(
            "db", "upgrade", FEEDBACK_DATABASE_URL=cluster.url("postgres"), FEEDBACK_DATA_DIR=parent
        )
        assert made.returncode == 0, made.stderr
        yield cluster.url("postgres"), cluster
        cluster.stop()


def _furnish(url: str) -> PollRow:
    database = Database(url)
    lobby = furnish(database, code="T1")
    now = datetime.now(UTC) - timedelta(days=2)
    with database.transaction() as session:
        session.execute(insert(Kiosk), [_tablet(lobby, token) for token in TOKENS])
        draft = service.shipped(unit_id=lobby.unit_id, opens_at=now, closes_at=None)
        poll_id = service.create(session, draft, by="system", now=now)
        row = queries.by_id(session, poll_id, scope=[lobby.unit_id], now=now)
        assert row
        service.move(session, row, Status.OPEN, by="system", now=now)
        poll = queries.by_id(session, poll_id, scope=[lobby.unit_id], now=now)
    database.close()
    assert poll
    return poll


def _tablet(lobby: Lobby, token: str) -> dict[str, object]:
    place = {"unit_id": lobby.unit_id, "counter_id": lobby.counter_id, "questionnaire_id": "kiosk-5"}
    known = {"token_hash": sha256(token.encode()).hexdigest(), "enrolled_at": OPENING, "is_officer_shown": False}
    return place | known | {"name": f"Máy {token[0]}"}
