"""The indicators: boundaries fall upward, fractions stay exact, and published figures are reproduced."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.core.numbers import Rounding
from feedback_service.core.period import Period
from feedback_service.reports.rules.indicators import needed, shortened
from feedback_service.reports.rules.national import NATIONAL, Reports, group_five, points_of
from feedback_service.reports.rules.nine import (
    NINE,
    answers_index,
    class_of,
    officer_band,
    time_index,
    to_next_class,
    total_of,
)
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale
from feedback_service.reports.rules.weighted import satisfied, unmarked, weighted

GOLDEN = Path(__file__).parent / "golden" / "monthly_satisfaction.json"
LEVELS = ("very-dissatisfied", "dissatisfied", "neither", "satisfied", "very-satisfied")


@pytest.mark.parametrize(
    ("total", "name"),
    [
        ("18", "Excellent"),
        ("15.00", "Excellent"),
        ("14.99", "Good"),
        ("12.00", "Good"),
        ("11.99", "Fair"),
        ("9.00", "Fair"),
        ("8.99", "Average"),
        ("6.00", "Average"),
        ("5.99", "Weak"),
        ("0", "Weak"),
    ],
)
def test_exactly_at_a_boundary_a_unit_falls_into_the_class_above(total: str, name: str) -> None:
    assert class_of(Decimal(total)) == name


@pytest.mark.parametrize(
    ("points", "band"),
    [
        ("1.00", "100% of the task"),
        ("0.99", "70% to less than 100% of the task"),
        ("0.70", "70% to less than 100% of the task"),
        ("0.69", "less than 70% of the task"),
    ],
)
def test_the_score_of_an_officer_is_the_sum_of_five_indices(points: str, band: str) -> None:
    five = Decimal(points)
    nine = [five, five, five, five, Decimal(2), Decimal(2), five, None, None]

    assert officer_band(nine) == (5 * five, band)
    assert officer_band([None, *nine[1:]]) is None


def test_nine_means_as_printed_make_the_total_and_a_missing_one_makes_none() -> None:
    nine = [Decimal("1.82"), Decimal("1.74"), Decimal("1.68"), Decimal("1.60"), *[Decimal("1.632")] * 5]

    assert total_of(nine) == Decimal("15.000")
    assert total_of([*nine[:8], None]) is None
    assert to_next_class(Decimal("14.99")) == ("Excellent", Decimal("0.01"))
    assert to_next_class(Decimal(15)) is None


def test_index_one_is_the_mean_of_dossiers_by_time() -> None:
    found = time_index(352, 24, 24)

    assert (found.part, found.whole, found.rounded) == (Fraction(728), 400, Decimal("1.82"))
    assert time_index(0, 0, 0).rounded is None
    assert time_index(None, 24, 24).rounded is None


def test_both_figures_stand_side_by_side_where_ratings_are_marked() -> None:
    whole, marked = LevelCounts(Scale.FIVE, (0, 0, 0, 10, 30)), LevelCounts(Scale.FIVE, (0, 0, 0, 0, 20))

    rest = unmarked(whole, marked)

    assert rest
    assert rest.share == 1
    assert rest.whole == 20
    assert unmarked(whole, LevelCounts.none(Scale.FIVE)) is None
    few = unmarked(whole, LevelCounts(Scale.FIVE, (0, 0, 0, 0, 2)))
    assert few
    assert (few.share, few.withheld is None) == (None, False)


@pytest.mark.parametrize(("on_time", "answered", "points"), [(0, 0, 2), (10, 10, 2), (9, 10, 1), (89, 100, 0)])
def test_index_eight_asks_for_answers_on_time(on_time: int, answered: int, points: int) -> None:
    assert answers_index(on_time, answered).points == points


def test_group_five_of_the_national_index_counts_only_what_went_wrong() -> None:
    reports = Reports(received=40, classed=10, on_time=30, in_time=6, unhappy=4)

    found = group_five(reports, dossiers=1000, overdue=60, objected=40)

    assert [one.rounded for one in found] == [Decimal("25.00"), Decimal("90.00"), Decimal("90.00"), Decimal("90.00")]
    assert [one.points for one in found] == [None, Fraction(27, 5), Fraction(27, 5), Fraction(6)]
    assert points_of(found) == Fraction(84, 5)


@pytest.mark.parametrize(
    ("overdue", "objected", "points"),
    [(0, 0, Fraction(6)), (100, 0, Fraction(6)), (101, 0, Fraction(899, 150)), (600, 600, Fraction(0))],
)
def test_from_ninety_percent_on_all_six_points_are_won(overdue: int, objected: int, points: Fraction) -> None:
    found = group_five(Reports(1, 0, 1, 0, 0), dossiers=1000, overdue=overdue, objected=objected)

    assert found[3].points == points


def test_without_figures_there_is_no_value_and_no_point() -> None:
    found = group_five(Reports(0, 0, 0, 0, 0), dossiers=None, overdue=None, objected=None)

    assert [one.rounded for one in found] == [None] * 4
    assert points_of(found) is None
    assert weighted(LevelCounts.none(Scale.FIVE)).rounded is None


def test_the_two_ways_of_shortening_are_exact() -> None:
    share = Fraction(9413, 9728) * 100

    assert shortened(share, 1) == Decimal("96.8")
    assert shortened(share, 1, Rounding.TRUNCATED) == Decimal("96.7")
    assert shortened(Fraction(14995, 1000), 2) == Decimal("15.00")
    assert shortened(Fraction(14995, 1000), 2, Rounding.TRUNCATED) == Decimal("14.99")


@pytest.mark.parametrize(
    ("part", "whole", "target", "more"), [(90, 100, "0.95", 100), (95, 100, "0.95", 0), (0, 0, "0.5", 0)]
)
def test_what_it_takes_to_reach_a_target_is_told(part: int, whole: int, target: str, more: int) -> None:
    assert needed(part, whole, Fraction(target)) == more


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 99))
def test_so_many_more_reach_the_target_and_one_fewer_does_not(good: int, bad: int, percent: int) -> None:
    target = Fraction(percent, 100)

    more = needed(good, good + bad, target)

    assert more is not None
    assert good + more >= target * (good + bad + more)
    assert more == 0 or good + more - 1 < target * (good + bad + more - 1)


def test_a_target_of_everything_is_out_of_reach_once_something_went_wrong() -> None:
    assert needed(99, 100, Fraction(1)) is None
    assert needed(100, 100, Fraction(1)) == 0


def months() -> Iterator[tuple[int, LevelCounts]]:
    """Yield what was published each month: the percent, and the counts it stands on."""
    published: dict[str, dict[str, int]] = {}
    for row in json.loads(GOLDEN.read_text(encoding="utf-8")):
        published.setdefault(row["_timestamp"], {})[row["dataType"]] = row["count"]
    for month in published.values():
        yield month["user-satisfaction-percent"], LevelCounts(Scale.FIVE, tuple(month[level] for level in LEVELS))


def test_published_percentages_are_those_of_the_mean_rule_but_for_three_months_of_the_top_two() -> None:
    found = list(months())

    by_mean = [one for one in found if shortened(weighted(one[1]).share or Fraction(0), 0) == one[0]]
    others = [one for one in found if one not in by_mean]
    by_share = [one for one in others if shortened((satisfied(one[1]).share or Fraction(0)) * 100, 0) == one[0]]

    assert (len(found), len(by_mean), len(by_share)) == (39, 36, 3)


def test_rules_hold_from_their_day_on_and_say_that_they_are_to_be_verified() -> None:
    assert not NATIONAL.holds(Period(date(2022, 1, 1), date(2022, 3, 31)))
    assert NATIONAL.holds(Period(date(2026, 7, 1), date(2026, 9, 30)))
    assert NATIONAL.is_unverified
    assert NINE.is_unverified
