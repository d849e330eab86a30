"""Whole months are read from tallies of months; a period comes to the same as day by day, and as the raw ratings."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.core.period import Period, local_time
from feedback_service.db import Database
from feedback_service.reports.queries.hours import by_hour
from feedback_service.reports.queries.procedures import by_procedure
from feedback_service.reports.queries.slices import Slice, is_everything
from feedback_service.reports.queries.tallies import by_channel, by_day, by_month, by_tier, choices, versions
from feedback_service.reports.rules.months import by_months
from feedback_service.reports.rules.satisfaction import Scale, added
from tests.reports import records
from tests.reports.raters import rate
from tests.reports.records import DONG_HA, NAM_DONG_HA, PROVINCE
from tests.reports.test_board import recount, shown


@pytest.fixture
def rated(database: Database) -> Database:
    """A province with two wards and eighty ratings, on each kind of database."""
    with database.transaction() as session:
        records.found_office(session)
        for number in range(80):
            rate(session, number)
    return database


@pytest.mark.parametrize(
    ("first_on", "last_on"),
    [
        (date(2026, 9, 20), date(2026, 10, 13)),
        (date(2026, 9, 24), date(2026, 11, 8)),
        (date(2026, 10, 1), date(2026, 10, 5)),
        (date(2026, 10, 2), date(2026, 10, 31)),
    ],
)
def test_days_that_make_no_whole_months_agree_with_a_recount(rated: Database, first_on: date, last_on: date) -> None:
    raw = [one for one in recount(rated, first_on, last_on) if one.levels == 5]

    found = shown(rated, PROVINCE, scale=Scale.FIVE, days=Period(first_on, last_on))

    assert found.total.total == len(raw) > 0
    assert {line.unit_id: line.counts.total for line in found.comparison.lines} == Counter(one.unit_id for one in raw)
    at = [local_time(one.answered_at) for one in raw]
    cells = [(cell.weekday, cell.hour, cell.counts) for row in found.hours.rows for cell in row if cell.counts]
    hours = {(weekday, hour): counts.total for weekday, hour, counts in cells}
    assert hours == Counter((moment.weekday(), moment.hour) for moment in at)


def test_months_hold_what_their_days_hold(rated: Database) -> None:
    wanted = Slice(frozenset({DONG_HA, NAM_DONG_HA}), Period(date(2026, 9, 25), date(2026, 11, 8)))

    with rated.reading() as session:
        asked = (session, wanted, versions(session), Scale.FIVE)
        days, months = by_day(*asked), by_month(*asked)

    october = [counts for day, counts in days.items() if day.month == 10]
    assert months[date(2026, 10, 1)] == added(Scale.FIVE, october)
    assert {day: counts for day, counts in months.items() if day.month != 10} == {
        day: counts for day, counts in days.items() if day.month != 10
    }


def test_a_whole_province_is_told_from_its_lanes_as_from_its_units(rated: Database) -> None:
    days = Period(date(2026, 9, 25), date(2026, 11, 8))
    of_units, of_lanes = Slice(frozenset({PROVINCE, DONG_HA, NAM_DONG_HA}), days), Slice(frozenset(range(1, 40)), days)

    with rated.reading() as session:
        known, figures = versions(session), (by_day, by_month, by_tier, by_channel, by_hour, by_procedure)
        is_lanes = [is_everything(session, wanted.unit_ids) for wanted in (of_units, of_lanes)]
        ticked = [choices(session, wanted) for wanted in (of_units, of_lanes)]
        one, other = (
            [figure(session, wanted, known, Scale.FIVE) for figure in figures] for wanted in (of_units, of_lanes)
        )

    assert is_lanes == [False, True]
    assert one == other
    assert all(one)
    assert ticked[0] == ticked[1] != {}


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_a_period_is_its_whole_months_and_the_days_at_its_edges(first_on: date, length: int) -> None:
    period = Period(first_on, first_on + timedelta(days=length))

    months, edges = by_months(period)

    parts = [*edges, *([months] if months else [])]
    days = sorted(one.first_on + timedelta(days=step) for one in parts for step in range(one.days))
    assert days == [first_on + timedelta(days=step) for step in range(length + 1)]
    assert months is None or (months.first_on.day, (months.last_on + timedelta(days=1)).day) == (1, 1)
    assert all(edge.days < 31 or months is None for edge in edges)
