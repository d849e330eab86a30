"""Taking the steps of the desk: one route for each act, all by the same way."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Conflict, DomainError, NotFound
from feedback_service.suggestions import service
from feedback_service.suggestions.forms import desk as forms
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.rules.hands import Done, Hand, Publication, Said
from feedback_service.suggestions.rules.kinds import Kind, Refusal, Topic
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.rules.telling import DONE_WORDS
from feedback_service.suggestions.staff import undo
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.case import Failed, show
from feedback_service.suggestions.staff.filling import offering
from feedback_service.suggestions.staff.offers import sight
from feedback_service.suggestions.staff.queue import PAGE, number
from feedback_service.suggestions.staff.routes import ROUTES
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import takes_files

Doing = Callable[[Session, int, Any, Hand, datetime], Done]


def take(suggestion_id: int, act: Act) -> AnyResponse:
    """Do a step and open the suggestion again; what was typed is kept when it cannot be done."""
    person, now = guard.staff(), platform().now()
    with platform().reading() as session:
        form = offering(session, ROUTES[act].form())
    given = attachments.gathered() if isinstance(form, forms.SaidForm) else attachments.Given()
    form.clean = given.files
    if attachments.is_dropping():
        return show(suggestion_id, Failed(act, form))
    if not is_sound(form, given):
        return show(suggestion_id, Failed(act, form), 422)
    hand = Hand.officer(person.id, sight(), seen=form.version)
    try:
        form.clean = attachments.renewed(given.files)
        with attachments.shelf().holding(form.clean), platform().transaction() as session:
            done = DOING[act](session, suggestion_id, form, hand, now)
    except NotFound:
        raise
    except DomainError as refusal:
        form.refused(refusal)
        form.clean = given.files
        return show(suggestion_id, Failed(act, form), 409 if isinstance(refusal, Conflict) else 422)
    attachments.forget(given.files)
    flash(DONE_WORDS[act])
    if act in service.UNDONE:
        undo.keep(person.id, [done], now=now)
    # A suggestion that was transferred may be out of reach now.
    return pages.seen_at(PAGE if act is Act.TRANSFER else f"{PAGE}/{suggestion_id}")


def is_sound(form: forms.SeenForm, given: attachments.Given) -> bool:
    """Say whether fields and files are well-formed; what is not is said beside them."""
    form.validate()
    if given.refusal:
        form.refused(given.refusal)
    return not form.errors


def _assign(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.assign(session, one, by=hand, handler_id=number(form.handler_id.data) or 0, now=now)


def _transfer(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    unit_id, reason = number(form.unit_id.data) or 0, form.reason.data
    return service.transfer(session, one, by=hand, unit_id=unit_id, reason=reason, now=now)


def _ask(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.ask(session, one, by=hand, said=Said(form.text.data, form.clean), now=now)


def _explain(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    said, is_shown = Said(form.text.data, form.clean), form.is_shown.data
    return service.explain(session, one, by=hand, said=said, is_shown=is_shown, now=now)


def _answer(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.answer(session, one, by=hand, said=Said(form.text.data, form.clean), now=now)


def _send_back(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.send_back(session, one, by=hand, reason=form.reason.data, now=now)


def _approve(session: Session, one: int, _form: Any, hand: Hand, now: datetime) -> Done:
    return service.approve(session, one, by=hand, now=now)


def _publish(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    publication = Publication(form.title.data, form.question.data, form.answer.data)
    return service.publish(session, one, by=hand, publication=publication, now=now)


def _withdraw(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.withdraw(session, one, by=hand, reason=form.reason.data, now=now)


def _hide(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.hide(session, one, by=hand, reason=form.reason.data, now=now)


def _show(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.show(session, one, by=hand, reason=form.reason.data, now=now)


def _refuse(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    refusal, said = Refusal(form.refusal.data), Said(form.text.data)
    return service.refuse(session, one, by=hand, refusal=refusal, said=said, now=now)


def _merge(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.merge(session, one, by=hand, into_id=number(form.into_id.data) or 0, now=now)


def _separate(session: Session, one: int, _form: Any, hand: Hand, now: datetime) -> Done:
    return service.separate(session, one, by=hand, now=now)


def _reopen(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.reopen(session, one, by=hand, said=Said(form.text.data), now=now)


def _close(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.close(session, one, by=hand, reason=form.reason.data, now=now)


def _extend(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.extend(session, one, by=hand, days=form.days.data, reason=form.reason.data, now=now)


def _note(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    return service.note(session, one, by=hand, text=form.text.data, now=now)


def _classify(session: Session, one: int, form: Any, hand: Hand, now: datetime) -> Done:
    kind, topic = Kind(form.kind.data), Topic(form.topic.data)
    return service.classify(session, one, by=hand, kind=kind, topic=topic, now=now)


DOING: Mapping[Act, Doing] = {
    Act.ANSWER: _answer,
    Act.APPROVE: _approve,
    Act.SEND_BACK: _send_back,
    Act.PUBLISH: _publish,
    Act.WITHDRAW: _withdraw,
    Act.ASK: _ask,
    Act.EXPLAIN: _explain,
    Act.ASSIGN: _assign,
    Act.TRANSFER: _transfer,
    Act.EXTEND: _extend,
    Act.REFUSE: _refuse,
    Act.MERGE: _merge,
    Act.SEPARATE: _separate,
    Act.HIDE: _hide,
    Act.SHOW: _show,
    Act.REOPEN: _reopen,
    Act.CLOSE: _close,
    Act.NOTE: _note,
    Act.CLASSIFY: _classify,
}
"""What each act does, given a form that is well-formed."""


def _add_route(act: Act, noun: str) -> None:
    def step(suggestion_id: int) -> AnyResponse:
        return take(suggestion_id, act)

    view = takes_files(attachments.BODY_BYTES)(step) if issubclass(ROUTES[act].form, forms.SaidForm) else step
    staff.add_url_rule(f"/staff/suggestions/<int:suggestion_id>/{noun}", noun, view, methods=["POST"])


for _act, _route in ROUTES.items():
    _add_route(_act, _route.noun)
