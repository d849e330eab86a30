"""Who acts on a suggestion, what they bring along, and what comes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from feedback_service.suggestions.rules.kinds import State

TEXT_LETTERS = 5000
"""What a citizen may write at once (product S1)."""
ANSWER_LETTERS = 10000
REASON_LETTERS = 1000
TITLE_LETTERS = 160


class Sight(frozenset[int]):
    """The units within reach of an officer who reads of the conduct of officers only what is given to that person."""

    account_id: int

    def __new__(cls, unit_ids: Iterable[int], account_id: int) -> Self:
        """Keep the units and whose sight it is."""
        sight = super().__new__(cls, unit_ids)
        sight.account_id = account_id
        return sight


def may_see(scope: frozenset[int] | None, unit_id: int, *, handler_id: int | None, is_conduct: bool) -> bool:
    """Say whether a suggestion is within reach; one about conduct is for those responsible and whoever handles it."""
    if scope is None:
        return True
    is_spared = isinstance(scope, Sight) and is_conduct and handler_id != scope.account_id
    return unit_id in scope and not is_spared


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
