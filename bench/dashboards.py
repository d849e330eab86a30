"""Figures of the dashboard over 10,000,000 ratings, beside a scan of them and beside the same figures of 10,000.

SQLite is measured; with BENCH_DASHBOARDS_URL and BENCH_DASHBOARDS_FEW_URL (two empty PostgreSQL databases) that one.
What tally and ledger add to storing a rating is measured as well. BENCH_DASHBOARDS_ROWS tells how many ratings.
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

from bench.parts.tallies import count_again, patient
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
from feedback_service.reports.queries.hours import by_hour
from feedback_service.reports.queries.procedures import by_procedure, rated_procedures
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.queries.tallies import Versions
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
SCAN = "SELECT unit_id, counter_id, level, count(*) FROM rating WHERE channel <> 'paper' GROUP BY 1, 2, 3"


def main() -> None:
    """Measure and print each figure beside its target."""
    with tempfile.TemporaryDirectory() as scratch:
        url = os.environ.get("BENCH_DASHBOARDS_URL") or f"sqlite:///{Path(scratch) / 'many.db'}"
        few, many = Database(os.environ.get("BENCH_DASHBOARDS_FEW_URL") or f"{url}.few"), Database(url)
        version = fill(many, SMALL)
        fill(few, SMALL)
        fill_rest(many, version)
        scan = seconds(many, lambda session: patient(session).execute(text(SCAN)).all())
        print(f"{ROWS:,} ratings, {many.engine.dialect.name}: one scan, seconds   {scan:.2f}")
        told("one unit, a quarter", many, {1}, QUARTER, scan)
        grown(few, many)
        told("the province, a quarter", many, set(range(1, WARDS + 1)), QUARTER, scan)
        told("the province, a year", many, set(range(1, WARDS + 1)), YEAR, scan)
        storing(many, version)
        many.close()


def told(place: str, database: Database, units: set[int], days: Period, scan: float) -> None:
    """Print how long the slowest figure of a place takes."""
    found = {name: measured(database, query) for name, query in queries(database, units, days)}
    slowest = max(found, key=lambda name: found[name])
    print(f"{place}: the slowest figure ({slowest}), ms   {found[slowest] * 1000:.1f}   target <= {SLOWEST_MS}")
    print(f"  scan / slowest, {place}   {scan / found[slowest]:,.0f}   target >= {SCAN_TARGET}")
    print("  each in ms: " + ", ".join(f"{name} {took * 1000:.1f}" for name, took in found.items()))


def grown(few: Database, many: Database) -> None:
    """Print how much longer the same figures of one unit take among all ratings than among 10,000."""
    pairs, small = queries(many, {1}, QUARTER), dict(queries(few, {1}, QUARTER))
    ratios = [
        median(seconds(many, query) / seconds(few, small[name]) for _ in range(3 * ROUNDS)) for name, query in pairs
    ]
    print(f"  one unit among {ROWS:,} / among {SMALL:,} ratings   {max(ratios):.2f}   target <= {GROWTH_TARGET}")


def queries(database: Database, units: set[int], days: Period) -> list[tuple[str, Query]]:
    """Return every question that the board asks of the tallies."""
    with database.reading() as session:
        known: Versions = tallies.versions(session)
    wanted, five = Slice(frozenset(units), days), Scale.FIVE
    by_day = tallies.by_day if is_by_weeks(days, len(units)) else tallies.by_month
    of_scale = (tallies.by_place, by_day, tallies.by_tier, tallies.by_channel, by_hour, tallies.marked)
    return [
        ("by_scale", lambda session: tallies.by_scale(session, wanted, known)),
        *((one.__name__, partial(_asked, one, wanted, known, five)) for one in (*of_scale, by_procedure)),
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
    count_again(database)
    return version


def fill_rest(database: Database, version: int) -> None:
    """Write all other ratings, of other units and days."""
    step = 1_000_000
    for start in range(SMALL + 1, ROWS + 1, step):
        with database.transaction() as session:
            span = (start, min(ROWS, start + step - 1))
            _write(session, span, f"(2 + i % {WARDS - 1})", f"(i / {WARDS * DESKS} % {DAYS})", version)
        print(f"  {span[1]:,} ratings", file=sys.stderr)
    count_again(database)


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
