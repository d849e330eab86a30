"""Dossiers of a period are told only when reports cover it exactly."""

from datetime import date

from feedback_service.core.period import Period
from feedback_service.reports.rules.dossiers import Figure, dossiers

CITY, WARD, OTHER = 1, 2, 3
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


def month(number: int, *, unit_id: int = WARD, carried_over: int | None = 10) -> Figure:
    """Return the report of a month of thirty days."""
    last = {7: 31, 8: 31, 9: 30}[number]
    return Figure(unit_id, date(2026, number, 1), date(2026, number, last), 100, 90, 90, carried_over)


def test_the_figures_of_the_citys_article_are_told_as_they_stand() -> None:
    article = Figure(CITY, YEAR.first_on, YEAR.last_on, 9728, 9413, None, None)

    found = dossiers([article], YEAR, unit_id=CITY)

    assert found is not None
    assert (found.on_time, found.received, found.returned) == (9413, 9728, 9728)


def test_three_months_make_a_quarter_without_counting_twice_what_was_carried_over() -> None:
    found = dossiers([month(9), month(7), month(8)], QUARTER, unit_id=WARD)

    assert found is not None
    assert (found.received, found.on_time, found.resolved) == (280, 270, 270)


def test_months_that_do_not_tell_what_they_carried_over_are_not_added() -> None:
    assert dossiers([month(7), month(8, carried_over=None), month(9)], QUARTER, unit_id=WARD) is None


def test_a_month_that_is_missing_leaves_the_quarter_untold() -> None:
    assert dossiers([month(7), month(9)], QUARTER, unit_id=WARD) is None


def test_a_unit_that_reports_for_itself_is_not_added_to_those_below_it() -> None:
    months = [month(number, unit_id=unit_id) for unit_id in (CITY, WARD, OTHER) for number in (7, 8, 9)]

    own, below = dossiers(months, QUARTER, unit_id=CITY), dossiers(months[3:], QUARTER, unit_id=CITY)

    assert own is not None
    assert below is not None
    assert own.unit_ids == {CITY}
    assert (sorted(below.unit_ids), below.received) == ([WARD, OTHER], 560)
    assert below.covers(CITY, frozenset({WARD}))
    assert not below.covers(CITY, frozenset({WARD, 9}))
