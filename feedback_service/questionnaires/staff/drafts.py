"""Drafts as a whole: beginning one, what it is called and rests on, publishing it, retiring a version."""

from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import DomainError, Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.questionnaires import queries, service
from feedback_service.questionnaires.forms import FactsForm, TitleForm
from feedback_service.questionnaires.rules.drafting import name_of
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.staff.blueprint import PAGE, staff
from feedback_service.questionnaires.staff.building import drafted
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

_Asked = TypeVar("_Asked", bound=TitleForm)
KIND_NAMES = {"survey": "A survey on the web, by QR code and on paper", "kiosk": "Rating at a tablet"}


@dataclass(frozen=True)
class FactsPage:
    """What a questionnaire is called and rests on; `draft` is None for a new one."""

    draft: Wording | None
    number: int
    form: FactsForm
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class CopyPage:
    """Another questionnaire with the same questions."""

    source: Wording
    number: int
    form: TitleForm
    faults: tuple[Fault, ...]


@staff.get(f"{PAGE}/new")
def new_questionnaire() -> Response:
    """Show the form of a new questionnaire."""
    form = FactsForm(formdata=None, data={"valid_from": local_day(platform().now()).isoformat(), "kind": "survey"})
    return _facts_page(None, 1, form)


@staff.post(PAGE)
def add_questionnaire() -> AnyResponse:
    """Begin a questionnaire with an empty draft."""
    form = _offering(FactsForm())
    if not form.validate():
        return _facts_page(None, 1, form, 422)
    name = form.id.data or name_of(form.title_vi.data or "", (), fallback="q")
    written = _written(form, Wording(name, str(form.kind.data), "", "", "", *form.days(), False, "[]"))
    try:
        with platform().transaction() as session:
            service.start(session, written, by=person().actor, now=platform().now())
    except DomainError as refusal:
        form.refused(refusal)
        return _facts_page(None, 1, form, 422)
    flash("The draft is begun. Now add its questions.")
    return pages.seen_at(f"{PAGE}/{name}/draft")


@staff.get(f"{PAGE}/<questionnaire_id>/draft/facts")
def facts(questionnaire_id: str) -> Response:
    """Show what a draft is called and rests on."""
    known, number = drafted(questionnaire_id)
    days = {
        "valid_from": known.valid_from.isoformat(),
        "valid_to": known.valid_to.isoformat() if known.valid_to else "",
    }
    return _facts_page(known, number, FactsForm(formdata=None, data={**asdict(known), **days}))


@staff.post(f"{PAGE}/<questionnaire_id>/draft/facts")
def change_facts(questionnaire_id: str) -> AnyResponse:
    """Change what a draft is called and rests on."""
    known, number = drafted(questionnaire_id)
    form = _offering(FactsForm())
    if not form.validate():
        return _facts_page(known, number, form, 422)
    running = platform()
    with running.transaction() as session:
        now = queries.wording(session, questionnaire_id, number) or known
        service.rewrite(session, questionnaire_id, _written(form, now), by=person().actor, now=running.now())
    flash("The changes are saved.")
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/draft")


@staff.post(f"{PAGE}/<questionnaire_id>/draft")
def begin_version(questionnaire_id: str) -> AnyResponse:
    """Begin the next version as a copy of the newest."""
    with platform().transaction() as session:
        service.begin_version(session, questionnaire_id, by=person().actor, now=platform().now())
    flash("This draft is a copy of the newest version. Change it, then publish it.")
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/draft")


@staff.post(f"{PAGE}/<questionnaire_id>/draft/publication")
def publish(questionnaire_id: str) -> AnyResponse:
    """Publish the draft."""
    with platform().transaction() as session:
        number = service.publish_draft(session, questionnaire_id, by=person().actor, now=platform().now())
    flash("The version is published. From now on it cannot be changed.")
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/{number}")


@staff.post(f"{PAGE}/<questionnaire_id>/<int:number>/retirement")
def retire(questionnaire_id: str, number: int) -> AnyResponse:
    """Ask no longer by a version."""
    with platform().transaction() as session:
        service.retire(session, questionnaire_id, number, by=person().actor, now=platform().now())
    flash("This version is retired. What was answered by it stays.")
    return pages.seen_at(f"{PAGE}/{questionnaire_id}/{number}")


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/copy")
def copy(questionnaire_id: str, number: int) -> Response:
    """Ask how the copy shall be called."""
    with platform().reading() as session:
        source = known_wording(session, questionnaire_id, number)
    titles = {"title_vi": source.title_vi, "title_en": source.title_en, "kind": source.kind}
    form = _offering(TitleForm(formdata=None, data=titles))
    return pages.show("questionnaires/copy.html", CopyPage(source, number, form, ()))


@staff.post(f"{PAGE}/<questionnaire_id>/<int:number>/copy")
def duplicate(questionnaire_id: str, number: int) -> AnyResponse:
    """Begin another questionnaire with the same questions."""
    form = _offering(TitleForm())
    with platform().reading() as session:
        source = known_wording(session, questionnaire_id, number)
    if not form.validate():
        return pages.show("questionnaires/copy.html", CopyPage(source, number, form, form.faults()), 422)
    name = form.id.data or name_of(form.title_vi.data or "", (source.id,), fallback="q")
    titles = {"title_vi": form.title_vi.data or "", "title_en": form.title_en.data or ""}
    named = {"id": name, "kind": str(form.kind.data), **titles}
    try:
        with platform().transaction() as session:
            service.duplicate(session, source, named, by=person().actor, now=platform().now())
    except DomainError as refusal:
        form.refused(refusal)
        return pages.show("questionnaires/copy.html", CopyPage(source, number, form, form.faults()), 422)
    flash("The copy is begun as a draft.")
    return pages.seen_at(f"{PAGE}/{name}/draft")


def known_wording(session: Session, questionnaire_id: str, number: int) -> Wording:
    """Return a version as it was written; raises NotFound."""
    found = queries.wording(session, questionnaire_id, number)
    if found is None:
        raise NotFound("There is no such version of a questionnaire.")
    return found


def _written(form: FactsForm, known: Wording) -> Wording:
    valid_from, valid_to = form.days()
    return replace(
        known,
        title_vi=form.title_vi.data or "",
        title_en=form.title_en.data or "",
        legal_basis=form.legal_basis.data or "",
        valid_from=valid_from,
        valid_to=valid_to,
        is_unverified=bool(form.is_unverified.data),
    )


def _offering(form: _Asked) -> _Asked:
    say = platform().translations.word
    form.kind.choices = [(kind, say(name, language())) for kind, name in KIND_NAMES.items()]
    return form


def _facts_page(known: Wording | None, number: int, form: FactsForm, status: int = 200) -> Response:
    page = FactsPage(known, number, _offering(form), form.faults())
    return pages.show("questionnaires/facts.html", page, status)
