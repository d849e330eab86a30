"""Ballots on the portal: the link of one dossier, good for one voice."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.challenges import guard as challenges
from feedback_service.challenges.rules import Ladder, form_of
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.questionnaires import queries as questionnaires
from feedback_service.questionnaires.rules import questions_of
from feedback_service.questionnaires.rules.asking import groups_of
from feedback_service.ratings.public import sheet as sheets
from feedback_service.ratings.public.blueprint import public
from feedback_service.ratings.public.sheet import Sheet
from feedback_service.ratings.queries.ballots import BallotRow, by_link
from feedback_service.ratings.rules import Channel, Place, Tier
from feedback_service.ratings.rules.ballots import sealed
from feedback_service.ratings.service.balloting import confirm
from feedback_service.web import pages
from feedback_service.web.context import network, platform

NONE = "There is no such ballot. Please scan the code of the slip again, or ask at the counter."
LOOKS = "60 per minute"
"""Of one network: nobody tries links by the thousand."""


@dataclass(frozen=True)
class StandingPage:
    """A ballot that takes no voice any more: used at a moment by a channel, or over since a moment."""

    key: str
    used_at: datetime | None
    channel: str
    expires_at: datetime


@public.get("/b/<code>")
@public.get("/b/<code>/<int:page>")
def ballot(code: str, page: int = 1) -> Response:
    """Show what a ballot asks, or what became of it; nothing is written."""
    with platform().reading() as session:
        known = _known(session, code)
        sheet = _sheet(session, known, code, 0)
    if known.used_at is not None or known.expires_at < platform().now():
        return _standing(known, sheet)
    return sheets.fresh(sheet, page)


@public.post("/b/<code>")
def use_ballot(code: str) -> AnyResponse:
    """Count the voice of a dossier once, or say what to mend and keep all that was entered."""
    with platform().reading() as session:
        known = _known(session, code)
        sheet = _sheet(session, known, code, request.form.get("version", 0, int))
    if known.expires_at < platform().now():
        return _standing(known, sheet, status=409)
    try:
        shown = sheets.answered(sheet, lambda session, rating: confirm(session, known.dossier_hash, rating))
    except (Conflict, Refused):
        with platform().reading() as session:
            known = _known(session, code)
        return _standing(known, sheet, status=409)
    return shown or pages.seen_at(f"/b/{code}")


def again(code: str, _error: CSRFError) -> Response:
    """Ask again when the browser kept no cookie of the form."""
    with platform().reading() as session:
        sheet = _sheet(session, _known(session, code), code, request.form.get("version", 0, int))
    fault = Fault("main", "Your browser kept nothing of this page. Please allow cookies and send once more.")
    return sheets.again(sheet, challenges.fresh(sheet.form), fault, status=400)


def _known(session: Session, code: str) -> BallotRow:
    platform().limits.hit("ballots", network(), LOOKS)
    found = by_link(session, sealed(platform().settings.lasting_key, code))
    if found is None:
        raise NotFound(NONE)
    return found


def _standing(known: BallotRow, sheet: Sheet, status: int = 200) -> Response:
    page = StandingPage(f"{sheet.form}:{sheet.version}", known.used_at, known.channel or "", known.expires_at)
    return pages.show("ratings/ballot.html", page, status)


def _sheet(session: Session, known: BallotRow, code: str, version: int) -> Sheet:
    """Return what a ballot asks; the version of another questionnaire is none of its own."""
    asked_by = version if questionnaires.published(session, known.questionnaire_id, version) else None
    number = asked_by or questionnaires.newest_published(session, known.questionnaire_id)
    wording = questionnaires.wording(session, known.questionnaire_id, number) if number else None
    if wording is None or number is None:
        raise NotFound(NONE)
    questions = questions_of(wording.questions)
    return Sheet(
        form=form_of("ballot", known.link_hash[:16]),
        base=f"/b/{code}",
        action=f"/b/{code}",
        title={"vi": wording.title_vi, "en": wording.title_en},
        questionnaire=known.questionnaire_id,
        version=number,
        questions=questions,
        groups=groups_of(questions, known.filled),
        ladder=Ladder.WORK,
        place=Place(known.unit_id, None, None, Channel.WEB, Tier.WEB),
        ballot_hash=known.dossier_hash,
    )
