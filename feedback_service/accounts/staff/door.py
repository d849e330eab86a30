"""Signing in and out, and the first page after it."""

import re
from dataclasses import dataclass

from flask import Response, request, url_for
from flask import session as form_session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard, queries
from feedback_service.accounts.forms import SignInForm
from feedback_service.accounts.guard import cookie
from feedback_service.accounts.service.passwords import fits
from feedback_service.accounts.service.sessions import SignedIn, close_session, open_session
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.core.errors import DomainError, Fault, Limited, Refused
from feedback_service.web import frame, pages
from feedback_service.web.context import network, platform
from feedback_service.web.logs import logger

TRIES_OF_ACCOUNT = "20 per 15 minutes"
TRIES_OF_NETWORK = "300 per 15 minutes"
"""An office shares one address: thirty people may mistype ten times."""
OWN_PAGE = re.compile(r"/staff(/[\w.~%-]+)*/?(\?[\w.~%&=/+:-]*)?", re.ASCII)
HOME = "/staff/"
WRONG = "The sign-in name or the password is not right. Please check both and try again."
TOO_OFTEN = "That was tried too often. Please wait a quarter of an hour, or ask an administrator for a new password."


@dataclass(frozen=True)
class DoorPage:
    """The sign-in page."""

    form: SignInForm
    faults: tuple[Fault, ...]


@staff.get("/staff/sign-in")
def door() -> Response:
    """Show the sign-in page."""
    form = SignInForm(formdata=None, data={"next": request.args.get("next", "")})
    return pages.show("accounts/sign_in.html", DoorPage(form, ()))


@staff.post("/staff/sign-in")
def sign_in() -> AnyResponse:
    """Begin a session and open the page that was asked for."""
    form = SignInForm()
    if not form.validate():
        return pages.show("accounts/sign_in.html", DoorPage(form, form.faults()), 422)
    try:
        begun = _begun((form.name.data or "").lower(), form.password.data or "")
    except DomainError as refusal:
        return _refused(form, refusal)
    form_session.clear()
    wanted = form.next.data or ""
    response = pages.seen_at(wanted if OWN_PAGE.fullmatch(wanted) else HOME)
    cookie.give(response, begun.token)
    return response


@staff.post("/staff/sign-out")
def sign_out() -> AnyResponse:
    """End this session on the server and in the browser."""
    person = guard.staff()
    with platform().transaction() as session:
        close_session(session, person.session_id, of_account=person.id, by=person.actor, now=platform().now())
    form_session.clear()
    response = pages.seen_at("/staff/sign-in")
    cookie.take_back(response)
    return response


@staff.get("/staff/")
def home() -> AnyResponse:
    """Open the first page of the menu."""
    doors = frame.doors()
    return pages.seen_at(url_for(doors[0].endpoint) if doors else "/staff/account")


def _begun(name: str, password: str) -> SignedIn:
    running = platform()
    within_limits = running.limits.allows("sign-in", f"{name}|{network()}", TRIES_OF_ACCOUNT)
    if not (running.limits.allows("sign-in", network(), TRIES_OF_NETWORK) and within_limits):
        logger().info("sign-in.limited")
        raise Limited(TOO_OFTEN, retry_seconds=900)
    with running.reading() as session:
        known = queries.credentials(session, name)
    if fits(password, known.password_hash if known else None) and known:
        with running.transaction() as session:
            begun = open_session(session, known, now=running.now())
        if begun:
            return begun
    logger().info("sign-in.refused")
    raise Refused(WRONG)


def _refused(form: SignInForm, refusal: DomainError) -> Response:
    form.refused(refusal)
    status = 429 if isinstance(refusal, Limited) else 422
    response = pages.show("accounts/sign_in.html", DoorPage(form, form.faults()), status)
    if isinstance(refusal, Limited):
        response.headers["Retry-After"] = str(refusal.retry_seconds)
    return response
