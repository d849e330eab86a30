"""What was answered to a challenge, judged as far as possible without the database."""

from flask import request

from feedback_service.challenges.guard.issuing import read
from feedback_service.challenges.rules import Answer, Attempt, Ladder, Outcome, judged, too_early
from feedback_service.core.tokens import BadToken, ExpiredToken
from feedback_service.web.context import network, platform

WRONG_GUESSES = "60 per 10 minutes"
"""Of one network; whoever comes after them may still do the longer work instead."""


def attempt(form: str, ladder: Ladder) -> Attempt:
    """Return what this request answers to its challenge, judged as far as possible without the database."""
    sent = request.form
    try:
        signed = read(sent.get("form_token", ""), form)
    except ExpiredToken:
        return Attempt(form, Outcome.EXPIRED)
    except BadToken:
        return Attempt(form, Outcome.FOREIGN)
    if too_early(signed.signed_at, platform().now()):
        return Attempt(form, Outcome.EARLY)
    answer = Answer(*(sent.get(name, "") for name in ("challenge_answer", "work", "website")))
    limits = platform().limits
    if answer.code and limits.spent("guess", network(), WRONG_GUESSES):
        return Attempt(form, Outcome.LIMITED)
    outcome, budget = judged(answer, secret=platform().settings.lasting_key, nonce=signed.nonce, ladder=ladder)
    if outcome is Outcome.WRONG_CODE:
        limits.allows("guess", network(), WRONG_GUESSES)
    seconds = max(0, int((platform().now() - signed.signed_at).total_seconds()))
    return Attempt(form, outcome, budget, signed.nonce, seconds)
