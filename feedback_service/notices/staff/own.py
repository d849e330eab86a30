"""The address at which an officer wants to be told."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, NotFound
from feedback_service.notices import queries, service
from feedback_service.notices.forms import OwnTargetForm
from feedback_service.notices.rules.events import EVENT_NAMES, SUBSCRIBED, Event, Notice
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import TargetFacts
from feedback_service.notices.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/notices/mine"
USUAL = (Event.ASSIGNED, Event.REPLIED, Event.DUE_SOON, Event.OVERDUE)


@dataclass(frozen=True)
class OwnPage:
    """What the page of one's own notices shows; `target` is None as long as nothing is sent to this officer."""

    target: queries.Target | None
    form: OwnTargetForm
    faults: tuple[Fault, ...]
    has_mail: bool


@staff.get("/staff/notices/mine")
def own() -> Response:
    """Show where and of what one is told."""
    with platform().reading() as session:
        target = queries.own_target(session, guard.staff().id)
    events = target.events if target else USUAL
    facts = {"address": target.address if target else "", "events": [event.value for event in events]}
    return _page(target, _offering(OwnTargetForm(formdata=None, data=facts)))


@staff.post("/staff/notices/mine")
def keep_own() -> AnyResponse:
    """Keep one's own address and what it is told of."""
    person, running, form = guard.staff(), platform(), _offering(OwnTargetForm())
    with running.reading() as session:
        target = queries.own_target(session, person.id)
    if not form.validate():
        return _page(target, form, 422)
    events = tuple(Event(event) for event in form.events.data or ())
    facts = TargetFacts(person.full_name[:80], form.address.data or "", person.unit_id, events)
    with running.transaction() as session:
        known = queries.own_target(session, person.id)
        if known is None:
            service.add_target(session, Channel.MAIL, facts, account_id=person.id, by=person.actor, now=running.now())
        else:
            service.change_target(session, known.id, facts, by=person.actor, now=running.now())
    flash("The changes are saved.")
    return pages.seen_at(PAGE)


@staff.post("/staff/notices/mine/<any(on,off):state>")
def switch_own(state: str) -> AnyResponse:
    """Be told again, or no longer."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        target = _own_target(queries.own_target(session, person.id))
        service.switch_target(session, target.id, is_active=state == "on", by=person.actor, now=running.now())
    flash("You are told again." if state == "on" else "You are told nothing any more.")
    return pages.seen_at(PAGE)


@staff.post("/staff/notices/mine/test")
def test_own() -> AnyResponse:
    """Send a test message to one's own address."""
    person, running = guard.staff(), platform()
    running.limits.hit("test message", str(person.id), "5 per minute")
    with running.transaction() as session:
        target = _own_target(queries.own_target(session, person.id))
        notice = Notice(Event.TEST, ("notice_target", str(target.id)), PAGE, to_target=target.id)
        service.queue(session, notice, now=running.now())
    flash("A test message is on its way. It arrives within a minute when everything is in order.")
    return pages.seen_at(PAGE)


def _own_target(target: queries.Target | None) -> queries.Target:
    if target is None:
        raise NotFound("There is no such address.")
    return target


def _offering(form: OwnTargetForm) -> OwnTargetForm:
    word = platform().translations.word
    form.events.choices = [(event.value, word(EVENT_NAMES[event], language())) for event in SUBSCRIBED]
    return form


def _page(target: queries.Target | None, form: OwnTargetForm, status: int = 200) -> Response:
    has_mail = platform().settings.mail is not None
    return pages.show("notices/own.html", OwnPage(target, form, form.faults(), has_mail), status)
