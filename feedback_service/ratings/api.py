"""Ratings from tablets: POST /api/v1/ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, g, request

from feedback_service.core.canonical import seal
from feedback_service.core.errors import Conflict, DomainError, Fault, NotFound, Refused
from feedback_service.core.text import one_line
from feedback_service.kiosks import guard
from feedback_service.kiosks.guard import Kiosk
from feedback_service.ratings.payloads import (
    Batch,
    ProblemPayload,
    RatingPayload,
    ResultPayload,
    Results,
    read,
    spelled,
)
from feedback_service.ratings.rules import Channel, Given, Outcome, Place, Tier, Verdict
from feedback_service.ratings.service import Refusal, keep_refused, record
from feedback_service.web import problems
from feedback_service.web.api import operation
from feedback_service.web.context import platform

api = Blueprint("ratings_api", __name__)
REFUSALS: Mapping[str, type[DomainError]] = {kind.code: kind for kind in (Refused, NotFound, Conflict)}


@dataclass(frozen=True)
class _Sent:
    """One rating of the body: where it stands, what it says, or why it cannot be read."""

    position: int
    raw: object
    given: Given | None
    faults: tuple[Fault, ...] = ()


@api.before_request
def admit() -> None:
    """Ask who is sending before anything of the body is looked at."""
    g.kiosk = guard.kiosk()


@operation(api, "POST /ratings", body=Batch, answer=Results)
def ratings(batch: Batch) -> Results:
    """Store up to 50 ratings, each on its own.

    Sending a rating again is harmless and answered with "repeated". A refused one is kept on the server for the office.
    """
    kiosk = cast("Kiosk", g.kiosk)
    now = platform().now()
    place = Place(kiosk.unit_id, kiosk.counter_id, kiosk.id, Channel.KIOSK, Tier.KIOSK)
    sent = [_sent(position, raw) for position, raw in enumerate(batch.ratings)]
    with platform().transaction() as session:
        told = iter(record(session, place, [one.given for one in sent if one.given], now=now))
        judged = [(one, next(told) if one.given else _misshapen(one)) for one in sent]
        refused = [_refusal(one, verdict) for one, verdict in judged if verdict.outcome is Outcome.REFUSED]
        keep_refused(session, refused, kiosk_id=kiosk.id, unit_id=kiosk.unit_id, now=now)
    return Results(results=[_result(one, verdict) for one, verdict in judged])


def _sent(position: int, raw: object) -> _Sent:
    found = read(raw)
    if not isinstance(found, RatingPayload):
        return _Sent(position, raw, None, found)
    ballot = one_line(found.ballot or "")
    given = Given(
        id=found.id.lower(),
        sequence=found.sequence,
        questionnaire=found.questionnaire,
        version=found.version,
        answered_at=found.moment,
        language=found.language,
        answers=found.answers,
        comment=found.comment or "",
        ballot_hash=seal(platform().settings.secret_key, "ballot", ballot) if ballot else None,
    )
    return _Sent(position, raw, given)


def _misshapen(sent: _Sent) -> Verdict:
    return Verdict("", Outcome.REFUSED, Refused.code, "This rating cannot be read.", sent.faults)


def _refusal(sent: _Sent, verdict: Verdict) -> Refusal:
    return Refusal(spelled(sent.raw), verdict.code, verdict.message, verdict.faults)


def _result(sent: _Sent, verdict: Verdict) -> ResultPayload:
    named = sent.raw.get("id") if isinstance(sent.raw, dict) else None
    problem = _problem(sent, verdict) if verdict.outcome is Outcome.REFUSED else None
    return ResultPayload(id=named if isinstance(named, str) else None, outcome=verdict.outcome.value, problem=problem)


def _problem(sent: _Sent, verdict: Verdict) -> ProblemPayload:
    faults = tuple(Fault(f"/ratings/{sent.position}{fault.pointer}", fault.message) for fault in verdict.faults)
    error = REFUSALS[verdict.code](verdict.message, faults=faults)
    told = problems.problem_of(error, platform().translations)
    return ProblemPayload.model_validate(problems.as_json(told, request.path))
