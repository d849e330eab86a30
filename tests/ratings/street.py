"""A street for tests: a ward that asks on the web, and citizens without JavaScript who read the picture well."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import select
from werkzeug.test import TestResponse

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.clock import FixedClock
from feedback_service.core.tokens import Signer
from feedback_service.db import Base
from feedback_service.ratings.queries import days
from feedback_service.ratings.service.surveying import SurveyFacts, open_survey
from feedback_service.web.context import EXTENSION, Platform
from tests.conftest import SECRET
from tests.pages import read
from tests.ratings.lobby import Lobby, agrees, furnish

READING = timedelta(seconds=5)
BALLOT = {"q-cs3": "2", "q-cs4": "1", "q-cs6": "2", "q-cs7": "2", "q-cs10": "3", "q-cs11": "3"}
"""What somebody answers who is content."""


@dataclass(frozen=True)
class Street:
    """The application, its ward, and its clock."""

    app: Flask
    clock: FixedClock
    lobby: Lobby

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    def open(self, slug: str = "phieu", questionnaire_id: str = "phieu-9-chi-so", **changed: Any) -> str:
        """Open a survey and return its address."""
        facts: dict[str, Any] = {"counter_id": None, "ladder": "work", "closes_at": None, "quota": None, **changed}
        asked = SurveyFacts(slug=slug, questionnaire_id=questionnaire_id, unit_id=self.lobby.unit_id, **facts)
        with self.platform.transaction() as session:
            open_survey(session, asked, by="system", now=self.clock.now())
        return f"/surveys/{slug}"

    def citizen(self, address: str = "127.0.0.1") -> "Citizen":
        """Return somebody who has never been here."""
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Citizen(self, client)

    def rows(self, table: type[Base]) -> list[Mapping[str, Any]]:
        """Return every row of a table."""
        with self.platform.reading() as session:
            return [dict(row) for row in session.execute(select(*table.__table__.columns)).mappings()]

    def code(self, token: str) -> str:
        """Return what the picture of a token shows."""
        facts, _ = Signer(SECRET, PURPOSE).read(token, now=self.clock.now(), life=LIFE)
        return digits_of(SECRET, str(facts["nonce"]))

    def is_whole(self) -> bool:
        """Whether the ledger finds nothing wrong and every tally is what a recount gives."""
        with self.platform.reading() as session:
            same = all(agrees(session, *place) for place in days(session))
        return same and self.lobby.broken() == []


@dataclass
class Citizen:
    """Somebody with a browser; `fields` are those of the open page."""

    street: Street
    client: FlaskClient
    fields: dict[str, Any] = field(default_factory=dict)
    action: str = ""

    def look_at(self, address: str) -> HtmlElement:
        """Open a sheet, read it, and return its elements."""
        response = self.client.get(address, follow_redirects=True)
        assert response.status_code == 200, response.status
        tree = self.keep(response)
        self.street.clock.move(READING)
        return tree

    def keep(self, response: TestResponse) -> HtmlElement:
        """Take the fields of the form that a page shows, with the code of its picture."""
        tree = read(response.text)
        forms = [form for form in tree.forms if form.get("data-survey")]
        if forms:
            self.action = forms[0].get("action", "")
            self.fields = {name: value for name, value in forms[0].form_values() if not name.startswith("q-")}
            self.fields["challenge_answer"] = self.street.code(self.fields["form_token"])
        return tree

    def send(self, answers: Mapping[str, object], **changed: object) -> TestResponse:
        """Send the form of the open page."""
        return self.client.post(self.action, data={**self.fields, **answers, **changed})

    def answer(self, address: str, answers: Mapping[str, object] = BALLOT) -> TestResponse:
        """Look at a sheet and answer it."""
        self.look_at(address)
        return self.send(answers)


def settle(app: Flask, clock: FixedClock) -> Street:
    """Build the street."""
    return Street(app, clock, furnish(app.extensions[EXTENSION].database))


def faults(response: TestResponse) -> list[str]:
    """Return what a page asks to mend."""
    return [re.sub(r"\s+", " ", item.text_content()) for item in read(response.text).cssselect(".error-summary li")]
