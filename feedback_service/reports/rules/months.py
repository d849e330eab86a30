"""A period as whole months and the days at its edges."""

from datetime import timedelta

from feedback_service.core.period import Period, month_of


def by_months(period: Period) -> tuple[Period | None, tuple[Period, ...]]:
    """Return the whole months of a period as one, None without any, and the days before and after them."""
    first, last = period.first_on, period.last_on
    if first.day != 1:
        first = month_of(first).last_on + timedelta(days=1)
    if last != month_of(last).last_on:
        last = last.replace(day=1) - timedelta(days=1)
    if first > last:
        return None, (period,)
    before = (Period(period.first_on, first - timedelta(days=1)),) if period.first_on < first else ()
    after = (Period(last + timedelta(days=1), period.last_on),) if last < period.last_on else ()
    return Period(first, last), (*before, *after)
