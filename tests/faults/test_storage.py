"""A full disk or a database that is away: nothing is said to be saved, pages load, and it mends itself."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx
import psutil
import pytest

from tests.conftest import SECRET
from tests.databases import Databases, feedback_service
from tests.postgresql import Cluster
from tests.servers import Server

QUICK_SECONDS = 3.0
"""Well above the one second that is promised: two cores are shared with other tests."""
PAGES = ("/", "/polls", "/results", "/kiosk/", "/staff/sign-in")


def paired(server: Server) -> httpx.Client:
    """Start the server and return a client that speaks as a tablet of counter 1."""
    server.start()
    made = feedback_service("kiosk", "enrol", "--unit", "19333", "--counter", "Quầy 1", **server.settings)
    client = server.client()
    code = re.sub(r"\D", "", made.stdout)[:8]
    answer = client.post("/api/v1/kiosk/enrolment", json={"code": code})
    assert answer.status_code == 201, (made.stdout, answer.text)
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def rating(number: int) -> dict[str, object]:
    """Return a rating as a tablet sends it."""
    return {
        "id": str(uuid4()),
        "sequence": number,
        "questionnaire": "kiosk-5",
        "version": 1,
        "answered_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "language": "vi",
        "answers": {"satisfaction": 5},
    }


def send(client: httpx.Client, body: dict[str, object]) -> httpx.Response:
    """Send one rating."""
    return client.post("/api/v1/ratings", json={"ratings": [body]})


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition, at most this long, and return whether it came true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def limit_files(server: Server, size: int) -> None:
    """Let no process of the server make a file longer than `size`: a full disk that needs no rights to make."""
    master = psutil.Process(server.process_id)
    for process in (master, *master.children(recursive=True)):
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture
def embedded(databases: Databases, tmp_path: Path) -> Iterator[Server]:
    """A server on the embedded database."""
    folder = tmp_path / "office"
    folder.mkdir()
    url = databases.demonstration(folder)
    server = Server(folder, {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    yield server
    server.end()


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that no other test uses, so that it may be cut off."""
    with TemporaryDirectory() as parent:
        Path(parent).chmod(0o711)
        cluster = Cluster(Path(parent) / "cluster")
        cluster.create()
        cluster.start()
        yield cluster
        cluster.stop()


def test_a_full_disk_is_told_at_once_and_forgotten_when_there_is_room(embedded: Server) -> None:
    client = paired(embedded)
    before = rating(1)
    assert send(client, before).json()["results"][0]["outcome"] == "stored"

    limit_files(embedded, 1)
    refused = rating(2)
    begun = time.monotonic()
    answer = send(client, refused)
    waited = time.monotonic() - begun

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert waited < QUICK_SECONDS
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    assert client.get("/healthz").status_code == 200

    limit_files(embedded, resource.RLIM_INFINITY)

    assert until(lambda: send(client, refused).status_code == 200, 5)
    assert send(client, refused).json()["results"][0]["outcome"] == "repeated"
    assert send(client, before).json()["results"][0]["outcome"] == "repeated"


@pytest.fixture
def grown(own_cluster: Cluster, tmp_path: Path) -> Iterator[Server]:
    """A server on a PostgreSQL of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    server = Server(folder, {"FEEDBACK_DATABASE_URL": own_cluster.url("postgres"), "FEEDBACK_SECRET_KEY": SECRET})
    made = feedback_service("demo", **server.settings)
    assert made.returncode == 0, made.stderr
    yield server
    server.end()


def test_a_database_that_is_away_is_told_at_once_and_used_when_it_is_back(grown: Server, own_cluster: Cluster) -> None:
    client = paired(grown)
    assert send(client, rating(1)).status_code == 200

    own_cluster.kill()
    refused = rating(2)
    begun = time.monotonic()
    answer = send(client, refused)
    waited = time.monotonic() - begun

    assert (answer.status_code, waited < QUICK_SECONDS) == (503, True)
    assert "Retry-After" in answer.headers
    for page in PAGES:
        assert "<h1>" in client.get(page).text or page == "/kiosk/", page
    assert [client.get(probe).status_code for probe in ("/kiosk/", "/healthz", "/readyz")] == [200, 200, 503]

    own_cluster.start()

    assert until(lambda: send(client, refused).status_code == 200, 20)
    assert send(client, refused).json()["results"][0]["outcome"] == "repeated"
