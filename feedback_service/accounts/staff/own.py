"""One's own account: the password and where one is signed in."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard, queries
from feedback_service.accounts.forms import PasswordForm
from feedback_service.accounts.service.accounts import change_password
from feedback_service.accounts.service.passwords import fits
from feedback_service.accounts.service.sessions import close_session
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.core.errors import DomainError, Fault, Refused
from feedback_service.web import pages
from feedback_service.web.context import network, platform

PAGE = "/staff/account"


@dataclass(frozen=True)
class OwnPage:
    """What the page of one's own account shows."""

    person: guard.Staff
    sessions: tuple[queries.OpenSession, ...]
    form: PasswordForm
    faults: tuple[Fault, ...]


@staff.get("/staff/account")
def own_account() -> Response:
    """Show one's own account."""
    return _page(PasswordForm(formdata=None))


@staff.post("/staff/account/password")
def own_password() -> AnyResponse:
    """Keep a new password and end the other sessions."""
    form = PasswordForm()
    if not form.validate():
        return _page(form, 422)
    try:
        _change(form)
    except DomainError as refusal:
        form.refused(refusal)
        return _page(form, 422)
    flash("Your password is changed. Other sessions have ended.")
    return pages.seen_at(PAGE)


@staff.post("/staff/account/sessions/<int:session_id>/end")
def own_session_end(session_id: int) -> AnyResponse:
    """End one of one's own sessions."""
    person = guard.staff()
    with platform().transaction() as session:
        close_session(session, session_id, of_account=person.id, by=person.actor, now=platform().now())
    flash("The session has ended.")
    return pages.seen_at(PAGE)


def _change(form: PasswordForm) -> None:
    running, person = platform(), guard.staff()
    present, new, repeated = (field.data or "" for field in (form.present, form.password, form.repeated))
    running.limits.hit("password", f"{person.id}|{network()}", "20 per 15 minutes")
    with running.reading() as session:
        known = queries.credentials(session, person.name)
    if not known or not fits(present, known.password_hash):
        reason = "This is not your present password."
        raise Refused(reason, faults=(Fault("present", reason),))
    if new != repeated:
        reason = "The two new passwords are not the same. Please enter the same one twice."
        raise Refused(reason, faults=(Fault("repeated", reason),))
    with running.transaction() as session:
        change_password(session, person.id, new, kept_session_id=person.session_id, now=running.now())


def _page(form: PasswordForm, status: int = 200) -> Response:
    person = guard.staff()
    with platform().reading() as session:
        sessions = queries.open_sessions(session, person.id, now=platform().now())
    return pages.show("accounts/own.html", OwnPage(person, sessions, form, form.faults()), status)
