"""Whoever sends slowly, in pieces or nonsense holds up nobody; whoever sends properly is answered as ever."""

import json
import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from feedback_service.core.clock import SystemClock
from feedback_service.operations.commands.arriving import BODY_BYTES, HEAD_BYTES, Arriving
from feedback_service.operations.commands.leaving import Leaving
from feedback_service.operations.commands.patience import HEAD_SECONDS, SLOWEST, PatientSocket, PatientWorker, Visitor
from tests.conftest import SECRET
from tests.databases import Databases
from tests.servers import Server

GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
POST = b"POST /challenges HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
FORM = json.dumps({"form": "poll:nowhere"}).encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
IN_CHUNKS = CHUNKED + b"5;note=x\r\n%b\r\n%x\r\n%b\r\n" % (FORM[:5], len(FORM[5:]), FORM[5:])


def arrived(data: bytes) -> Arriving:
    """Return a request of which this much is there."""
    arriving = Arriving()
    arriving.take(data)
    return arriving


@pytest.mark.parametrize(
    "request_",
    [
        GET,
        POST + b"content-length: 3\r\n\r\nabc",
        POST + b"Content-Length:3\r\nX: y\r\n\r\nabc",
        POST + IN_CHUNKS + b"0\r\n\r\n",
        POST + IN_CHUNKS + b"0\r\nTrailer: x\r\n\r\n",
    ],
    ids=["no body", "length", "length without a space", "chunks", "chunks and a trailer"],
)
def test_a_request_is_whole_with_its_last_byte_and_not_before(request_: bytes) -> None:
    arriving = Arriving()
    for byte in request_[:-1]:
        arriving.take(bytes([byte]))
        assert not arriving.is_whole
    arriving.take(request_[-1:])

    assert arriving.is_whole


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"x" * HEAD_BYTES,
        POST + b"Content-Length: %d\r\n\r\n" % (BODY_BYTES + 1),
        POST + CHUNKED + b"nonsense\r\n",
        POST + CHUNKED + b"-5\r\n",
    ],
    ids=["endless head", "more than any form takes", "no chunk", "a negative chunk"],
)
def test_what_will_be_refused_anyway_is_handed_over_to_be_refused(request_: bytes) -> None:
    assert arrived(request_).is_whole


def test_a_chunk_that_holds_the_last_one_within_is_not_the_last() -> None:
    within = b"5\r\n0\r\n\r\n\r\n"

    assert not arrived(POST + CHUNKED + within).is_whole


