"""The results of a quarter are published once: no later rating can be read off the difference of two days."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_service.audit.queries import findings
from feedback_service.audit.queries.entries import Filter, entries
from feedback_service.core.canonical import canonical
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.ratings.service import rebuild
from feedback_service.reports.models import PublicationEdition
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.editions import WITNESSES, closed, current, open_quarters
from feedback_service.reports.queries.published import Asking, Published, publication
from feedback_service.reports.rules.periods import Kind, ReportPeriod
from feedback_service.reports.service.publishing import close
from feedback_service.settings import Settings
from feedback_service.units.models import Office
from tests.reports import records
from tests.reports.records import COUNTER_1, COUNTER_2, DONG_HA

QUARTER = ReportPeriod(Kind.QUARTER, 2026, 3)
IN_AUGUST = datetime(2026, 8, 12, 2, tzinfo=UTC)
A_WEEK_LATER = datetime(2026, 10, 8, 1, tzinfo=UTC)
LEVELS = (5, 5, 4, 3, 1)


def rate(session: Session, first: int, last: int, counter_id: int, **changed: object) -> None:
    """Write ratings of one August morning, and count them."""
    for number in range(first, last):
        level = LEVELS[number % 5]
        row = {"counter_id": counter_id, "answered_at": IN_AUGUST, "level": level, **changed}
        records.add_rating(session, number, **row, answers=canonical({"satisfaction": level}))
    rebuild(session, DONG_HA, local_day(IN_AUGUST))


@pytest.fixture
def ward(database: Database) -> Database:
    """The office of a ward with 30 ratings in August, some of them marked."""
    with database.transaction() as session:
        records.found_office(session)
        office = {"id": 1, "product": "Lắng nghe dân", "office_name": "", "unit_id": DONG_HA, "is_demo": False}
        records.add(session, Office, office)
        rate(session, 1, 19, COUNTER_1)
        rate(session, 19, 31, COUNTER_2)
        for number in range(1, 12):
            records.add_label(session, number, "pace", None)
        rebuild(session, DONG_HA, local_day(IN_AUGUST))
    return database


def published(database: Database, now: datetime) -> Published | None:
    with database.reading() as session:
        return publication(session, Asking("", None, "không rõ"), now=now).figures


def close_on(database: Database, settings: Settings, now: datetime) -> None:
    with database.transaction() as session:
        close(session, settings, now)


def test_a_quarter_is_published_a_week_after_its_end() -> None:
    assert open_quarters(local_day(A_WEEK_LATER))[0] == QUARTER
    assert open_quarters(local_day(A_WEEK_LATER - timedelta(days=1)))[0] == QUARTER.before()
    assert [one.key for one in open_quarters(local_day(A_WEEK_LATER))] == ["2026-q3", "2026-q2", "2026-q1", "2025-q4"]


def test_what_is_closed_is_read_back_as_it_was(ward: Database, settings: Settings) -> None:
    with ward.reading() as session:
        before = current(session, frozenset({DONG_HA}), QUARTER, tallies.versions(session))
    close_on(ward, settings, A_WEEK_LATER)

    with ward.reading() as session:
        after = closed(session, QUARTER)

    assert after is not None
    assert after.cells == before.cells
    assert after.closed_at == A_WEEK_LATER


def test_a_rating_that_comes_late_changes_nothing_that_was_published(ward: Database, settings: Settings) -> None:
    close_on(ward, settings, A_WEEK_LATER)
    first = published(ward, A_WEEK_LATER)
    with ward.transaction() as session:
        rate(session, 31, 32, COUNTER_1, level=1)
        records.add_label(session, 20, "pace", None)
        rebuild(session, DONG_HA, local_day(IN_AUGUST))
    close_on(ward, settings, A_WEEK_LATER + timedelta(days=7))

    second = published(ward, A_WEEK_LATER + timedelta(days=8))

    assert first is not None
    assert first.total.total == 30
    assert first.marked.total == 11
    assert second == first
    with ward.reading() as session:
        now = current(session, frozenset({DONG_HA}), QUARTER, tallies.versions(session))
    assert now.by_scale(frozenset({DONG_HA}))[first.total.scale].total == 31


def test_closing_leaves_an_entry_and_nobody_changes_what_was_closed_unseen(ward: Database, settings: Settings) -> None:
    close_on(ward, settings, A_WEEK_LATER)
    close_on(ward, settings, A_WEEK_LATER + timedelta(days=1))

    with ward.reading() as session:
        acts = [one.act for one in entries(session, Filter()) if one.subject_kind == "publication_edition"]
        assert list(findings(session, WITNESSES)) == []
    with ward.transaction() as session:
        session.execute(update(PublicationEdition).values(cells="[]"))
    with ward.reading() as session:
        found = list(findings(session, WITNESSES))
    assert acts == ["publication_edition.closed"]
    assert [(one.subject_kind, one.subject_id) for one in found] == [("publication_edition", "2026-q3")]
