"""A small office whose every kind of record has been written once, and hands that tamper with its database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.queries import RowWitness, findings
from feedback_service.audit.service import close_day
from feedback_service.core.clock import FixedClock
from feedback_service.core.period import local_day
from feedback_service.db import Base, Database
from feedback_service.polls import service as polls
from feedback_service.polls.queries import by_slug
from feedback_service.polls.rules import Status, Tier
from feedback_service.ratings.service import erase_comment
from feedback_service.schema import WITNESSES
from feedback_service.units.models import UnitSuccession
from feedback_service.units.service import UnitFacts, change_unit
from tests.kiosks.lobbies import Lobby, furnish
from tests.officers import officer

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def fill(app: Flask, clock: FixedClock) -> Lobby:
    """Write several records of every kind through the services."""
    lobby = furnish(app, clock)
    officer(app, Role.ADMINISTRATOR, name="hien")
    officer(app, Role.LEADER, name="nam", unit_id=lobby.unit_id)
    with lobby.platform.transaction() as session:
        link = {
            "predecessor_id": lobby.other_id,
            "successor_id": lobby.unit_id,
            "kind": "merge",
            "weight_permille": 400,
        }
        session.execute(insert(UnitSuccession).values(**link))
        facts = UnitFacts("19333", "H50.1", "Phường Đông Hà", "ward", None, None, None)
        change_unit(session, lobby.unit_id, facts, by="staff:1", now=clock.now())
    _rate(lobby)
    _vote(lobby)
    with lobby.platform.transaction() as session:
        close_day(session, local_day(clock.now()), now=clock.now())
    return lobby


def _rate(lobby: Lobby) -> None:
    client, tablet = lobby.app.test_client(), lobby.tablet()
    lobby.tablet("Máy 2")
    ratings: list[dict[str, Any]] = [
        {
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "sequence": number,
            "questionnaire": "kiosk-5",
            "version": 1 if number < 10 else 7,
            "answered_at": "2026-10-13T01:20:00Z",
            "language": "vi",
            "answers": {"satisfaction": 1 + number % 5},
            "comment": "" if number % 2 else f"Cảm ơn cán bộ Quầy {number}",
        }
        for number in range(1, 12)
    ]
    answer = client.post(
        "/api/v1/ratings", json={"ratings": ratings}, headers={"Authorization": f"Bearer {tablet.token}"}
    )
    assert answer.status_code == 200, answer.text
    with lobby.platform.transaction() as session:
        erase_comment(session, ratings[1]["id"], actor="staff:1", now=lobby.clock.now())


def _vote(lobby: Lobby) -> None:
    now = lobby.clock.now()
    draft = polls.shipped(unit_id=lobby.unit_id, opens_at=now, closes_at=now + timedelta(days=9))
    with lobby.platform.transaction() as session:
        polls.create(session, draft, by="staff:1", now=now)
        poll = by_slug(session, draft.slug, now=now)
        assert poll
        polls.move(session, poll, Status.OPEN, by="staff:1", now=now)
        opened = by_slug(session, draft.slug, now=now)
        assert opened
        for number in range(6):
            choice = (opened.options[number % 3].id,)
            ballot = polls.Ballot(
                f"11111111-0000-4000-8000-{number:012d}", opened.id, choice, Tier.CLEAN, f"{number:032d}"
            )
            polls.cast(session, ballot, now=now)


def watched() -> tuple[Table, ...]:
    """Return every table of which the ledger promises that no row changes unseen, its own included."""
    models: list[type[Base]] = [LedgerEntry, LedgerLane]
    for witness in WITNESSES:
        assert isinstance(witness, RowWitness)
        models += [witness.model, *(part.property.parent.class_ for part in witness.parts)]
    return tuple(dict.fromkeys(table for model in models if isinstance(table := model.__table__, Table)))


@dataclass(frozen=True)
class Intruder:
    """Somebody with the database file or the rights of its owner: no rule of the tables stops him."""

    database: Database
    engine: Engine
    chance: Random

    def filled(self) -> tuple[Table, ...]:
        """Return the watched tables that have rows."""
        with self.engine.connect() as connection:
            return tuple(table for table in watched() if connection.execute(table.select().limit(1)).first())

    @contextmanager
    def within(self) -> Iterator[Connection]:
        """Yield a connection on which everything may be done; it is all undone afterwards."""
        with self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
            connection.rollback()

    def finds(self, connection: Connection) -> list[str]:
        """Return what the ledger says to the state of this connection."""
        with Session(connection, autoflush=False, join_transaction_mode="control_fully") as session:
            return [f"{one.subject_kind} {one.subject_id} {one.problem}" for one in findings(session, WITNESSES)]

    def edit(self, connection: Connection, table: Table) -> str:
        """Change a single byte of one column of one row and return where; empty when the database itself refuses."""
        row = self._row(connection, table)
        name = self.chance.choice([column.name for column in table.columns])
        place, value = self._changed(row[name], is_file=connection.dialect.name == "sqlite")
        words = f"UPDATE {table.name} SET {name} = {place} WHERE {self._here(table)}"
        return self._do(connection, words, [value, *self._key(table, row)])

    def delete(self, connection: Connection, table: Table) -> str:
        """Take one row away."""
        row = self._row(connection, table)
        return self._do(connection, f"DELETE FROM {table.name} WHERE {self._here(table)}", self._key(table, row))

    def insert(self, connection: Connection, table: Table) -> str:
        """Add a row like another one, under a key of its own."""
        row = self._row(connection, table)
        keys = [column.name for column in table.primary_key]
        fresh = {name: self._fresh(row[name]) if name in keys else row[name] for name in row}
        for index in table.indexes:
            if index.unique:
                fresh |= {column.name: self._fresh(fresh[column.name]) for column in index.columns}
        places = ", ".join("%s" for _ in fresh)
        return self._do(
            connection, f"INSERT INTO {table.name} ({', '.join(fresh)}) VALUES ({places})", list(fresh.values())
        )

    def swap(self, connection: Connection, table: Table) -> str:
        """Exchange one column between two rows that differ in it."""
        rows = [dict(row) for row in connection.execute(_raw(table)).mappings()]
        names = [column.name for column in table.columns if not column.primary_key]
        self.chance.shuffle(names)
        for name in names:
            pair = next(((one, other) for one in rows for other in rows if one[name] != other[name]), None)
            if pair:
                one, other = pair
                words = f"UPDATE {table.name} SET {name} = %s WHERE {self._here(table)}"
                return self._do(connection, words, [other[name], *self._key(table, one)]) and self._do(
                    connection, words, [one[name], *self._key(table, other)]
                )
        return ""

    def _do(self, connection: Connection, words: str, values: list[Any]) -> str:
        if connection.dialect.name == "sqlite":
            words = words.replace("%s", "?")
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(words, tuple(values))
        except DBAPIError:
            return ""
        return f"{words} {values}"

    def _row(self, connection: Connection, table: Table) -> dict[str, Any]:
        rows = connection.execute(_raw(table)).mappings().all()
        return dict(self.chance.choice(rows))

    def _key(self, table: Table, row: dict[str, Any]) -> list[Any]:
        return [row[column.name] for column in table.primary_key]

    def _here(self, table: Table) -> str:
        return " AND ".join(f"{column.name} = %s" for column in table.primary_key)

    def _changed(self, value: Any, *, is_file: bool) -> tuple[str, Any]:
        """Return how another value is written and the value: in a file any byte may become any other."""
        if value is None:
            return "%s", "x"
        if isinstance(value, bool):
            return "%s", not value
        if isinstance(value, int):
            return "%s", value + self.chance.choice((-1, 1))
        if isinstance(value, str):
            return self._byte_changed(value) if is_file and value else ("%s", self._letter_changed(value))
        return "%s", value + timedelta(days=1)

    def _byte_changed(self, value: str) -> tuple[str, bytes]:
        raw = bytearray(value.encode())
        place = self.chance.randrange(len(raw))
        raw[place] = self.chance.choice([byte for byte in range(1, 256) if byte != raw[place]])
        return "CAST(%s AS TEXT)", bytes(raw)

    def _letter_changed(self, value: str) -> str:
        place = self.chance.randrange(len(value)) if value else 0
        known = value[place : place + 1].lower()
        other = self.chance.choice([letter for letter in LETTERS if letter != known])
        return value[:place] + other + value[place + 1 :]

    def _fresh(self, value: Any) -> Any:
        if isinstance(value, int):
            return value + 1000
        return "".join(self.chance.choice(LETTERS) for _ in str(value))


def intruder(database: Database, seed: int) -> Intruder:
    """Return an intruder whose every choice is told by `seed`."""
    if not database.is_sqlite:
        engine = create_engine(database.url)
        return Intruder(database, engine, Random(seed))
    path = Path(database.url.database or "")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        connection.execute("PRAGMA ignore_check_constraints=1")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return Intruder(database, engine, Random(seed))


def _raw(table: Table) -> Any:
    return table.select().with_only_columns(*table.columns)
