"""The queue of the desk with 100,000 suggestions beside the same with 100: each view, filter and search as pages ask.

With SQLite the CPU of this process is measured, which other work on the machine does not lengthen; with PostgreSQL
(BENCH_QUEUE_URL_100 and BENCH_QUEUE_URL_100000 name empty databases) the wait.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import insert, select, text

from feedback_service import schema
from feedback_service.core.canonical import digest
from feedback_service.core.period import local_day, month_of, year_of
from feedback_service.db import Database
from feedback_service.operations.service.demo.chance import Draws
from feedback_service.suggestions import queries
from feedback_service.suggestions.models import Suggestion, SuggestionStep, SuggestionText, SuggestionWord
from feedback_service.suggestions.queries import Filters, View
from feedback_service.suggestions.rules.kinds import Channel, Kind
from feedback_service.suggestions.rules.words import index_of, title_of
from feedback_service.suggestions.service import Keys, Submission, Vault, submit
from feedback_service.units.models import Unit
from feedback_service.upgrade import upgrade

FEW, MANY, OPEN, CHUNK, ROUNDS = 100, 100_000, 1500, 2000, 25
RATIO_TARGET, WAIT_TARGET_MS = 2.0, 100.0
NOW = datetime(2026, 10, 13, 2, tzinfo=UTC)
TODAY = local_day(NOW)
WORDS = (
    *("cho", "lau", "chung", "thuc", "ban", "sao", "quay", "ho", "tich", "dat", "dai", "so", "do", "tre", "hen", "can"),
    *("bo", "nhiet", "tinh", "giai", "thich", "nuoc", "uong", "quat", "hanh", "lang", "le", "phi", "bien", "lai"),
    *(
        "photo",
        "xay",
        "dung",
        "tra",
        "giay",
        "to",
        "khai",
        "sinh",
        "cu",
        "tru",
        "niem",
        "yet",
        "gio",
        "lam",
        "viec",
        "nguoi",
    ),
)
ASKED: dict[str, dict[str, Any]] = {
    "to do": {},
    "all": {"view": View.ALL},
    "overdue": {"view": View.OVERDUE},
    "hidden": {"view": View.HIDDEN},
    "to be published": {"view": View.PUBLICATION},
    "kind and channel": {"kind": Kind.PRAISE, "channel": Channel.KIOSK},
    "last year": {"view": View.ALL, "period": year_of(TODAY).before()},
    "search of two words": {"view": View.ALL, "sought": "chung thuc "},
    "search of a rare word": {"view": View.ALL, "sought": "so ref77012"},
    "search without a find": {"view": View.ALL, "sought": "khong co gi"},
}


@dataclass(frozen=True)
class Office:
    """A database with a unit whose queue holds so many suggestions."""

    database: Database
    unit_id: int


def main() -> None:
    """Measure and print each ratio beside its target."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (office(Path(folder), size) for size in (FEW, MANY))
        waits = [tell(name, asking(few, facts), asking(many, facts)) for name, facts in ASKED.items()]
        others = (("counts of every view", counted), ("review", reviewed), ("neighbours", neighbours))
        waits += [tell(name, ask(few), ask(many)) for name, ask in others]
        slowest, ratio = max(long for _, long in waits), max(long / short for short, long in waits)
        print(f"queue and search, {MANY:,} / {FEW} suggestions, the worst  {ratio:.1f}  target <= {RATIO_TARGET}")
        print(f"the slowest of them among {MANY:,}, ms  {slowest:.1f}  target <= {WAIT_TARGET_MS:.0f}")
        few.database.close()
        many.database.close()


def tell(name: str, ask_few: Callable[[], object], ask_many: Callable[[], object]) -> tuple[float, float]:
    """Ask both in turn, print the middle of their waits in milliseconds and the ratio, and return both waits."""
    waits: tuple[list[float], list[float]] = ([], [])
    clock = perf_counter if any(name.startswith("BENCH_QUEUE_URL") for name in os.environ) else process_time
    for number in range(ROUNDS + 1):
        for found, ask in zip(waits, (ask_few, ask_many), strict=True):
            began = clock()
            ask()
            if number:  # the first time statements are made
                found.append((clock() - began) * 1000)
    short, long = map(median, waits)
    print(f"  {name}: {short:.1f} ms among {FEW}, {long:.1f} ms among {MANY:,}")
    return short, long


