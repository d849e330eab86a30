"""The indicators of a unit in a period, each with what it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.core.words import Sentence
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.answers import Answered, answered
from feedback_service.reports.queries.cases import cases
from feedback_service.reports.queries.dossiers import columns_of
from feedback_service.reports.queries.held import Neighbours
from feedback_service.reports.queries.places import Places
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.queries.tablets import tablets
from feedback_service.reports.rules.completeness import Completeness, completeness
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.indicators import Indicator
from feedback_service.reports.rules.national import Reports, group_five
from feedback_service.reports.rules.nine import ASKED, answers_index, asked_index, time_index
from feedback_service.reports.rules.on_time import on_time
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added, held_back
from feedback_service.reports.rules.sipas import sipas
from feedback_service.reports.rules.weighted import satisfied, unmarked, weighted

BALLOT, FORM = "phieu-9-chi-so", "sipas-2023"
"""The questionnaires whose answers make the nine indices and SIPAS."""
WITH_CODE = "dossier"
"""The tier of ratings that belong to a dossier."""


@dataclass(frozen=True)
class Indicators:
    """Every indicator of a period; `nine` holds those of the nine indices that can be computed, by their number.

    `others` are ratings on another scale, which can never be added.
    """

    on_time: tuple[Indicator, ...]
    satisfaction: tuple[Indicator, ...]
    nine: dict[int, Indicator]
    national: tuple[Indicator, ...]
    sipas: tuple[Indicator, ...]
    scale: Scale
    others: int
    complete: Completeness


def indicators(
    session: Session, within: Places, unit_id: int, days: Period, *, now: datetime, language: str = "vi"
) -> Indicators:
    """Return the indicators of a unit and everything below it; items of questionnaires in the reader's language."""
    units = within.below(unit_id)
    told = columns_of(session, units, days, unit_id=unit_id) or {}
    known, wanted = tallies.versions(session), Slice(units, days)
    scales = tallies.by_scale(session, wanted, known)
    scale = max(scales, key=lambda one: scales[one].total, default=Scale.FIVE)
    counts = scales.get(scale, LevelCounts.none(scale))
    by_tier = [tallies.by_tier(session, wanted, known, one) for one in scales]
    marks = added(scale, tallies.marked(session, wanted, known, scale).values())
    told_of = _satisfaction(counts, marks)
    is_hidden = counts.is_enough and Neighbours(session, within, unit_id, known, known, scale).hide(wanted)
    hidden = held_back(counts) if is_hidden else None
    ballots, form = (answered(session, one, (within, unit_id), days, language=language) for one in (BALLOT, FORM))
    reports = cases(session, units, days, now=now)
    late = [told.get(name) for name in ("resolved_late", "pending_late")]
    return Indicators(
        on_time=on_time(told),
        satisfaction=tuple(replace(one, terms=(), withheld=hidden) for one in told_of) if hidden else told_of,
        nine=_nine(told, reports, ballots),
        sipas=sipas(form.counts, form.texts, form.held),
        national=group_five(
            reports,
            dossiers=told.get("received"),
            overdue=None if None in late else sum(number or 0 for number in late),
            objected=objected(by_tier),
        ),
        scale=scale,
        others=sum(one.total for one in scales.values()) - counts.total,
        complete=completeness(tablets(session, units, until=days.until_at), until=days.until_at, now=now),
    )


def _satisfaction(counts: LevelCounts, marks: LevelCounts) -> tuple[Indicator, ...]:
    rest = unmarked(counts, marks)
    return (satisfied(counts), weighted(counts), *([rest] if rest else []))


def _nine(told: Mapping[str, int | None], reports: Reports, ballots: Answered) -> dict[int, Indicator]:
    """Return what can be computed: index 1 from the figures of all dossiers, where there are none from ballots."""
    asked = {}
    for number in ASKED:
        points = ballots.counts.get(f"cs{number}", {})
        asked[number] = asked_index(number, points, is_held=f"cs{number}" in ballots.held)
    by_figures = time_index(*(told.get(f"resolved_{name}") for name in ("early", "on_time", "late")))
    first = asked[1] if by_figures.share is None and asked[1].whole else by_figures
    return {**asked, 1: first, 8: answers_index(reports.on_time, reports.received - reports.in_time)}


def objected(by_tier: Sequence[Mapping[str, LevelCounts]]) -> int | Sentence | None:
    """Return how many ratings of dossiers were low on any scale; why not, where too few could be worked out."""
    lines = [line for tiers in by_tier for line in guarded([Standing(*one) for one in tiers.items()])]
    with_code = [line for line in lines if line.name == WITH_CODE]
    held = next((line.counts for line in with_code if not line.is_shown), None)
    if held is not None:
        return held_back(held)
    return sum(line.counts.low for line in with_code) if with_code else None
