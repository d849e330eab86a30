"""Fresh challenges for forms, and the tokens that name them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import current_app, request

from feedback_service.challenges.drawing.pool import Pool
from feedback_service.challenges.drawing.work import work
from feedback_service.challenges.rules import LIFE, Challenge, Proof
from feedback_service.core.tokens import BadToken
from feedback_service.web.context import network, platform

EXTENSION = "challenges"
PURPOSE = "challenge"
PASSED = "5 per day"
"""Of one network on one form; those after them are given four times the work, and are not refused."""


@dataclass(frozen=True)
class Signed:
    """What stands in a token: the form that it is good for, the name of the challenge, when it was made."""

    form: str
    nonce: str
    signed_at: datetime


def pool() -> Pool:
    """Return the challenges of this process."""
    return cast("Pool", current_app.extensions[EXTENSION])


def fresh(form: str) -> Challenge:
    """Return a challenge that is good for one answer to `form` within an hour; writes and draws nothing."""
    now = platform().now()
    facts: dict[str, object] = {"form": form, "nonce": pool().take(), "ms": int(now.timestamp() * 1000)}
    return Challenge(platform().signer(PURPOSE).sign(facts, now=now))


def kept(form: str) -> Challenge:
    """Return the challenge that was sent with this request while it is still good, else a fresh one."""
    token = request.form.get("form_token", "")
    try:
        read(token, form)
    except BadToken:
        return fresh(form)
    return Challenge(token)


def asked_work(token: str, *, is_long: bool = False) -> str:
    """Return as JSON the work that belongs to a token, more of it for a busy network; raises BadToken."""
    signed = read(token)
    proof = Proof.LONG_WORK if is_long else _usual(signed.form)
    return work(platform().settings.lasting_key, signed.nonce, proof)


def passed(form: str) -> None:
    """Count for this network that an answer to `form` was stored."""
    platform().limits.allows(f"passed {form}", network(), PASSED)


def read(token: str, form: str | None = None) -> Signed:
    """Return what stands in a token; raises BadToken, also for that of another form."""
    facts, _ = platform().signer(PURPOSE).read(token, now=platform().now(), life=LIFE)
    if form is not None and facts["form"] != form:
        raise BadToken("This page has become invalid. Please open it again.")
    signed_at = datetime.fromtimestamp(cast("int", facts["ms"]) / 1000, UTC)
    return Signed(str(facts["form"]), str(facts["nonce"]), signed_at)


def _usual(form: str) -> Proof:
    is_busy = platform().limits.spent(f"passed {form}", network(), PASSED)
    return Proof.RAISED_WORK if is_busy else Proof.WORK
