"""What the figures of officers are made of: hours with ratings, shifts as they were, corrections, reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.period import Period, local_time
from feedback_service.kiosks.models import CounterRoster, PastRoster
from feedback_service.kiosks.rules import shifts_from
from feedback_service.ratings.models import HourTally, Rating
from feedback_service.ratings.queries.labels import left_out, marked
from feedback_service.reports.models import OfficerReview, ShiftCorrection
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.slices import LEVEL_NAMES
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.officers import (
    NOBODY,
    SUSPICIOUS,
    Correction,
    Hour,
    OfficerFigures,
    Roster,
    figures_of,
    serving,
)
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, added
from feedback_service.units.models import Counter

REVIEWS = RowWitness("officer_review", OfficerReview)
CORRECTIONS = RowWitness("shift_correction", ShiftCorrection)
WITNESSES = (REVIEWS, CORRECTIONS)
MOST_ROSTERS, MOST_CORRECTIONS = 2_000, 2_000


@dataclass(frozen=True)
class OfficerBoard:
    """The figures of the officers of a unit; `others` are ratings on another scale, which are never added.

    `unnamed` are ratings in hours of which nobody, or more than one, is named.
    """

    officers: tuple[OfficerFigures, ...]
    scale: Scale
    others: int
    unnamed: int
    named: tuple[str, ...]
    corrections: tuple[Correction, ...]
    complete: Completeness


@dataclass(frozen=True)
class Review:
    """What an officer said of the figures of a quarter, and what the head answered."""

    officer: str
    seen_at: datetime
    reply: str | None = None
    replied_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None


def officer_board(session: Session, unit_id: int, days: Period, *, now: datetime) -> OfficerBoard:
    """Return the figures of every officer of a unit, by the shifts as they were and the corrections of them."""
    counter_ids = tuple(session.execute(select(Counter.id).where(Counter.unit_id == unit_id)).scalars())
    known = tallies.versions(session)
    by_scale = _hours(session, unit_id, days, known)
    totals = {scale: added(scale, (one.counts for one in hours)).total for scale, hours in by_scale.items()}
    scale = max(totals, key=lambda one: totals[one], default=Scale.FIVE)
    rosters, corrections = _rosters(session, counter_ids, days), corrections_of(session, counter_ids, days)
    hours, officer = by_scale.get(scale, []), serving(rosters, corrections)
    labelled = _marked(session, unit_id, days, known, scale)
    found = figures_of(hours, labelled, scale, officer)
    shifts = (shift for held in rosters.values() for roster in held for shift in roster.shifts)
    names = {shift.officer for shift in shifts} | {one.officer for one in corrections}
    return OfficerBoard(
        officers=found,
        scale=scale,
        others=sum(totals.values()) - totals.get(scale, 0),
        unnamed=totals.get(scale, 0) - sum(one.counts.total for one in found),
        named=tuple(sorted(names - {NOBODY})),
        corrections=corrections,
        complete=completeness(
            tablets(session, frozenset({unit_id}), until=days.until_at), until=days.until_at, now=now
        ),
    )


def corrections_of(session: Session, counter_ids: Iterable[int], days: Period) -> tuple[Correction, ...]:
    """Return the corrections of some counters and days in the order in which they were made."""
    columns = (getattr(ShiftCorrection, name) for name in Correction.__dataclass_fields__)
    query = select(*columns).where(
        ShiftCorrection.counter_id.in_(sorted(counter_ids)), ShiftCorrection.day.between(days.first_on, days.last_on)
    )
    return tuple(
        Correction(*row) for row in session.execute(query.order_by(ShiftCorrection.id).limit(MOST_CORRECTIONS))
    )


def reviews(session: Session, unit_id: int, quarter: ReportPeriod) -> Mapping[str, Review]:
    """Return what was said of the figures of a quarter, by officer."""
    columns = (getattr(OfficerReview, name) for name in Review.__dataclass_fields__)
    query = select(*columns).where(
        OfficerReview.unit_id == unit_id,
        OfficerReview.year == quarter.year,
        OfficerReview.quarter == quarter.number,
    )
    return {row[0]: Review(*row) for row in session.execute(query.order_by(OfficerReview.officer))}


def _rosters(session: Session, counter_ids: Iterable[int], days: Period) -> dict[int, list[Roster]]:
    ids = sorted(counter_ids)
    past = select(PastRoster.counter_id, PastRoster.shifts, PastRoster.until_at).where(
        PastRoster.counter_id.in_(ids), PastRoster.until_at > days.from_at
    )
    found: dict[int, list[Roster]] = {}
    for row in session.execute(past.order_by(PastRoster.until_at, PastRoster.id).limit(MOST_ROSTERS)):
        found.setdefault(row[0], []).append(Roster(shifts_from(row[1]), row[2]))
    now = select(CounterRoster.counter_id, CounterRoster.shifts).where(CounterRoster.counter_id.in_(ids))
    for counter_id, text in session.execute(now.order_by(CounterRoster.counter_id)):
        found.setdefault(counter_id, []).append(Roster(shifts_from(text)))
    return found


def _hours(session: Session, unit_id: int, days: Period, known: Versions) -> dict[Scale, list[Hour]]:
    keys = (HourTally.counter_id, HourTally.day, HourTally.hour, HourTally.channel, HourTally.tier)
    sums: list[ColumnElement[Any]] = [func.sum(getattr(HourTally, name)) for name in LEVEL_NAMES]
    query = select(HourTally.version_id, *keys, *sums).where(
        HourTally.unit_id == unit_id, HourTally.day.between(days.first_on, days.last_on)
    )
    found: dict[Scale, list[Hour]] = {}
    for version_id, counter_id, day, hour, channel, tier, *levels in session.execute(
        query.group_by(HourTally.version_id, *keys)
    ):
        if version := known.get(version_id):
            counts = LevelCounts(version.scale, tuple(int(count) for count in levels[: version.scale]))
            found.setdefault(version.scale, []).append(Hour(counter_id, day, hour, channel, tier, counts))
    return found


def _marked(session: Session, unit_id: int, days: Period, known: Versions, scale: Scale) -> list[Hour]:
    """Return the ratings that bear a label and count; they are few, and no tally knows their hour."""
    columns = (Rating.counter_id, Rating.counted_on, Rating.answered_at, Rating.channel, Rating.tier, Rating.level)
    query = select(*columns).where(
        Rating.unit_id == unit_id,
        Rating.counted_on.between(days.first_on, days.last_on),
        Rating.version_id.in_([one.version_id for one in known.values() if one.scale is scale]),
        Rating.counter_id.is_not(None),
        Rating.level.is_not(None),
        Rating.tier != SUSPICIOUS,
        marked(),
        not_(left_out()),
    )
    found = []
    for counter_id, day, at, channel, tier, level in session.execute(query):
        counts = LevelCounts(scale, tuple(int(place == level) for place in range(1, scale + 1)))
        found.append(Hour(counter_id or 0, day, local_time(at).hour, channel, tier, counts))
    return found
