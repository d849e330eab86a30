"""Whether a person stands behind a form: fresh challenges, and what was answered to them."""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, request

from feedback_service.challenges.drawing.pool import Piece, Pool
from feedback_service.challenges.rules import LIFE, Answer, Attempt, Challenge, Ladder, Outcome, judged, too_early
from feedback_service.core.tokens import BadToken, ExpiredToken
from feedback_service.web.context import network, platform

EXTENSION = "challenges"
PURPOSE = "challenge"
WRONG_GUESSES = "60 per 10 minutes"
"""Of one network; whoever comes after them may still do the longer work instead."""


def pool() -> Pool:
    """Return the challenges of this process."""
    return cast("Pool", current_app.extensions[EXTENSION])


def fresh(form: str, piece: Piece | None = None) -> Challenge:
    """Return a challenge that is good for one answer to `form` within an hour; writes nothing."""
    piece = piece or pool().take()
    now = platform().now()
    facts: dict[str, object] = {"form": form, "nonce": piece.nonce, "ms": int(now.timestamp() * 1000)}
    return Challenge(platform().signer(PURPOSE).sign(facts, now=now), piece.work)


def kept(form: str) -> Challenge:
    """Return the challenge that was sent with this request while it is still good, else a fresh one."""
    token = request.form.get("form_token", "")
    try:
        piece = pool().known(read(token, form)[0])
    except BadToken:
        return fresh(form)
    return Challenge(token, piece.work) if piece and piece.work else fresh(form)


def attempt(form: str, ladder: Ladder) -> Attempt:
    """Return what this request answers to its challenge, judged as far as possible without the database."""
    try:
        nonce, signed_at = read(request.form.get("form_token", ""), form)
    except ExpiredToken:
        return Attempt(form, Outcome.EXPIRED)
    except BadToken:
        return Attempt(form, Outcome.FOREIGN)
    if too_early(signed_at, platform().now()):
        return Attempt(form, Outcome.EARLY)
    answer = Answer(*(request.form.get(name, "") for name in ("challenge_answer", "work", "website")))
    limits = platform().limits
    if answer.code and limits.spent("guess", network(), WRONG_GUESSES):
        return Attempt(form, Outcome.LIMITED)
    outcome, budget = judged(answer, secret=platform().settings.secret_key, nonce=nonce, ladder=ladder)
    if outcome is Outcome.WRONG_CODE:
        limits.allows("guess", network(), WRONG_GUESSES)
    return Attempt(form, outcome, budget, nonce)


def read(token: str, form: str | None = None) -> tuple[str, datetime]:
    """Return the nonce of a token and when it was made; raises BadToken, also for that of another form."""
    facts, _ = platform().signer(PURPOSE).read(token, now=platform().now(), life=LIFE)
    if form is not None and facts["form"] != form:
        raise BadToken("This page has become invalid. Please open it again.")
    return str(facts["nonce"]), datetime.fromtimestamp(cast("int", facts["ms"]) / 1000, UTC)
