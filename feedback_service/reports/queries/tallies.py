"""Figures from the daily tallies; the ratings themselves are never read for a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.ratings.models import (
    ChoiceTally,
    HourTally,
    MarkTally,
    MonthTally,
    ProcedureTally,
    RatingTally,
    WeekdayTally,
)
from feedback_service.reports.rules.months import by_months
from feedback_service.reports.rules.questions import Asked, asked
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale

LEVEL_NAMES = tuple(f"level_{level}" for level in range(1, 6))
Table = type[RatingTally] | type[ChoiceTally] | type[HourTally] | type[MarkTally] | type[ProcedureTally]


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
    lines = _read(session, ProcedureTally if wanted.procedure_id else RatingTally, wanted, known, ("day",))
    return {day: counts for (day,), counts in _gathered(lines, scale).items()}


def by_month(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[date, LevelCounts]:
    """Return counts by the first day of each whole month, and by day before and after them."""
    months, edges = by_months(wanted.period)
    if months is None or wanted.procedure_id is not None:
        return by_day(session, wanted, known, scale)
    lines = _read(session, MonthTally, wanted.during(months), known, ("month_on",))
    for edge in edges:
        lines += _read(session, RatingTally, wanted.during(edge), known, ("day",))
    return {day: counts for (day,), counts in _gathered(lines, scale).items()}


def by_tier(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[str, LevelCounts]:
    """Return counts by tier of trust."""
    found = _gathered(_levels(session, wanted, known, "tier"), scale)
    return {tier: counts for (tier,), counts in found.items()}


def by_channel(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[str, LevelCounts]:
    """Return counts by the way that ratings came."""
    found = _gathered(_levels(session, wanted, known, "channel"), scale)
    return {channel: counts for (channel,), counts in found.items()}


def by_hour(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts by weekday (Monday is 0) and hour of the local clock; nothing of a single procedure.

    Whole months are read from the tally of weekdays, which knows no counters.
    """
    if wanted.procedure_id is not None:
        return {}
    ids = [version.version_id for version in known.values() if version.scale is scale]
    months, edges = (None, (wanted.period,)) if wanted.counter_id is not None else by_months(wanted.period)
    found: dict[tuple[int, int], LevelCounts] = {}
    if months:
        keys = (WeekdayTally.weekday, WeekdayTally.hour)
        query = select(*keys, *_sums(WeekdayTally)).where(*_in_months(WeekdayTally, wanted.during(months)))
        for row in session.execute(query.where(WeekdayTally.version_id.in_(ids)).group_by(*keys)):
            found[row[0], row[1]] = _counts(row[2:], scale)
    for edge in edges:
        of_days = (HourTally.day, HourTally.hour)
        query = select(*of_days, *_sums(HourTally)).where(*_within(HourTally, wanted.during(edge)))
        for row in session.execute(query.where(HourTally.version_id.in_(ids)).group_by(*of_days)):
            key, counts = (row[0].weekday(), row[1]), _counts(row[2:], scale)
            found[key] = found[key] + counts if key in found else counts
    return found


def marked(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts of ratings that bear a label by unit and counter; counter 0 means that none is known."""
    table = MarkTally if wanted.procedure_id is None else ProcedureTally
    keys = (table.unit_id, table.counter_id)
    ids = [version.version_id for version in known.values() if version.scale is scale]
    query = select(*keys, *_sums(table)).where(*_within(table, wanted), table.version_id.in_(ids)).group_by(*keys)
    if wanted.procedure_id is not None:
        query = query.where(ProcedureTally.is_marked)
    return {(row[0], row[1]): _counts(row[2:], scale) for row in session.execute(query)}


@dataclass(frozen=True)
class OfProcedure:
    """The counts of one procedure, and those of them that bear a label."""

    counts: LevelCounts
    marked: LevelCounts


def by_procedure(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[int, OfProcedure]:
    """Return counts by procedure, of ratings whose procedure is known."""
    keys = (ProcedureTally.procedure_id, ProcedureTally.is_marked)
    ids = [version.version_id for version in known.values() if version.scale is scale]
    query = select(*keys, *_sums(ProcedureTally)).where(
        *_within(ProcedureTally, wanted), ProcedureTally.version_id.in_(ids)
    )
    none = LevelCounts.none(scale)
    found: dict[int, OfProcedure] = {}
    for row in session.execute(query.group_by(*keys).order_by(*keys)):
        before, counts = found.get(row[0], OfProcedure(none, none)), _counts(row[2:], scale)
        found[row[0]] = OfProcedure(before.counts + counts, before.marked + (counts if row[1] else none))
    return found


def choices(session: Session, wanted: Slice) -> dict[tuple[int, str, str], int]:
    """Return how often each option was ticked, by version, question and value; nothing of a single procedure."""
    if wanted.procedure_id is not None:
        return {}
    keys = (ChoiceTally.version_id, ChoiceTally.question, ChoiceTally.value)
    query = select(*keys, func.sum(ChoiceTally.count)).where(*_within(ChoiceTally, wanted)).group_by(*keys)
    return {(row[0], row[1], row[2]): int(row[3]) for row in session.execute(query)}


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
    return [
        *of_months,
        *(line for edge in edges for line in _read(session, RatingTally, wanted.during(edge), known, keys)),
    ]


def _read(session: Session, table: Any, wanted: Slice, known: Versions, keys: Sequence[str]) -> list[_Line]:
    question = [] if table is ProcedureTally else ["question"]
    grouped = [getattr(table, name) for name in ("version_id", *keys, *question)]
    within = _in_months(MonthTally, wanted) if table is MonthTally else _within(table, wanted)
    query = select(*grouped, *_sums(table)).where(*within).group_by(*grouped)
    return [
        _Line(tuple(row[1 : 1 + len(keys)]), _counts(row[-len(LEVEL_NAMES) :], version.scale))
        for row in session.execute(query)
        if (version := known.get(row[0])) and (not question or version.faces == row[1 + len(keys)])
    ]


def _sums(table: Any) -> list[ColumnElement[Any]]:
    return [func.sum(getattr(table, name)) for name in LEVEL_NAMES]


def _in_months(table: type[MonthTally] | type[WeekdayTally], wanted: Slice) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = [
        table.unit_id.in_(sorted(wanted.unit_ids)),
        table.month_on.between(wanted.period.first_on, wanted.period.last_on),
    ]
    if wanted.tier is not None:
        within.append(table.tier == wanted.tier)
    if wanted.channel is not None:
        within.append(table.channel == wanted.channel)
    if wanted.counter_id is not None and table is MonthTally:
        within.append(MonthTally.counter_id == wanted.counter_id)
    return within


def _gathered(lines: list[_Line], scale: Scale) -> dict[tuple[Any, ...], LevelCounts]:
    found: dict[tuple[Any, ...], LevelCounts] = {}
    for line in lines:
        if line.counts.scale is scale:
            found[line.key] = found.get(line.key, LevelCounts.none(scale)) + line.counts
    return found


def _counts(levels: Sequence[int], scale: Scale) -> LevelCounts:
    return LevelCounts(scale, tuple(int(count) for count in levels[:scale]))


def _within(table: Table, wanted: Slice) -> list[ColumnElement[bool]]:
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
    if wanted.procedure_id is not None and table is ProcedureTally:
        within.append(ProcedureTally.procedure_id == wanted.procedure_id)
    return within
