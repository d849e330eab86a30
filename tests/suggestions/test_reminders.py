"""The worker's day: what is near, what is late, who is told one unit up, the summary, the citizen's mailbox."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from feedback_service.audit.queries import Filter, entries
from feedback_service.notices import queries as notices
from feedback_service.notices import service as outbox
from feedback_service.notices.models import StoredNotice
from feedback_service.notices.queries import DeliveryRow
from feedback_service.notices.rules.events import Event
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import TargetFacts
from feedback_service.suggestions import service
from feedback_service.suggestions.rules.hands import Contact, Said
from feedback_service.suggestions.service.reaching import contact_of
from feedback_service.suggestions.service.reminders import remind, summarise
from tests.suggestions.desk import Desk

ALL = tuple(event for event in Event if event is not Event.TEST)


@pytest.fixture
def told(desk: Desk) -> "Told":
    """What the mailboxes of the ward and of the units above it hear."""
    return Told(desk)


class Told:
    """Adds mailboxes and reads what was queued for them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def mailbox(self, name: str, unit_id: int | None, *, account_id: int | None = None) -> int:
        """Add a mailbox that hears of everything."""
        facts = TargetFacts(name, f"{name}@example.vn", unit_id, ALL)
        now = self.desk.platform.clock.now()
        with self.desk.platform.transaction() as session:
            return outbox.add_target(session, Channel.MAIL, facts, account_id=account_id, by="system", now=now)

    def remind(self) -> None:
        """Have the worker remind."""
        with self.desk.platform.transaction() as session:
            remind(session, self.desk.platform.settings, self.desk.platform.clock.now())

    def heard(self) -> list[tuple[str, str, str]]:
        """Return what was queued, the oldest first: who, what, which suggestion."""
        with self.desk.platform.reading() as session:
            rows: tuple[DeliveryRow, ...] = notices.log(session)
        return [(row.target_name, row.event.partition(".")[2], row.subject_id) for row in reversed(rows)]


def days_go_by(desk: Desk, day: date) -> None:
    """Move the clock to 08:30 of a day."""
    desk.box.clock.move(timedelta(days=(day - desk.box.today).days))


def test_what_is_due_within_two_working_days_is_told_once(desk: Desk, told: Told) -> None:
    told.mailbox("ward", desk.box.ward_id)
    number = str(desk.write())

    for day in (date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 3)):
        days_go_by(desk, day)
        told.remind()

    assert told.heard() == [("ward", "received", number), ("ward", "due-soon", number)]


def test_the_officer_in_charge_is_told_and_not_the_others(desk: Desk, told: Told) -> None:
    told.mailbox("thanh", desk.box.ward_id, account_id=desk.box.accounts["thanh"])
    told.mailbox("duc", desk.box.ward_id, account_id=desk.box.accounts["duc"])
    number = desk.write()
    with desk.platform.transaction() as session:
        service.assign(
            session,
            number,
            by=desk.box.hand(),
            handler_id=desk.box.accounts["thanh"],
            now=desk.platform.clock.now(),
        )
    days_go_by(desk, date(2026, 10, 30))
    told.remind()

    assert [line for line in told.heard() if line[1] in ("assigned", "due-soon")] == [
        ("thanh", "assigned", str(number)),
        ("thanh", "due-soon", str(number)),
    ]


def test_what_stays_overdue_goes_up_the_unit_tree(desk: Desk, told: Told) -> None:
    told.mailbox("agency", desk.box.agency_id)
    told.mailbox("ward", desk.box.ward_id)
    number = str(desk.write(unit_id=desk.box.agency_id))

    for day in (date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 11)):
        days_go_by(desk, day)
        told.remind()

    overdue = [line for line in told.heard() if line[1] == "overdue"]
    assert overdue == [("agency", "overdue", number), ("ward", "overdue", number), ("ward", "overdue", number)]
    assert desk.box.acts(int(number)) == ["receive", "escalate", "escalate"]
    assert desk.box.broken() == []


def test_nobody_is_told_on_a_day_off(desk: Desk, told: Told) -> None:
    told.mailbox("ward", desk.box.ward_id)
    desk.write()
    days_go_by(desk, date(2026, 11, 7))

    told.remind()

    assert [line[1] for line in told.heard()] == ["received"]


def test_the_summary_counts_what_stands_within_the_reach_of_each_mailbox(desk: Desk, told: Told) -> None:
    told.mailbox("agency", desk.box.agency_id)
    told.mailbox("ward", desk.box.ward_id)
    desk.write()
    days_go_by(desk, date(2026, 11, 4))
    desk.write(unit_id=desk.box.agency_id)

    with desk.platform.transaction() as session:
        summarise(session, desk.platform.settings, desk.platform.clock.now())

    with desk.platform.reading() as session:
        query = select(StoredNotice.facts).where(StoredNotice.event == Event.DIGEST).order_by(StoredNotice.key)
        agency, ward = session.execute(query).scalars()
    assert '"new":1,"open":1,"overdue":0,"soon":0' in agency
    assert '"new":1,"open":2,"overdue":1,"soon":0' in ward


def test_the_worker_reaches_the_citizen_by_what_was_left_and_notes_it(desk: Desk) -> None:
    number = desk.write(contact=Contact("Hồ Văn Minh", "0912 345 678", "minh@example.vn"))
    silent = desk.write()

    with desk.platform.transaction() as session:
        now, settings = desk.platform.clock.now(), desk.platform.settings
        known = contact_of(session, settings, str(number), now)
        nobody = contact_of(session, settings, str(silent), now)

    assert (known.mail, known.phone) == ("minh@example.vn", "+84912345678")
    assert (nobody.mail, nobody.phone) == ("", "")
    with desk.platform.reading() as session:
        assert [row.actor for row in entries(session, Filter(kind="contact"))] == ["system"]


def test_a_telephone_is_written_as_gateways_want_it(desk: Desk) -> None:
    for phone in ("+84 912 345 678", "0912.345.678", "84912345678", "091-2345678"):
        number = desk.write(contact=Contact("", phone, ""))

        with desk.platform.transaction() as session:
            known = contact_of(session, desk.platform.settings, str(number), desk.platform.clock.now())

        assert known.phone == "+84912345678", phone


def test_a_citizen_who_left_a_mailbox_is_told_of_the_answer_and_others_are_not(desk: Desk, told: Told) -> None:
    with_mail = desk.write(contact=Contact("", "", "minh@example.vn"))
    desk.write()
    for number in (with_mail, with_mail + 1):
        with desk.platform.transaction() as session:
            service.answer(session, number, by=desk.box.hand(), said=Said("Cảm ơn."), now=desk.platform.clock.now())

    assert told.heard() == [("", "answered", str(with_mail))]
