"""`ledger verify` over 1,000,000 ratings: how fast it reads, and how much more memory it takes than for 10,000.

SQLite is measured; with BENCH_LEDGER_URL (an empty PostgreSQL database) that one. BENCH_LEDGER_ROWS tells how many.
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import psutil

from feedback_service.core.ids import new_id
from feedback_service.db import Database
from feedback_service.questionnaires.service import load_builtin as load_questionnaires
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import record
from feedback_service.units.service import UnitFacts, add_unit
from feedback_service.upgrade import upgrade

ROWS, SMALL, BATCH = int(os.environ.get("BENCH_LEDGER_ROWS", "1000000")), 10_000, 1000
GROWTH_TARGET_MB = 20
NOW = datetime(2026, 10, 13, 2, tzinfo=UTC)
WARD = UnitFacts("19333", None, "Phuong Dong Ha", "ward", None, date(2025, 7, 1), None)
PROGRAM = str(Path(sys.executable).with_name("feedback-service"))


def main() -> None:
    """Fill the ledger in two steps, verify it after each, and print what that took."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("BENCH_LEDGER_URL") or f"sqlite:///{Path(folder) / 'ledger.db'}"
        database = Database(url)
        upgrade(database)
        with database.transaction() as session:
            load_questionnaires(session, now=NOW)
            place = Place(add_unit(session, WARD, by="system", now=NOW), None, None, Channel.WEB, Tier.WEB)
        fill(database, place, 0, SMALL)
        _, few = verified(url, folder)
        fill(database, place, SMALL, ROWS)
        database.close()
        seconds, many = verified(url, folder)
    print(f"ledger verify: {ROWS:,} entries in {seconds:.0f} s, {ROWS / seconds:,.0f} a second, {many:.0f} MB at most")
    print(f"more memory than for {SMALL:,} entries     {many - few:.1f} MB   target <= {GROWTH_TARGET_MB} MB")


def fill(database: Database, place: Place, first: int, last: int) -> None:
    """Store ratings as the service does, many in a transaction; each becomes an entry of the ledger."""
    for number in range(first, last, BATCH):
        at = NOW + timedelta(seconds=number)
        given = [Given(str(new_id()), None, "kiosk-5", 1, at, "vi", {"satisfaction": 5}) for _ in range(BATCH)]
        with database.transaction() as session:
            record(session, place, given, now=at)


def verified(url: str, folder: str) -> tuple[float, float]:
    """Run the command; return its seconds, and the most memory that it had, in MB."""
    known = {**os.environ, "FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": folder}
    begun, most = perf_counter(), 0
    process = psutil.Popen([PROGRAM, "ledger", "verify"], env=known, stdout=subprocess.PIPE, text=True)
    while process.poll() is None:
        most = max(most, process.memory_info().rss)
        try:
            process.wait(0.05)
        except psutil.TimeoutExpired:
            continue
    took, said = perf_counter() - begun, process.stdout.read()
    assert (process.returncode, "the chain is whole" in said) == (0, True), said
    return took, most / 1e6


if __name__ == "__main__":
    main()
