"""The addresses of the office and of other systems, for administrators."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.notices import queries, service
from feedback_service.notices.export.webhook import secret
from feedback_service.notices.forms import ALL_UNITS, TargetForm
from feedback_service.notices.rules.events import EVENT_NAMES, SUBSCRIBED, Event, Notice
from feedback_service.notices.rules.tries import CHANNEL_NAMES, Channel
from feedback_service.notices.service import TargetFacts
from feedback_service.notices.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/notices/targets"


@dataclass(frozen=True)
class TargetsPage:
    """Every address within reach."""

    targets: tuple[queries.Target, ...]
    has_mail: bool


@dataclass(frozen=True)
class TargetPage:
    """One address, or a new one when `target` is None; `secret` is shown only when it was just made."""

    target: queries.Target | None
    form: TargetForm
    faults: tuple[Fault, ...]
    secret: str


@staff.get("/staff/notices/targets")
def targets() -> Response:
    """Show the addresses within reach."""
    person = guard.staff()
    with platform().reading() as session:
        found = queries.targets(session, person.scope, is_whole=person.unit_id is None)
    return pages.show("notices/targets.html", TargetsPage(found, platform().settings.mail is not None))


@staff.get("/staff/notices/targets/new")
def new_target() -> Response:
    """Show the form of a new address."""
    return _page(None, _offering(TargetForm(formdata=None)))


@staff.post("/staff/notices/targets")
def add_target() -> AnyResponse:
    """Add an address; the secret of a webhook stands on the answer itself."""
    person, running, form = guard.staff(), platform(), _offering(TargetForm())
    if not form.validate():
        return _page(None, form, 422)
    channel = Channel(form.channel.data)
    with running.transaction() as session:
        target_id = service.add_target(session, channel, _facts(form), by=person.actor, now=running.now())
        added = queries.target(session, target_id)
    if channel is Channel.MAIL:
        flash("The address is added.")
        return pages.seen_at(f"{PAGE}/{target_id}")
    return _page(added, form, is_secret_shown=True)


@staff.get("/staff/notices/targets/<int:target_id>")
def target(target_id: int) -> Response:
    """Show one address."""
    with platform().reading() as session:
        known = _reached(session, target_id)
    return _page(known, _filled(known))


@staff.post("/staff/notices/targets/<int:target_id>")
def change_target(target_id: int) -> AnyResponse:
    """Change the name, the address, the unit and the events; the channel stays."""
    person, running, form = guard.staff(), platform(), _offering(TargetForm())
    with running.reading() as session:
        known = _reached(session, target_id)
    form.channel.data = known.channel.value
    if not form.validate():
        return _page(known, form, 422)
    with running.transaction() as session:
        _reached(session, target_id)
        service.change_target(session, target_id, _facts(form), by=person.actor, now=running.now())
    flash("The changes are saved.")
    return pages.seen_at(f"{PAGE}/{target_id}")


@staff.post("/staff/notices/targets/<int:target_id>/<any(on,off):state>")
def switch_target(target_id: int, state: str) -> AnyResponse:
    """Let an address be told again, or no longer."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        _reached(session, target_id)
        service.switch_target(session, target_id, is_active=state == "on", by=person.actor, now=running.now())
    flash("This address is told again." if state == "on" else "This address is told nothing any more.")
    return pages.seen_at(f"{PAGE}/{target_id}")


@staff.post("/staff/notices/targets/<int:target_id>/secret")
def renew_secret(target_id: int) -> Response:
    """Make a new secret and show it on the answer itself, since it stands nowhere else."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        _reached(session, target_id)
        service.renew_secret(session, target_id, by=person.actor, now=running.now())
        known = _reached(session, target_id)
    return _page(known, _filled(known), is_secret_shown=True)


@staff.post("/staff/notices/targets/<int:target_id>/test")
def test_target(target_id: int) -> AnyResponse:
    """Send a test message."""
    running = platform()
    running.limits.hit("test message", str(guard.staff().id), "5 per minute")
    with running.transaction() as session:
        known = _reached(session, target_id)
        about = ("notice_target", str(target_id))
        notice = Notice(Event.TEST, about, "/staff/notices", unit_id=known.unit_id, to_target=target_id)
        service.queue(session, notice, now=running.now())
    flash("A test message is on its way. The log shows how it ended.")
    return pages.seen_at(f"{PAGE}/{target_id}")


def _reached(session: Session, target_id: int) -> queries.Target:
    person = guard.staff()
    known = queries.target(session, target_id)
    if known is None or (person.unit_id is not None and known.unit_id not in person.scope):
        raise NotFound("There is no such address.")
    return known


def _facts(form: TargetForm) -> TargetFacts:
    unit_id = None if form.unit.data == ALL_UNITS else int(form.unit.data)
    events = tuple(Event(event) for event in form.events.data or ())
    return TargetFacts(form.name.data or "", form.address.data or "", unit_id, events)


def _filled(known: queries.Target) -> TargetForm:
    facts = {"channel": known.channel.value, "name": known.name, "address": known.address}
    events = [event.value for event in known.events]
    unit = str(known.unit_id or ALL_UNITS)
    return _offering(TargetForm(formdata=None, data={**facts, "unit": unit, "events": events}))


def _offering(form: TargetForm) -> TargetForm:
    person, running = guard.staff(), platform()
    with running.reading() as session:
        standing = units.units(session, on=local_day(running.now()), scope=person.scope)
    word = running.translations.word
    everything = [(ALL_UNITS, word("All units", language()))] if person.unit_id is None else []
    form.channel.choices = [(channel.value, word(CHANNEL_NAMES[channel], language())) for channel in Channel]
    form.unit.choices = [*everything, *((str(unit.id), unit.name) for unit in standing)]
    form.events.choices = [(event.value, word(EVENT_NAMES[event], language())) for event in SUBSCRIBED]
    return form


def _page(
    known: queries.Target | None, form: TargetForm, status: int = 200, *, is_secret_shown: bool = False
) -> Response:
    key = platform().settings.lasting_key
    shown = secret(key, known.seed) if known and is_secret_shown else ""
    return pages.show("notices/target.html", TargetPage(known, form, form.faults(), shown), status)
