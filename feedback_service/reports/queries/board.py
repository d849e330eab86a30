"""The board: everything that one page shows about satisfaction in a unit and a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import Period, local_day
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.comparison import Comparison, Naming, comparison
from feedback_service.reports.queries.dossiers import dossiers_of
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.queries.tallies import Slice, Versions
from feedback_service.reports.rules import questions, reasons
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.dossiers import Dossiers
from feedback_service.reports.rules.periods import Choice
from feedback_service.reports.rules.reasons import Reasons
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale
from feedback_service.reports.rules.trend import Trend, trend

TIERS = ("dossier", "kiosk", "web", "suspicious")


@dataclass(frozen=True)
class Asking:
    """What somebody wants to see: a unit, a period, a tier of trust or all, a scale or the one most used.

    `nameless` is what a line without a known counter is called in the reader's `language`.
    """

    unit_id: int
    period: Choice
    tier: str | None
    scale: Scale | None
    language: str
    nameless: str


@dataclass(frozen=True)
class Board:
    """All figures of the board; `others` are counts on other scales, which can never be added."""

    unit: Place
    period: Choice
    scale: Scale
    total: LevelCounts
    others: tuple[LevelCounts, ...]
    before: LevelCounts
    year_before: LevelCounts
    comparison: Comparison
    rated_units: frozenset[int]
    course: Trend
    low_reasons: Reasons
    praise: Reasons
    tiers: tuple[tuple[str, LevelCounts], ...]
    complete: Completeness
    dossiers: Dossiers | None
    dossiers_before: Dossiers | None

    @property
    def ratings(self) -> int:
        """How many ratings there are on every scale."""
        return self.total.total + sum(other.total for other in self.others)

    @property
    def whole_dossiers(self) -> Dossiers | None:
        """The dossiers that the ratings can be set against: figures of the unit, or of every unit that was rated."""
        known = self.dossiers
        return known if known and known.covers(self.unit.id, self.rated_units) else None


def board(session: Session, within: Places, asking: Asking, *, now: datetime) -> Board:
    """Return the board of a unit and everything below it; `within` holds only what the reader may see."""
    known = tallies.versions(session)
    days, before, year_before = (
        one.days for one in (asking.period, asking.period.before(), asking.period.year_before())
    )
    wanted = Slice(within.below(asking.unit_id), days, asking.tier)
    scales = tallies.by_scale(session, wanted, known)
    scale = asking.scale or max(scales, key=lambda one: scales[one].total, default=Scale.FIVE)
    total = scales.pop(scale, LevelCounts.none(scale))
    ticked = tallies.choices(session, wanted)
    found = tallies.by_place(session, wanted, known, scale)
    reports = tablets(session, wanted.unit_ids, until=days.until_at)
    return Board(
        unit=within.by_id[asking.unit_id],
        period=asking.period,
        scale=scale,
        total=total,
        others=tuple(scales.values()),
        before=tallies.total(session, wanted.during(before), known, scale),
        year_before=tallies.total(session, wanted.during(year_before), known, scale),
        comparison=comparison(session, within, asking.unit_id, found, Naming(scale, asking.nameless)),
        rated_units=frozenset(unit_id for unit_id, _counter in found),
        course=trend(tallies.by_day(session, wanted, known, scale), _so_far(days, now), scale),
        low_reasons=reasons.ranked(_texts(ticked, known, scale, questions.LOW, asking.language), total.low),
        praise=reasons.ranked(_texts(ticked, known, scale, questions.HIGH, asking.language), total.satisfied),
        tiers=_tiers(tallies.by_tier(session, wanted, known, scale)),
        complete=completeness(reports, until=days.until_at, now=now),
        dossiers=dossiers_of(session, wanted.unit_ids, days, unit_id=asking.unit_id),
        dossiers_before=dossiers_of(session, wanted.unit_ids, before, unit_id=asking.unit_id),
    )


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


def _tiers(found: Mapping[str, LevelCounts]) -> tuple[tuple[str, LevelCounts], ...]:
    return tuple((tier, found[tier]) for tier in TIERS if tier in found)


def _so_far(period: Period, now: datetime) -> Period:
    today = local_day(now)
    return Period(period.first_on, min(period.last_on, max(today, period.first_on)))
