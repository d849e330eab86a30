"""Ratings from tablets: POST /api/v1/ratings."""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, current_app, g, request

from feedback_service.core.errors import Conflict, DomainError, Fault, NotFound, Refused
from feedback_service.core.text import composed
from feedback_service.kiosks import guard
from feedback_service.kiosks.guard import Kiosk
from feedback_service.ratings.payloads.tablets import Body, ProblemPayload, RatingPayload, ResultPayload, Results, read
from feedback_service.ratings.rules import Channel, Given, Outcome, Place, Sent, Tier, Verdict
from feedback_service.ratings.rules.ballots import ballot_key, sealed
from feedback_service.ratings.service import RECEIVER, Arrival, receive
from feedback_service.web import problems
from feedback_service.web.api import operation
from feedback_service.web.context import platform

api = Blueprint("ratings_api", __name__)
REFUSALS: Mapping[str, type[DomainError]] = {kind.code: kind for kind in (Refused, NotFound, Conflict)}


@api.before_request
def admit() -> None:
    """Ask who is sending before anything of the body is looked at."""
    g.kiosk = guard.kiosk()


@operation(api, "POST /ratings", body=Body, answer=Results)
def ratings(body: Body) -> Results:
    """Store up to 50 ratings, each on its own.

    Sending a rating again is harmless and answered with "repeated". A refused one is kept on the server for the office.
    """
    kiosk = cast("Kiosk", g.kiosk)
    place = Place(kiosk.unit_id, kiosk.counter_id, kiosk.id, Channel.KIOSK, Tier.KIOSK)
    arrival = Arrival(kiosk.id, place, tuple(map(_sent, body.ratings)), platform().now())
    verdicts = platform().database.together(current_app.extensions.get(RECEIVER, receive), arrival)
    judged = zip(arrival.sent, verdicts, strict=True)
    return Results(results=[_result(position, sent.raw, told) for position, (sent, told) in enumerate(judged)])


def _sent(raw: object) -> Sent:
    found = read(raw)
    if not isinstance(found, RatingPayload):
        return Sent(raw, None, found)
    ballot = ballot_key(found.ballot or "")
    given = Given(
        id=found.id.lower(),
        sequence=found.sequence,
        questionnaire=found.questionnaire,
        version=found.version,
        answered_at=found.moment,
        language=found.language,
        answers=found.answers,
        comment=found.comment or "",
        ballot_hash=sealed(platform().settings.lasting_key, ballot) if ballot else None,
    )
    return Sent(raw, given)


def _result(position: int, raw: object, verdict: Verdict) -> ResultPayload:
    named = raw.get("id") if isinstance(raw, dict) else None
    return ResultPayload(
        id=named if isinstance(named, str) and named.isascii() else None,
        outcome=verdict.outcome.value,
        problem=_problem(position, verdict) if verdict.outcome is Outcome.REFUSED else None,
    )


def _problem(position: int, verdict: Verdict) -> ProblemPayload:
    faults = tuple(Fault(f"/ratings/{position}{composed(fault.pointer)}", fault.message) for fault in verdict.faults)
    error = REFUSALS[verdict.code](verdict.message, faults=faults)
    told = problems.problem_of(error, platform().translations)
    return ProblemPayload.model_validate(problems.as_json(told, request.path))
