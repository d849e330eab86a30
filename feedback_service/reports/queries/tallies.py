"""Figures from the daily tallies; the ratings themselves are never read for a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.ratings.models import ChoiceTally, HourTally, MarkTally, RatingTally
from feedback_service.reports.rules.questions import Asked, asked
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale

LEVELS = tuple(getattr(RatingTally, f"level_{level}") for level in range(1, 6))
MARK_LEVELS = tuple(getattr(MarkTally, f"level_{level}") for level in range(1, 6))
HOUR_LEVELS = tuple(getattr(HourTally, f"level_{level}") for level in range(1, 6))


@dataclass(frozen=True)
class Slice:
    """Which figures are asked for; without a tier, a channel or a counter those of every one."""

    unit_ids: frozenset[int]
    period: Period
    tier: str | None = None
    channel: str | None = None
    counter_id: int | None = None

    def during(self, period: Period) -> "Slice":
        """Return the same figures of another period."""
        return replace(self, period=period)


Versions = Mapping[int, Asked]
"""Every version of a questionnaire that asked for faces, by its id."""


def versions(session: Session, questionnaire: str | None = None) -> Versions:
    """Return what each published version asked, of one questionnaire or of all."""
    query = select(QuestionnaireVersion.id, QuestionnaireVersion.questions)
    query = query.where(QuestionnaireVersion.status != "draft")
    if questionnaire is not None:
        query = query.where(QuestionnaireVersion.questionnaire_id == questionnaire)
    found = (asked(row.id, row.questions) for row in session.execute(query.order_by(QuestionnaireVersion.id)))
    return {version.version_id: version for version in found if version}


def titles(session: Session, language: str) -> tuple[tuple[str, str], ...]:
    """Return id and title of every questionnaire that has been published and asks for faces."""
    query = (
        select(Questionnaire.id, Questionnaire.title_vi, Questionnaire.title_en)
        .where(
            QuestionnaireVersion.questionnaire_id == Questionnaire.id,
            QuestionnaireVersion.status != "draft",
            QuestionnaireVersion.questions.contains('"faces"'),
        )
        .distinct()
        .order_by(Questionnaire.id)
    )
    return tuple((row[0], row[1] if language == "vi" else row[2] or row[1]) for row in session.execute(query))


def by_scale(session: Session, wanted: Slice, known: Versions) -> dict[Scale, LevelCounts]:
    """Return the counts of each scale in which there is a rating."""
    lines = _levels(session, wanted, known)
    found = {scale: _gathered(lines, scale).get(()) for scale in Scale}
    return {scale: counts for scale, counts in found.items() if counts and counts.total}


def total(session: Session, wanted: Slice, known: Versions, scale: Scale) -> LevelCounts:
    """Return the counts of one scale."""
    return _gathered(_levels(session, wanted, known), scale).get((), LevelCounts.none(scale))


def by_place(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts by unit and counter; counter 0 means that none is known."""
    found = _levels(session, wanted, known, RatingTally.unit_id, RatingTally.counter_id)
    return {(unit_id, counter_id): counts for (unit_id, counter_id), counts in _gathered(found, scale).items()}


def by_day(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[date, LevelCounts]:
    """Return counts by day."""
    return {
        day: counts for (day,), counts in _gathered(_levels(session, wanted, known, RatingTally.day), scale).items()
    }


def by_tier(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[str, LevelCounts]:
    """Return counts by tier of trust."""
    found = _gathered(_levels(session, wanted, known, RatingTally.tier), scale)
    return {tier: counts for (tier,), counts in found.items()}


def by_hour(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[date, int], LevelCounts]:
    """Return counts by day and hour of the local clock."""
    keys = (HourTally.day, HourTally.hour)
    sums: list[ColumnElement[Any]] = [func.sum(level) for level in HOUR_LEVELS]
    ids = [version.version_id for version in known.values() if version.scale is scale]
    query = select(*keys, *sums).where(*_within(HourTally, wanted), HourTally.version_id.in_(ids)).group_by(*keys)
    return {(row[0], row[1]): _counts(row[2:], scale) for row in session.execute(query)}


def marked(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts of ratings that bear a label by unit and counter; counter 0 means that none is known."""
    keys = (MarkTally.unit_id, MarkTally.counter_id)
    sums: list[ColumnElement[Any]] = [func.sum(level) for level in MARK_LEVELS]
    ids = [version.version_id for version in known.values() if version.scale is scale]
    query = select(*keys, *sums).where(*_within(MarkTally, wanted), MarkTally.version_id.in_(ids)).group_by(*keys)
    return {(row[0], row[1]): _counts(row[2:], scale) for row in session.execute(query)}


def choices(session: Session, wanted: Slice) -> dict[tuple[int, str, str], int]:
    """Return how often each option was ticked, by version, question and value."""
    keys = (ChoiceTally.version_id, ChoiceTally.question, ChoiceTally.value)
    query = select(*keys, func.sum(ChoiceTally.count)).where(*_within(ChoiceTally, wanted)).group_by(*keys)
    return {(row[0], row[1], row[2]): int(row[3]) for row in session.execute(query)}


@dataclass(frozen=True)
class _Line:
    key: tuple[Any, ...]
    counts: LevelCounts


def _levels(session: Session, wanted: Slice, known: Versions, *keys: InstrumentedAttribute[Any]) -> list[_Line]:
    grouped: list[InstrumentedAttribute[Any]] = [RatingTally.version_id, RatingTally.question, *keys]
    sums: list[ColumnElement[Any]] = [func.sum(level) for level in LEVELS]
    query = select(*grouped, *sums).where(*_within(RatingTally, wanted)).group_by(*grouped)
    return [
        _Line(tuple(row[2 : -len(LEVELS)]), _counts(row[-len(LEVELS) :], version.scale))
        for row in session.execute(query)
        if (version := known.get(row[0])) and version.faces == row[1]
    ]


def _gathered(lines: list[_Line], scale: Scale) -> dict[tuple[Any, ...], LevelCounts]:
    found: dict[tuple[Any, ...], LevelCounts] = {}
    for line in lines:
        if line.counts.scale is scale:
            found[line.key] = found.get(line.key, LevelCounts.none(scale)) + line.counts
    return found


def _counts(levels: Sequence[int], scale: Scale) -> LevelCounts:
    return LevelCounts(scale, tuple(int(count) for count in levels[:scale]))


def _within(
    table: type[RatingTally] | type[ChoiceTally] | type[HourTally] | type[MarkTally], wanted: Slice
) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = [
        table.unit_id.in_(sorted(wanted.unit_ids)),
        table.day.between(wanted.period.first_on, wanted.period.last_on),
    ]
    if wanted.tier is not None:
        within.append(table.tier == wanted.tier)
    if wanted.channel is not None:
        within.append(table.channel == wanted.channel)
    if wanted.counter_id is not None:
        within.append(table.counter_id == wanted.counter_id)
    return within
