"""An office with a mail server, another system, and a worker that a test moves by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback_service.core.words import Sentence
from feedback_service.notices import service
from feedback_service.notices.commands import Worker
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import Contact, TargetFacts
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code
from feedback_service.units.service import load_builtin
from feedback_service.web.context import EXTENSION, Platform
from tests.notices.receivers import Hook, Mailbox, mail_server, web_server

DONG_HA, PROVINCE, NAM_DONG_HA = "19333", "44", "19351"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mailbox of the office's mail server."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def hook() -> Iterator[Hook]:
    """Another system of the office."""
    with web_server() as hook:
        yield hook


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    """The settings of an office that sends mail, and posts to this machine."""
    sending = Settings.from_environment(
        {
            "FEEDBACK_DATA_DIR": str(settings.data_dir),
            "FEEDBACK_MAIL_URL": mailbox.url,
            "FEEDBACK_WEBHOOK_NETWORKS": "127.0.0.0/8",
        }
    )
    return replace(settings, mail=sending.mail, webhook_networks=sending.webhook_networks)


@pytest.fixture
def platform(app: Flask) -> Platform:
    """The running office with the units of the province."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        load_builtin(session, now=platform.clock.now())
    return platform


def contact_of_a_citizen(_session: Session, _settings: Settings, subject_id: str, _now: datetime) -> Contact:
    """Tell what the citizens of these tests left: number 7 a mailbox, number 8 a telephone, others nothing."""
    return {"7": Contact(mail="ba.lan@example.vn"), "8": Contact(phone="+84912345678")}.get(subject_id, Contact())


@pytest.fixture
def worker(platform: Platform) -> Worker:
    """A worker without daily jobs."""
    return Worker(platform, (), {"suggestion": contact_of_a_citizen})


class Desk:
    """Does what the desk does, each act in a transaction of its own."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        with platform.reading() as session:
            found = {code: by_code(session, code, on=date(2026, 10, 13)) for code in (DONG_HA, PROVINCE, NAM_DONG_HA)}
        self.units = {code: unit.id for code, unit in found.items() if unit}

    def target(self, channel: Channel, address: str, *events: Event, unit: str | None = DONG_HA) -> int:
        """Add an address that is told of some events."""
        facts = TargetFacts("Office", address, self.units[unit] if unit else None, events or (Event.RECEIVED,))
        with self.platform.transaction() as session:
            return service.add_target(session, channel, facts, by="staff:1", now=self.platform.clock.now())

    def queue(self, notice: Notice) -> bool:
        """Queue a notice."""
        with self.platform.transaction() as session:
            return service.queue(session, notice, now=self.platform.clock.now())

    def received(self, *, unit: str = DONG_HA, key: str | None = None, number: str = "1042") -> Notice:
        """Return the notice that a suggestion has come in."""
        return Notice(
            Event.RECEIVED,
            ("suggestion", number),
            f"/staff/suggestions/{number}",
            {"number": number, "kind": Sentence("Report"), "unit": "Dong Ha", "due_on": date(2026, 11, 3)},
            unit_id=self.units[unit],
            key=key,
        )


@pytest.fixture
def desk(platform: Platform) -> Desk:
    """The desk of this office."""
    return Desk(platform)
