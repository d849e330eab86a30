"""How much of an HTTP/1.1 request has arrived: only enough to know when it is whole; judging it is gunicorn's part."""

import re
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
HEAD_BYTES = 4094 + 50 * 4096
"""gunicorn reads no longer heads: beyond this it is handed over and refuses."""
BODY_BYTES = 34 * 1024 * 1024
"""More than any of our forms takes: a longer body is refused by its length, unread."""
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_ASKS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,256}\r\n")


@dataclass
class Arriving:
    """The bytes of one request so far."""

    received: bytearray = field(default_factory=bytearray)
    asks_to_continue: bool = False
    """Whether the sender waits for a word before it sends the body."""
    _body: int = 0
    _end: int | None = None
    _chunk: int | None = None

    def take(self, data: bytes) -> None:
        """Add what came."""
        self.received += data
        if not self._body:
            self._read_head()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, or enough is there to refuse it."""
        if not self._body:
            return len(self.received) > HEAD_BYTES
        if self._chunk is not None:
            return self._has_last_chunk()
        return self._end is not None and len(self.received) >= self._end

    @property
    def is_speech(self) -> bool:
        """Whether it begins as a request does, with the word of a method."""
        return self.received[:1].isalpha()

    def _read_head(self) -> None:
        found = self.received.find(HEAD_END)
        if found < 0:
            return
        self._body = found + len(HEAD_END)
        head = bytes(self.received[: self._body])
        length = _LENGTH.search(head)
        if _IN_CHUNKS.search(head):
            self._chunk = self._body
        else:
            size = int(length[1]) if length else 0
            self._end = self._body + (size if size <= BODY_BYTES else 0)
        self.asks_to_continue = _ASKS.search(head) is not None

    def _has_last_chunk(self) -> bool:
        """Walk over the chunks that are there; one that is none, or too many bytes, is for gunicorn to refuse."""
        assert self._chunk is not None
        while len(self.received) <= self._body + BODY_BYTES:
            size = _SIZE.match(self.received, self._chunk)
            if size is None:
                return b"\r\n" in self.received[self._chunk : self._chunk + 300]
            if int(size[1], 16) == 0:
                return self.received.find(HEAD_END, size.end() - 2) >= 0
            following = size.end() + int(size[1], 16) + 2
            if following > len(self.received):
                return False
            self._chunk = following
        return True
