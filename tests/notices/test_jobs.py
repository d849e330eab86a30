"""Daily jobs are done once a day, whoever works, and again when they failed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Conflict
from feedback_service.notices import service
from feedback_service.notices.commands import Worker
from feedback_service.notices.models import JobRun
from feedback_service.notices.queries import WITNESSES
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import Job
from feedback_service.settings import Settings
from feedback_service.web.context import Platform
from tests.conftest import SECRET
from tests.databases import feedback_service
from tests.notices.conftest import Desk
from tests.notices.receivers import Mailbox


class Counting:
    """A job that counts in the database, as jobs do."""

    def __init__(self, *, fails: int = 0) -> None:
        self.fails = fails

    def __call__(self, session: Session, _settings: Settings, now: datetime) -> None:
        session.execute(insert(JobRun).values(key=f"counted {now.isoformat()}", finished_at=now))
        if self.fails:
            self.fails -= 1
            raise Conflict("not today")


def counted(platform: Platform) -> int:
    """Return how often the job was done."""
    with platform.reading() as session:
        return session.scalar(select(func.count()).where(JobRun.key.startswith("counted"))) or 0


def test_a_job_is_done_once_a_day_from_its_time_on(platform: Platform, clock: FixedClock) -> None:
    worker = Worker(platform, (Job("count", time(9, 0), Counting()),), {})

    assert worker.step() == 0
    clock.move(timedelta(hours=1))
    assert [worker.step(), worker.step()] == [1, 0]
    assert Worker(platform, (Job("count", time(9, 0), Counting()),), {}).step() == 0
    clock.move(timedelta(days=1))

    assert worker.step() == 1
    assert counted(platform) == 2


def test_two_workers_do_a_job_once(platform: Platform) -> None:
    workers = [Worker(platform, (Job("count", time(7, 0), Counting()),), {}) for _ in range(4)]

    with ThreadPoolExecutor(4) as hands:
        done = list(hands.map(lambda worker: worker.step(), workers))

    assert sum(done) == 1
    assert counted(platform) == 1


def test_a_job_that_fails_leaves_nothing_and_is_done_later(platform: Platform) -> None:
    worker = Worker(platform, (Job("count", time(7, 0), Counting(fails=1)),), {})

    with ThreadPoolExecutor(1) as hand:
        assert isinstance(hand.submit(worker.step).exception(), Conflict)
    assert counted(platform) == 0

    assert worker.step() == 1
    assert counted(platform) == 1


def test_workers_share_what_is_to_be_sent(desk: Desk, platform: Platform, mailbox: Mailbox) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    for number in range(30):
        desk.queue(desk.received(number=str(number)))
    workers = [Worker(platform, (), {}) for _ in range(3)]

    with ThreadPoolExecutor(3) as hands:
        done = sum(hands.map(lambda worker: worker.step() + worker.step(), workers))

    assert done == 30
    assert sorted(str(message["Subject"]) for message in mailbox.messages) == sorted(
        f"Góp ý số {number} vừa đến" for number in range(30)
    )


def test_the_command_sends_what_is_due_and_ends(
    desk: Desk, settings: Settings, mailbox: Mailbox, tmp_path: Path
) -> None:
    desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    with desk.platform.transaction() as session:
        service.queue(session, desk.received(), now=desk.platform.clock.now())

    done = feedback_service(
        "worker",
        "--once",
        FEEDBACK_DATABASE_URL=settings.database_url,
        FEEDBACK_DATA_DIR=str(tmp_path / "office"),
        FEEDBACK_SECRET_KEY=SECRET,
        FEEDBACK_MAIL_URL=mailbox.url,
    )

    assert done.returncode == 0, done.stderr
    assert len(mailbox.messages) == 1


def test_the_ledger_names_every_change_of_a_target(desk: Desk) -> None:
    target_id = desk.target(Channel.MAIL, "motcua@dongha.example.vn")
    with desk.platform.transaction() as session:
        service.renew_secret(session, target_id, by="staff:1", now=desk.platform.clock.now())

    with desk.platform.database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []
    with desk.platform.transaction() as session:
        session.execute(text("UPDATE notice_target SET address = 'thief@example.vn'"))
    with desk.platform.database.inspecting() as session:
        assert [found.problem for found in findings(session, WITNESSES)] == ["its record was changed"]
