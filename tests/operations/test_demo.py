"""The demonstration: credible, marked, the same for the same day, and never laid over a real office."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import case, func, select

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.audit.queries import findings
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period
from feedback_service.db import Database
from feedback_service.dossiers import queries as dossiers
from feedback_service.operations.service import demo
from feedback_service.operations.service.demo.chance import Draws
from feedback_service.operations.service.demo.days import Choices, Desk, is_working, visits
from feedback_service.polls import queries as polls
from feedback_service.polls.models import Vote
from feedback_service.ratings.models import Rating
from feedback_service.ratings.queries import tally_differences
from feedback_service.reports.queries.dossiers import dossiers_of
from feedback_service.schema import WITNESSES
from feedback_service.units import queries as units
from feedback_service.units.models import Counter
from tests.databases import Databases
from tests.servers import Server

NOW = datetime(2026, 10, 2, 2, tzinfo=UTC)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
TUESDAY = date(2026, 10, 13)
DESK = Desk("Quầy 1", 6.0, (2, 6, 8, 38, 46), 0.0)
CHOICES = Choices({"waiting": 3, "late": 1}, {"fast": 1}, ("Chờ lâu.",), ("Tốt.",))


def filled(database: Database, now: datetime) -> list[str]:
    """Make the demonstration and return what was told meanwhile."""
    told: list[str] = []
    demo.fill(database, now=now, tell=told.append)
    return told


def test_the_demonstration_is_whole_and_credible(database: Database) -> None:
    told = filled(database, NOW)

    assert len(told) > 5
    with database.reading() as session:
        office = units.office(session)
        assert office is not None
        by_counter = {
            name: (count, satisfied / count)
            for name, count, satisfied in session.execute(
                select(Counter.name, func.count(), func.sum(case((Rating.level >= 4, 1), else_=0)))
                .join(Counter, Counter.id == Rating.counter_id)
                .group_by(Counter.name)
            )
        }
        days = session.execute(select(func.min(Rating.counted_on), func.max(Rating.counted_on))).one()
        votes = session.execute(select(func.count()).select_from(Vote)).scalar_one()
        quarter = dossiers_of(session, frozenset({office.unit_id or 0}), QUARTER, unit_id=office.unit_id or 0)
        city = units.by_code(session, "461", on=date(2018, 1, 1))
        article = dossiers.reports(session, [city.id]) if city else ()
        wrong = [*findings(session, WITNESSES), *tally_differences(session), *polls.differences(session)]
    assert (office.is_demo, office.unit_name) == (True, "Phường Đông Hà")
    assert tuple(days) == (date(2026, 7, 1), date(2026, 10, 1))
    assert sorted(by_counter) == ["Quầy 1", "Quầy 2", "Quầy 3", "Quầy 4"]
    assert all(count > 150 and 0.75 < share < 0.98 for count, share in by_counter.values())
    assert by_counter["Quầy 1"][1] == min(share for _count, share in by_counter.values())
    assert votes > 300
    assert quarter is not None
    assert 0.96 < quarter.on_time / quarter.received < 0.975
    assert [(line.report.on_time, line.report.received) for line in article] == [(2249, 2413), (9413, 9728)]
    assert wrong == []


def test_making_it_again_adds_nothing_and_a_day_later_only_that_day(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    filled(database, NOW)
    before = _count(database)

    filled(database, NOW + timedelta(hours=3))
    assert _count(database) == before

    filled(database, NOW + timedelta(days=1))
    with database.reading() as session:
        new = session.execute(select(func.count()).where(Rating.counted_on == date(2026, 10, 2))).scalar_one()
    assert _count(database) == before + new
    assert new > 5
    database.close()


def test_it_is_never_laid_over_a_real_office(database: Database) -> None:
    with database.transaction() as session:
        facts = AccountFacts("Nguyễn Thị Hiền", Role.ADMINISTRATOR, None)
        add(session, "hien", facts, password="bốn mùa hoa nở bên sông Hiếu", by="system", now=NOW)

    with pytest.raises(Refused, match="real office"):
        filled(database, NOW)

    assert _count(database) == 0


def test_the_server_says_how_to_sign_in_to_a_demonstration(databases: Databases, tmp_path: Path) -> None:
    server = Server(tmp_path, {"FEEDBACK_DATABASE_URL": databases.demonstration(tmp_path)})

    server.start()

    assert f"Portal  {server.url}/" in server.log
    assert re.search(rf"Kiosk   {server.url}/kiosk/#\d{{4}}-\d{{4}}", server.log)
    for name, password, _role in demo.sign_ins():
        assert re.search(rf"{name} +{password}", server.log)
    server.end()


def test_the_server_of_an_office_tells_addresses_only(sqlite_url: str, tmp_path: Path) -> None:
    server = Server(tmp_path, {"FEEDBACK_DATABASE_URL": sqlite_url})

    server.start()

    assert f"Kiosk   {server.url}/kiosk/\n" in server.log
    assert not any(password in server.log for _name, password, _role in demo.sign_ins())
    server.end()


def test_the_same_day_goes_the_same_way_every_time() -> None:
    first = visits(DESK, CHOICES, TUESDAY)

    assert first == visits(DESK, CHOICES, TUESDAY)
    assert first != visits(DESK, CHOICES, TUESDAY + timedelta(days=1))


def test_nobody_comes_on_a_sunday_or_a_holiday() -> None:
    assert not is_working(date(2026, 10, 11))
    assert not is_working(date(2026, 9, 2))
    assert visits(DESK, CHOICES, date(2026, 10, 11)) == ()


def test_people_come_while_the_office_is_open_and_say_what_fits_their_level() -> None:
    days = [TUESDAY + timedelta(days=step) for step in range(60)]

    found = [visit for day in days for visit in visits(DESK, CHOICES, day)]

    for visit in found:
        there = visit.at + timedelta(hours=7)
        clock_time = f"{there:%H:%M}"
        assert "07:30" <= clock_time < "11:30" or "13:30" <= clock_time < "17:00"
        assert not visit.reasons or visit.level <= 2
        assert not visit.praise or visit.level >= 4
    assert {visit.level for visit in found} == {1, 2, 3, 4, 5}


def test_draws_are_spread_evenly() -> None:
    draws = Draws("even")

    shares = [draws.share() for _ in range(4000)]

    assert all(0 <= share < 1 for share in shares)
    assert 0.48 < sum(shares) / len(shares) < 0.52
    assert 3.6 < sum(draws.around(4.0) for _ in range(2000)) / 2000 < 4.4


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(Rating)).scalar_one()
