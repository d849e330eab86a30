"""What counts as satisfied, and what a heading may claim."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.core.period import Period
from feedback_service.core.words import Sentence
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added, change, finding
from feedback_service.reports.rules.trend import is_by_weeks, trend

SUBJECT = Sentence("Satisfaction by counter")
COUNTER_1 = Standing("Quầy 1", LevelCounts(Scale.FIVE, (9, 18, 24, 118, 149)))
COUNTER_2 = Standing("Quầy 2", LevelCounts(Scale.FIVE, (2, 4, 8, 72, 118)))
COUNTER_3 = Standing("Quầy 3", LevelCounts(Scale.FIVE, (7, 12, 19, 173, 301)))
COUNTER_6 = Standing("Quầy 6", LevelCounts(Scale.FIVE, (0, 1, 1, 9, 17)))
counts = st.tuples(*[st.integers(0, 5000)] * 5).map(lambda levels: LevelCounts(Scale.FIVE, levels))


def test_neutral_is_not_satisfied_on_five_faces() -> None:
    levels = LevelCounts(Scale.FIVE, (1, 2, 3, 4, 5))

    assert (levels.total, levels.satisfied, levels.low) == (15, 9, 3)


def test_two_of_three_faces_are_satisfied() -> None:
    levels = LevelCounts(Scale.THREE, (1, 2, 3))

    assert (levels.total, levels.satisfied, levels.low) == (6, 5, 1)
    assert [face for face, _count, _share in levels.levels()] == [5, 4, 2]


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((12, 21, 131, 410, 450), 84),
        ((11, 15, 137, 418, 491), 85),
        ((23, 30, 141, 428, 467), 82),
    ],
)
def test_figures_that_another_office_published_are_reproduced(counts: tuple[int, ...], published: int) -> None:
    levels = LevelCounts(Scale.FIVE, counts)

    assert levels.satisfied_share is not None
    assert round(100 * levels.satisfied_share) == published


def test_three_and_five_faces_are_never_added() -> None:
    with pytest.raises(ValueError, match="different scales"):
        LevelCounts.none(Scale.THREE) + LevelCounts.none(Scale.FIVE)


def test_a_share_of_nothing_is_none() -> None:
    assert LevelCounts.none(Scale.FIVE).satisfied_share is None
    assert LevelCounts.none(Scale.FIVE).interval is None


@pytest.mark.parametrize(("total", "is_enough"), [(4, False), (5, True)])
def test_a_share_of_fewer_than_five_is_not_shown(total: int, is_enough: bool) -> None:
    assert LevelCounts(Scale.FIVE, (0, 0, 0, 0, total)).is_enough is is_enough


def test_a_heading_names_the_counter_that_is_clearly_lower() -> None:
    heading = finding([COUNTER_1, COUNTER_2, COUNTER_3], SUBJECT)

    assert heading == Sentence("{name} is clearly lower; the others do not differ clearly", {"name": "Quầy 1"})


def test_a_heading_never_names_a_counter_with_few_ratings() -> None:
    few = Standing("Quầy 7", LevelCounts(Scale.FIVE, (20, 0, 0, 0, 0)))

    assert finding([few, COUNTER_3], SUBJECT) == SUBJECT


def test_a_heading_claims_nothing_when_intervals_touch() -> None:
    assert finding([COUNTER_2, COUNTER_3], SUBJECT).message == "{subject}: no clear difference"


def test_a_heading_keeps_to_the_subject_when_lines_differ_but_none_stands_out() -> None:
    middle = Standing("Quầy 5", LevelCounts(Scale.FIVE, (0, 20, 20, 100, 160)))
    low = Standing("Quầy 8", LevelCounts(Scale.FIVE, (9, 19, 24, 118, 149)))

    assert finding([COUNTER_1, low, middle, COUNTER_3], SUBJECT) == SUBJECT


def test_the_course_of_a_quarter_is_called_rising_only_when_the_intervals_say_so() -> None:
    low, high = LevelCounts(Scale.FIVE, (0, 20, 10, 40, 30)), LevelCounts(Scale.FIVE, (0, 2, 3, 40, 55))

    assert change(low, high, SUBJECT).message == "{subject}: clearly rising"
    assert change(high, low, SUBJECT).message == "{subject}: clearly falling"
    assert change(high, high, SUBJECT) == SUBJECT


@given(st.lists(counts, max_size=6))
def test_the_total_of_a_board_is_the_sum_of_its_lines(parts: list[LevelCounts]) -> None:
    whole = added(Scale.FIVE, parts)

    assert whole.total == sum(part.total for part in parts)
    assert whole.satisfied == sum(part.satisfied for part in parts)


@given(counts)
def test_shares_lie_between_nothing_and_all_and_inside_their_interval(levels: LevelCounts) -> None:
    if levels.satisfied_share is None or levels.interval is None:
        assert levels.total == 0
        return

    assert 0 <= levels.interval.low <= levels.satisfied_share + 1e-12
    assert levels.satisfied_share - 1e-12 <= levels.interval.high <= 1
    assert sum(share or 0 for _face, _count, share in levels.levels()) == pytest.approx(1)


@given(st.dictionaries(st.dates(date(2026, 7, 1), date(2026, 9, 30)), counts, max_size=30))
def test_weeks_of_a_quarter_hold_every_rating_once(days: dict[date, LevelCounts]) -> None:
    quarter = Period(date(2026, 7, 1), date(2026, 9, 30))
    course = trend(days, quarter, Scale.FIVE, is_weekly=is_by_weeks(quarter, 78))

    assert course.is_weekly
    assert [step.first_on for step in course.steps[:3]] == [date(2026, 7, 1), date(2026, 7, 6), date(2026, 7, 13)]
    assert added(Scale.FIVE, (step.counts for step in course.steps)) == added(Scale.FIVE, days.values())


def test_a_long_period_is_told_by_months() -> None:
    long = Period(date(2025, 1, 15), date(2026, 12, 31))
    course = trend({}, long, Scale.FIVE, is_weekly=is_by_weeks(long, 1))
    assert not is_by_weeks(Period(date(2026, 1, 1), date(2026, 12, 31)), 78)
    assert is_by_weeks(Period(date(2026, 1, 1), date(2026, 12, 31)), 1)

    assert not course.is_weekly
    assert len(course.steps) == 24
    assert course.steps[1].first_on == date(2025, 2, 1)
