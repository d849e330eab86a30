"""Days and periods as the office files them."""

from datetime import UTC, date, datetime

import pytest

from feedback_service.core.period import Period, day_of, local_day, month_of, quarter_of, roman_quarter, year_of


def test_a_rating_at_half_past_midnight_belongs_to_the_new_local_day() -> None:
    assert local_day(datetime(2026, 10, 12, 17, 30, tzinfo=UTC)) == date(2026, 10, 13)
    assert local_day(datetime(2026, 10, 12, 16, 59, tzinfo=UTC)) == date(2026, 10, 12)


def test_a_period_holds_its_first_and_its_last_day() -> None:
    period = Period(date(2026, 6, 15), date(2026, 9, 14))

    assert period.days == 92
    assert period.from_at == datetime(2026, 6, 14, 17, tzinfo=UTC)
    assert period.until_at == datetime(2026, 9, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "2026-02-30", "hôm nay", ""])
def test_a_day_that_no_office_has_to_do_with_is_none(text: str) -> None:
    assert day_of("2026-10-31") == date(2026, 10, 31)
    with pytest.raises(ValueError, match=r"."):
        day_of(text)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="on or after"):
        Period(date(2026, 2, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (month_of(date(2024, 3, 9)), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (quarter_of(date(2026, 2, 1)), Period(date(2025, 10, 1), date(2025, 12, 31))),
        (year_of(date(2026, 5, 5)), year_of(date(2025, 5, 5))),
        (Period(date(2026, 6, 10), date(2026, 6, 19)), Period(date(2026, 5, 31), date(2026, 6, 9))),
    ],
)
def test_the_period_before_is_of_the_same_kind(period: Period, before: Period) -> None:
    assert period.before() == before


def test_a_quarter_is_written_in_roman_numerals() -> None:
    assert roman_quarter(quarter_of(date(2026, 8, 1))) == "III/2026"
    assert roman_quarter(month_of(date(2026, 8, 1))) is None
