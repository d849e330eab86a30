"""Bad lines between the citizens and the office: answers that never arrive, requests that arrive twice or late."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import ClassVar

from tests.faults.offices import Office

PASSED_ON = ("authorization", "content-type", "cookie", "x-forwarded-for", "accept")
PASSED_BACK = ("content-type", "retry-after", "set-cookie", "location")


@dataclass(frozen=True)
class Line:
    """How bad a line is: shares of requests and answers that this happens to, and how late each one is, in seconds."""

    loses_answers: float = 0.0
    loses_requests: float = 0.0
    doubles: float = 0.0
    late: float = 0.0


@contextmanager
def between(office: Office, line: Line, seed: int) -> Iterator[str]:
    """Stand between the citizens and the office, and yield the address for the citizens."""

    class Handler(_Handler):
        kind, chance, upstream = line, Random(seed), office.server.port

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Answer:
    """What the office said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kind: ClassVar[Line]
    chance: ClassVar[Random]
    upstream: ClassVar[int]

    def do_GET(self) -> None:
        """Pass a page on."""
        self._answer(self._asked(b""))

    def do_POST(self) -> None:
        """Pass a form on, as badly as the line is."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.kind.late)
        if self._happens(self.kind.loses_requests):
            self._hang_up()
            return
        if self._happens(self.kind.doubles):
            threading.Thread(target=self._ask_late, args=(body,), daemon=False).start()
        answer = self._asked(body)
        if self._happens(self.kind.loses_answers):
            self._hang_up()
            return
        self._answer(answer)

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _ask_late(self, body: bytes) -> None:
        """The copy goes another way and comes before or after the first one, and after later ones."""
        time.sleep(self.chance.random() / 5)
        self._asked(body)

    def _asked(self, body: bytes) -> "Answer":
        kept = {name: value for name, value in self.headers.items() if name.lower() in PASSED_ON}
        with closing(HTTPConnection("127.0.0.1", self.upstream, timeout=40)) as connection:
            connection.request(self.command, self.path, body, kept)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())

    def _answer(self, answer: "Answer") -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() in PASSED_BACK:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
