"""What only bytes on the wire can do: two requests in one, half a request, too much of one (attacks 25, 47 to 50).

None of it depends on the database, so one server on the embedded one stands for both.
"""

import gzip
import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from urllib.parse import urlencode

import psutil
import pytest

from tests.conftest import SECRET
from tests.databases import Databases
from tests.servers import Server

pytestmark = pytest.mark.xdist_group("wire")
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
POST = b"POST /receipts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
LENGTH = b"Content-Length: %d\r\n"
IN_CHUNKS = b"Transfer-Encoding: chunked\r\n"
LAST = b"0\r\n\r\n"
WHOLE = LENGTH % (len(LAST) + len(HIDDEN))
SMUGGLED = {
    "a length and chunks": POST + WHOLE + IN_CHUNKS + b"\r\n" + LAST + HIDDEN,
    "chunks and a length": POST + IN_CHUNKS + b"Content-Length: 4\r\n\r\n2d\r\n" + HIDDEN + b"\r\n" + LAST,
    "chunks twice, once hidden": POST
    + IN_CHUNKS
    + b"Transfer-Encoding: identity\r\n"
    + WHOLE
    + b"\r\n"
    + LAST
    + HIDDEN,
    "chunks of no kind": POST + b"Transfer-Encoding: xchunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a folded line": POST + b"X: y\r\n Transfer-Encoding: chunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a folded value": POST + b"Transfer-Encoding:\r\n chunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a vertical tab": POST + b"Transfer-Encoding:\x0bchunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a NUL in a name": POST + b"Transfer-Encoding\x00: chunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a bare return in a value": POST + b"X: y\rTransfer-Encoding: chunked\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "two lengths": POST + b"Content-Length: 0\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "two lengths in one": POST + b"Content-Length: 0, 48\r\n\r\n" + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a negative length": POST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length in other digits": POST + "Content-Length: \uff10\r\n\r\n".encode() + HIDDEN,
    "a length in hexadecimal": POST + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a length with an underscore": POST + b"Content-Length: 0_0\r\n\r\n" + HIDDEN,
    "a name with an underscore": POST + b"Content_Length: 0\r\n" + WHOLE + b"\r\n" + LAST + HIDDEN,
    "a chunk in another notation": POST + IN_CHUNKS + b"\r\n0x0\r\n\r\n" + HIDDEN,
    "a negative chunk": POST + IN_CHUNKS + b"\r\n-0\r\n\r\n" + HIDDEN,
    "a chunk of more than all": POST + IN_CHUNKS + b"\r\n" + b"F" * 20 + b"\r\n" + HIDDEN,
    "a bare line feed behind a chunk": POST + IN_CHUNKS + b"\r\n0;x\n\r\n\r\n" + HIDDEN,
    "chunks in an older version": POST.replace(b"1.1", b"1.0") + IN_CHUNKS + WHOLE + b"\r\n" + LAST + HIDDEN,
    "bare line feeds": POST.replace(b"\r\n", b"\n") + b"Content-Length: 0\n\n" + HIDDEN,
}
HALF_OPEN = 200
HONEST = 20
FLOOD = 500
"""More than two processes allow that count by themselves."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A running office with the demo records, once on each kind of database."""
    folder = tmp_path_factory.mktemp("wire")
    url = databases.demonstration(folder, request.param)
    server = Server(folder, {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield server
    server.end()


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=5)


def answered(server: Server, request: bytes) -> list[bytes]:
    """Send bytes and return the status of every answer until the server closes or says no more."""
    with closing(connected(server)) as connection:
        connection.sendall(request)
        connection.settimeout(0.5)
        got = b""
        try:
            while data := connection.recv(65536):
                got += data
        except (TimeoutError, ConnectionResetError):
            pass
    return re.findall(rb"HTTP/1\.[01] (\d{3}) ", got)


def slowest(server: Server) -> float:
    """Return how long the slowest of some honest visitors waits, a twentieth of them left out."""
    client, waits = server.client(), []
    for _ in range(HONEST):
        begun = time.monotonic()
        assert client.get("/polls/chuyen-muc-dang").status_code == 200
        waits.append(time.monotonic() - begun)
    return sorted(waits)[-2]


@pytest.mark.parametrize("how", SMUGGLED)
def test_no_second_request_travels_inside_the_first(server: Server, how: str) -> None:
    answers = answered(server, SMUGGLED[how])

    assert len(answers) <= 1
    assert not {b"200", b"303"} & set(answers)


def test_two_requests_that_may_travel_together_are_seen_as_two(server: Server) -> None:
    assert len(answered(server, POST + LENGTH % 0 + b"\r\n" + HIDDEN)) == 2


def test_two_hundred_half_requests_hold_up_nobody(server: Server) -> None:
    with ExitStack() as held:
        for number in range(HALF_OPEN):
            connection = held.enter_context(closing(connected(server)))
            connection.sendall((POST + LENGTH % 9 + b"\r\nco", b"GET /polls HTTP/1.1\r\nHo", b"")[number % 3])

        assert slowest(server) < 1.0


def test_whoever_was_answered_and_does_not_hang_up_holds_up_nobody(server: Server) -> None:
    with ExitStack() as held:
        for _ in range(HALF_OPEN):
            connection = held.enter_context(closing(connected(server)))
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

        assert slowest(server) < 1.0


def test_twenty_million_bytes_cost_no_more_than_reading_them(server: Server) -> None:
    process = psutil.Process(server.process_id).children()[0]
    before = sum(process.cpu_times()[:2])
    content = {"files": ("anh.jpg", b"x" * 20_000_000)}

    answer = server.client().post("/suggestions/files", files=content, data={"csrf_token": "x"})

    assert answer.status_code < 500
    assert sum(process.cpu_times()[:2]) - before < 1.0


def test_an_endless_body_is_refused_while_it_still_comes(server: Server) -> None:
    begun, sent = time.monotonic(), 0
    with closing(connected(server)) as connection:
        connection.sendall(POST + IN_CHUNKS + b"\r\n")
        part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            while sent < 10 * 1024**3:
                connection.sendall(part)
                sent += len(part)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            pass

    assert sent < 64 * 1024**2
    assert time.monotonic() - begun < 3.0
    assert slowest(server) < 1.0


DEEP = b'{"ratings":' + b"[" * 100_000
MANY = json.dumps({f"k{number}": 1 for number in range(20_000)}).encode()
ALIKE = b'{"ratings":[%s]}' % b",".join(b"%d" % (number * (2**61 - 1)) for number in range(1, 9_000))
"""Whole numbers that all have the same hash in Python."""
FIELDS = urlencode([("option", number * (2**61 - 1)) for number in range(8_000)]).encode()
TOO_MUCH = {
    "a million fields": ("/polls/chuyen-muc-dang/votes", b"a&" * 1_000_000, {}),
    "fields with one hash": ("/polls/chuyen-muc-dang/votes", FIELDS, {}),
    "deep brackets": ("/challenges", DEEP, {"Content-Type": "application/json"}),
    "many names": ("/challenges", MANY, {"Content-Type": "application/json"}),
    "numbers with one hash": ("/challenges", ALIKE, {"Content-Type": "application/json"}),
    "a packed body": (
        "/challenges",
        gzip.compress(b'{"form": "' + b"a" * 50_000_000 + b'"}', 9),
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ),
    "a thousand parts": (
        "/suggestions",
        b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % number for number in range(3_000)),
        {"Content-Type": "multipart/form-data; boundary=x"},
    ),
    "no end of a boundary": (
        "/suggestions",
        b"--x\r\n" + b"\r\n--" * 60_000,
        {"Content-Type": "multipart/form-data; boundary=" + "-" * 70},
    ),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_of_anything_is_refused_within_a_second(server: Server, what: str) -> None:
    address, body, headers = TOO_MUCH[what]
    headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    begun = time.monotonic()

    answer = server.client().post(address, content=body, headers=headers)

    assert 400 <= answer.status_code < 500, answer.text
    assert time.monotonic() - begun < 1.0
    assert slowest(server) < 1.0


def test_names_are_hashed_with_chance(server: Server) -> None:
    assert psutil.Process(server.process_id).environ().get("PYTHONHASHSEED", "random") == "random"


def test_a_flood_of_pictures_and_sounds_leaves_room_for_a_vote(server: Server) -> None:
    page = server.client().get("/polls/chuyen-muc-dang").text
    (token,) = re.findall(r'/challenges/([^"]+)\.png', page)
    addresses = [f"/challenges/{token}.{kind}" for kind in ("wav", "png")]

    client = server.client()

    with ThreadPoolExecutor(8) as flood:
        asked = [flood.submit(client.get, addresses[number % 2]) for number in range(FLOOD)]
        waited = slowest(server)
        statuses = {one.result().status_code for one in asked}

    assert waited < 1.0
    assert statuses == {200, 429}
