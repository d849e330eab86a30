"""What lanes of units come to, added up in the database; and where what is kept differs from it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, func, literal, select
from sqlalchemy.orm import Session

from feedback_service.core.period import month_of
from feedback_service.ratings.models import (
    ChoiceTally,
    LaneChoiceTally,
    LaneDayTally,
    LaneHourTally,
    MonthTally,
    RatingTally,
    WeekdayTally,
)
from feedback_service.ratings.rules import LANES, LaneChoiceCell, LaneDayCell, LaneHourCell, lane_of

COUNTS = (*(f"level_{level}" for level in range(1, 6)), "total")


def lane_days(*, units: Collection[int] | None = None, day: date | None = None) -> Select[Any]:
    """Return the query of what days come to by lane: of some units and a day, or of all of them."""
    return _summed(RatingTally, LaneDayCell._fields, units, None if day is None else RatingTally.day == day)


def lane_hours(*, units: Collection[int] | None = None, month_on: date | None = None) -> Select[Any]:
    """Return the query of what weekdays come to by lane: of some units and a month, or of all."""
    of_month = None if month_on is None else WeekdayTally.month_on == month_on
    return _summed(WeekdayTally, LaneHourCell._fields, units, of_month)


def lane_choices(month_on: date, *, units: Collection[int] | None = None) -> Select[Any]:
    """Return the query of what the choices of a month come to by lane: of some units, or of all of them."""
    days = month_of(month_on)
    lane = (ChoiceTally.unit_id % LANES).label("lane")
    keys = [lane, *(getattr(ChoiceTally, name) for name in LaneChoiceCell._fields[2:])]
    month = literal(month_on, Date).label("month_on")
    query = select(month, *keys, func.sum(ChoiceTally.count).label("count")).group_by(*keys)
    query = query.where(ChoiceTally.day.between(days.first_on, days.last_on))
    return query if units is None else query.where(ChoiceTally.unit_id.in_(sorted(units)))


def units_beside(session: Session, unit_id: int, month_on: date) -> tuple[int, ...]:
    """Return the units of the lane of a unit that were rated in a month."""
    found = session.execute(select(MonthTally.unit_id).where(MonthTally.month_on == month_on).distinct()).scalars()
    return tuple(sorted(one for one in found if lane_of(one) == lane_of(unit_id)))


def lane_differences(session: Session, months: Collection[date]) -> Iterator[str]:
    """Yield a sentence for every lane and day, and every lane and month, that is not what its units come to."""
    of_days = select(*(getattr(LaneDayTally, name) for name in (*LaneDayCell._fields, *COUNTS)))
    of_hours = select(*(getattr(LaneHourTally, name) for name in (*LaneHourCell._fields, *COUNTS)))
    of_choices = select(*(getattr(LaneChoiceTally, name) for name in (*LaneChoiceCell._fields, "count")))
    pairs = [(of_days, lane_days()), (of_hours, lane_hours())]
    pairs += [(of_choices.where(LaneChoiceTally.month_on == one), lane_choices(one)) for one in sorted(months)]
    for kept, counted in pairs:
        places: set[tuple[date, int]] = set()
        for one, other in ((kept, counted), (counted, kept)):
            for row in session.execute(one.except_(other)).mappings():
                places.add((row.get("day") or row["month_on"], row["lane"]))
        for day, lane in sorted(places):
            yield f"Lane {lane} of {LANES}, {day}: its tally differs from those of its units."


def _summed(table: Any, names: tuple[str, ...], units: Collection[int] | None, when: Any) -> Select[Any]:
    number = (table.unit_id % LANES).label("lane")
    keys = [number if name == "lane" else getattr(table, name) for name in names]
    query = select(*keys, *(func.sum(getattr(table, name)).label(name) for name in COUNTS)).group_by(*keys)
    if units is not None:
        query = query.where(table.unit_id.in_(sorted(units)))
    return query if when is None else query.where(when)
