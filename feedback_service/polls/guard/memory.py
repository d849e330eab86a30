"""What a browser remembers of its votes: that it voted, and for an hour its receipt; neither what nor who."""

from datetime import timedelta
from typing import cast

from flask import request
from werkzeug.wrappers import Response

from feedback_service.core.tokens import BadToken
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import may_see_results
from feedback_service.polls.rules.receipts import code_of, grouped
from feedback_service.web.context import platform
from feedback_service.web.sessions import give

PURPOSE = "voted"
RECEIPT = "receipt"
REMEMBERED = timedelta(days=180)
RECEIPT_SHOWN = timedelta(hours=1)


def has_voted(poll_id: int) -> bool:
    """Say whether this browser has voted on a poll and kept its cookie."""
    kept = request.cookies.get(_name(poll_id))
    if kept is None:
        return False
    try:
        facts, _ = platform().signer(PURPOSE).read(kept, now=platform().now(), life=REMEMBERED)
    except BadToken:
        return False
    return facts == {"poll": poll_id}


def remember_vote(response: Response, poll_id: int, nonce: str | None = None) -> Response:
    """Have the browser remember that it voted, and its receipt when the vote that spent `nonce` was just stored."""
    signed = platform().signer(PURPOSE).sign({"poll": poll_id}, now=platform().now())
    _keep(response, _name(poll_id), signed, REMEMBERED)
    if nonce:
        _keep(response, f"{RECEIPT}-{poll_id}", voted_token(poll_id, nonce), RECEIPT_SHOWN)
    return response


def kept_receipt(poll_id: int) -> tuple[str, ...]:
    """Return the receipt of this browser in groups, empty when it has none or an hour has passed."""
    return receipt_of(request.cookies.get(f"{RECEIPT}-{poll_id}", ""), poll_id)


def voted_token(poll_id: int, nonce: str) -> str:
    """Return what shows a voter for an hour what only voters see."""
    return platform().signer(RECEIPT).sign({"poll": poll_id, "nonce": nonce}, now=platform().now())


def receipt_of(token: str, poll_id: int) -> tuple[str, ...]:
    """Return the receipt that a token leads to, in groups; empty for any other token."""
    try:
        facts, _ = platform().signer(RECEIPT).read(token, now=platform().now(), life=RECEIPT_SHOWN)
    except BadToken:
        return ()
    if facts["poll"] != poll_id:
        return ()
    return grouped(code_of(platform().settings.lasting_key, cast("str", facts["nonce"])))


def sees_results(poll: PollRow, *, has_voted: bool) -> bool:
    """Say whether the counts of a poll may be shown to whoever is asking."""
    return may_see_results(poll.results_shown, poll.phase, has_voted=has_voted)


def _keep(response: Response, name: str, value: str, life: timedelta) -> None:
    cookie = f"{name}={value}; Max-Age={int(life.total_seconds())}"
    give(response, cookie, path="/polls", is_secure=platform().settings.is_https)


def _name(poll_id: int) -> str:
    return f"voted-{poll_id}"
