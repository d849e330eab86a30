"""What counts as a rating: when it was given, what is kept of it, when two are the same, how it is tallied."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from feedback_service.core.canonical import digest
from feedback_service.core.errors import Fault
from feedback_service.core.text import composed
from feedback_service.questionnaires.rules import Answers, Kind, Question

KEPT_OFFLINE = timedelta(days=90)
"""How long a tablet may have been away for its own time to be believed (security.md 3.2)."""
CLOCK_AHEAD = timedelta(minutes=5)
COMMENT_LETTERS = 2000
LANGUAGES = ("vi", "en", "bru", "pac")
LEVELS = 5
NO_COUNTER = 0
"""How a tally says that no counter is known."""


class Channel(StrEnum):
    """By which way a rating came."""

    KIOSK = "kiosk"
    WEB = "web"
    QR = "qr"
    PAPER = "paper"
    PHONE = "phone"


class Tier(StrEnum):
    """How sure it is that a rating is the voice of one person who was served."""

    DOSSIER = "dossier"
    KIOSK = "kiosk"
    WEB = "web"
    SUSPICIOUS = "suspicious"


class Clock(StrEnum):
    """Whether the device's time was believed; where not, the server's stands in its place."""

    RIGHT = "right"
    FUTURE = "future"
    ANCIENT = "ancient"


class Outcome(StrEnum):
    """What became of one rating of a batch."""

    STORED = "stored"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True)
class Place:
    """Where ratings were given: the unit, the counter and the tablet if there is one, the channel and its tier."""

    unit_id: int
    counter_id: int | None
    kiosk_id: int | None
    channel: Channel
    tier: Tier


@dataclass(frozen=True)
class Given:
    """A rating as it came, readable but not yet checked; `id` is a UUID in small letters."""

    id: str
    sequence: int | None
    questionnaire: str
    version: int
    answered_at: datetime
    language: str
    answers: Answers
    comment: str = ""
    ballot_hash: str | None = None


@dataclass(frozen=True)
class Batch:
    """Ratings that came together from one place at one moment; `actor` is the tablet, or the public, if not told."""

    place: Place
    ratings: Sequence[Given]
    now: datetime
    actor: str = ""


@dataclass(frozen=True)
class Sent:
    """One rating as a tablet sent it: its JSON, and what it says or, where it cannot be read, what is wrong."""

    raw: object
    given: Given | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What became of one rating; a refused one has a code of core.errors, a message id and perhaps faults."""

    id: str
    outcome: Outcome
    code: str = ""
    message: str = ""
    faults: tuple[Fault, ...] = ()


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


class Countable(NamedTuple):
    """One stored rating as the tallies see it."""

    unit_id: int
    day: date
    counter_id: int | None
    version_id: int
    channel: str
    tier: str
    answers: Answers


@dataclass(frozen=True)
class Tally:
    """How often each level (1 to 5, in this order) and each other option was chosen."""

    levels: Mapping[Cell, tuple[int, ...]]
    choices: Mapping[Cell, int]


def believed(answered_at: datetime, stored_at: datetime) -> tuple[datetime, Clock]:
    """Return the moment that counts: the device's own, or the server's when that one cannot be."""
    if answered_at > stored_at + CLOCK_AHEAD:
        return stored_at, Clock.FUTURE
    if answered_at < stored_at - KEPT_OFFLINE:
        return stored_at, Clock.ANCIENT
    return answered_at, Clock.RIGHT


def with_words_apart(given: Given, questions: Sequence[Question]) -> Given:
    """Return the rating with everything that was written as its comment, so that it can be erased by itself."""
    asked = [question.id for question in questions if question.kind is Kind.TEXT and question.id in given.answers]
    if not asked and not given.comment:
        return given
    written = [*(str(given.answers[name]) for name in asked), given.comment]
    comment = "\n\n".join(text for text in (composed(one).strip() for one in written) if text)
    answers = {name: answer for name, answer in given.answers.items() if name not in asked}
    return replace(given, answers=answers, comment=comment)


def fingerprint(given: Given) -> str:
    """Return the digest of everything but the comment, by which a repeat is told from another content."""
    return digest(
        [
            given.id,
            given.sequence,
            given.questionnaire,
            given.version,
            given.answered_at.timestamp(),
            given.language,
            given.answers,
            given.ballot_hash,
        ]
    )


def seal(text: str, salt: str) -> str:
    """Return a digest that proves a comment as long as its salt is kept, and tells nothing once that is erased."""
    return digest([salt, text])


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
    """Count ratings by day, unit, counter, version, question, channel and tier; `questions` are those of each version.

    The result does not depend on the order of the ratings.
    """
    levels: dict[Cell, list[int]] = {}
    choices: Counter[Cell] = Counter()
    for rating in ratings:
        asked = questions[rating.version_id]
        for question, level in levels_of(asked, rating.answers).items():
            levels.setdefault(_cell(rating, question, ""), [0] * LEVELS)[level - 1] += 1
        choices.update(_cell(rating, question, value) for question, value in choices_of(asked, rating.answers))
    return Tally({cell: tuple(counts) for cell, counts in levels.items()}, dict(choices))


def _cell(rating: Countable, question: str, value: str) -> Cell:
    counter_id = NO_COUNTER if rating.counter_id is None else rating.counter_id
    return Cell(rating.unit_id, rating.day, counter_id, rating.version_id, question, value, rating.channel, rating.tier)
