"""Honest votes while somebody floods the pictures and sounds of challenges: `python -m bench.hostile [seconds]`.

500 hostile requests a second from as many networks, each with a challenge of its own, half for the picture and half for
the sound, beside 20 honest votes a second. Load and server share the machine; both are told. Targets: no honest answer
of 5xx, 95 of 100 honest votes answered within 500 ms.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

from bench.parts.load import HEAD, HOST
from bench.polls import FORM, OURS, SECRET, Booth, serving, votes
from feedback_service.challenges.guard import PURPOSE
from feedback_service.core.ids import new_timed_id
from feedback_service.core.tokens import Signer

SECONDS = float(os.environ.get("BENCH_HOSTILE_SECONDS", "30"))
HOSTILE, HONEST, CONNECTIONS = 500, 20, 32
P95_TARGET_MS = 500
_networks = count(1)


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as booth:
        asyncio.run(siege(booth, seconds))


async def siege(booth: Booth, seconds: float) -> None:
    """Flood and vote at once for so many seconds, then print what both met."""
    ends = time.monotonic() + seconds
    floods = [_flood(ends, number / CONNECTIONS) for number in range(CONNECTIONS)]
    honest = asyncio.create_task(_vote(booth, ends))
    met = sum(await asyncio.gather(*floods), Counter[int]())
    told, waits = await honest
    p95 = sorted(waits)[int(len(waits) * 0.95)] * 1000
    faults = sum(number for status, number in told.items() if status >= 500)
    print(f"hostile requests a second, answers {dict(sorted(met.items()))}  {sum(met.values()) / seconds:.0f}")
    print(f"honest votes a second, answers {dict(sorted(told.items()))}  {len(waits) / seconds:.1f}")
    print(f"honest votes under that siege, p95, ms  {p95:.0f}  target <= {P95_TARGET_MS}")
    print(f"honest answers of 5xx under that siege  {faults}  target <= 0")


async def _flood(ends: float, begins: float) -> Counter[int]:
    met: Counter[int] = Counter()
    kinds = cycle((".png", ".wav"))
    pause = CONNECTIONS / HOSTILE
    reader, writer = await asyncio.open_connection(HOST, OURS)
    due = time.monotonic() + begins * pause
    while time.monotonic() < ends:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due += pause
        writer.write(_request("GET", f"/challenges/{_token()}{next(kinds)}", "", b""))
        met[await _status(reader)] += 1
    writer.close()
    return met


async def _vote(booth: Booth, ends: float) -> tuple[Counter[int], list[float]]:
    told: Counter[int] = Counter()
    waits: list[float] = []
    bodies = cycle(votes(booth))
    reader, writer = await asyncio.open_connection(HOST, OURS)
    due = time.monotonic()
    while time.monotonic() < ends:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due += 1 / HONEST
        begun = time.monotonic()
        writer.write(_request("POST", f"/polls/{booth.poll.slug}/votes", f"Cookie: {booth.cookie}\r\n", next(bodies)))
        told[await _status(reader)] += 1
        waits.append(time.monotonic() - begun)
    writer.close()
    return told, waits


def _request(method: str, path: str, more: str, body: bytes) -> bytes:
    number = next(_networks)
    network = f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
    head = HEAD.format(method=method, path=path, port=OURS, media_type=FORM, more=network + more, size=len(body))
    return head.encode() + body


def _token() -> str:
    now = datetime.now(UTC)
    facts: dict[str, object] = {"form": "poll:x", "nonce": new_timed_id().hex, "ms": int(now.timestamp() * 1000)}
    return Signer(SECRET, PURPOSE).sign(facts, now=now)


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"]
    if lengths:
        await reader.readexactly(int(lengths[0][15:]))
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    main()
