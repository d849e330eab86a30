"""A server that is cut off while it answers neither loses nor doubles a rating."""

import threading
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import insert, select

from feedback_service.db import Database
from feedback_service.kiosks.models import Kiosk
from feedback_service.ratings.models import Rating
from tests.ratings.lobby import OPENING, Lobby, furnish
from tests.ratings.tablets import rating
from tests.servers import Server

TOKEN = "c" * 64
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TABLETS, BATCHES, KILLS = 4, 8, 2


@pytest.fixture
def lobby(server: Server) -> Iterator[Lobby]:
    """The lobby of a running server, with a tablet that has its token."""
    database = Database(server.settings["FEEDBACK_DATABASE_URL"])
    lobby = furnish(database, code="T1")
    row = {"unit_id": lobby.unit_id, "counter_id": lobby.counter_id, "name": "Máy 1", "questionnaire_id": "kiosk-5"}
    token = {"token_hash": sha256(TOKEN.encode()).hexdigest(), "enrolled_at": OPENING, "is_officer_shown": False}
    with database.transaction() as session:
        session.execute(insert(Kiosk).values(**row, **token))
    yield lobby
    database.close()


def send(server: Server, batch: list[dict[str, object]], gone: threading.Event) -> list[str]:
    """Send a batch again and again until the server says yes, as tablets do."""
    while not gone.is_set():
        try:
            answer = httpx.post(f"{server.url}/api/v1/ratings", json={"ratings": batch}, headers=BEARER, timeout=30)
        except httpx.TransportError:
            gone.wait(0.02)
            continue
        if answer.status_code == 200:
            return [result["outcome"] for result in answer.json()["results"]]
        assert answer.status_code == 503, answer.text
        gone.wait(0.02)
    return []


@pytest.mark.slow
def test_a_server_cut_off_while_answering_loses_nothing_and_doubles_nothing(server: Server, lobby: Lobby) -> None:
    gone = threading.Event()
    batches = [[rating(number % 5 + 1, sequence=number) for number in range(5)] for _ in range(TABLETS * BATCHES)]
    left, outcomes = iter(batches), list[str]()

    def work() -> None:
        for batch in left:
            outcomes.extend(send(server, batch, gone))

    tablets = [threading.Thread(target=work) for _ in range(TABLETS)]
    for tablet in tablets:
        tablet.start()
    for _ in range(KILLS):
        before = len(outcomes)
        while len(outcomes) < before + 5 and any(tablet.is_alive() for tablet in tablets):
            gone.wait(0.01)
        server.kill()
        server.start()
    for tablet in tablets:
        tablet.join(120)
    gone.set()

    with lobby.database.reading() as session:
        stored = set(session.execute(select(Rating.id)).scalars())
    assert stored == {str(one["id"]) for batch in batches for one in batch}
    assert len(outcomes) == len(stored)
    assert set(outcomes) <= {"stored", "repeated"}
    assert lobby.tallies_agree()
    assert lobby.broken() == []
