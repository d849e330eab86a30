"""Ratings through the kinds of gunicorn's worker, and through more or fewer threads: by these the default is chosen.

The complete service on SQLite, 32 connections, each kind in turn and that several times.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.parts.load import HOST, Target, run
from bench.ratings import OURS, TOKEN, bodies, furnish, wait_for

CONNECTIONS, RATINGS, ROUNDS = 32, 800, 2
PATIENT = "feedback_service.operations.commands.patience.PatientWorker"
KINDS = ((PATIENT, 8), (PATIENT, 16), (PATIENT, 32), ("gthread", 16))


def main() -> None:
    """Print the ratings a second of each kind."""
    found: dict[tuple[str, int], list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for kind in KINDS:
            found[kind].append(measured(*kind))
    usual = median(found[PATIENT, 16])
    for (name, threads), rates in found.items():
        told = f"{name.rpartition('.')[2]}, {threads} threads: ratings a second"
        print(f"{told}  {median(rates):.0f}, {median(rates) / usual:.2f} of the default")


def measured(worker: str, threads: int) -> float:
    """Return the ratings a second through one kind of worker."""
    target = Target(OURS, "/api/v1/ratings", f"Authorization: Bearer {TOKEN}\r\n", b'"stored"')
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder), worker, threads):
        run(target, bodies(200, 1), CONNECTIONS)
        return run(target, bodies(RATINGS, 1), CONNECTIONS).rate


@contextmanager
def _serving(folder: Path, worker: str, threads: int) -> Iterator[None]:
    url = f"sqlite:///{folder / 'feedback.db'}"
    furnish(url)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
    settings = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(folder)}
    words = [sys.executable, "-m", "bench.parts.served", f"{HOST}:{OURS}", worker, str(threads)]
    with subprocess.Popen(words, env=kept | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(OURS)
            yield
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
