"""Ballots for the one-stop software: POST /api/v1/ballots."""

from flask import Blueprint

from feedback_service.accounts.guard.program import Program, program
from feedback_service.accounts.rules.programs import Scope
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.ratings.export.ballots import address_of
from feedback_service.ratings.payloads.ballots import BallotOrder, Ballots, IssuedBallot
from feedback_service.ratings.service.balloting import Terms
from feedback_service.ratings.service.inviting import Told, issue_and_invite
from feedback_service.units import queries as units
from feedback_service.web.api import operation
from feedback_service.web.context import platform

programs = Blueprint("ratings_programs", __name__)
NO_UNIT = "There is no such unit within the reach of this token."


@operation(programs, "POST /ballots", body=BallotOrder, answer=Ballots)
def issue_ballots(body: BallotOrder) -> Ballots:
    """Issue a ballot for each of up to 1,000 dossiers, and return their links.

    Asking again is harmless: a dossier that has a ballot keeps it, and the answer holds the same link. The token must
    open "ballots" for the unit. Whoever has a telephone number in the order is invited once, in the evening, and the
    number is erased when the message has gone. A dossier code of an unusual shape is taken and marked.
    """
    asking, running = program(Scope.BALLOTS), platform()
    terms = Terms(_unit_id(asking, body.unit), body.questionnaire, body.days)
    secret = running.settings.lasting_key
    with running.transaction() as session:
        told = issue_and_invite(session, body.listed, terms, secret=secret, by=asking.actor, now=running.now())
    return _answer(told, running.settings.base_url)


def _unit_id(asking: Program, code: str) -> int:
    with platform().reading() as session:
        unit = units.by_code(session, code, on=local_day(platform().now()))
    if unit is None or unit.id not in asking.scope:
        raise Refused(NO_UNIT, faults=(Fault("/unit", NO_UNIT),))
    return unit.id


def _answer(told: Told, base_url: str) -> Ballots:
    issued = [
        IssuedBallot(
            dossier=one.dossier.code,
            link=address_of(base_url, one.link),
            is_new=one.is_new,
            is_usual=one.dossier.is_usual,
            is_invited=one.dossier.code in told.invited,
        )
        for one in told.issued
    ]
    return Ballots(ballots=issued)
