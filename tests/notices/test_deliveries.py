"""What is queued with an act is sent once, to those concerned, and tried again when it fails."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from feedback_service.core.clock import FixedClock
from feedback_service.notices import queries, service
from feedback_service.notices.commands import Worker
from feedback_service.notices.export.sending import Receiver, Sender
from feedback_service.notices.export.webhook import secret
from feedback_service.notices.models import Delivery
from feedback_service.notices.queries import DeliveryRow
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.notices.rules.tries import WAITS_SECONDS, Channel, Status
from feedback_service.web.context import Platform
from tests.notices.conftest import DONG_HA, NAM_DONG_HA, PROVINCE, Desk
from tests.notices.receivers import Hook, Mailbox, Post


def log(platform: Platform) -> tuple[DeliveryRow, ...]:
    """Return what was sent, the oldest first."""
    with platform.reading() as session:
        return queries.log(session)[::-1]


def test_a_new_suggestion_is_told_to_the_mailbox_of_the_office(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())

    assert worker.step() == 1

    (message,) = mailbox.messages
    assert message["To"] == "motcua@dongha.example.vn"
    assert message["Subject"] == "Góp ý số 1042 vừa đến"
    text = message.get_content()
    assert f"{desk.platform.translations.word('Report', 'vi')}, gửi Dong Ha." in text
    assert "03/11/2026" in text
    assert "http://127.0.0.1:8000/staff/suggestions/1042" in text
    assert worker.step() == 0


def test_what_was_rolled_back_is_never_told(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")

    with pytest.raises(LookupError), desk.platform.transaction() as session:
        service.queue(session, desk.received(), now=desk.platform.clock.now())
        raise LookupError

    assert worker.step() == 0
    assert mailbox.messages == []


def test_the_same_thing_is_told_once(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")

    assert desk.queue(desk.received(key="suggestion.received:1042"))
    assert not desk.queue(desk.received(key="suggestion.received:1042"))

    assert worker.step() == 1
    assert len(mailbox.messages) == 1


def test_only_those_are_told_who_asked_and_whose_units_it_concerns(
    desk: Desk, worker: Worker, mailbox: Mailbox
) -> None:
    desk.target(Channel.MAIL, "phuong@example.vn", unit=DONG_HA)
    desk.target(Channel.MAIL, "tinh@example.vn", unit=PROVINCE)
    desk.target(Channel.MAIL, "moi-noi@example.vn", unit=None)
    desk.target(Channel.MAIL, "nam@example.vn", unit=NAM_DONG_HA)
    desk.target(Channel.MAIL, "chi-qua-han@example.vn", Event.OVERDUE)

    desk.queue(desk.received(unit=DONG_HA))
    worker.step()

    receivers = sorted(message["To"] for message in mailbox.messages)
    assert receivers == ["moi-noi@example.vn", "phuong@example.vn", "tinh@example.vn"]


def test_a_stopped_address_is_left_in_peace(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    target_id = desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    with desk.platform.transaction() as session:
        service.switch_target(session, target_id, is_active=False, by="staff:1", now=desk.platform.clock.now())

    assert not desk.queue(desk.received())
    assert mailbox.messages == []


def test_another_system_can_prove_that_the_post_is_ours(desk: Desk, worker: Worker, hook: Hook) -> None:
    target_id = desk.target(Channel.WEBHOOK, hook.url)
    desk.queue(desk.received())

    worker.step()

    (post,) = hook.posts
    headers = {name.lower(): text for name, text in post.headers.items()}
    with desk.platform.reading() as session:
        target = queries.target(session, target_id)
    assert target is not None
    signing = Webhook(secret(desk.platform.settings.lasting_key, target.seed))
    at = desk.platform.clock.now()
    assert headers["webhook-signature"] == signing.sign(headers["webhook-id"], at, post.body.decode())
    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    told = json.loads(post.body)
    assert told["type"] == "suggestion.received"
    assert told["data"]["due_on"] == "2026-11-03"
    assert told["data"]["subject"] == {"kind": "suggestion", "id": "1042"}


def test_a_failed_post_is_tried_again_under_the_same_id_and_given_up_in_the_end(
    desk: Desk, worker: Worker, hook: Hook, clock: FixedClock
) -> None:
    hook.status = 500
    desk.target(Channel.WEBHOOK, hook.url)
    desk.queue(desk.received())

    for wait_seconds in (*WAITS_SECONDS, 0):
        assert worker.step() == 1
        assert worker.step() == 0
        clock.move(timedelta(seconds=wait_seconds * 1.21))

    assert len(hook.posts) == len(WAITS_SECONDS) + 1
    assert len({_id(post) for post in hook.posts}) == 1
    (row,) = log(desk.platform)
    assert (row.status, row.code, row.tries) == ("failed", 500, len(WAITS_SECONDS) + 1)


def test_a_failed_message_is_sent_after_all_when_an_officer_asks(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    mailbox.reply_to_receiver = "550 no such user"
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    worker.step()
    (row,) = log(desk.platform)
    assert (row.status, row.code, row.problem) == ("failed", 550, "The mail server refuses this address.")

    mailbox.reply_to_receiver = "250 OK"
    with desk.platform.transaction() as session:
        assert service.retry(session, (row.id,), by="staff:1", now=desk.platform.clock.now()) == 1
    worker.step()

    assert len(mailbox.messages) == 1
    assert log(desk.platform)[0].status == "sent"


def test_a_mail_server_that_is_busy_is_asked_again(
    desk: Desk, worker: Worker, mailbox: Mailbox, clock: FixedClock
) -> None:
    mailbox.reply = "451 try later"
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    worker.step()
    assert log(desk.platform)[0].status == "waiting"

    mailbox.reply = "250 OK"
    clock.move(timedelta(seconds=10))
    worker.step()

    assert len(mailbox.messages) == 1


def test_a_worker_that_dies_gives_its_messages_back(
    desk: Desk, worker: Worker, mailbox: Mailbox, clock: FixedClock
) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    with desk.platform.transaction() as session:
        assert len(service.claim(session, now=clock.now())) == 1

    assert worker.step() == 0
    clock.move(timedelta(minutes=3))

    assert worker.step() == 1
    assert len(mailbox.messages) == 1


def test_a_late_outcome_of_a_worker_that_lost_its_lease_changes_nothing(desk: Desk, clock: FixedClock) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    with desk.platform.transaction() as session:
        (late,) = service.claim(session, now=clock.now())
    clock.move(timedelta(minutes=3))
    with desk.platform.transaction() as session:
        (_mine,) = service.claim(session, now=clock.now())

    with desk.platform.transaction() as session:
        service.conclude(session, late, service.Outcome(Status.SENT), now=clock.now())

    assert log(desk.platform)[0].status == "waiting"


def test_a_citizen_is_told_by_mail_without_text_and_without_code(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    desk.queue(_answered("7"))

    worker.step()

    (message,) = mailbox.messages
    assert message["To"] == "ba.lan@example.vn"
    assert message["Subject"] == "Góp ý của Ông/Bà đã có câu trả lời"
    assert "/suggestions/track" in message.get_content()
    with desk.platform.reading() as session:
        stored = session.execute(select(Delivery)).scalars().one()
        assert (stored.channel, stored.target_id) == ("mail", None)


def test_a_citizen_with_a_telephone_is_told_through_the_gateway(desk: Desk, worker: Worker, hook: Hook) -> None:
    desk.target(Channel.GATEWAY, hook.url, unit=None)
    desk.queue(_answered("8"))

    worker.step()

    told = json.loads(hook.posts[0].body)
    assert told["type"] == "message.send"
    assert told["data"]["to"] == "+84912345678"
    assert "Góp ý của Ông/Bà đã có câu trả lời" in told["data"]["text"]


def test_a_citizen_who_left_nothing_any_more_is_noted_as_nobody(desk: Desk, worker: Worker) -> None:
    desk.queue(_answered("9"))

    worker.step()

    assert log(desk.platform)[0].status == "nobody"


def test_a_line_break_in_a_fact_adds_no_header_and_no_line(desk: Desk, worker: Worker, mailbox: Mailbox) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received(number="1\r\nBcc: evil@example.vn"))

    worker.step()

    (message,) = mailbox.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Góp ý số 1 Bcc: evil@example.vn vừa đến"


def test_mail_without_a_mail_server_fails_with_the_remedy(desk: Desk, clock: FixedClock) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    desk.queue(desk.received())
    with desk.platform.transaction() as session:
        (outgoing,) = service.claim(session, now=clock.now())
    platform = desk.platform
    sender = Sender(replace(platform.settings, mail=None), platform.translations.word, "Dong Ha")

    outcome = sender.send(outgoing, Receiver(Channel.MAIL, outgoing.address), now=clock.now())

    assert (outcome.status, outcome.problem) == ("failed", "No mail server is set (FEEDBACK_MAIL_URL).")


def test_old_messages_are_forgotten_and_those_on_their_way_are_kept(
    desk: Desk, worker: Worker, hook: Hook, clock: FixedClock
) -> None:
    desk.target(Channel.WEBHOOK, hook.url)
    desk.queue(desk.received(number="1"))
    worker.step()
    clock.move(timedelta(days=91))
    desk.queue(desk.received(number="2"))

    with desk.platform.transaction() as session:
        service.sweep(session, desk.platform.settings, clock.now())

    assert [row.subject_id for row in log(desk.platform)] == ["2"]


def _answered(number: str) -> Notice:
    return Notice(Event.ANSWERED, ("suggestion", number), "/suggestions/track", {"number": number}, to_citizen=True)


def _id(post: Post) -> str:
    return next(text for name, text in post.headers.items() if name.lower() == "webhook-id")
