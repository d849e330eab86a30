"""Answers to the questions of a questionnaire, from the daily tallies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.questionnaires.queries import question_texts
from feedback_service.ratings.models import ChoiceTally
from feedback_service.reports.queries.places import Places
from feedback_service.reports.rules.disclosure import hidden_of
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale

SUSPICIOUS = "suspicious"


Counts = Mapping[str, Mapping[str, int]]
"""How often each value was chosen, by question."""


@dataclass(frozen=True)
class Answered:
    """How often each value of each question was chosen, suspicious answers apart; the words of the newest version.

    `held` are questions whose figures would give the answers of a smaller unit away.
    """

    counts: Counts
    texts: Mapping[str, str]
    held: frozenset[str]


def answered(
    session: Session, questionnaire: str, place: tuple[Places, int], days: Period, *, language: str
) -> Answered:
    """Return what was answered at a unit and below it in a period, by every published version of a questionnaire."""
    within, unit_id = place
    published = (QuestionnaireVersion.questionnaire_id == questionnaire, QuestionnaireVersion.status != "draft")
    found = session.execute(select(QuestionnaireVersion.id).where(*published).order_by(QuestionnaireVersion.id))
    versions, units = list(found.scalars()), within.below(unit_id)
    counts = _together(_by_unit(session, versions, units, days), units)
    highest = _highest(within, unit_id)
    if not counts or highest == unit_id:
        return Answered(counts, _texts(session, versions[-1:], language) if counts else {}, frozenset())
    beside = _by_unit(session, versions, within.below(highest), days)
    return Answered(counts, _texts(session, versions[-1:], language), _held(within, unit_id, beside, counts))


def _by_unit(
    session: Session, versions: Sequence[int], unit_ids: frozenset[int], days: Period
) -> dict[int, dict[str, dict[str, int]]]:
    keys = (ChoiceTally.unit_id, ChoiceTally.question, ChoiceTally.value)
    query = select(*keys, func.sum(ChoiceTally.count)).where(
        ChoiceTally.unit_id.in_(sorted(unit_ids)),
        ChoiceTally.day.between(days.first_on, days.last_on),
        ChoiceTally.version_id.in_(versions),
        ChoiceTally.tier != SUSPICIOUS,
    )
    found: dict[int, dict[str, dict[str, int]]] = {}
    for unit_id, question, value, count in session.execute(query.group_by(*keys)):
        found.setdefault(unit_id, {}).setdefault(question, {})[value] = int(count)
    return found


def _highest(within: Places, unit_id: int) -> int:
    """Return the highest unit above one that the reader may see."""
    while (above := within.by_id.get(within.by_id[unit_id].parent_id or 0)) is not None:
        unit_id = above.id
    return unit_id


def _together(by_unit: Mapping[int, Counts], unit_ids: Collection[int]) -> dict[str, dict[str, int]]:
    summed: dict[str, dict[str, int]] = {}
    for unit_id in unit_ids & by_unit.keys():
        for question, chosen in by_unit[unit_id].items():
            kept = summed.setdefault(question, {})
            for value, count in chosen.items():
                kept[value] = kept.get(value, 0) + count
    return summed


def _held(within: Places, unit_id: int, by_unit: Mapping[int, Counts], counts: Counts) -> frozenset[str]:
    """Return the questions in which a unit, or one above it, protects a smaller one beside it."""
    held: set[str] = set()
    current = within.by_id[unit_id]
    while (above := within.by_id.get(current.parent_id or 0)) is not None:
        beside = [current, *(child for child in within.children(above.id) if child.id != current.id)]
        groups = [_together(by_unit, within.below(one.id)) for one in beside]
        groups.append(_together(by_unit, frozenset({above.id})))
        held |= {one for one in counts if 0 in hidden_of([_as_levels(group.get(one, {})) for group in groups])}
        current = above
    return frozenset(held)


def _as_levels(chosen: Mapping[str, int]) -> LevelCounts:
    """Return how often each value was chosen, for the rule that asks for sizes and for how many values there are."""
    numbers = sorted(chosen.values(), reverse=True)[: Scale.FIVE]
    return LevelCounts(Scale.FIVE, tuple(numbers + [0] * (Scale.FIVE - len(numbers))))


def _texts(session: Session, newest: list[int], language: str) -> Mapping[str, str]:
    asked = [question for questions in question_texts(session, frozenset(newest)).values() for question in questions]
    return {question.id: question.text.get(language) or question.text["vi"] for question in asked}
