"""The desk over HTTP: officers of every role signed in, on the box of the ward."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import Officer, officer
from tests.pages import Page
from tests.suggestions.box import WAITED, Box, furnish


@dataclass(frozen=True)
class Desk:
    """The box of a ward and the pages at which its officers work."""

    app: Flask
    box: Box
    platform: Platform

    def officer(
        self, role: Role = Role.ONE_STOP, *, name: str = "", full_name: str = "", everywhere: bool = False
    ) -> Officer:
        """Add an officer of the ward, or of every unit, and sign in."""
        unit_id = None if everywhere else self.box.ward_id
        return officer(self.app, role, name=name or f"x-{role.value}", unit_id=unit_id, full_name=full_name)

    def elsewhere(self, role: Role = Role.ONE_STOP) -> Officer:
        """Add an officer of another ward and sign in."""
        return officer(self.app, role, name="nguoi-khac", unit_id=self.box.other_ward_id)

    def write(self, text: str = WAITED, **facts: object) -> int:
        """Have a citizen write and return the number."""
        return self.box.submit(text, **facts).suggestion_id


def open_desk(app: Flask, clock: FixedClock) -> Desk:
    """Furnish the database of an application and open its desk."""
    platform: Platform = app.extensions[EXTENSION]
    box = furnish(platform.database, platform.settings.data_dir)
    return Desk(app, replace(box, clock=clock), platform)


def step(officer: Officer, number: int, noun: str, *, status: int = 200, **fields: Any) -> Page:
    """Take a step on the page of a suggestion as a browser would, with the version that stands there."""
    page = officer.pages.get(f"/staff/suggestions/{number}")
    seen = [str(field.get("value")) for field in page.all("main input[name=seen]")]
    token = page.all("input[name=csrf_token]")[0].get("value")
    sent = {"csrf_token": token, "seen": (*seen, "0")[0], **fields}
    return officer.pages.post(f"/staff/suggestions/{number}/{noun}", sent, status=status)
