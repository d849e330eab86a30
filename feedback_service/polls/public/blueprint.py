"""The blueprint that every public route of polls hangs on, and which poll citizens may know of."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.polls import guard, queries
from feedback_service.polls.public import shelf
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Phase
from feedback_service.web.context import platform

public = Blueprint("polls_public", __name__)


@public.record_once
def count_pages(state: BlueprintSetupState) -> None:
    """Give the application its counter of pages to vote on, and its shelf."""
    state.app.extensions[guard.EXTENSION] = guard.Traffic()
    state.app.extensions[shelf.EXTENSION] = shelf.Shelf()


def published(session: Session, slug: str) -> PollRow:
    """Return a poll that was opened; raises NotFound for any other."""
    found = queries.by_slug(session, slug, now=platform().now())
    if found is None or found.phase is Phase.DRAFT:
        raise NotFound("There is no such poll.")
    return found


def votes_shown(session: Session, asked: PollRow, *, has_voted: bool) -> int | None:
    """Return how many votes a poll has, None while that is not to be seen."""
    if not guard.sees_results(asked, has_voted=has_voted):
        return None
    return queries.vote_counts(session, [asked.id]).get(asked.id, 0)
