"""The running server sends notices by itself, and ends in good order."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedback_service.db import Database
from feedback_service.notices import service
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.notices.rules.tries import Channel
from feedback_service.notices.service import TargetFacts
from tests.conftest import SECRET
from tests.notices.receivers import Mailbox
from tests.servers import Server

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 30


def test_the_server_sends_what_is_queued_and_stops_when_it_is_told_to(
    engine_url: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    database = Database(engine_url)
    folder = tmp_path / "office"
    folder.mkdir()
    settings = {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_SECRET_KEY": SECRET, "FEEDBACK_MAIL_URL": mailbox.url}
    server = Server(folder, settings)
    now = datetime.now(UTC)
    with database.transaction() as session:
        facts = TargetFacts("Office", "motcua@dongha.example.vn", None, (Event.OVERDUE,))
        target_id = service.add_target(session, Channel.MAIL, facts, by="system", now=now)
        notice = Notice(Event.TEST, ("notice_target", str(target_id)), "/staff/notices", to_target=target_id)
        service.queue(session, notice, now=now)

    server.start()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not mailbox.messages and time.monotonic() < deadline:
        time.sleep(0.1)

    assert [message["To"] for message in mailbox.messages] == ["motcua@dongha.example.vn"]
    assert server.stop() == 0
    assert "Traceback" not in server.log
    assert "motcua@" not in server.log
    server.end()
    database.close()
