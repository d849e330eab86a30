"""Answer templates: words that answers often begin with, for a unit and all below it."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.forms.desk import TemplateForm
from feedback_service.suggestions.queries.desk import Template
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.queue import number
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/suggestions/templates"
ALL_UNITS = "all"


@dataclass(frozen=True)
class Line:
    """One template in the list; without a unit it is for all of them."""

    template: Template
    unit_name: str | None


@dataclass(frozen=True)
class TemplatesPage:
    """The templates within reach."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TemplatePage:
    """One template, or a new one when `template` is None."""

    template: Template | None
    form: TemplateForm
    faults: tuple[Fault, ...]


@staff.get("/staff/suggestions/templates")
def answer_templates() -> Response:
    """Show the templates within reach."""
    with platform().reading() as session:
        found = _within_reach(session)
        names = units.names(session, {one.unit_id for one in found if one.unit_id})
    lines = tuple(Line(one, names.get(one.unit_id) if one.unit_id else None) for one in found)
    return pages.show("suggestions/desk/templates.html", TemplatesPage(lines))


@staff.get("/staff/suggestions/templates/new")
def new_template() -> Response:
    """Show the form of a new template."""
    return _page(None, _offering(TemplateForm(formdata=None, data={"is_active": True})))


@staff.get("/staff/suggestions/templates/<int:template_id>")
def answer_template(template_id: int) -> Response:
    """Show one template."""
    with platform().reading() as session:
        known = _reached(session, template_id)
    facts = {"title": known.title, "text": known.text, "is_active": known.is_active}
    form = TemplateForm(formdata=None, data={**facts, "unit_id": str(known.unit_id or ALL_UNITS)})
    return _page(known, _offering(form))


@staff.post("/staff/suggestions/templates")
def add_template() -> AnyResponse:
    """Keep a new template."""
    return _save(None)


@staff.post("/staff/suggestions/templates/<int:template_id>")
def change_template(template_id: int) -> AnyResponse:
    """Keep the changes of a template."""
    with platform().reading() as session:
        return _save(_reached(session, template_id))


def _save(known: Template | None) -> AnyResponse:
    person, form = guard.staff(), _offering(TemplateForm())
    if not form.validate():
        return _page(known, form, 422)
    unit_id = None if form.unit_id.data == ALL_UNITS else number(form.unit_id.data)
    facts = service.TemplateFacts(form.title.data or "", form.text.data or "", unit_id, form.is_active.data)
    try:
        with platform().transaction() as session:
            hand = Hand.officer(person.id, person.scope)
            service.save_template(session, known.id if known else None, facts, by=hand, now=platform().now())
    except DomainError as refusal:
        form.refused(refusal)
        return _page(known, form, 422)
    flash("The template is saved.")
    return pages.seen_at(PAGE)


def _within_reach(session: Session) -> tuple[Template, ...]:
    person = guard.staff()
    every = queries.templates(session, None, also_idle=True)
    return tuple(one for one in every if person.unit_id is None or one.unit_id in person.scope)


def _reached(session: Session, template_id: int) -> Template:
    known = next((one for one in _within_reach(session) if one.id == template_id), None)
    if known is None:
        raise NotFound("There is no such template.")
    return known


def _offering(form: TemplateForm) -> TemplateForm:
    person, running = guard.staff(), platform()
    with running.reading() as session:
        standing = units.units(session, on=local_day(running.now()), scope=person.scope)
    everything = [(ALL_UNITS, running.translations.word("All units", language()))] if person.unit_id is None else []
    form.unit_id.choices = [*everything, *((str(unit.id), unit.name) for unit in standing)]
    return form


def _page(known: Template | None, form: TemplateForm, status: int = 200) -> Response:
    return pages.show("suggestions/desk/template.html", TemplatePage(known, form, form.faults()), status)