def test_only_what_begins_with_a_letter_is_a_request() -> None:
    assert arrived(b"G").is_speech
    assert not arrived(b"\x16\x03\x01").is_speech


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running service."""
    folder = tmp_path_factory.mktemp("patience")
    server = Server(folder, {"FEEDBACK_DATABASE_URL": databases.sqlite(folder), "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield server
    server.end()


def said(connection: socket.socket, answers: int = 1) -> list[bytes]:
    """Read so many answers, or until the connection is closed, and return the first line of each."""
    connection.settimeout(30)
    got = b""
    while got.count(b"HTTP/1.1 ") < answers or not got.endswith((b"\n", b"}", b">", b"ok")):
        data = connection.recv(65536)
        if not data:
            break
        got += data
    return [b"HTTP/1.1 " + part.partition(b"\r\n")[0] for part in got.split(b"HTTP/1.1 ")[1:]]


def visitor(office: Server) -> socket.socket:
    """Return a connection to the service."""
    return socket.create_connection(("127.0.0.1", office.port), timeout=30)


OK = b"HTTP/1.1 200 OK"


def test_a_request_that_comes_byte_by_byte_is_answered(office: Server) -> None:
    with closing(visitor(office)) as connection:
        for byte in GET:
            connection.sendall(bytes([byte]))

        assert said(connection) == [OK]


def test_two_requests_in_one_packet_and_half_of_a_third_are_each_answered(office: Server) -> None:
    with closing(visitor(office)) as connection:
        connection.sendall(GET + GET + GET[:9])
        first = said(connection, 2)
        connection.sendall(GET[9:])

        assert first + said(connection) == [OK, OK, OK]


def test_a_body_in_chunks_arrives(office: Server) -> None:
    with closing(visitor(office)) as connection:
        connection.sendall(POST + IN_CHUNKS)
        connection.sendall(b"0\r\n\r\n")

        assert said(connection) == [OK]


def test_a_sender_who_asks_first_is_told_to_go_on(office: Server) -> None:
    with closing(visitor(office)) as connection:
        connection.sendall(POST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(FORM))
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(FORM)

        assert said(connection, 2)[-1] == OK


def test_a_body_that_no_form_takes_is_refused_by_its_length(office: Server) -> None:
    with closing(visitor(office)) as connection:
        connection.sendall(POST + b"Content-Length: 999999999999\r\n\r\n{")

        assert said(connection)[0].startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("noise", [b"\x16\x03\x01\x02\x00", b"\r\n\r\n", b" GET / HTTP/1.1\r\n\r\n"])
def test_noise_is_hung_up_on(office: Server, noise: bytes) -> None:
    with closing(visitor(office)) as connection:
        connection.sendall(noise)

        assert said(connection) == []


def worker() -> Any:
    """Return a worker at the moment before its loop looks after those outside."""
    worker = PatientWorker.__new__(PatientWorker)
    nobody = {
        "_outside": {},
        "_held": 0,
        "_clock": SystemClock(),
        "_looked": 0.0,
        "_stops_at": float("inf"),
        "nr_conns": 0,
        "alive": True,
        "_leaving": Leaving(lambda: worker.poller, lambda: None),
    }
    vars(worker).update(nobody, poller=selectors.DefaultSelector(), worker_connections=3)
    return worker


def let_in(worker: Any, *, seconds_ago: float, sent: bytes = b"") -> socket.socket:
    """Let somebody in who came so long ago and has sent this, and return the visitor's end."""
    ours, theirs = socket.socketpair()
    conn = TConn(Config(), PatientSocket(fileno=ours.detach()), "", "")
    visitor = Visitor(conn, time.monotonic() - seconds_ago)
    worker._wait_for(visitor)
    worker.nr_conns += 1
    if sent:
        worker._take(visitor, sent)
    theirs.settimeout(5)
    return theirs


def test_whoever_takes_too_long_is_told_so_and_whoever_brings_much_may_take_longer() -> None:
    outside = worker()
    late = let_in(outside, seconds_ago=HEAD_SECONDS + 1, sent=GET[:9])
    silent = let_in(outside, seconds_ago=HEAD_SECONDS + 1)
    busy = let_in(
        outside, seconds_ago=HEAD_SECONDS + 1, sent=POST + b"Content-Length: 99999\r\n\r\n" + b"x" * 5 * SLOWEST
    )

    outside.murder_pending()

    assert late.recv(100).startswith(b"HTTP/1.1 408")
    assert silent.recv(100) == b""
    assert outside.nr_conns == 1
    for end in (late, silent, busy):
        end.close()
    outside.alive, outside._looked = False, 0.0
    outside.murder_pending()
    outside._looked -= 2
    outside._stops_at = 0.0
    outside.murder_pending()
    assert outside.nr_conns == 0
    outside.poller.close()


def test_when_there_is_no_room_left_whoever_has_waited_longest_goes() -> None:
    outside = worker()
    ends = [let_in(outside, seconds_ago=number, sent=GET[:9]) for number in (3, 2, 1)]

    outside._make_room()

    assert ends[0].recv(100).startswith(b"HTTP/1.1 408")
    assert (outside.nr_conns, outside._held) == (2, 18)
    for end in ends:
        end.close()
    for waiting in list(outside._outside.values()):
        outside._part_with(waiting)
    outside.poller.close()
