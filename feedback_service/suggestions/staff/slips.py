"""Slips typed in one after the other, and what is said on the telephone: keyboard only, the code shown at once."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.ids import new_id
from feedback_service.core.period import local_day
from feedback_service.suggestions import service
from feedback_service.suggestions.forms.box import SlipForm
from feedback_service.suggestions.queries.paper import Opening, opening
from feedback_service.suggestions.queries.places import Places, addressed
from feedback_service.suggestions.rules.codes import spaced, typed
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.kinds import Channel, Kind
from feedback_service.suggestions.service import Keys, Submission, Vault
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import faults_in_words


@dataclass(frozen=True)
class OpeningPage:
    """One opening with the form for the next slip; without an opening it is what somebody says on the telephone."""

    opening: Opening | None
    form: SlipForm
    places: Places
    faults: tuple[Fault, ...] = ()

    def fault_of(self, pointer: str) -> str | None:
        """What is wrong with a field, None when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == pointer), None)


@staff.get("/staff/box/<int:opening_id>")
def box_opening(opening_id: int) -> Response:
    """Show one opening with the form for the next slip."""
    form = SlipForm(formdata=None)
    return _shown(opening_id, form)


@staff.post("/staff/box/<int:opening_id>/slips")
def type_slip(opening_id: int) -> AnyResponse:
    """Take one slip in and ask for the next one."""
    return _taken(SlipForm(), opening_id)


@staff.post("/staff/box/<int:opening_id>/end")
def end_typing(opening_id: int) -> AnyResponse:
    """Finish the minutes once every slip is typed in."""
    with platform().transaction() as session:
        service.finish(session, opening_id, by=_hand(), now=platform().now())
    flash(_word("The minutes are finished."))
    return pages.seen_at(f"/staff/box/{opening_id}")


@staff.get("/staff/box/calls")
def call() -> Response:
    """Ask for what somebody says on the telephone."""
    return _shown(None, SlipForm(formdata=None))


@staff.post("/staff/box/calls")
def take_call() -> AnyResponse:
    """Take in what was said on the telephone and show the code to read out."""
    return _taken(SlipForm(), None)


def _taken(form: SlipForm, opening_id: int | None) -> AnyResponse:
    offered = _offered(form)
    if not form.validate():
        return _shown(opening_id, form, *form.faults(), status=422)
    settings, now = platform().settings, platform().now()
    keys = Keys(settings.lasting_key, Vault.at(settings.data_dir))
    submission = _submission(form, offered, opening_id)
    if form.code.data and submission.code is None:
        fault = Fault("code", _word("This code was not found. Please compare each letter with the slip."))
        return _shown(opening_id, form, fault, status=422)
    try:
        with platform().transaction() as session:
            if opening_id is None:
                receipt = service.submit(session, submission, keys=keys, now=now, by=_hand())
            else:
                receipt = service.type_slip(session, opening_id, submission, keys=keys, by=_hand(), now=now)
    except DomainError as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return _shown(opening_id, form, *faults, status=status)
    said = _word("Number {number} is typed in. Its tracking code: {code}")
    flash(said.format(number=receipt.suggestion_id, code=spaced(receipt.code or "")))
    return pages.seen_at(f"/staff/box/{opening_id or 'calls'}")


def _shown(opening_id: int | None, form: SlipForm, *faults: Fault, status: int = 200) -> Response:
    found = None if opening_id is None else _opening(opening_id)
    offered = _offered(form)
    form.submission_id.data = form.submission_id.data or str(new_id())
    return pages.show("suggestions/box/opening.html", OpeningPage(found, form, offered, faults), status)


def _submission(form: SlipForm, offered: Places, opening_id: int | None) -> Submission:
    unit_id, counter_id = (int(field.data) if field.data else None for field in (form.unit, form.counter))
    return Submission(
        submission_id=form.submission_id.data or "",
        kind=Kind(form.kind.data or ""),
        text=form.text.data or "",
        unit_id=offered.unit_of(unit_id, counter_id),
        counter_id=counter_id,
        is_about_staff=form.about_staff.data,
        is_public_wished=form.public.data,
        channel=Channel.PHONE if opening_id is None else Channel.PAPER,
        contact=form.contact,
        opening_id=opening_id,
        code=typed(form.code.data or ""),
    )


def _offered(form: SlipForm) -> Places:
    with platform().reading() as session:
        found = addressed(session, on=local_day(platform().now()))
    form.unit.known = frozenset(str(unit_id) for unit_id, _name in found.units)
    form.counter.known = frozenset(str(counter.id) for counter in found.counters)
    return found


def _opening(opening_id: int) -> Opening:
    with platform().reading() as session:
        return opening(session, opening_id, scope=guard.staff().scope, today=local_day(platform().now()))


def _hand() -> Hand:
    known = guard.staff()
    return Hand.officer(known.id, known.scope)


def _word(message: str) -> str:
    return platform().translations.word(message, language())
