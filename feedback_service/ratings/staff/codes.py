"""QR codes of a survey at the desk: making one, printing it, revoking it, how often each was scanned."""

from dataclasses import dataclass, replace

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.procedures import queries as procedures
from feedback_service.procedures.queries import ProcedureRow
from feedback_service.questionnaires.queries import asked_by
from feedback_service.ratings.export.posters import SIZES, Poster, poster_pdf, poster_svg
from feedback_service.ratings.forms import CodeForm
from feedback_service.ratings.queries.qr import CodeRow, by_code, codes
from feedback_service.ratings.queries.surveys import SurveyRow, survey
from feedback_service.ratings.service.scanning import CodeFacts, make_code, revoke_code
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

UNKNOWN = "No procedure that holds has this code."
PAGE = "/staff/surveys/<int:survey_id>/codes"


@dataclass(frozen=True)
class CodesPage:
    """The codes of a survey, the names of their counters and procedures, and the form for one more."""

    survey: SurveyRow
    unit: str
    codes: tuple[CodeRow, ...]
    counters: dict[int, str]
    form: CodeForm
    named: dict[int, str]
    offered: tuple[ProcedureRow, ...]
    faults: tuple[Fault, ...] = ()
    sizes: tuple[str, ...] = SIZES


@staff.get(PAGE)
def qr_codes(survey_id: int) -> Response:
    """Show the codes of a survey."""
    with platform().reading() as session:
        page = _page(session, survey_id, CodeForm(formdata=None))
    return pages.show("ratings/codes.html", page)


@staff.post(PAGE)
def add_code(survey_id: int) -> AnyResponse:
    """Make a code."""
    running = platform()
    with running.reading() as session:
        form = CodeForm()
        page = _page(session, survey_id, form)
        named = procedures.by_code(session, form.procedure.data or "")
    if not form.validate() or (form.procedure.data and named is None):
        if form.procedure.data and named is None:
            form.refused(Refused(UNKNOWN, faults=(Fault("procedure", UNKNOWN),)))
        return pages.show("ratings/codes.html", replace(page, faults=form.faults()), 422)
    counter_id = int(form.counter.data) if form.counter.data else None
    facts = CodeFacts(survey_id, counter_id, named.id if named else None)
    with running.transaction() as session:
        make_code(session, facts, secret=running.settings.lasting_key, by=person().actor, now=running.now())
    flash("The QR code is made. Print it, then try it with a telephone.")
    return pages.seen_at(f"/staff/surveys/{survey_id}/codes")


@staff.post("/staff/codes/<code>/revocation")
def end_code(code: str) -> AnyResponse:
    """Let a code lead nowhere any more."""
    running = platform()
    with running.transaction() as session:
        known = _known(session, code)
        revoke_code(session, known.code, by=person().actor, now=running.now())
    flash("The QR code leads nowhere any more. Take its prints down.")
    return pages.seen_at(f"/staff/surveys/{known.survey_id}/codes")


@staff.get("/staff/codes/<code>.<shape>")
def code_file(code: str, shape: str) -> Response:
    """Send a code as SVG or as a poster of one size."""
    running, word = platform(), platform().translations.word
    with running.reading() as session:
        known = _known(session, code)
        unit = units.names(session, [known.unit_id])[known.unit_id]
        counter = units.counter(session, known.counter_id) if known.counter_id else None
        logo = units.office_logo(session)
        called = procedures.names(session, [known.procedure_id] if known.procedure_id else [])
        asked = _title(session, known.survey_id)
    address = f"{running.settings.base_url}/q/{known.code}"
    places = (unit, running.site().office, counter.name if counter else "")
    poster = Poster(*places, address, logo, next(iter(called.values()), ""), asked)
    if shape == "svg":
        return pages.attachment(poster_svg(poster).encode(), file_name=f"{code}.svg", media_type="image/svg+xml")
    if shape not in SIZES:
        raise NotFound("There is no such QR code.")
    content = poster_pdf(poster, shape, word=lambda message: word(message, "vi"), made_at=running.now())
    return pages.attachment(content, file_name=f"{code}-{shape}.pdf", media_type="application/pdf")


def _title(session: Session, survey_id: int) -> str:
    """Return how the questionnaire of a survey is called in Vietnamese, "" when it is asked no more."""
    known = survey(session, survey_id)
    titles = {offer.id: offer.title["vi"] for offer in asked_by(session)}
    return titles.get(known.questionnaire_id, "") if known else ""


def _page(session: Session, survey_id: int, form: CodeForm) -> CodesPage:
    known = survey(session, survey_id)
    if known is None or known.unit_id not in person().scope:
        raise NotFound("There is no such survey.")
    standing = units.counters(session, [known.unit_id])
    whole = platform().translations.word("The whole unit", language())
    form.counter.choices = [SelectChoice("", whole), *(SelectChoice(str(one.id), one.name) for one in standing)]
    shown = codes(session, survey_id)
    named = units.counter_names(session, {code.counter_id for code in shown if code.counter_id})
    called = procedures.names(session, {code.procedure_id for code in shown if code.procedure_id})
    offered = procedures.procedures(session, on=local_day(platform().now()))
    return CodesPage(known, units.names(session, [known.unit_id])[known.unit_id], shown, named, form, called, offered)


def _known(session: Session, code: str) -> CodeRow:
    found = by_code(session, code)
    if found is None or found.unit_id not in person().scope:
        raise NotFound("There is no such QR code.")
    return found
