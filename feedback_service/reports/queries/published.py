"""What the office publishes: complete quarters, no group smaller than ten, units and counters but no officer."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import local_day
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.comparison import Comparison, Naming, comparison
from feedback_service.reports.queries.dossiers import dossiers_of
from feedback_service.reports.queries.places import Place, Places, office_unit, places
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.queries.tallies import Slice, Versions
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.disclosure import SMALLEST_GROUP, publishable
from feedback_service.reports.rules.dossiers import Dossiers
from feedback_service.reports.rules.periods import Kind, ReportPeriod, last_complete
from feedback_service.reports.rules.satisfaction import LevelCounts, added, without

QUARTERS = 4
"""How many past quarters can be opened."""


@dataclass(frozen=True)
class Asking:
    """Which quarter and which unit; `nameless` is what a line without a known counter is called."""

    key: str
    unit_id: int | None
    nameless: str


@dataclass(frozen=True)
class Published:
    """The figures of one quarter; `others` are counts on another scale, where they are enough to be told.

    `marked` is told of the whole office only: what is left of it without its units would be a small group.
    `hidden` lines are too small to be shown one by one; `rest` holds them together, absent when they are too few.
    """

    unit: Place
    period: ReportPeriod
    total: LevelCounts
    others: tuple[LevelCounts, ...]
    comparison: Comparison
    hidden: int
    rest: LevelCounts | None
    complete: Completeness
    dossiers: Dossiers | None
    marked: LevelCounts

    @property
    def unmarked(self) -> LevelCounts | None:
        """The counts without marked ratings, None where the difference would be a small group."""
        return without(self.total, self.marked, least=SMALLEST_GROUP)

    @property
    def ratings(self) -> int:
        """How many ratings there are on every scale."""
        return self.total.total + sum(other.total for other in self.others)


@dataclass(frozen=True)
class Publication:
    """The quarters that can be opened, newest first, and the one that was asked for; absent when there is none."""

    periods: tuple[ReportPeriod, ...]
    figures: Published | None


def publication(session: Session, asking: Asking, *, now: datetime) -> Publication:
    """Return the figures of a quarter that has at least ten ratings, the last complete one unless it is asked for.

    A unit below that of the office can be opened when its own line is published.
    """
    within = places(session)
    office = within.by_id.get(office_unit(session) or 0)
    if office is None:
        return Publication((), None)
    known = tallies.versions(session)
    periods = _periods(session, within.below(office.id), known, now)
    period = next((one for one in periods if asking.key in ("", one.key)), None)
    if period is None:
        return Publication(periods, None)
    reading = _Reading(session, within, known, period, asking.nameless, now)
    figures = _published(reading, office, also_marked=True)
    if asking.unit_id is None or asking.unit_id == office.id:
        return Publication(periods, figures)
    is_open = any(line.unit_id == asking.unit_id for line in figures.comparison.lines)
    return Publication(periods, _published(reading, within.by_id[asking.unit_id]) if is_open else None)


@dataclass(frozen=True)
class _Reading:
    session: Session
    within: Places
    known: Versions
    period: ReportPeriod
    nameless: str
    now: datetime


def _published(reading: _Reading, unit: Place, *, also_marked: bool = False) -> Published:
    session, days = reading.session, reading.period.days
    wanted = Slice(reading.within.below(unit.id), days)
    scales = tallies.by_scale(session, wanted, reading.known)
    scale = max(scales, key=lambda one: scales[one].total)
    total = scales.pop(scale)
    found = tallies.by_place(session, wanted, reading.known, scale)
    whole = comparison(session, reading.within, unit.id, found, Naming(scale, reading.nameless))
    disclosed = publishable(whole.lines)
    reports = tablets(session, wanted.unit_ids, until=days.until_at)
    reported = dossiers_of(session, wanted.unit_ids, days, unit_id=unit.id)
    marked = tallies.marked(session, wanted, reading.known, scale).values() if also_marked else ()
    rated = frozenset(unit_id for unit_id, _counter in found)
    return Published(
        unit=unit,
        period=reading.period,
        total=total,
        others=tuple(one for one in scales.values() if one.total >= SMALLEST_GROUP),
        comparison=replace(whole, lines=disclosed.shown, silent_units=0),
        hidden=disclosed.hidden,
        rest=disclosed.rest,
        complete=completeness(reports, until=days.until_at, now=reading.now),
        dossiers=reported if reported and reported.covers(unit.id, rated) else None,
        marked=added(scale, marked),
    )


def _periods(session: Session, unit_ids: frozenset[int], known: Versions, now: datetime) -> tuple[ReportPeriod, ...]:
    found = []
    period = last_complete(local_day(now), Kind.QUARTER)
    for _ in range(QUARTERS):
        counts = tallies.by_scale(session, Slice(unit_ids, period.days), known)
        if any(count.total >= SMALLEST_GROUP for count in counts.values()):
            found.append(period)
        period = period.before()
    return tuple(found)
