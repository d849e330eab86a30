"""Figures that the office defends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.core.numbers import Rounding, percent, share, shortened, spelled, wilson

COUNTS = st.integers(min_value=0, max_value=10**9)


def test_the_newspaper_truncated_where_rounding_gives_a_tenth_more() -> None:
    assert shortened(9413, 9728) == Decimal("96.8")
    assert shortened(9413, 9728, rounding=Rounding.TRUNCATED) == Decimal("96.7")
    assert shortened(2249, 2413, decimals=0) == Decimal(93)


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert share(0, 0) is None
    assert wilson(0, 0) is None
    assert shortened(0, 0) is None
    assert percent(None) == "–"


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (267, 318, 0.7953, 0.8758)],
)
def test_the_interval_agrees_with_published_tables(part: int, whole: int, low: float, high: float) -> None:
    interval = wilson(part, whole)

    assert interval is not None
    assert interval.low == pytest.approx(low, abs=5e-4)
    assert interval.high == pytest.approx(high, abs=5e-4)


@given(part=COUNTS, rest=COUNTS)
def test_an_interval_holds_its_share_and_stays_within_nothing_and_all(part: int, rest: int) -> None:
    interval, ratio = wilson(part, part + rest), share(part, part + rest)

    if interval is None or ratio is None:
        assert part + rest == 0
        return
    assert 0 <= interval.low <= ratio + 1e-9
    assert ratio - 1e-9 <= interval.high <= 1


def test_numbers_are_spelled_as_each_language_does() -> None:
    assert spelled(1234.5, decimals=1) == "1.234,5"
    assert spelled(1234.5, decimals=1, language="en") == "1,234.5"
    assert percent(0.967) == "96,7%"
    assert percent(0.5, decimals=0, language="en") == "50%"
