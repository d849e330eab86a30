"""What counts as a rating: when it was given, what is kept of it, when two are the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from feedback_service.core.canonical import digest
from feedback_service.core.errors import Fault
from feedback_service.core.text import composed
from feedback_service.questionnaires.rules import Answers, Kind, Question

KEPT_OFFLINE = timedelta(days=90)
"""How long a tablet may have been away for its own time to be believed (security.md 3.2)."""
CLOCK_AHEAD = timedelta(minutes=5)
COMMENT_LETTERS = 2000
LANGUAGES = ("vi", "en", "bru", "pac")


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
    """Where ratings were given: unit, counter and tablet if there is one, channel, tier; survey, procedure if known."""

    unit_id: int
    counter_id: int | None
    kiosk_id: int | None
    channel: Channel
    tier: Tier
    survey_id: int | None = None
    procedure_id: int | None = None


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

    @property
    def whose(self) -> str:
        """How the ledger names who sent them."""
        return self.actor or ("public" if self.place.kiosk_id is None else f"kiosk:{self.place.kiosk_id}")


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
