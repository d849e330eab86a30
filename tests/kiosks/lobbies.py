"""A lobby for tests: one ward with a counter, and tablets that enrol as the test needs them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from feedback_service.core.clock import FixedClock
from feedback_service.core.ids import new_id
from feedback_service.kiosks import service
from feedback_service.kiosks.guard import code_hash
from feedback_service.kiosks.rules import DEFAULT_QUESTIONNAIRE, spelled_code
from feedback_service.questionnaires.service import load_builtin as load_questionnaires
from feedback_service.units.service import UnitFacts, add_unit, open_counter, open_office
from feedback_service.web.context import EXTENSION, Platform
from tests.conftest import SECRET

WARDS = (("19333", "Phường Đông Hà"), ("19351", "Phường Nam Đông Hà"))
WELL = {
    "queued": 0,
    "last_sequence": 12,
    "storage_persisted": True,
    "app_version": "0123456789ab",
    "clock": "2026-10-13T01:30:00.000Z",
    "battery": 0.93,
}
"""What a tablet says that has nothing to complain of."""


@dataclass(frozen=True)
class Tablet:
    """A tablet that is enrolled."""

    app: Flask
    id: int
    token: str

    def asks(self, *, etag: str = "") -> TestResponse:
        """Ask for the configuration."""
        known = {"If-None-Match": etag} if etag else {}
        return self.app.test_client().get("/api/v1/kiosk/configuration", headers=self._bearer | known)

    def says(self, **changes: Any) -> TestResponse:
        """Send a heartbeat."""
        return self.app.test_client().post("/api/v1/kiosk/heartbeat", json=WELL | changes, headers=self._bearer)

    def rates(self, sequence: int, level: int = 5) -> None:
        """Send one rating, given now, under a number."""
        given = {
            "id": str(new_id()),
            "sequence": sequence,
            "questionnaire": DEFAULT_QUESTIONNAIRE,
            "version": 1,
            "answered_at": "2026-10-13T01:30:00Z",
            "language": "vi",
            "answers": {"satisfaction": level},
        }
        answer = self.app.test_client().post("/api/v1/ratings", json={"ratings": [given]}, headers=self._bearer)
        assert told(answer)["results"][0]["outcome"] == "stored"

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Lobby:
    """The application with one ward and its first counter."""

    app: Flask
    clock: FixedClock
    unit_id: int
    other_id: int
    counter_id: int

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    def place(self, name: str = "Máy 1") -> service.Place:
        """Where a tablet stands: at the counter."""
        return service.Place(self.unit_id, self.counter_id, name, DEFAULT_QUESTIONNAIRE)

    def code(self, name: str = "Máy 1") -> str:
        """Make a code as staff do."""
        with self.platform.transaction() as session:
            figures = service.issue_code(
                session,
                self.place(name),
                hashed=lambda drawn: code_hash(SECRET, drawn),
                by="system",
                now=self.clock.now(),
            )
        return spelled_code(figures)

    def enrol(self, code: str) -> TestResponse:
        """Send a code from a tablet."""
        return self.app.test_client().post("/api/v1/kiosk/enrolment", json={"code": code})

    def tablet(self, name: str = "Máy 1") -> Tablet:
        """Enrol a tablet."""
        answer = self.enrol(self.code(name))
        assert answer.status_code == 201, answer.text
        return Tablet(self.app, int(told(answer)["kiosk_id"]), told(answer)["token"])


def furnish(app: Flask, clock: FixedClock) -> Lobby:
    """Build the lobby of Phường Đông Hà."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        open_office(session, now=clock.now())
        load_questionnaires(session, clock.now())
        unit_id, other_id = (_ward(session, *ward, now=clock.now()) for ward in WARDS)
        counter_id = open_counter(session, unit_id, "Quầy 1", field="Đất đai", by="system", now=clock.now())
    return Lobby(app, clock, unit_id, other_id, counter_id)


def _ward(session: Session, code: str, name: str, *, now: datetime) -> int:
    facts = UnitFacts(code, None, name, "ward", None, date(2025, 7, 1), None)
    return add_unit(session, facts, by="system", now=now)


def told(answer: TestResponse) -> dict[str, Any]:
    """Return the JSON of an answer."""
    content = answer.json
    assert isinstance(content, dict)
    return content
