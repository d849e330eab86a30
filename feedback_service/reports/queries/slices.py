"""Which figures are asked for, in which table of tallies they stand, and under which conditions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.ratings.models import LaneDayTally, MonthTally, RatingTally
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale
from feedback_service.reports.rules.trend import MANY_UNITS
from feedback_service.units.models import Unit

LEVEL_NAMES = tuple(f"level_{level}" for level in range(1, 6))


@dataclass(frozen=True)
class Slice:
    """Which figures are asked for; without a tier, a channel, a counter or a procedure those of every one.

    Hours and choices are not counted by procedure: of one, nothing is told of them.
    """

    unit_ids: frozenset[int]
    period: Period
    tier: str | None = None
    channel: str | None = None
    counter_id: int | None = None
    procedure_id: int | None = None

    def during(self, period: Period) -> "Slice":
        """Return the same figures of another period."""
        return replace(self, period=period)


def is_everything(session: Session, unit_ids: Collection[int]) -> bool:
    """Say whether no unit was ever rated but some, which are many: their figures stand in a few lanes."""
    if len(unit_ids) <= MANY_UNITS:
        return False
    is_rated = exists().where(MonthTally.unit_id == Unit.id)
    others = select(Unit.id).where(Unit.id.not_in(sorted(unit_ids)), is_rated).limit(1)
    return session.execute(others).first() is None


def days_of(session: Session, wanted: Slice, keys: Sequence[str]) -> type[RatingTally] | type[LaneDayTally]:
    """Return the table in which days by some keys are read in the fewest rows."""
    is_of_places = wanted.counter_id is not None or not {"unit_id", "counter_id"}.isdisjoint(keys)
    return RatingTally if is_of_places or not is_everything(session, wanted.unit_ids) else LaneDayTally


def sums(table: Any) -> list[ColumnElement[Any]]:
    """Return how often each level was chosen in a group of cells."""
    return [func.sum(getattr(table, name)) for name in LEVEL_NAMES]


def counts_of(levels: Sequence[int], scale: Scale) -> LevelCounts:
    """Return such sums as counts on a scale."""
    return LevelCounts(scale, tuple(int(count) for count in levels[:scale]))


def within(table: Any, wanted: Slice) -> list[ColumnElement[bool]]:
    """Return the conditions of what is asked for; lanes hold every unit, and sums by month no counter."""
    columns = table.__table__.columns
    when = table.month_on if "month_on" in columns else table.day
    found = [when.between(wanted.period.first_on, wanted.period.last_on)]
    if "unit_id" in columns:
        found.append(table.unit_id.in_(sorted(wanted.unit_ids)))
    chosen = {"tier": wanted.tier, "channel": wanted.channel, "counter_id": wanted.counter_id}
    chosen["procedure_id"] = wanted.procedure_id
    return [*found, *(columns[name] == one for name, one in chosen.items() if one is not None and name in columns)]
