"""Who acts on a suggestion, what they bring along, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from feedback_service.suggestions.rules.kinds import State

TEXT_LETTERS = 5000
"""What a citizen may write at once (product S1)."""
ANSWER_LETTERS = 10000
REASON_LETTERS = 1000
TITLE_LETTERS = 160


@dataclass(frozen=True)
class Hand:
    """Who acts: `scope` is what is within reach (None: everything), `seen` the version that was on the screen.

    Without `seen` nobody asks whether the record has changed meanwhile.
    """

    actor: str
    account_id: int | None = None
    scope: frozenset[int] | None = None
    seen: int | None = None

    @classmethod
    def officer(cls, account_id: int, scope: frozenset[int], *, seen: int | None = None) -> "Hand":
        """Return the hand of an officer."""
        return cls(f"staff:{account_id}", account_id, scope, seen)


CITIZEN = Hand("public")
"""Whoever has the tracking code."""
SYSTEM = Hand("system")
"""The service itself, on a day that came."""


@dataclass(frozen=True)
class CleanFile:
    """A file that was checked and, when it is a picture, drawn anew; `content` is what will be kept."""

    id: str
    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True)
class Said:
    """Words with the files that go along."""

    text: str
    files: tuple[CleanFile, ...] = ()


@dataclass(frozen=True)
class Done:
    """Where a suggestion stands after an act."""

    id: int
    version: int
    state: State
    due_on: date


@dataclass(frozen=True)
class Publication:
    """What everybody will read: nothing in it may name a person."""

    title: str
    question: str
    answer: str


@dataclass(frozen=True)
class Contact:
    """How a citizen can be reached; empty parts were not given."""

    name: str = ""
    phone: str = ""
    email: str = ""
