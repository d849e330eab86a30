"""Surveys at the desk: which are open, opening one, closing one."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.challenges.rules import Ladder
from feedback_service.core.errors import DomainError, Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.questionnaires.queries import Offer, asked_by
from feedback_service.ratings.forms import SurveyForm
from feedback_service.ratings.queries.surveys import SurveyRow, survey, surveys
from feedback_service.ratings.rules.surveys import Phase
from feedback_service.ratings.service.surveying import SurveyFacts, close_survey, open_survey
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

PAGE = "/staff/surveys"
LADDERS = {
    Ladder.WORK: "A small calculation of the device, unseen; without a script the code",
    Ladder.CODE_AND_WORK: "The code of the picture and the calculation",
    Ladder.CODE: "The code of the picture only",
}


@dataclass(frozen=True)
class Line:
    """One survey of the list."""

    survey: SurveyRow
    phase: Phase
    title: str
    unit: str


@dataclass(frozen=True)
class SurveysPage:
    """The surveys within reach, the newest first; `base_url` is where citizens find them."""

    lines: tuple[Line, ...]
    base_url: str


@dataclass(frozen=True)
class SurveyFormPage:
    """A survey being opened."""

    form: SurveyForm
    faults: tuple[Fault, ...]


@staff.get(PAGE)
def list_surveys() -> Response:
    """Show the surveys within reach."""
    running = platform()
    with running.reading() as session:
        rows = surveys(session, person().scope)
        titles = {offer.id: _said(offer) for offer in asked_by(session)}
        names = units.names(session, {row.unit_id for row in rows})
    lines = tuple(
        Line(row, row.phase(running.now()), titles.get(row.questionnaire_id, row.questionnaire_id), names[row.unit_id])
        for row in rows
    )
    return pages.show("ratings/surveys.html", SurveysPage(lines, running.settings.base_url))


@staff.get(f"{PAGE}/new")
def new_survey() -> Response:
    """Show the form of a new survey."""
    with platform().reading() as session:
        office = units.office(session)
        unit_id = person().unit_id or (office.unit_id if office else None)
        form = _offering(session, SurveyForm(formdata=None, data={"unit": str(unit_id or "")}))
    return pages.show("ratings/survey_form.html", SurveyFormPage(form, ()))


@staff.post(PAGE)
def add_survey() -> AnyResponse:
    """Open a survey."""
    running = platform()
    with running.reading() as session:
        form = _offering(session, SurveyForm())
    if not form.validate():
        return pages.show("ratings/survey_form.html", SurveyFormPage(form, form.faults()), 422)
    try:
        with running.transaction() as session:
            open_survey(session, _facts(form), by=person().actor, now=running.now())
    except DomainError as refusal:
        form.refused(refusal)
        return pages.show("ratings/survey_form.html", SurveyFormPage(form, form.faults()), 422)
    flash("The survey is open.")
    return pages.seen_at(PAGE)


@staff.post(f"{PAGE}/<int:survey_id>/closing")
def end_survey(survey_id: int) -> AnyResponse:
    """Take no more answers."""
    running = platform()
    with running.transaction() as session:
        known = survey(session, survey_id)
        if known is None or known.unit_id not in person().scope:
            raise NotFound("There is no such survey.")
        close_survey(session, survey_id, by=person().actor, now=running.now())
    flash("The survey is closed. What was answered stays.")
    return pages.seen_at(PAGE)


def _facts(form: SurveyForm) -> SurveyFacts:
    return SurveyFacts(
        slug=form.slug.data or "",
        questionnaire_id=str(form.questionnaire.data),
        unit_id=int(form.unit.data),
        counter_id=None,
        ladder=str(form.ladder.data),
        closes_at=form.closes_at(),
        quota=int(form.quota.data) if form.quota.data else None,
    )


def _offering(session: Session, form: SurveyForm) -> SurveyForm:
    say = platform().translations.word
    standing = units.units(session, on=local_day(platform().now()), scope=person().scope)
    form.questionnaire.choices = [SelectChoice(offer.id, _said(offer)) for offer in asked_by(session)]
    form.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in standing]
    form.ladder.choices = [SelectChoice(ladder.value, say(name, language())) for ladder, name in LADDERS.items()]
    return form


def _said(offer: Offer) -> str:
    return offer.title.get(language()) or offer.title["vi"]
