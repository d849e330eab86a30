"""Export of 1,000,000 ratings beside the same query of the database's own shell, interleaved; growth of memory too.

SQLite and its shell are measured; with BENCH_EXPORTS_URL (an empty PostgreSQL database) psql's \\copy instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, text

from feedback_service.db import Database
from feedback_service.questionnaires.service import load_builtin as load_questionnaires
from feedback_service.units.models import Counter, Unit
from feedback_service.upgrade import upgrade

ROWS, ROUNDS = int(os.environ.get("BENCH_EXPORTS_ROWS", "1000000")), 5
TARGETS = {"sqlite": 0.45, "postgresql": 0.80}
GROWTH_TARGET_MB, BOOK_TARGET_MB = 20, 60
ONE_DAY = ("--from", "2025-07-01", "--to", "2025-07-01")
NOW = datetime(2026, 10, 13, 2, tzinfo=UTC)
PROGRAM = str(Path(sys.executable).with_name("feedback-service"))
ANSWERS = '{"reasons":["waiting"],"satisfaction":1}'
SHARED = """
SELECT r.id, r.sequence, r.kiosk_id, u.code, c.name, v.questionnaire_id, v.number, r.channel, r.tier, r.language,
       r.answered_at, r.stored_at, r.answers
FROM rating r JOIN unit u ON u.id = r.unit_id JOIN questionnaire_version v ON v.id = r.version_id
LEFT JOIN counter c ON c.id = r.counter_id ORDER BY r.unit_id, r.counted_on, r.answered_at, r.id
"""
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, :rows))",
}
IDS = {"sqlite": "printf('%036d', i)", "postgresql": "lpad(CAST(i AS text), 36, '0')"}
MOMENTS = {
    "sqlite": "datetime('2025-07-01', '+' || (i % 460) || ' days', '+' || (i % 30000) || ' seconds') || '.000000'",
    "postgresql": "timestamptz '2025-07-01' + (i % 460) * interval '1 day' + (i % 30000) * interval '1 second'",
}
DAYS = {"sqlite": "date('2025-07-01', '+' || (i % 460) || ' days')", "postgresql": "date '2025-07-01' + (i % 460)"}


def main() -> None:
    """Measure and print each ratio beside its target."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        url = os.environ.get("BENCH_EXPORTS_URL") or f"sqlite:///{folder / 'many.db'}"
        database = Database(url)
        fill(database)
        kind = database.engine.dialect.name
        database.close()
        shell = by_shell(kind, url, folder)
        if shell is None:
            print(f"the shell of {kind} is not installed: nothing to measure beside")
            return
        times = [(measured(ours(url, folder)), measured(shell)) for _ in range(ROUNDS)]
        few = measured(ours(url, folder, *ONE_DAY))[1]
        books = [measured(ours(url, folder, "--format", "xlsx", *days))[1] for days in ((), ONE_DAY)]
    ratio = median(theirs[0] / own[0] for own, theirs in times)
    growth = max(own[1] for own, _theirs in times) - few
    print(f"CSV of {ROWS:,} ratings / shell of {kind}, rows a second   {ratio:.2f}   target >= {TARGETS[kind]:.2f}")
    print(f"  rows a second, our start included   {ROWS / median(own[0] for own, _theirs in times):,.0f}")
    print(f"  growth of memory of CSV against one day of it          {growth:.0f} MB   target <= {GROWTH_TARGET_MB} MB")
    book = books[0] - books[1]
    print(f"  growth of memory of a workbook                         {book:.0f} MB   target <= {BOOK_TARGET_MB} MB")


def fill(database: Database) -> None:
    """Write a ward, a counter and the ratings."""
    upgrade(database)
    kind = database.engine.dialect.name
    with database.transaction() as session:
        load_questionnaires(session, now=NOW)
        unit = {"id": 1, "code": "19333", "name": "W", "folded_name": "w", "kind": "ward"}
        session.execute(insert(Unit).values(**unit))
        session.execute(insert(Counter).values(id=1, unit_id=1, name="1", field="", opened_on=date(2025, 7, 1)))
        if kind == "postgresql":
            session.execute(text("SET LOCAL statement_timeout = 0"))  # the service gives a statement some seconds
        session.execute(text(ratings_of(kind)), {"rows": ROWS, "answers": ANSWERS, "seal": "0" * 64, "salt": "0" * 32})


def ratings_of(kind: str) -> str:
    """Return the statement that writes every rating."""
    places = (
        "id, sequence, unit_id, counter_id, version_id, channel, tier, language, answered_at, stored_at, counted_on"
    )
    told = f"{IDS[kind]}, i, 1, 1, (SELECT min(id) FROM questionnaire_version), 'qr', 'web', 'vi'"  # noqa: S608  # ours
    days = f"{MOMENTS[kind]}, {MOMENTS[kind]}, {DAYS[kind]}"
    rest = "'right', 1 + i % 5, 5, :answers, :seal, :salt"
    head = f"INSERT INTO rating ({places}, clock, level, levels, answers, fingerprint, salt)"
    return f"{head} {NUMBERS[kind]} SELECT {told}, {days}, {rest} FROM n"  # noqa: S608  # words of this page only


def ours(url: str, folder: Path, *words: str) -> Sequence[str]:
    """Return the command of the service."""
    out = ("--out", str(folder / "ours.csv"))
    return (
        "env",
        f"FEEDBACK_DATABASE_URL={url}",
        f"FEEDBACK_DATA_DIR={folder}",
        PROGRAM,
        "export",
        "ratings",
        *words,
        *out,
    )


def by_shell(kind: str, url: str, folder: Path) -> Sequence[str] | None:
    """Return the command of the database's own shell, None where it is not installed."""
    program = shutil.which("sqlite3" if kind == "sqlite" else "psql")
    if program is None:
        return None
    flat, out = " ".join(SHARED.split()), folder / "theirs.csv"
    if kind == "sqlite":
        return (program, "-csv", url.removeprefix("sqlite:///"), f".once {out}", flat)
    return (program, url.replace("+psycopg", ""), "-c", f"\\copy ({flat}) TO '{out}' CSV")


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Return how many seconds a command takes and the most memory it holds, in MB."""
    begun = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return perf_counter() - begun, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
