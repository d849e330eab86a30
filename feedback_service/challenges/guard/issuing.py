"""Fresh challenges for forms, and the tokens that name them."""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, request

from feedback_service.challenges.drawing.pool import Piece, Pool
from feedback_service.challenges.drawing.work import work
from feedback_service.challenges.rules import LIFE, Challenge, Proof
from feedback_service.core.tokens import BadToken
from feedback_service.web.context import network, platform

EXTENSION = "challenges"
PURPOSE = "challenge"
PASSED = "5 per day"
"""Of one network on one form; those after them are given four times the work, and are not refused."""


def pool() -> Pool:
    """Return the challenges of this process."""
    return cast("Pool", current_app.extensions[EXTENSION])


def fresh(form: str, piece: Piece | None = None) -> Challenge:
    """Return a challenge that is good for one answer to `form` within an hour; writes nothing."""
    piece = piece or _raised(form) or pool().take()
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


def passed(form: str) -> None:
    """Count for this network that an answer to `form` was stored."""
    platform().limits.allows(f"passed {form}", network(), PASSED)


def read(token: str, form: str | None = None) -> tuple[str, datetime]:
    """Return the nonce of a token and when it was made; raises BadToken, also for that of another form."""
    facts, _ = platform().signer(PURPOSE).read(token, now=platform().now(), life=LIFE)
    if form is not None and facts["form"] != form:
        raise BadToken("This page has become invalid. Please open it again.")
    return str(facts["nonce"]), datetime.fromtimestamp(cast("int", facts["ms"]) / 1000, UTC)


def _raised(form: str) -> Piece | None:
    if not platform().limits.spent(f"passed {form}", network(), PASSED):
        return None
    made = work(platform().settings.secret_key, Proof.RAISED_WORK)
    return Piece(made.nonce, made.asked, None)
