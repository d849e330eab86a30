"""A bounded load on a server of this machine: a fixed number of requests over a fixed number of connections."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

HOST = "127.0.0.1"
HEAD = (
    "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {media_type}\r\n"
    "{more}Content-Length: {size}\r\n\r\n"
)


@dataclass(frozen=True)
class Load:
    """What one run measured; waits are those of each request, in seconds."""

    requests: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds

    @property
    def p99_ms(self) -> float:
        """The wait that one request in a hundred exceeds, in milliseconds."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)] * 1000


@dataclass(frozen=True)
class Target:
    """Where requests go, and what every answer must contain."""

    port: int
    path: str
    header: str
    expected: bytes
    method: str = "POST"
    media_type: str = "application/json"


def run(target: Target, bodies: list[bytes], connections: int) -> Load:
    """Send every body once and return what was measured; raises AssertionError for an unexpected answer."""
    left = iter(bodies)
    began = time.perf_counter()
    waits = asyncio.run(_all(target, left, connections))
    return Load(len(bodies), time.perf_counter() - began, tuple(waits))


async def _all(target: Target, left: Iterator[bytes], connections: int) -> list[float]:
    waits: list[float] = []
    await asyncio.gather(*(_one(target, left, waits) for _ in range(connections)))
    return waits


async def _one(target: Target, left: Iterator[bytes], waits: list[float]) -> None:
    reader, writer = await asyncio.open_connection(HOST, target.port)
    for body in left:
        head = HEAD.format(**vars(target), more=target.header, size=len(body))
        sent = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await _answer(reader)
        waits.append(time.perf_counter() - sent)
        assert target.expected in answer, answer[:500]
    writer.close()
    await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:")
    size = next(lengths, 0)
    return head + await reader.readexactly(size)
