"""People of the desk: accounts that are there, and browsers in which they have signed in."""

from dataclasses import dataclass

from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
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
    """Add an account and sign in with it."""
    platform: Platform = app.extensions[EXTENSION]
    known = name or role.value
    facts = AccountFacts(full_name or known.capitalize(), role, unit_id)
    with platform.transaction() as session:
        added = add(session, known, facts, password=PASSWORD, by="system", now=platform.clock.now())
    pages = PageClient(app.test_client())
    door = pages.get("/staff/sign-in")
    pages.send(door, {"name": known, "password": PASSWORD})
    return Officer(added.account_id, known, pages)
