"""Pictures, sounds and fresh challenges."""

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState

from feedback_service.challenges import guard
from feedback_service.challenges.drawing.pool import Piece, Pool
from feedback_service.challenges.drawing.work import work
from feedback_service.challenges.payloads import ChallengeRequest
from feedback_service.challenges.rules import Proof
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


@public.record_once
def hold_ready(state: BlueprintSetupState) -> None:
    """Give the application its pool; it is filled when the first page asks."""
    state.app.extensions[guard.EXTENSION] = Pool(state.app.extensions[PLATFORM].settings.secret_key)


@public.get("/challenges/<token>.png")
def picture(token: str) -> Response:
    """Show the code."""
    nonce = _nonce(token)
    piece = guard.pool().known(nonce)
    if piece is None or piece.picture is None:
        platform().limits.hit("challenge picture", network(), PICTURES_DRAWN)
    return Response(guard.pool().picture(nonce), mimetype="image/png")


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
    made = guard.fresh(wanted.form, _long_work() if wanted.long_work else None)
    return jsonify(
        token=made.token,
        work=made.work,
        picture=f"/challenges/{made.token}.png",
        sound=f"/challenges/{made.token}.wav",
    )


def _long_work() -> Piece:
    made = work(platform().settings.secret_key, Proof.LONG_WORK)
    return Piece(made.nonce, made.asked, None)


def _nonce(token: str) -> str:
    try:
        return guard.read(token)[0]
    except BadToken as error:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.") from error
