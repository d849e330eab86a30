"""The end of a connection: what was received is read without copying it again, and nobody is waited for at the door."""

import socket
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ, BaseSelector
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn

FAREWELL_SECONDS = 2.0
"""How long whoever was answered may take to hang up, so that the last bytes arrive (RFC 9112, 9.6)."""
DRAINED_BYTES = 64 * 1024
"""How much of what is still sent is read away meanwhile."""
PIECE_BYTES = 16 * 1024
AT_ONCE = 4096


class Received(SocketUnreader):
    """Where gunicorn reads a request from: first what has come already, in pieces, then the connection.

    Given all of it at once, gunicorn would copy the whole rest again for every piece that it reads.
    """

    def __init__(self, sock: socket.socket) -> None:
        """Begin with nothing received."""
        super().__init__(sock)
        self._received, self._at = b"", 0

    def give(self, received: bytes) -> None:
        """Take what came."""
        self._received, self._at = self._received[self._at :] + received, 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece, empty when the sender has gone."""
        if self._at == len(self._received):
            return bytes(super().chunk(size_hint))  # type: ignore[call-arg]  # newer than its type stubs
        piece = self._received[self._at : self._at + PIECE_BYTES]
        self._at += len(piece)
        return piece

    def take_buffered(self) -> bytes:
        """Return what has come and was not read, and keep none of it."""
        rest = bytes(super().take_buffered()) + self._received[self._at :]
        self._received, self._at = b"", 0
        return rest


class Guest(TConn):
    """A connection that is seen out by `see_out` when its last answer was given."""

    def __init__(self, see_out: Callable[["Guest"], None], *facts: Any) -> None:
        """Come in."""
        super().__init__(*facts)
        self._see_out = see_out

    def close(self, graceful: bool = False) -> None:
        """Hang up, or have the worker wait for the other end: gunicorn would wait here, and everybody with it."""
        if graceful:
            self._see_out(self)
        else:
            super().close()


class Leaving:
    """Those who were answered and have not hung up yet; the loop of a worker looks after them."""

    def __init__(self, poller: Callable[[], BaseSelector], gone: Callable[[], None]) -> None:
        """Start with nobody; `poller` is that of the loop once it runs, `gone` hears of each who has left."""
        self._poller, self._gone = poller, gone
        self._until: dict[Guest, float] = {}
        self._drained: dict[Guest, int] = {}

    def see_out(self, guest: Guest, now: float) -> None:
        """Say that nothing more comes, and wait for the other end in the loop."""
        self._until[guest], self._drained[guest] = now + FAREWELL_SECONDS, 0
        guest.sock.setblocking(False)
        self._poller().register(guest.sock, EVENT_READ, partial(self._hear, guest))
        try:
            guest.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._hang_up(guest)

    def part(self, now: float) -> None:
        """Hang up on those whose time is over."""
        for guest in [one for one, until in self._until.items() if now > until]:
            self._hang_up(guest)

    def make_room(self) -> bool:
        """Hang up on whoever has been leaving for the longest time, and say whether there was anybody."""
        if not self._until:
            return False
        self._hang_up(next(iter(self._until)))
        return True

    def _hear(self, guest: Guest, client: socket.socket) -> None:
        try:
            data = client.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._drained[guest] += len(data)
        if not data or self._drained[guest] > DRAINED_BYTES:
            self._hang_up(guest)

    def _hang_up(self, guest: Guest) -> None:
        del self._until[guest], self._drained[guest]
        self._poller().unregister(guest.sock)
        guest.close()
        self._gone()
