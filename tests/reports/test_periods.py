"""The periods that reports are filed for."""

from datetime import date

import pytest

from feedback_service.core.errors import Refused
from feedback_service.core.period import Period
from feedback_service.reports.rules.periods import (
    NO_DATE,
    NO_PERIOD,
    SWAPPED,
    TOO_LONG,
    Choice,
    FreePeriod,
    Kind,
    ReportPeriod,
    chosen,
    containing,
    last_complete,
    offered,
)

TODAY = date(2026, 10, 13)


@pytest.mark.parametrize(
    ("period", "first_on", "last_on"),
    [
        (ReportPeriod(Kind.QUARTER, 2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (ReportPeriod(Kind.QUARTER, 2026, 3, is_cut=True), date(2026, 6, 15), date(2026, 9, 14)),
        (ReportPeriod(Kind.MONTH, 2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (ReportPeriod(Kind.MONTH, 2026, 1, is_cut=True), date(2025, 12, 15), date(2026, 1, 14)),
        (ReportPeriod(Kind.HALF, 2026, 1), date(2026, 1, 1), date(2026, 6, 30)),
        (ReportPeriod(Kind.YEAR, 2025, 1, is_cut=True), date(2024, 12, 15), date(2025, 12, 14)),
        (ReportPeriod(Kind.QUARTER, 2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_report_covers_the_days_of_its_form(period: ReportPeriod, first_on: date, last_on: date) -> None:
    assert period.days == Period(first_on, last_on)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("is_cut", [False, True])
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 15), date(2026, 12, 14), date(2026, 12, 31)])
def test_every_day_falls_into_exactly_one_period_of_a_kind(kind: Kind, is_cut: bool, day: date) -> None:
    period = containing(day, kind, is_cut=is_cut)

    assert period.days.first_on <= day <= period.days.last_on
    assert (period.days.first_on - period.before().days.last_on).days == 1


def test_the_last_complete_quarter_has_ended() -> None:
    assert last_complete(TODAY, Kind.QUARTER) == ReportPeriod(Kind.QUARTER, 2026, 3)
    assert last_complete(date(2027, 1, 1), Kind.QUARTER) == ReportPeriod(Kind.QUARTER, 2026, 4)


def test_an_address_names_each_period_of_the_list() -> None:
    for group in offered(TODAY):
        for period in group.periods:
            assert chosen(period.key, "", "", today=TODAY) == period


def test_without_a_choice_the_board_shows_the_quarter_of_today() -> None:
    assert chosen("", "", "", today=TODAY) == ReportPeriod(Kind.QUARTER, 2026, 4)


def test_free_days_are_kept_as_they_were_chosen() -> None:
    free: Choice = chosen("free", "2026-02-28", "2026-03-01", today=TODAY)

    assert free == FreePeriod(Period(date(2026, 2, 28), date(2026, 3, 1)))
    assert free.before().days == Period(date(2026, 2, 26), date(2026, 2, 27))


def test_the_same_days_of_the_year_before_a_leap_day_exist() -> None:
    free = FreePeriod(Period(date(2024, 2, 29), date(2024, 2, 29)))

    assert free.year_before().days == Period(date(2023, 2, 28), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("2026-q5", "", "", NO_PERIOD),
        ("2026-m13", "", "", NO_PERIOD),
        ("1999-q1", "", "", NO_PERIOD),
        ("2026-q1-late", "", "", NO_PERIOD),
        ("2026-q٣", "", "", NO_PERIOD),
        ("' OR 1=1", "", "", NO_PERIOD),
        ("free", "2026-01-01", "", NO_DATE),
        ("free", "31/12/2026", "2026-12-31", NO_DATE),
        ("free", "0001-01-01", "0001-01-02", NO_DATE),
        ("free", "2026-02-01", "2026-01-31", SWAPPED),
        ("", "2020-01-01", "2026-01-31", TOO_LONG),
    ],
)
def test_a_period_that_does_not_exist_is_refused_in_words(key: str, first: str, last: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        chosen(key, first, last, today=TODAY)

    assert refusal.value.message == words
    assert refusal.value.faults
