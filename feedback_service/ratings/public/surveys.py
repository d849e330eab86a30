"""Surveys on the portal: one group a page where a script runs, one long page where none does."""

from dataclasses import dataclass, replace

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
from feedback_service.ratings.public import ballots, codes
from feedback_service.ratings.public import sheet as sheets
from feedback_service.ratings.public.blueprint import public
from feedback_service.ratings.public.sheet import Sheet, SheetPage
from feedback_service.ratings.queries.surveys import SurveyRow, by_slug
from feedback_service.ratings.rules import Channel, Place, Tier
from feedback_service.ratings.rules.surveys import Phase
from feedback_service.ratings.service.surveying import count_answer
from feedback_service.web import pages
from feedback_service.web.context import platform

NONE = "There is no such survey."
NO_MORE = "This survey takes no more answers."


@dataclass(frozen=True)
class ThanksPage:
    """The end of a survey; `key` is under which name the device kept the answers until now."""

    key: str


@public.get("/surveys/<slug>")
@public.get("/surveys/<slug>/<int:page>")
def survey(slug: str, page: int = 1) -> Response:
    """Show a survey; nothing is written."""
    with platform().reading() as session:
        known = _known(session, slug)
        sheet = _sheet(session, known, 0)
    sheet = _by_code(sheet, known, request.args.get("via", ""))
    if known.phase(platform().now()) is not Phase.OPEN:
        return pages.show(sheets.TEMPLATE, SheetPage(sheet, None, ""))
    return sheets.fresh(sheet, page)


@public.post("/surveys/<slug>/answers")
def answer(slug: str) -> AnyResponse:
    """Store an answer, or say what to mend and keep all that was entered."""
    with platform().reading() as session:
        known = _known(session, slug)
        sheet = _sheet(session, known, request.form.get("version", 0, int))
    sheet = _by_code(sheet, known, request.form.get("via", ""))

    def count(session: Session, _rating_id: str) -> None:
        count_answer(session, known.id, now=platform().now())

    try:
        shown = sheets.answered(sheet, count)
    except (Conflict, Refused) as refusal:
        return sheets.again(sheet, None, Fault("main", refusal.message), status=409)
    return shown or pages.seen_at(f"/surveys/{slug}/thanks")


@public.get("/surveys/<slug>/thanks")
def thanks(slug: str) -> Response:
    """Thank, in the same words whatever was answered."""
    with platform().reading() as session:
        known = _known(session, slug)
        sheet = _sheet(session, known, 0)
    return pages.show("ratings/thanks.html", ThanksPage(f"{sheet.form}:{sheet.version}"))


@public.errorhandler(CSRFError)
def keep_answers(_error: CSRFError) -> AnyResponse:
    """Ask again when the browser kept no cookie of the form."""
    told = request.view_args or {}
    if "code" in told:
        return ballots.again(str(told["code"]), _error)
    with platform().reading() as session:
        known = _known(session, str(told["slug"]))
        sheet = _sheet(session, known, request.form.get("version", 0, int))
    fault = Fault("main", "Your browser kept nothing of this page. Please allow cookies and send once more.")
    return sheets.again(sheet, challenges.fresh(sheet.form), fault, status=400)


def _known(session: Session, slug: str) -> SurveyRow:
    found = by_slug(session, slug)
    if found is None:
        raise NotFound(NONE)
    return found


def _by_code(sheet: Sheet, known: SurveyRow, via: str) -> Sheet:
    """Return the sheet as its QR code places it: at a counter, and by the channel of QR codes."""
    found = codes.leading(via) if via else None
    if found is None or found.survey_id != known.id:
        return sheet
    counter_id = found.counter_id or known.counter_id
    place = Place(known.unit_id, counter_id, None, Channel.QR, Tier.WEB, known.id, found.procedure_id)
    return replace(sheet, via=found.code, place=place)


def _sheet(session: Session, known: SurveyRow, version: int) -> Sheet:
    """Return what a survey asks, by the version that was answered or else by the newest one that is published."""
    asked_by = version if questionnaires.published(session, known.questionnaire_id, version) else None
    number = asked_by or questionnaires.newest_published(session, known.questionnaire_id)
    wording = questionnaires.wording(session, known.questionnaire_id, number) if number else None
    if wording is None or number is None:
        raise NotFound(NONE)
    questions = questions_of(wording.questions)
    return Sheet(
        form=form_of("survey", known.slug),
        base=f"/surveys/{known.slug}",
        action=f"/surveys/{known.slug}/answers",
        title={"vi": wording.title_vi, "en": wording.title_en},
        questionnaire=known.questionnaire_id,
        version=number,
        questions=questions,
        groups=groups_of(questions),
        ladder=Ladder(known.ladder),
        place=Place(known.unit_id, known.counter_id, None, Channel.WEB, Tier.WEB, known.id),
    )
