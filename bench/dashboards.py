"""Figures of the dashboard over 10,000,000 ratings, beside a scan of them and beside the same figures of 10,000.

SQLite is measured; with BENCH_DASHBOARDS_URL (an empty PostgreSQL database) that one. What tally and ledger add to
storing a rating is measured as well. BENCH_DASHBOARDS_ROWS tells how many ratings.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.canonical import digest
from feedback_service.core.ids import new_id
from feedback_service.core.period import Period
from feedback_service.db import Database
from feedback_service.questionnaires.queries import question_texts
from feedback_service.questionnaires.service import load_builtin as load_questionnaires
from feedback_service.ratings.rules import Channel, Countable, Given, Place, Tally, Tier, tallied
from feedback_service.ratings.service import record
from feedback_service.ratings.service.tallying import add
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.procedures import rated_procedures
from feedback_service.reports.queries.tallies import Slice, Versions
from feedback_service.reports.rules.satisfaction import Scale
from feedback_service.reports.rules.trend import is_by_weeks
from feedback_service.units.models import Counter, Unit
from feedback_service.upgrade import upgrade

ROWS, SMALL, ROUNDS = int(os.environ.get("BENCH_DASHBOARDS_ROWS", "10000000")), 10_000, 7
WARDS, DESKS, DAYS, PROCEDURES = 78, 4, 460, 5
FIRST = date(2025, 7, 1)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
YEAR = Period(date(2025, 10, 1), date(2026, 9, 30))
SLOWEST_MS, SCAN_TARGET, GROWTH_TARGET = 20, 150, 1.3
TALLY_TARGET, LEDGER_TARGET = 1.35, 1.25
BATCH, BATCHES = 50, 40
NOW = datetime(2026, 10, 13, 2, tzinfo=UTC)
ANSWERS = '{"satisfaction":5}'
Query = Callable[[Session], object]

NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))",
}
IDS = {"sqlite": "printf('%036d', i)", "postgresql": "lpad(CAST(i AS text), 36, '0')"}
MOMENTS = {
    "sqlite": "datetime('2025-07-01', '+' || {day} || ' days', '+' || (1800 + i % 30000) || ' seconds') || '.000000'",
    "postgresql": "timestamptz '2025-07-01 00:00Z' + ({day}) * interval '1 day' + (1800 + i % 30000) * interval '1 s'",
}
DATES = {
    "sqlite": "date('2025-07-01', '+' || {day} || ' days')",
    "postgresql": "date '2025-07-01' + CAST({day} AS int)",
}
HOURS = {
    "sqlite": "CAST(strftime('%H', answered_at, '+7 hours') AS INTEGER)",
    "postgresql": "CAST(extract(hour FROM answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh') AS smallint)",
}
MONTHS = {"sqlite": "date(day, 'start of month')", "postgresql": "CAST(date_trunc('month', day) AS date)"}
WEEKDAYS = {
    "sqlite": "(CAST(strftime('%w', day) AS INTEGER) + 6) % 7",
    "postgresql": "CAST(extract(isodow FROM day) - 1 AS smallint)",
}
LEVELS = ", ".join(f"sum(CASE WHEN level = {level} THEN 1 ELSE 0 END)" for level in range(1, 6)) + ", count(*)"
NAMES = ", ".join(f"level_{level}" for level in range(1, 6)) + ", total"
SCAN = "SELECT unit_id, counter_id, level, count(*) FROM rating WHERE channel <> 'paper' GROUP BY 1, 2, 3"


def main() -> None:
    """Measure and print each figure beside its target."""
    with tempfile.TemporaryDirectory() as scratch:
        url = os.environ.get("BENCH_DASHBOARDS_URL") or f"sqlite:///{Path(scratch) / 'many.db'}"
        few, many = Database(f"sqlite:///{Path(scratch) / 'few.db'}"), Database(url)
        if many.engine.dialect.name == "postgresql":
            few = many
        version = fill(many, SMALL)
        if few is not many:
            fill(few, SMALL)
        before = {name: measured(few, query) for name, query in queries(few, {1}, QUARTER)}
        fill_rest(many, version)
        scan = seconds(many, lambda session: patient(session).execute(text(SCAN)).all())
        print(f"{ROWS:,} ratings, {many.engine.dialect.name}: one scan takes {scan:.2f} s")
        told("one unit, a quarter", many, {1}, QUARTER, scan)
        grown(few, many, before)
        told("the province, a quarter", many, set(range(1, WARDS + 1)), QUARTER, scan)
        told("the province, a year", many, set(range(1, WARDS + 1)), YEAR, scan)
        storing(many, version)
        many.close()


def told(place: str, database: Database, units: set[int], days: Period, scan: float) -> None:
    """Print how long the slowest figure of a place takes."""
    found = {name: measured(database, query) for name, query in queries(database, units, days)}
    slowest = max(found, key=lambda name: found[name])
    print(f"{place}: the slowest, {slowest}, takes {found[slowest] * 1000:.1f} ms   target <= {SLOWEST_MS} ms")
    print(f"  scan / slowest   {scan / found[slowest]:,.0f}   target >= {SCAN_TARGET}")
    print("  " + ", ".join(f"{name} {took * 1000:.1f}" for name, took in found.items()))


def grown(few: Database, many: Database, before: dict[str, float]) -> None:
    """Print how much longer the same figures of one unit take among all ratings than among 10,000."""
    pairs = queries(many, {1}, QUARTER)
    if few is many:
        ratios = [measured(many, query) / before[name] for name, query in pairs]
    else:
        small = dict(queries(few, {1}, QUARTER))
        ratios = [
            median(seconds(many, query) / seconds(few, small[name]) for _ in range(3 * ROUNDS)) for name, query in pairs
        ]
    print(f"  among {ROWS:,} / among {SMALL:,}   {max(ratios):.2f}   target <= {GROWTH_TARGET}")


def queries(database: Database, units: set[int], days: Period) -> list[tuple[str, Query]]:
    """Return every question that the board asks of the tallies."""
    with database.reading() as session:
        known: Versions = tallies.versions(session)
    wanted, five = Slice(frozenset(units), days), Scale.FIVE
    by_day = tallies.by_day if is_by_weeks(days, len(units)) else tallies.by_month
    of_scale = (tallies.by_place, by_day, tallies.by_tier, tallies.by_channel, tallies.by_hour, tallies.marked)
    return [
        ("by_scale", lambda session: tallies.by_scale(session, wanted, known)),
        *((one.__name__, partial(_asked, one, wanted, known, five)) for one in (*of_scale, tallies.by_procedure)),
        ("choices", lambda session: tallies.choices(session, wanted)),
        ("procedures", lambda session: rated_procedures(session, frozenset(units), days)),
    ]


def _asked(query: Callable[..., object], wanted: Slice, known: Versions, scale: Scale, session: Session) -> object:
    return query(session, wanted, known, scale)


def measured(database: Database, query: Query) -> float:
    """Return the median of some runs, in seconds, after one that warms up."""
    seconds(database, query)
    return median(seconds(database, query) for _ in range(ROUNDS))


def seconds(database: Database, query: Query) -> float:
    """Return how long a query takes, its transaction begun."""
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        begun = perf_counter()
        query(session)
        return perf_counter() - begun


def patient(session: Session) -> Session:
    """Let PostgreSQL take its time: the service itself gives a statement some seconds."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
    return session


