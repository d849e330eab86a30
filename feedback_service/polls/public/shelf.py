"""Polls and their pages as they were a moment ago, so that a crowd of readers does not ask the database one by one.

Nothing that belongs to one reader is kept: the proof of a form and the token of a challenge are blanks that each page
gets anew. A poll is looked at again after a second, and at once when this process has changed one; whether it still
takes votes is asked again in the transaction of each vote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from feedback_service.core.errors import NotFound
from feedback_service.core.ids import new_token
from feedback_service.polls import queries
from feedback_service.polls.queries import POLLS, PollRow
from feedback_service.polls.rules import Phase, phase_of
from feedback_service.web.context import platform

EXTENSION = "polls on the shelf"
KEPT_SECONDS = 1.0
MOST_POLLS = 200


@dataclass(frozen=True)
class Copy:
    """A rendered page with blanks: between the outer pieces stands the proof, between the inner ones the token."""

    pieces: tuple[tuple[bytes, ...], ...]

    @classmethod
    def of(cls, page: str, *, proof: str, token: str) -> "Copy":
        """Cut a page at its blanks."""
        parts = page.encode().split(proof.encode())
        return cls(tuple(tuple(part.split(token.encode())) for part in parts))

    def filled(self, *, proof: Callable[[], str], token: str) -> bytes:
        """Return the page of one reader; `proof` is asked for only where the page has a place for it."""
        parts = [token.encode().join(inner) for inner in self.pieces]
        return parts[0] if len(parts) == 1 else proof().encode().join(parts)


Copies = dict[tuple[str, str, bool], Copy]
"""By template, language, and whether the reader has voted before."""


@dataclass(frozen=True)
class Kept:
    """A poll with its copies: when it was read, and how many changes of polls were known by then."""

    asked: PollRow
    read_at: float
    changes: int
    copies: Copies = field(default_factory=dict)


class Shelf:
    """What this process remembers of published polls."""

    def __init__(self) -> None:
        """Begin with nothing; the blanks are words that nobody can write into a poll."""
        self.proof, self.token = new_token(), new_token()
        self._kept: dict[str, Kept] = {}

    def poll(self, slug: str) -> Kept:
        """Return a published poll as it stands at this moment; raises NotFound for any other."""
        database, elapsed, now = platform().database, platform().clock.monotonic(), platform().now()
        changes = database.changes(POLLS.kind)
        kept = self._kept.get(slug)
        if kept and kept.changes == changes and 0 <= elapsed - kept.read_at < KEPT_SECONDS:
            asked = kept.asked
            if phase_of(asked.status, asked.opens_at, asked.closes_at, now) is asked.phase:
                return kept
        with platform().reading() as session:
            found = queries.by_slug(session, slug, now=now)
        if found is None or found.phase is Phase.DRAFT:
            raise NotFound("There is no such poll.")
        if len(self._kept) >= MOST_POLLS:
            self._kept.clear()
        kept = self._kept[slug] = Kept(found, elapsed, changes)
        return kept


def shelf() -> Shelf:
    """Return the shelf of this process."""
    return cast("Shelf", current_app.extensions[EXTENSION])
