"""The board: everything that one page shows about satisfaction in a unit and a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import Period, local_day
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.comparison import Comparison, Naming, comparison
from feedback_service.reports.queries.dossiers import dossiers_of
from feedback_service.reports.queries.held import Neighbours
from feedback_service.reports.queries.hours import by_hour
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.queries.procedures import procedures_of
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules import questions, reasons
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.dossiers import Dossiers
from feedback_service.reports.rules.hours import HourMap, hour_map
from feedback_service.reports.rules.periods import Choice
from feedback_service.reports.rules.reasons import Reasons
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added
from feedback_service.reports.rules.trend import Trend, is_by_weeks, trend

TIERS = ("dossier", "kiosk", "web", "suspicious")
CHANNELS = ("kiosk", "web", "qr", "paper", "phone")


@dataclass(frozen=True)
class Asking:
    """What somebody wants to see: a unit, a period, a scale or the one most used; the other filters, or all.

    `nameless` is what a line without a known counter is called in the reader's `language`.
    """

    unit_id: int
    period: Choice
    tier: str | None
    scale: Scale | None
    language: str
    nameless: str
    channel: str | None = None
    counter_id: int | None = None
    questionnaire: str | None = None
    procedure_id: int | None = None


@dataclass(frozen=True)
class Board:
    """All figures of the board; `others` are counts on other scales, which can never be added.

    `is_of_part` tells that only the ratings of one counter or procedure are in it, of which nobody reports dossiers;
    `procedures` are those of which somebody told, and what is left, with its name empty. Tiers and channels are keys.
    `is_held_back` tells that this page would give a smaller group away, which another page holds back.
    """

    unit: Place
    period: Choice
    scale: Scale
    total: LevelCounts
    marked: LevelCounts
    others: tuple[LevelCounts, ...]
    before: LevelCounts
    year_before: LevelCounts
    comparison: Comparison
    rated_units: frozenset[int]
    course: Trend
    low_reasons: Reasons
    praise: Reasons
    tiers: tuple[Standing, ...]
    hours: HourMap
    complete: Completeness
    dossiers: Dossiers | None
    dossiers_before: Dossiers | None
    procedures: tuple[Standing, ...]
    channels: tuple[Standing, ...]
    is_of_part: bool = False
    has_one_procedure: bool = False
    is_held_back: bool = False

    @property
    def ratings(self) -> int:
        """How many ratings there are on every scale."""
        return self.total.total + sum(other.total for other in self.others)

    @property
    def whole_dossiers(self) -> Dossiers | None:
        """The dossiers that the ratings can be set against: figures of the unit, or of every unit that was rated."""
        known = None if self.is_of_part else self.dossiers
        return known if known and known.covers(self.unit.id, self.rated_units) else None


def board(session: Session, within: Places, asking: Asking, *, now: datetime) -> Board:
    """Return the board of a unit and everything below it; `within` holds only what the reader may see."""
    every = tallies.versions(session)
    known = tallies.versions(session, asking.questionnaire) if asking.questionnaire else every
    days, before, year_before = _periods(asking.period)
    units = within.below(asking.unit_id)
    wanted = Slice(units, days, asking.tier, asking.channel, asking.counter_id, asking.procedure_id)
    scales = tallies.by_scale(session, wanted, known)
    scale = asking.scale or max(scales, key=lambda one: scales[one].total, default=Scale.FIVE)
    total = scales.pop(scale, LevelCounts.none(scale))
    neighbours = Neighbours(session, within, asking.unit_id, known, every, scale)
    ticked = tallies.choices(session, wanted)
    found = tallies.by_place(session, wanted, known, scale)
    marks = tallies.marked(session, wanted, known, scale)
    whole = comparison(session, within, asking.unit_id, found, Naming(scale, asking.nameless, marks))
    return Board(
        unit=within.by_id[asking.unit_id],
        period=asking.period,
        scale=scale,
        total=total,
        marked=added(scale, marks.values()),
        others=tuple(scales.values()),
        before=neighbours.total(wanted.during(before)),
        year_before=neighbours.total(wanted.during(year_before)),
        comparison=replace(whole, lines=guarded(_asked(whole.lines, asking.counter_id))),
        rated_units=frozenset(unit_id for unit_id, _counter in found),
        course=_course(session, wanted, known, scale, now),
        low_reasons=reasons.ranked(_texts(ticked, known, scale, questions.LOW, asking.language), total.low),
        praise=reasons.ranked(_texts(ticked, known, scale, questions.HIGH, asking.language), total.satisfied),
        tiers=_told_apart(tallies.by_tier(session, wanted, known, scale), TIERS),
        channels=_told_apart(tallies.by_channel(session, wanted, known, scale), CHANNELS),
        hours=hour_map(by_hour(session, wanted, known, scale)),
        complete=_complete(session, units, days, now),
        dossiers=dossiers_of(session, units, days, unit_id=asking.unit_id),
        dossiers_before=dossiers_of(session, units, before, unit_id=asking.unit_id),
        is_of_part=asking.counter_id is not None or asking.procedure_id is not None,
        is_held_back=total.is_enough and neighbours.hide(wanted),
        has_one_procedure=asking.procedure_id is not None,
        procedures=procedures_of(session, wanted, known, total),
    )


def _periods(period: Choice) -> tuple[Period, Period, Period]:
    return period.days, period.before().days, period.year_before().days


def _course(session: Session, wanted: Slice, known: Versions, scale: Scale, now: datetime) -> Trend:
    is_weekly = is_by_weeks(wanted.period, len(wanted.unit_ids))
    counts = (tallies.by_day if is_weekly else tallies.by_month)(session, wanted, known, scale)
    return trend(counts, _so_far(wanted.period, now), scale, is_weekly=is_weekly)


def _complete(session: Session, units: frozenset[int], days: Period, now: datetime) -> Completeness:
    return completeness(tablets(session, units, until=days.until_at), until=days.until_at, now=now)


def _texts(
    ticked: Mapping[tuple[int, str, str], int], known: Versions, scale: Scale, after: str, language: str
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for version in known.values():
        chosen = [question for question in version.choices if question.after == after and version.scale is scale]
        for question in chosen:
            for value, text in question.options.items():
                words = text.get(language) or text["vi"]
                counts[words] = counts.get(words, 0) + ticked.get((version.version_id, question.id, value), 0)
    return {words: count for words, count in counts.items() if count}


def _told_apart(found: Mapping[str, LevelCounts], names: Sequence[str]) -> tuple[Standing, ...]:
    return guarded([Standing(name, found[name]) for name in names if name in found])


def _asked(lines: Sequence[Standing], counter_id: int | None) -> Sequence[Standing]:
    return lines if counter_id is None else [line for line in lines if line.counter_id == counter_id]


def _so_far(period: Period, now: datetime) -> Period:
    today = local_day(now)
    return Period(period.first_on, min(period.last_on, max(today, period.first_on)))