def fill(database: Database, rows: int) -> int:
    """Write the units, and ratings of one unit in one quarter; return the version of the questionnaire."""
    upgrade(database)
    with database.transaction() as session:
        load_questionnaires(session, now=NOW)
        for ward in range(1, WARDS + 1):
            unit = {"id": ward, "code": str(20000 + ward), "name": f"W{ward}", "folded_name": f"w{ward}"}
            session.execute(insert(Unit).values(**unit, kind="ward"))
            for desk in range(DESKS):
                told = {"id": ward * 10 + desk, "unit_id": ward, "name": str(desk), "field": "", "opened_on": FIRST}
                session.execute(insert(Counter).values(told))
        known = "SELECT v.id FROM questionnaire_version v WHERE v.questionnaire_id = 'kiosk-5'"
        version = int(session.execute(text(known)).scalar_one())
        first = (QUARTER.first_on - FIRST).days
        _write(session, (1, rows), "1", f"({first} + i / 109 % {QUARTER.days})", version)
    _count(database)
    return version


def fill_rest(database: Database, version: int) -> None:
    """Write all other ratings, of other units and days."""
    step = 1_000_000
    for start in range(SMALL + 1, ROWS + 1, step):
        with database.transaction() as session:
            span = (start, min(ROWS, start + step - 1))
            _write(session, span, f"(2 + i % {WARDS - 1})", f"(i / {WARDS * DESKS} % {DAYS})", version)
        print(f"  {span[1]:,} ratings", file=sys.stderr)
    _count(database)