def asking(one: Office, facts: dict[str, Any]) -> Callable[[], object]:
    """Return a question to the queue."""

    def ask() -> object:
        with one.database.reading() as session:
            return queries.queue(session, Filters(scope=frozenset({one.unit_id}), **facts), today=TODAY)

    return ask


def counted(one: Office) -> Callable[[], object]:
    """Return the question how many stand in each view."""

    def ask() -> object:
        with one.database.reading() as session:
            return queries.counts(session, Filters(scope=frozenset({one.unit_id})), today=TODAY)

    return ask


def reviewed(one: Office) -> Callable[[], object]:
    """Return the question how much of last month's review is left."""

    def ask() -> object:
        with one.database.reading() as session:
            return queries.review_left(session, month_of(TODAY).before().first_on, scope=frozenset({one.unit_id}))

    return ask


def neighbours(one: Office) -> Callable[[], object]:
    """Return the question which suggestions stand beside one."""

    def ask() -> object:
        with one.database.reading() as session:
            return queries.neighbours(session, Filters(scope=frozenset({one.unit_id})), FEW // 2, today=TODAY)

    return ask


def office(folder: Path, size: int) -> Office:
    """Build a ward whose queue holds `size` suggestions; the newest are open."""
    url = os.environ.get(f"BENCH_QUEUE_URL_{size}", f"sqlite:///{folder / str(size)}.db")
    assert schema.metadata.tables
    database = Database(url)
    upgrade(database)
    with database.transaction() as session:
        unit = insert(Unit).values(code="B1", name="Bench", folded_name="bench", kind="ward").returning(Unit.id)
        unit_id: int = session.execute(unit).scalar_one()
        first = Submission(digest(["first", size]), Kind.IDEA, "cho lau", unit_id)
        submit(session, first, keys=Keys("k" * 40, Vault.at(folder)), now=NOW)
    for start in range(2, size + 1, CHUNK):
        fill(database, range(start, min(start + CHUNK, size + 1)), size)
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return Office(database, unit_id)


def fill(database: Database, numbers: range, size: int) -> None:
    """Put suggestions in, shaped like the first one."""
    with database.transaction() as session:
        like = dict(session.execute(select(*Suggestion.__table__.columns).where(Suggestion.id == 1)).mappings().one())
        written = {number: words(number) for number in numbers}
        session.execute(insert(Suggestion), [row(like, number, said, size) for number, said in written.items()])
        texts = {"number": 1, "masks": "{}", "written_at": NOW}
        session.execute(
            insert(SuggestionText), [{**texts, "suggestion_id": one, "text": said} for one, said in written.items()]
        )
        step = {"number": 1, "act": "receive", "state": "received", "actor": "public", "is_shown": True}
        more = {"at": NOW, "text": "", "facts": "{}", "due_on": TODAY}
        session.execute(insert(SuggestionStep), [{**step, **more, "suggestion_id": number} for number in numbers])
        session.execute(insert(SuggestionWord), list(indexed(written)))


def words(number: int) -> str:
    """Return what a citizen might have written."""
    draws = Draws("bench", number)
    return " ".join((*(draws.one_of(WORDS) for _ in range(8 + draws.below(30))), f"ref{number}"))


def indexed(written: dict[int, str]) -> Iterator[dict[str, object]]:
    """Yield the rows of the search."""
    for number, said in written.items():
        yield from ({"word": word, "suggestion_id": number} for word in index_of(said))


def row(like: dict[str, Any], number: int, said: str, size: int) -> dict[str, Any]:
    """Return the row of one suggestion."""
    draws = Draws("row", number)
    is_open = number > size - OPEN
    day: date = TODAY - timedelta(days=(size - number) // 60)
    mark = digest([number, size])
    return {
        **like,
        **dict.fromkeys(("submission_hash", "content_hash", "code_hash"), mark),
        "id": number,
        "title": title_of(said),
        "kind": draws.one_of(tuple(Kind)),
        "channel": draws.one_of((Channel.WEB, Channel.KIOSK, Channel.PAPER)),
        "received_at": NOW - timedelta(minutes=24 * (size - number)),
        "due_on": day + timedelta(days=21),
        "state": "received" if is_open else "closed",
        "is_open": is_open,
        "is_hidden": draws.happens(0.003),
    }


if __name__ == "__main__":
    main()
