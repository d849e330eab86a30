"""Fifty browsers send the ballot of one dossier to a running office at the same moment: one voice counts."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from feedback_service.audit.queries import findings
from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.ratings.models import Rating
from feedback_service.ratings.queries import WITNESSES
from feedback_service.ratings.rules.ballots import dossiers_in
from feedback_service.ratings.service.balloting import Terms, issue
from tests.conftest import SECRET
from tests.faults.holes import planted
from tests.pages import read
from tests.ratings.lobby import furnish
from tests.ratings.street import BALLOT, READING
from tests.servers import OUR_PROGRAMS, Server

CROWD = 50


class Race:
    """A running office, one ballot of it, and how often its dossier counts afterwards."""

    def __init__(self, server: Server, url: str) -> None:
        """Issue the ballot before the office opens."""
        self._server, self._url = server, url
        with closing(Database(url)) as database:
            lobby = furnish(database, code="T1")
            with database.transaction() as session:
                terms = Terms(lobby.unit_id, "phieu-9-chi-so", 30)
                dossiers = dossiers_in("H56.14-261001-0001")
                (ballot,) = issue(session, dossiers, terms, secret=SECRET, by="system", now=datetime.now(UTC))
        self._address = f"/b/{ballot.link}"

    def run(self) -> Counter[int]:
        """Let everybody open the ballot, fill it in and send it together; return how they were answered."""
        together = threading.Barrier(CROWD)
        with ThreadPoolExecutor(CROWD) as crowd:
            return Counter(crowd.map(lambda number: self._sent(number, together), range(CROWD)))

    def voices(self) -> Counter[str]:
        """Return how many ratings are of which tier, once the ledger was found whole."""
        with closing(Database(self._url)) as database, database.reading() as session:
            assert list(findings(session, WITNESSES)) == []
            return Counter(session.execute(select(Rating.tier)).scalars())

    def _sent(self, number: int, together: threading.Barrier) -> int:
        with self._server.client() as citizen:
            citizen.headers["X-Forwarded-For"] = f"10.0.{number}.1"
            (form,) = [one for one in read(citizen.get(self._address).text).forms if one.get("data-survey")]
            fields = {name: value for name, value in form.form_values() if not name.startswith("q-")}
            body = {**fields, **_read(str(fields["form_token"])), **BALLOT}
            together.wait(30)
            return citizen.post(self._address, data=body).status_code


@pytest.fixture
def programs(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The service as it is, or with the hole that a test names."""
    hole = getattr(request, "param", "")
    return planted(hole, tmp_path) if hole else OUR_PROGRAMS


@pytest.fixture
def race(engine_url: str, programs: Path, tmp_path: Path) -> Iterator[Race]:
    """A running office on each kind of database."""
    folder = tmp_path / "office"
    folder.mkdir()
    settings = {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_SECRET_KEY": SECRET, "FEEDBACK_TRUSTED_PROXIES": "1"}
    server = Server(folder, settings, programs=programs)
    race = Race(server, engine_url)
    server.start()
    yield race
    server.end()


def test_fifty_who_send_one_ballot_at_once_are_one_voice(race: Race) -> None:
    answers = race.run()

    assert answers == {303: 1, 409: CROWD - 1}
    assert race.voices() == {"dossier": 1}


@pytest.mark.parametrize("programs", ["trusting"], indirect=True)
def test_an_office_that_only_looks_before_it_stores_is_found_out(race: Race) -> None:
    answers = race.run()

    assert answers[303] > 1
    assert race.voices()["dossier"] == answers[303]


def _read(token: str) -> dict[str, str]:
    """Return the same challenge as somebody sends it who has read for some seconds, and the code of its picture."""
    now = datetime.now(UTC)
    facts, _ = Signer(SECRET, PURPOSE).read(token, now=now, life=LIFE)
    earlier = {**facts, "ms": cast("int", facts["ms"]) - int(READING / timedelta(milliseconds=1))}
    signed = Signer(SECRET, PURPOSE).sign(earlier, now=now - READING)
    return {"form_token": signed, "challenge_answer": digits_of(SECRET, str(facts["nonce"]))}
