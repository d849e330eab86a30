"""Figures from the daily tallies; the ratings themselves are never read for a report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.ratings.models import (
    ChoiceTally,
    LaneChoiceTally,
    MarkTally,
    MonthTally,
    ProcedureTally,
    RatingTally,
)
from feedback_service.reports.queries.slices import LEVEL_NAMES, Slice, counts_of, days_of, is_everything, sums, within
from feedback_service.reports.rules.months import by_months
from feedback_service.reports.rules.questions import Asked, asked
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale

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
    found = _levels(session, wanted, known, "unit_id", "counter_id")
    return {(unit_id, counter_id): counts for (unit_id, counter_id), counts in _gathered(found, scale).items()}


def by_day(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[date, LevelCounts]:
    """Return counts by day."""
    table = ProcedureTally if wanted.procedure_id else days_of(session, wanted, ("day",))
    lines = _read(session, table, wanted, known, ("day",))
    return {day: counts for (day,), counts in _gathered(lines, scale).items()}


def by_month(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[date, LevelCounts]:
    """Return counts by the first day of each whole month, and by day before and after them."""
    months, edges = by_months(wanted.period)
    if months is None or wanted.procedure_id is not None:
        return by_day(session, wanted, known, scale)
    lines = _read(session, MonthTally, wanted.during(months), known, ("month_on",))
    days = days_of(session, wanted, ("day",))
    for edge in edges:
        lines += _read(session, days, wanted.during(edge), known, ("day",))
    return {day: counts for (day,), counts in _gathered(lines, scale).items()}


def by_tier(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[str, LevelCounts]:
    """Return counts by tier of trust."""
    found = _gathered(_levels(session, wanted, known, "tier"), scale)
    return {tier: counts for (tier,), counts in found.items()}


def by_channel(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[str, LevelCounts]:
    """Return counts by the way that ratings came."""
    found = _gathered(_levels(session, wanted, known, "channel"), scale)
    return {channel: counts for (channel,), counts in found.items()}


def marked(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts of ratings that bear a label by unit and counter; counter 0 means that none is known."""
    table = MarkTally if wanted.procedure_id is None else ProcedureTally
    keys = (table.unit_id, table.counter_id)
    ids = [version.version_id for version in known.values() if version.scale is scale]
    query = select(*keys, *sums(table)).where(*within(table, wanted), table.version_id.in_(ids)).group_by(*keys)
    if wanted.procedure_id is not None:
        query = query.where(ProcedureTally.is_marked)
    return {(row[0], row[1]): counts_of(row[2:], scale) for row in session.execute(query)}


def choices(session: Session, wanted: Slice) -> dict[tuple[int, str, str], int]:
    """Return how often each option was ticked, by version, question and value; nothing of a single procedure."""
    if wanted.procedure_id is not None:
        return {}
    months, edges = by_months(wanted.period)
    if wanted.counter_id is not None or not months or not is_everything(session, wanted.unit_ids):
        months, edges = None, (wanted.period,)
    parts: list[tuple[type[LaneChoiceTally | ChoiceTally], Period]] = [(ChoiceTally, edge) for edge in edges]
    if months:
        parts.append((LaneChoiceTally, months))
    found: Counter[tuple[int, str, str]] = Counter()
    for table, days in parts:
        keys = (table.version_id, table.question, table.value)
        query = select(*keys, func.sum(table.count)).where(*within(table, wanted.during(days))).group_by(*keys)
        found.update({(row[0], row[1], row[2]): int(row[3]) for row in session.execute(query)})
    return dict(found)


@dataclass(frozen=True)
class _Line:
    key: tuple[Any, ...]
    counts: LevelCounts


def _levels(session: Session, wanted: Slice, known: Versions, *keys: str) -> list[_Line]:
    """Return the counts of the first faces by version and some columns; whole months from the tally of months."""
    if wanted.procedure_id is not None:
        return _read(session, ProcedureTally, wanted, known, keys)
    months, edges = by_months(wanted.period)
    of_months = _read(session, MonthTally, wanted.during(months), known, keys) if months else []
    days = days_of(session, wanted, keys) if edges else RatingTally
    return [*of_months, *(line for edge in edges for line in _read(session, days, wanted.during(edge), known, keys))]


def _read(session: Session, table: Any, wanted: Slice, known: Versions, keys: Sequence[str]) -> list[_Line]:
    question = [] if table is ProcedureTally else ["question"]
    grouped = [getattr(table, name) for name in ("version_id", *keys, *question)]
    query = select(*grouped, *sums(table)).where(*within(table, wanted)).group_by(*grouped)
    return [
        _Line(tuple(row[1 : 1 + len(keys)]), counts_of(row[-len(LEVEL_NAMES) :], version.scale))
        for row in session.execute(query)
        if (version := known.get(row[0])) and (not question or version.faces == row[1 + len(keys)])
    ]


def _gathered(lines: list[_Line], scale: Scale) -> dict[tuple[Any, ...], LevelCounts]:
    found: dict[tuple[Any, ...], LevelCounts] = {}
    for line in lines:
        if line.counts.scale is scale:
            found[line.key] = found.get(line.key, LevelCounts.none(scale)) + line.counts
    return found
