"""Rating POST beside a bare Flask JSON POST: the same gunicorn, 32 connections, interleaved.

The complete stack answers: the token of the tablet, checks, a transaction with tally and ledger, a sync.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import sleep

import httpx
import psutil
from sqlalchemy import insert

from bench.parts.load import HOST, Load, Target, run
from feedback_service.core.ids import new_id
from feedback_service.db import Database
from feedback_service.kiosks.models import Kiosk
from feedback_service.questionnaires.service import load_builtin
from feedback_service.units.models import Counter, Unit
from feedback_service.upgrade import upgrade

OURS, BARE = 8171, 8172
CONNECTIONS, THREADS, ROUNDS = 32, 16, 5
SINGLE, BATCHES, BATCH = 1500, 100, 50
TOKEN = "d" * 64
ONE_TARGET, BATCH_TARGET, P99_TARGET_MS = 0.50, 8.0, 50


def main() -> None:
    """Measure and print each ratio beside its target."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (ours, bare):
        targets = {
            "ours": Target(OURS, "/api/v1/ratings", f"Authorization: Bearer {TOKEN}\r\n", b'"stored"'),
            "bare": Target(BARE, "/ratings", "", b'"stored"'),
        }
        for target in targets.values():
            run(target, bodies(200, 1), CONNECTIONS)
        singles = [compared(targets, (ours, bare)) for _ in range(ROUNDS)]
        known = [looked() for _ in range(ROUNDS)]
        batches = [run(targets["ours"], bodies(BATCHES, BATCH), CONNECTIONS) for _ in range(ROUNDS)]
    rates, costs, waits = zip(*singles, strict=True)
    one = median(load.rate for load in waits)
    many = median(load.rate * BATCH for load in batches)
    print(f"rating POST / bare POST, requests a second   {median(rates):.2f}   target >= {ONE_TARGET:.2f}")
    print(f"rating POST / bare POST, in CPU of the server  {median(costs):.2f}")
    slow = median(load.p99_ms for load in waits)
    print(f"  p99 at {one:.0f} ratings a second, ms            {slow:.0f}   target <= {P99_TARGET_MS}")
    print(f"ratings in batches of 50 / single ratings    {many / one:.1f}   target >= {BATCH_TARGET:.0f}")
    print(f"configuration that a tablet knows (304) / bare GET  {median(known):.2f}")


def compared(targets: dict[str, Target], servers: tuple[psutil.Process, psutil.Process]) -> tuple[float, float, Load]:
    """Measure both once; return the ratio of rates, the ratio of CPU a request, and our load."""
    loads, costs = {}, {}
    for (name, target), server in zip(targets.items(), servers, strict=True):
        before = cpu_seconds(server)
        loads[name] = run(target, bodies(SINGLE, 1), CONNECTIONS)
        costs[name] = cpu_seconds(server) - before
    return loads["ours"].rate / loads["bare"].rate, costs["bare"] / costs["ours"], loads["ours"]


def looked() -> float:
    """Ask for the configuration that a tablet has already, beside a bare GET; return the ratio of rates."""
    path, bearer = "/api/v1/kiosk/configuration", f"Bearer {TOKEN}"
    etag = httpx.get(f"http://{HOST}:{OURS}{path}", headers={"Authorization": bearer}).headers["ETag"]
    known = Target(OURS, path, f"Authorization: {bearer}\r\nIf-None-Match: {etag}\r\n", b" 304 ", method="GET")
    bare = Target(BARE, "/page", "", b"xxx", method="GET")
    ours, theirs = (run(target, [b""] * SINGLE, CONNECTIONS) for target in (known, bare))
    return ours.rate / theirs.rate


def bodies(requests: int, ratings: int) -> list[bytes]:
    """Return bodies with new ratings."""
    now = datetime.now(UTC).isoformat()
    given = {"questionnaire": "kiosk-5", "version": 1, "answered_at": now, "language": "vi"}
    return [
        json.dumps(
            {
                "ratings": [
                    {**given, "id": str(new_id()), "sequence": number, "answers": {"satisfaction": number % 5 + 1}}
                    for number in range(ratings)
                ]
            }
        ).encode()
        for _ in range(requests)
    ]


@contextmanager
def serving(folder: Path, workers: int | None = None) -> Iterator[tuple[psutil.Process, psutil.Process]]:
    """Run the service on a fresh SQLite file with one tablet, and the bare application beside it."""
    url = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'feedback.db'}")
    furnish(url)
    settings = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
    program = str(Path(sys.executable).with_name("feedback-service"))
    count = str(workers or (1 if url.startswith("sqlite") else 2))
    sizes = ("--workers", count, "--threads", str(THREADS))
    ours = [program, "run", "--host", HOST, "--port", str(OURS), *sizes]
    bare = [sys.executable, "-m", "bench.parts.bare", str(BARE), count, str(THREADS)]
    quiet = subprocess.DEVNULL
    with (
        subprocess.Popen(ours, env=kept | settings, stdout=quiet, stderr=quiet) as first,
        subprocess.Popen(bare, env=kept, stdout=quiet, stderr=quiet) as second,
    ):
        try:
            for port in (OURS, BARE):
                wait_for(port)
            yield psutil.Process(first.pid), psutil.Process(second.pid)
        finally:
            first.terminate()
            second.terminate()


def furnish(url: str) -> None:
    """Build a ward with one counter and its tablet."""
    database = Database(url)
    upgrade(database)
    now = datetime.now(UTC)
    with database.transaction() as session:
        load_builtin(session, now)
        unit = insert(Unit).values(code="B1", name="Bench", folded_name="bench", kind="ward").returning(Unit.id)
        unit_id = session.execute(unit).scalar_one()
        counter = insert(Counter).values(unit_id=unit_id, name="1", field="", opened_on=date(2025, 7, 1))
        counter_id = session.execute(counter.returning(Counter.id)).scalar_one()
        place = {"unit_id": unit_id, "counter_id": counter_id, "name": "1", "questionnaire_id": "kiosk-5"}
        token = {"token_hash": sha256(TOKEN.encode()).hexdigest(), "enrolled_at": now, "is_officer_shown": False}
        session.execute(insert(Kiosk).values(**place, **token))
    database.close()


def wait_for(port: int) -> None:
    """Return when somebody listens on `port`."""
    for _ in range(600):
        try:
            httpx.get(f"http://{HOST}:{port}/healthz")
        except httpx.TransportError:
            sleep(0.1)
        else:
            return
    raise RuntimeError(f"nobody listens on port {port}")


def cpu_seconds(server: psutil.Process) -> float:
    """Return the CPU that a server and its workers have used so far."""
    return sum(sum(process.cpu_times()[:2]) for process in (server, *server.children(recursive=True)))


if __name__ == "__main__":
    main()
