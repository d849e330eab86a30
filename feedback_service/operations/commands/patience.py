"""A gunicorn worker whose threads meet whole requests only: whoever sends slowly waits outside and holds up nobody."""

import socket
from dataclasses import dataclass, field
from functools import partial
from selectors import EVENT_READ
from typing import Any, cast

from gunicorn.http import RequestParser
from gunicorn.workers.gthread import TConn, ThreadWorker

from feedback_service.core.clock import SystemClock
from feedback_service.operations.commands.arriving import Arriving
from feedback_service.operations.commands.leaving import Guest, Leaving, Received

HEAD_SECONDS = 10.0
"""How long somebody may take to send a request without a body."""
SLOWEST = 4096
"""How many bytes a second a body must bring on the average, beyond those seconds: a photo over a bad line does."""
LAST_SECONDS = 2.0
"""How long a worker that stops still waits for a request that may be on its way."""
STUCK_SECONDS = 20.0
"""How long a thread waits for a reader who takes nothing."""
HELD_BYTES = 64 * 1024 * 1024
"""What may wait in memory altogether; beyond it whoever has waited longest goes."""
AT_ONCE = 64 * 1024
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class PatientSocket(socket.socket):
    """A connection on which no thread waits for ever."""

    def setblocking(self, flag: bool) -> None:
        """Wait for a while where others would wait for ever."""
        self.settimeout(STUCK_SECONDS if flag else 0.0)


@dataclass
class Visitor:
    """A connection whose request is still on its way."""

    conn: TConn
    begun: float
    arriving: Arriving = field(default_factory=Arriving)

    @property
    def deadline(self) -> float:
        """When its patience ends."""
        return self.begun + HEAD_SECONDS + len(self.arriving.received) / SLOWEST


class PatientWorker(ThreadWorker):
    """Receives requests in its loop and hands them to a thread once they are whole.

    gunicorn's own worker gives a thread to whoever has sent one byte; a hundred of them stop a service of sixteen
    threads. Raises nothing that the loop does not expect.
    """

    def __init__(self, *words: Any, **facts: Any) -> None:
        """Start with nobody outside."""
        super().__init__(*words, **facts)
        self._outside: dict[TConn, Visitor] = {}
        self._leaving = Leaving(lambda: self.poller, self._went)
        self._held = 0
        self._clock = SystemClock()
        self._looked = 0.0
        self._stops_at = float("inf")

    def accept(self, listener: socket.socket) -> None:
        """Let somebody in, and wait for the request."""
        try:
            accepted, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        ours = PatientSocket(fileno=accepted.detach())
        conn = Guest(self._see_out, self.cfg, ours, client, listener.getsockname())
        self._wait_for(Visitor(conn, self._clock.monotonic()))
        self._make_room()

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Receive the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        visitor = Visitor(conn, self._clock.monotonic())
        self._wait_for(visitor)
        self._receive(visitor, client)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """Keep what came with a request behind it: it is the beginning of the next one."""
        early = _received(conn).take_buffered()
        super().finish_request(conn, fs)
        if early and conn in self.keepalived_conns:
            self.poller.unregister(conn.sock)
            self.keepalived_conns.remove(conn)
            visitor = Visitor(conn, self._clock.monotonic())
            self._wait_for(visitor)
            self._take(visitor, early)

    def murder_pending(self) -> None:
        """Once a second, part with those whose time is over; a worker that stops waits for nobody much longer."""
        now = self._clock.monotonic()
        if not self.alive:
            self._stops_at = min(self._stops_at, now + LAST_SECONDS)
        if now < self._looked + 1:
            return
        self._looked = now
        self._leaving.part(now)
        for visitor in [one for one in self._outside.values() if now > min(one.deadline, self._stops_at)]:
            self._part_with(visitor, TOO_SLOW if visitor.arriving.received else b"")

    def _see_out(self, guest: Guest) -> None:
        self.nr_conns += 1
        self._leaving.see_out(guest, self._clock.monotonic())

    def _went(self) -> None:
        self.nr_conns -= 1

    def _wait_for(self, visitor: Visitor) -> None:
        conn = visitor.conn
        conn.sock.setblocking(False)
        self._outside[conn] = visitor
        self.poller.register(conn.sock, EVENT_READ, partial(self._receive, visitor))

    def _receive(self, visitor: Visitor, client: socket.socket) -> None:
        try:
            data = client.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(visitor, data)
            self._make_room()
        else:
            self._part_with(visitor)

    def _take(self, visitor: Visitor, data: bytes) -> None:
        arriving = visitor.arriving
        arriving.take(data)
        self._held += len(data)
        if not arriving.is_speech:
            self._part_with(visitor)
        elif arriving.is_whole:
            self._hand_over(visitor)
        elif arriving.asks_to_continue:
            arriving.asks_to_continue = False
            self._say(visitor, CONTINUE)

    def _hand_over(self, visitor: Visitor) -> None:
        conn = visitor.conn
        self._forget(visitor)
        conn.init()
        _received(conn).give(bytes(visitor.arriving.received))
        conn.data_ready = True
        self.enqueue_req(conn)

    def _part_with(self, visitor: Visitor, last_words: bytes = b"") -> None:
        self._forget(visitor)
        self._say(visitor, last_words)
        self.nr_conns -= 1
        visitor.conn.close()

    def _forget(self, visitor: Visitor) -> None:
        del self._outside[visitor.conn]
        self._held -= len(visitor.arriving.received)
        self.poller.unregister(visitor.conn.sock)

    def _say(self, visitor: Visitor, words: bytes) -> None:
        try:
            visitor.conn.sock.send(words)
        except OSError:
            return

    def _make_room(self) -> None:
        """When there are as many connections as may be, or as many bytes, those who wait longest go."""
        while self.nr_conns >= self.worker_connections and self._leaving.make_room():
            pass
        while self._outside and (self.nr_conns >= self.worker_connections or self._held > HELD_BYTES):
            self._part_with(next(iter(self._outside.values())), TOO_SLOW)


def _received(conn: TConn) -> Received:
    """Return where gunicorn reads the next request of a connection from."""
    parser = cast("RequestParser", conn.parser)
    if not isinstance(parser.unreader, Received):
        parser.unreader = Received(conn.sock)
    return parser.unreader
