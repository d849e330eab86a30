"""How ratings are counted: by day, place and question, by option, and by the hour of the day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from feedback_service.questionnaires.rules import Answers, Kind, Question, face_of
from feedback_service.ratings.rules.recording import Channel

LEVELS = 5
NO_COUNTER = 0
"""How a tally says that no counter is known."""
Key = TypeVar("Key")


class Cell(NamedTuple):
    """What one row of a tally counts; `value` is "" in the tally of levels."""

    unit_id: int
    day: date
    counter_id: int
    version_id: int
    question: str
    value: str
    channel: str
    tier: str


class HourCell(NamedTuple):
    """What one row of the tally of hours counts; `hour` is that of the local clock, 0 to 23."""

    unit_id: int
    day: date
    hour: int
    counter_id: int
    version_id: int
    channel: str
    tier: str


class MarkCell(NamedTuple):
    """What one row of the tally of labelled ratings counts."""

    unit_id: int
    day: date
    counter_id: int
    version_id: int
    channel: str
    tier: str


class ProcedureCell(NamedTuple):
    """What one row of the tally of procedures counts; ratings that bear a label stand in cells of their own."""

    unit_id: int
    day: date
    procedure_id: int
    counter_id: int
    version_id: int
    channel: str
    tier: str
    is_marked: bool


class Countable(NamedTuple):
    """One stored rating as the tallies see it; `hour` is that of the local clock, `is_marked` that it bears a label.

    `procedure_id` is absent where nobody knows it.
    """

    unit_id: int
    day: date
    counter_id: int | None
    version_id: int
    channel: str
    tier: str
    answers: Answers
    hour: int
    is_marked: bool = False
    procedure_id: int | None = None


WITHOUT_HOUR = frozenset({Channel.PAPER.value, Channel.PHONE.value})
"""Channels of which only the day is known."""


@dataclass(frozen=True)
class Tally:
    """How often each level (1 to 5, in this order) and each other option was chosen.

    `hours`, `marks` and `procedures` hold the first faces: by the hour, of ratings that bear a label, by procedure.
    """

    levels: Mapping[Cell, tuple[int, ...]]
    choices: Mapping[Cell, int]
    hours: Mapping[HourCell, tuple[int, ...]]
    marks: Mapping[MarkCell, tuple[int, ...]]
    procedures: Mapping[ProcedureCell, tuple[int, ...]]


def levels_of(questions: Iterable[Question], answers: Answers) -> dict[str, int]:
    """Return the level chosen on each question with faces."""
    return {
        question.id: chosen
        for question in questions
        if question.kind is Kind.FACES and isinstance(chosen := answers.get(question.id), int)
    }


def choices_of(questions: Iterable[Question], answers: Answers) -> tuple[tuple[str, str], ...]:
    """Return (question, value) for every option chosen on the other questions with options."""
    chosen: list[tuple[str, str]] = []
    for question in questions:
        answer = answers.get(question.id)
        if answer is None or question.kind not in (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE):
            continue
        values = (answer,) if isinstance(answer, int | float | str) else answer
        chosen.extend((question.id, str(value)) for value in values)
    return tuple(chosen)


def tallied(ratings: Iterable[Countable], questions: Mapping[int, Sequence[Question]]) -> Tally:
    """Count ratings by unit, day, counter, version, question, channel and tier, and by hour where it is known.

    `questions` are those of each version. The result does not depend on the order of the ratings.
    """
    levels: dict[Cell, list[int]] = {}
    choices: Counter[Cell] = Counter()
    hours: dict[HourCell, list[int]] = {}
    marks: dict[MarkCell, list[int]] = {}
    procedures: dict[ProcedureCell, list[int]] = {}
    for rating in ratings:
        asked = questions[rating.version_id]
        for question, level in levels_of(asked, rating.answers).items():
            levels.setdefault(_cell(rating, question, ""), [0] * LEVELS)[level - 1] += 1
        if face := face_of(asked, rating.answers):
            if rating.channel not in WITHOUT_HOUR:
                hours.setdefault(_hour_cell(rating), [0] * LEVELS)[face[0] - 1] += 1
            if rating.is_marked:
                marks.setdefault(_mark_cell(rating), [0] * LEVELS)[face[0] - 1] += 1
            if rating.procedure_id is not None:
                procedures.setdefault(_procedure_cell(rating, rating.procedure_id), [0] * LEVELS)[face[0] - 1] += 1
        choices.update(_cell(rating, question, value) for question, value in choices_of(asked, rating.answers))
    return Tally(_fixed(levels), dict(choices), _fixed(hours), _fixed(marks), _fixed(procedures))


def _cell(rating: Countable, question: str, value: str) -> Cell:
    counter_id = rating.counter_id or NO_COUNTER
    return Cell(rating.unit_id, rating.day, counter_id, rating.version_id, question, value, rating.channel, rating.tier)


def _hour_cell(rating: Countable) -> HourCell:
    place = (rating.unit_id, rating.day, rating.hour, rating.counter_id or NO_COUNTER)
    return HourCell(*place, rating.version_id, rating.channel, rating.tier)


def _procedure_cell(rating: Countable, procedure_id: int) -> ProcedureCell:
    place = (rating.unit_id, rating.day, procedure_id, rating.counter_id or NO_COUNTER)
    return ProcedureCell(*place, rating.version_id, rating.channel, rating.tier, rating.is_marked)


def _mark_cell(rating: Countable) -> MarkCell:
    counter_id = rating.counter_id or NO_COUNTER
    return MarkCell(rating.unit_id, rating.day, counter_id, rating.version_id, rating.channel, rating.tier)


def _fixed(counts: Mapping[Key, list[int]]) -> dict[Key, tuple[int, ...]]:
    return {cell: tuple(found) for cell, found in counts.items()}
