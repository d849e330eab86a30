"""What the office publishes: complete quarters, no group smaller than ten, units and counters but no officer."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import local_day
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.comparison import Comparison, Naming, comparison
from feedback_service.reports.queries.dossiers import dossiers_of
from feedback_service.reports.queries.editions import Edition, edition, open_quarters
from feedback_service.reports.queries.places import Place, Places, office_unit, places
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.disclosure import SMALLEST_GROUP, publishable
from feedback_service.reports.rules.dossiers import Dossiers
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.rules.satisfaction import LevelCounts, without


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
    `closed_at` is absent where nobody has closed them yet.
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
    closed_at: datetime | None

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
    found = edition(session, within.below(office.id), period, known)
    reading = _Reading(session, within, found, period, asking.nameless, now)
    figures = _published(reading, office, also_marked=True)
    if asking.unit_id is None or asking.unit_id == office.id:
        return Publication(periods, figures)
    is_open = any(line.unit_id == asking.unit_id for line in figures.comparison.lines)
    return Publication(periods, _published(reading, within.by_id[asking.unit_id]) if is_open else None)


@dataclass(frozen=True)
class _Reading:
    session: Session
    within: Places
    edition: Edition
    period: ReportPeriod
    nameless: str
    now: datetime


def _published(reading: _Reading, unit: Place, *, also_marked: bool = False) -> Published:
    session, days = reading.session, reading.period.days
    units = reading.within.below(unit.id)
    scales = reading.edition.by_scale(units)
    scale = max(scales, key=lambda one: scales[one].total)
    total = scales.pop(scale)
    found = reading.edition.by_place(units, scale)
    whole = comparison(session, reading.within, unit.id, found, Naming(scale, reading.nameless))
    disclosed = publishable(whole.lines)
    reports = tablets(session, units, until=days.until_at)
    reported = dossiers_of(session, units, days, unit_id=unit.id)
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
        marked=reading.edition.marked(units, scale) if also_marked else LevelCounts.none(scale),
        closed_at=reading.edition.closed_at,
    )


def _periods(session: Session, unit_ids: frozenset[int], known: Versions, now: datetime) -> tuple[ReportPeriod, ...]:
    def has_enough(period: ReportPeriod) -> bool:
        counts = edition(session, unit_ids, period, known).by_scale(unit_ids)
        return any(count.total >= SMALLEST_GROUP for count in counts.values())

    return tuple(period for period in open_quarters(local_day(now)) if has_enough(period))