def _write(session: Session, span: tuple[int, int], unit: str, day: str, version: int) -> None:
    kind = patient(session).get_bind().dialect.name
    moment, on = MOMENTS[kind].format(day=day), DATES[kind].format(day=day)
    places = (
        "id, sequence, unit_id, counter_id, version_id, channel, tier, language, answered_at, stored_at, counted_on"
    )
    channel = "CASE WHEN i % 16 = 0 THEN 'qr' ELSE 'kiosk' END, CASE WHEN i % 16 = 0 THEN 'web' ELSE 'kiosk' END"
    told = (
        f"{IDS[kind]}, i, {unit}, {unit} * 10 + i / 7 % {DESKS}, {version}, {channel}, 'vi', {moment}, {moment}, {on}"
    )
    level = "CASE WHEN i % 11 = 0 THEN 1 WHEN i % 3 = 0 THEN 4 ELSE 5 END"
    procedure = f"CASE WHEN i % 16 = 0 THEN 1 + i % {PROCEDURES} END"
    rest = f"'right', {level}, 5, :answers, :seal, :salt, {procedure}"
    head = f"INSERT INTO rating ({places}, clock, level, levels, answers, fingerprint, salt, procedure_id)"
    facts = {"first": span[0], "last": span[1], "answers": ANSWERS, "seal": "0" * 64, "salt": "0" * 32}
    session.execute(text(f"{head} {NUMBERS[kind]} SELECT {told}, {rest} FROM n"), facts)  # noqa: S608  # words of this page


def _count(database: Database) -> None:
    """Make the tallies as `tally rebuild` would, in one statement each; those of months out of those of days."""
    kind = database.engine.dialect.name
    place = "counter_id, version_id"
    summed = ", ".join(f"sum({name})" for name in NAMES.split(", "))
    wanted = (
        ("rating_tally", f"day, {place}, question", f"counted_on, {place}, CAST('satisfaction' AS varchar)", "rating"),
        ("hour_tally", f"day, hour, {place}", f"counted_on, {HOURS[kind]}, {place}", "rating"),
        (
            "procedure_tally",
            f"day, is_marked, procedure_id, {place}",
            f"counted_on, false, procedure_id, {place}",
            "rating WHERE procedure_id IS NOT NULL",
        ),
        ("month_tally", f"month_on, {place}, question", f"{MONTHS[kind]}, {place}, question", "rating_tally"),
        (
            "weekday_tally",
            "month_on, weekday, hour, version_id",
            f"{MONTHS[kind]}, {WEEKDAYS[kind]}, hour, version_id",
            "hour_tally",
        ),
    )
    with database.transaction() as session:
        for table, head, chosen, source in wanted:
            keys = ", ".join(str(number) for number in range(1, head.count(",") + 5))
            counts = LEVELS if source.startswith("rating") and source != "rating_tally" else summed
            into = f"INSERT INTO {table} (unit_id, {head}, channel, tier, {NAMES})"
            told = f"SELECT unit_id, {chosen}, channel, tier, {counts} FROM {source} GROUP BY {keys}"  # noqa: S608  # ours
            patient(session).execute(text(f"DELETE FROM {table}"))  # noqa: S608  # words of this page only
            session.execute(text(f"{into} {told}"))
        session.execute(text("ANALYZE"))


def storing(database: Database, version: int) -> None:
    """Print what the tally and the ledger add to storing ratings, in batches as tablets send them.

    The ledger is sealed when a transaction ends: fifty entries are compared with one.
    """
    with database.reading() as session:
        questions = question_texts(session, frozenset({version}))
    place = Place(1, 10, None, Channel.KIOSK, Tier.KIOSK)
    of_tally, of_ledger = [], []
    for number in range(BATCHES):
        at = NOW + timedelta(seconds=number)
        given = [Given(str(new_id()), None, "kiosk-5", 1, at, "vi", {"satisfaction": 5}) for _ in range(BATCH)]
        row = (1, at.date(), 10, version, "kiosk", "kiosk", {"satisfaction": 5}, 9)
        tally = tallied([Countable(*row)] * BATCH, questions)
        whole = _took(database, partial(_record, place, given, at))
        counting = _took(database, partial(_add, tally)) - _took(database, _nothing)
        noting = _took(database, partial(_note, given, at)) - _took(database, partial(_note, given[:1], at))
        of_tally.append(whole / (whole - counting))
        of_ledger.append(whole / (whole - noting))
    print(f"storing {BATCH} ratings / the same without the tally    {median(of_tally):.2f}   target <= {TALLY_TARGET}")
    print(
        f"storing {BATCH} ratings / the same without the ledger   {median(of_ledger):.2f}   target <= {LEDGER_TARGET}"
    )


def _took(database: Database, work: Callable[[Session], object]) -> float:
    begun = perf_counter()
    with database.transaction() as session:
        work(session)
    return perf_counter() - begun


def _nothing(session: Session) -> None:
    session.execute(text("UPDATE unit SET name = name WHERE id = 1"))


def _add(tally: Tally, session: Session) -> None:
    add(session, tally)


def _record(place: Place, given: Sequence[Given], at: datetime, session: Session) -> None:
    record(session, place, given, now=at)


def _note(given: Sequence[Given], at: datetime, session: Session) -> None:
    for one in given:
        note(session, Act("rating.stored", "public", ("rating", one.id), digest(one.id), is_counting=True), now=at)


if __name__ == "__main__":
    main()
