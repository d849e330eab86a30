"""People of the desk: accounts that are there, and browsers in which they have signed in."""

from dataclasses import dataclass

from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.http import parse_cookie

from feedback_service.accounts.guard import cookie
from feedback_service.accounts.queries import credentials
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.accounts.service.sessions import open_session
from feedback_service.web.context import EXTENSION, Platform
from tests.pages import PageClient

PASSWORD = "bốn mùa hoa nở bên sông Hiếu"


@dataclass(frozen=True)
class Officer:
    """Somebody of the desk and the browser in which he has signed in."""

    id: int
    name: str
    pages: PageClient

    @property
    def actor(self) -> str:
        """How the ledger names this person."""
        return f"staff:{self.id}"


def officer(app: Flask, role: Role, *, name: str = "", unit_id: int | None = None, full_name: str = "") -> Officer:
    """Add an account with an open session; how people sign in has tests of its own, and costs a tenth of a second."""
    platform: Platform = app.extensions[EXTENSION]
    known = name or role.value
    facts = AccountFacts(full_name or known.capitalize(), role, unit_id)
    with platform.transaction() as session:
        added = add(session, known, facts, password=PASSWORD, by="system", now=platform.clock.now())
        found = credentials(session, known)
        begun = open_session(session, found, now=platform.clock.now()) if found else None
    assert begun, f"{known} cannot sign in"
    platform.site()  # looked up once in a while: no page that is measured shall be the one that asks
    return Officer(added.account_id, known, PageClient(_browser(app, begun.token)))


def _browser(app: Flask, token: str) -> FlaskClient:
    with app.test_request_context():
        response = Response()
        cookie.give(response, token)
        name, value = next(iter(parse_cookie(response.headers["Set-Cookie"]).items()))
    client = app.test_client()
    client.set_cookie(name, value)
    return client
