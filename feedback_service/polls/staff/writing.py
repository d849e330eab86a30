"""Writing polls down: drafts whole, running polls only in what may still change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.accounts import guard
from feedback_service.challenges.rules import Ladder
from feedback_service.core.errors import Conflict, DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.polls import service
from feedback_service.polls.forms import PollForm, ScheduleForm
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import (
    KIND_NAMES,
    LADDER_NAMES,
    RUNNING,
    SHOWN_NAMES,
    Draft,
    Kind,
    Phase,
    ResultsShown,
    Words,
    slug_of,
)
from feedback_service.polls.service import templates
from feedback_service.polls.service.templates import Template
from feedback_service.polls.staff.blueprint import PAGE, reached, staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class FormPage:
    """A poll being written, a new one when `poll` is None; of a running one only the schedule can change."""

    poll: PollRow | None
    form: ScheduleForm
    faults: tuple[Fault, ...]
    is_running: bool
    templates: tuple[Template, ...]


@staff.get("/staff/polls/new")
def new_poll() -> Response:
    """Show the form of a new poll: empty, filled from a template, or from another poll."""
    with platform().reading() as session:
        office = units.office(session)
        source = reached(session, request.args.get("from", 0, int)) if "from" in request.args else None
    unit_id = guard.staff().unit_id or (office.unit_id if office else None)
    facts = {"opens_at": platform().now(), "unit": str(unit_id or "")}
    if source:
        facts = {**_facts(source), "opens_at": platform().now(), "closes_at": None, "slug": ""}
    else:
        facts |= templates.facts_of(request.args.get("template", ""))
    return _form_page(None, _offering(PollForm(formdata=None, data=facts)))


@staff.post("/staff/polls")
def add_poll() -> AnyResponse:
    """Write a poll down as a draft."""
    form = _offering(PollForm())
    if not form.validate():
        return _form_page(None, form, 422)
    try:
        with platform().transaction() as session:
            poll_id = service.create(session, _draft(form), by=guard.staff().actor, now=platform().now())
    except DomainError as refusal:
        form.refused(refusal)
        return _form_page(None, form, 422)
    flash("The draft is saved. Look at the preview, then open the poll.")
    return pages.seen_at(f"{PAGE}/{poll_id}")


@staff.get("/staff/polls/<int:poll_id>/edit")
def edit_poll(poll_id: int) -> Response:
    """Show what may be changed."""
    with platform().reading() as session:
        known = reached(session, poll_id)
    return _form_page(known, _form_of(known, formdata=None, data=_facts(known)))


@staff.post("/staff/polls/<int:poll_id>")
def change_poll(poll_id: int) -> AnyResponse:
    """Change a draft, or the schedule of a running poll."""
    with platform().reading() as session:
        known = reached(session, poll_id)
    form = _form_of(known)
    if not form.validate():
        return _form_page(known, form, 422)
    try:
        with platform().transaction() as session:
            _change(session, reached(session, poll_id), form)
    except DomainError as refusal:
        form.refused(refusal)
        return _form_page(known, form, 422)
    flash("The changes are saved.")
    return pages.seen_at(f"{PAGE}/{poll_id}")


def _change(session: Session, known: PollRow, form: ScheduleForm) -> None:
    by, now = guard.staff().actor, platform().now()
    if isinstance(form, PollForm):
        service.rewrite(session, known, _draft(form), by=by, now=now)
    else:
        shown = ResultsShown(form.results_shown.data)
        service.adjust(session, known, closes_at=form.closes_at.data, shown=shown, by=by, now=now)


def _form_of(known: PollRow, **filled: Any) -> ScheduleForm:
    if known.phase is Phase.DRAFT:
        return _offering(PollForm(**filled))
    if known.phase in RUNNING:
        form = ScheduleForm(**filled)
        form.results_shown.choices = _named(SHOWN_NAMES)
        return form
    raise Conflict("This poll does not run any more.")


def _offering(form: PollForm) -> PollForm:
    """Fill the choices; the units are those within reach that stand today."""
    with platform().reading() as session:
        standing = units.units(session, on=local_day(platform().now()), scope=guard.staff().scope)
    form.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in standing]
    form.kind.choices = _named(KIND_NAMES)
    form.ladder.choices = _named(LADDER_NAMES)
    form.results_shown.choices = _named(SHOWN_NAMES)
    return form


def _named(names: Mapping[Any, str]) -> list[SelectChoice]:
    say = platform().translations.word
    return [SelectChoice(known.value, say(name, language())) for known, name in names.items()]


def _draft(form: PollForm) -> Draft:
    question = Words(form.question_vi.data or "", form.question_en.data or "")
    return Draft(
        slug=form.slug.data or slug_of(question.vi),
        unit_id=int(form.unit.data),
        question=question,
        note=Words(form.note_vi.data or "", form.note_en.data or ""),
        options=form.options(),
        kind=Kind(form.kind.data),
        most_choices=int(form.most_choices.data),
        opens_at=_opening(form),
        closes_at=form.closes_at.data,
        ladder=Ladder(form.ladder.data),
        results_shown=ResultsShown(form.results_shown.data),
    )


def _opening(form: PollForm) -> datetime:
    return form.opens_at.data or platform().now()


def _facts(known: PollRow) -> dict[str, object]:
    return {
        "unit": str(known.unit_id),
        "question_vi": known.question.vi,
        "question_en": known.question.en,
        "note_vi": known.note.vi,
        "note_en": known.note.en,
        "options_vi": "\n".join(option.text.vi for option in known.options),
        "options_en": "\n".join(option.text.en for option in known.options),
        "kind": known.kind.value,
        "most_choices": str(known.most_choices),
        "opens_at": known.opens_at,
        "closes_at": known.closes_at,
        "ladder": known.ladder.value,
        "results_shown": known.results_shown.value,
        "slug": known.slug,
    }


def _form_page(known: PollRow | None, form: ScheduleForm, status: int = 200) -> Response:
    offered = () if known else templates.offered()
    page = FormPage(known, form, form.faults(), not isinstance(form, PollForm), offered)
    return pages.show("polls/desk_form.html", page, status)
