"""The blueprint that every staff route of polls hangs on, and which poll is within reach."""

from flask import Blueprint
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.errors import NotFound
from feedback_service.polls import queries
from feedback_service.polls.queries import PollRow
from feedback_service.web.context import platform

staff = Blueprint("polls_staff", __name__)
PAGE = "/staff/polls"


def reached(session: Session, poll_id: int) -> PollRow:
    """Return a poll of a unit within reach of whoever is signed in; raises NotFound for any other."""
    known = queries.by_id(session, poll_id, scope=guard.staff().scope, now=platform().now())
    if known is None:
        raise NotFound("There is no such poll.")
    return known
