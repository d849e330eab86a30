"""Pictures, sounds and fresh challenges."""

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState

from feedback_service.challenges import guard
from feedback_service.challenges.drawing.pool import Pool
from feedback_service.challenges.payloads import ChallengeRequest
from feedback_service.core.errors import NotFound
from feedback_service.core.tokens import BadToken
from feedback_service.web.api import read_body
from feedback_service.web.context import EXTENSION as PLATFORM
from feedback_service.web.context import network, platform

public = Blueprint("challenges_public", __name__)
PICTURES_DRAWN = "120 per minute"
SOUNDS = "120 per minute"
FRESH = "120 per minute"
LONG_WORKS = "30 per minute"
WORKS = "600 per minute"
"""Of one network, which hundreds of citizens may share; without the work a vote is still taken."""


@public.record_once
def hold_ready(state: BlueprintSetupState) -> None:
    """Give the application its pool; it is filled when the first page asks."""
    state.app.extensions[guard.EXTENSION] = Pool(state.app.extensions[PLATFORM].settings.lasting_key)


@public.get("/challenges/<token>.png")
def picture(token: str) -> Response:
    """Show the code."""
    nonce = _nonce(token)
    if not guard.pool().is_drawn(nonce):
        platform().limits.hit("challenge picture", network(), PICTURES_DRAWN)
    return Response(guard.pool().picture(nonce), mimetype="image/png")


@public.get("/challenges/<token>.json")
def work(token: str) -> Response:
    """Return the work of a challenge, which a browser does unseen while the page is read."""
    _nonce(token)
    platform().limits.hit("challenge work", network(), WORKS)
    return Response(guard.asked_work(token), mimetype="application/json")


@public.get("/challenges/<token>.wav")
def sound(token: str) -> Response:
    """Speak the code; players may ask for it in parts."""
    nonce = _nonce(token)
    platform().limits.hit("challenge sound", network(), SOUNDS)
    spoken = guard.pool().sound(nonce)
    response = Response(spoken, mimetype="audio/wav")
    response.make_conditional(request, accept_ranges=True, complete_length=len(spoken))
    return response


@public.post("/challenges")
def create() -> Response:
    """Return a fresh challenge for a form; it is stored nowhere."""
    wanted = read_body(ChallengeRequest)
    platform().limits.hit("challenge", network(), LONG_WORKS if wanted.long_work else FRESH)
    made = guard.fresh(wanted.form)
    return jsonify(
        token=made.token,
        work=guard.asked_work(made.token, is_long=wanted.long_work),
        picture=f"/challenges/{made.token}.png",
        sound=f"/challenges/{made.token}.wav",
    )


def _nonce(token: str) -> str:
    try:
        return guard.read(token).nonce
    except BadToken as error:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.") from error
