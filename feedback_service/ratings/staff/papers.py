"""Piles of paper at the desk: which there are, opening one, looking at one, putting one aside."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.period import local_day
from feedback_service.questionnaires.queries import asked_by
from feedback_service.ratings.forms import PileForm
from feedback_service.ratings.queries.papers import batches
from feedback_service.ratings.rules.paper import BY_HAND
from feedback_service.ratings.service import papers as service
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.ratings.staff.piles import CHANNEL_NAMES, PAGE, Line, lines, reached, said
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class PilesPage:
    """The piles within reach, the newest first."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PileFormPage:
    """A pile being opened."""

    form: PileForm
    faults: tuple[Fault, ...]


@staff.get(PAGE)
def paper_batches() -> Response:
    """Show the piles within reach."""
    with platform().reading() as session:
        found = lines(session, batches(session, person().scope))
    return pages.show("ratings/paper/list.html", PilesPage(found))


@staff.get(f"{PAGE}/new")
def new_paper_batch() -> Response:
    """Show the form of a new pile."""
    with platform().reading() as session:
        office = units.office(session)
        unit_id = person().unit_id or (office.unit_id if office else None)
        facts = {"unit": str(unit_id or ""), "answered_on": local_day(platform().now()).isoformat()}
        form = _offering(session, PileForm(formdata=None, data=facts))
    return pages.show("ratings/paper/new.html", PileFormPage(form, ()))


@staff.post(PAGE)
def open_paper_batch() -> AnyResponse:
    """Open a pile and go on to keying it."""
    running = platform()
    with running.reading() as session:
        form = _offering(session, PileForm())
    if not form.validate():
        return pages.show("ratings/paper/new.html", PileFormPage(form, form.faults()), 422)
    try:
        with running.transaction() as session:
            counter = units.counter(session, int(form.counter.data)) if form.counter.data else None
            unit_id = counter.unit_id if counter else int(form.unit.data)
            asked = (str(form.questionnaire.data), str(form.channel.data), form.day())
            facts = service.PileFacts(unit_id, counter.id if counter else None, *asked)
            batch_id = service.open_batch(session, facts, by=person().actor, now=running.now())
    except DomainError as refusal:
        form.refused(refusal)
        return pages.show("ratings/paper/new.html", PileFormPage(form, form.faults()), 422)
    return pages.seen_at(f"{PAGE}/{batch_id}")


@staff.post(f"{PAGE}/<int:batch_id>/removal")
def drop_batch(batch_id: int) -> AnyResponse:
    """Put a pile aside with everything that was keyed of it."""
    running = platform()
    with running.transaction() as session:
        known = reached(session, batch_id)
        service.drop(session, known.id, by=person().actor, now=running.now())
    flash("The pile is put aside; nothing of it is counted.")
    return pages.seen_at(PAGE)


def _offering(session: Session, form: PileForm) -> PileForm:
    say = platform().translations.word
    standing = units.units(session, on=local_day(platform().now()), scope=person().scope)
    named = {unit.id: unit.name for unit in standing}
    places = units.counters(session, named)
    form.unit.choices = [SelectChoice(str(unit_id), name) for unit_id, name in named.items()]
    form.counter.choices = [
        SelectChoice("", say("The whole unit", language())),
        *(SelectChoice(str(one.id), f"{one.name} – {named[one.unit_id]}") for one in places),
    ]
    form.questionnaire.choices = [SelectChoice(offer.id, said(offer)) for offer in asked_by(session)]
    form.channel.choices = [SelectChoice(one.value, say(CHANNEL_NAMES[one], language())) for one in BY_HAND]
    return form
