"""Whose vote counts how, and who sees the counts: by a signed cookie and the network, which is kept in memory only."""

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from feedback_service.challenges.rules import Budget
from feedback_service.core.tokens import BadToken
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import CLEAN_VOTES, Tier, may_see_results
from feedback_service.web.context import network, platform

PURPOSE = "voted"
REMEMBERED = timedelta(days=180)


def has_voted(poll_id: int) -> bool:
    """Say whether this browser has voted on a poll and kept its cookie."""
    try:
        signer = platform().signer(PURPOSE)
        facts, _ = signer.read(request.cookies.get(_name(poll_id), ""), now=platform().now(), life=REMEMBERED)
    except BadToken:
        return False
    return facts == {"poll": poll_id}


def remember_vote(response: Response, poll_id: int) -> Response:
    """Have the browser remember that it voted; the cookie says neither what nor who."""
    response.set_cookie(
        _name(poll_id),
        platform().signer(PURPOSE).sign({"poll": poll_id}, now=platform().now()),
        max_age=REMEMBERED,
        path="/polls",
        secure=platform().settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def sees_results(poll: PollRow) -> bool:
    """Say whether the counts of a poll may be shown to this browser."""
    return may_see_results(poll.results_shown, poll.phase, has_voted=has_voted(poll.id))


def tier_of(poll_id: int, budget: Budget) -> Tier:
    """Return how a vote of this browser and network counts; neither is stored with it."""
    is_late = platform().limits.spent(_budget(poll_id), network(), CLEAN_VOTES[budget])
    return Tier.SUSPICIOUS if is_late or has_voted(poll_id) else Tier.CLEAN


def count_vote(poll_id: int, budget: Budget) -> None:
    """Count a vote that was stored against what its network has left."""
    platform().limits.allows(_budget(poll_id), network(), CLEAN_VOTES[budget])


def _budget(poll_id: int) -> str:
    return f"votes on poll {poll_id}"


def _name(poll_id: int) -> str:
    return f"voted-{poll_id}"
